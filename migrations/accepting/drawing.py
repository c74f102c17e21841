"""The tickets that people look at: drawn by what can go wrong with them, and always the same ones."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from migrations.declared.acceptance import Acceptance
from migrations.declared.migration import Migration, own_matcher
from migrations.ledger.entry import Entry
from migrations.ledger.ledger import Ledger
from migrations.records.attachment import Attachment
from migrations.records.comment import Comment
from migrations.records.person import Person
from migrations.records.ticket import Ticket
from migrations.sending.sample import place_of
from migrations.sending.selection import is_closed
from migrations.staging.staging import Staging

USUAL = 0.05
"""The share of closed tickets that the method asks for at least; all other figures follow from it."""
LEAST = 5
"""Of each sort of tickets, or all where there are fewer."""
RECENT_DAYS = 14
"""An open ticket in which something happened so shortly before the end is in flight."""
LONG, MANY = 8_000, 8
"""From so many characters, or comments, a text or a ticket is long."""
_SENT, _MADE = "temp.accepting_sent", "temp.accepting_made"


@dataclass(frozen=True)
class Drawn:
    """A ticket of the sample. why: each sort for which it was drawn. digest: of what was read, what was sent, and where
    it is; another one means that a verdict is about something else."""

    source: str
    target: str
    why: tuple[str, ...]
    digest: str


@dataclass(frozen=True)
class Stratum:
    """A sort of tickets: how many there are, and how many are in the sample for being of it."""

    name: str
    of: int
    drawn: int


@dataclass(frozen=True)
class Sample:
    """share: of the closed tickets. of: all tickets that came."""

    share: float
    of: int
    tickets: tuple[Drawn, ...] = ()
    strata: tuple[Stratum, ...] = ()

    @property
    def digests(self) -> dict[str, str]:
        """Old id → digest, in the order of the sample."""
        return {each.source: each.digest for each in self.tickets}


@dataclass
class _Drawing:
    """why: old id → the sorts for which it was drawn, those that matter most first."""

    why: dict[str, list[str]] = field(default_factory=dict)
    strata: list[Stratum] = field(default_factory=list)

    def add(self, name: str, of: int, drawn: list[str]) -> None:
        for each in drawn:
            self.why.setdefault(each, []).append(name)
        if of:
            self.strata.append(Stratum(name, of, len(drawn)))


def draw(staging: Staging, ledger: Ledger, migration: Migration, share: float) -> Sample:
    """The sample of the tickets that came and are there. share: of the closed ones, from above 0 to 1.

    At the usual 5 %: 15 % of the open ones, half of those in flight and of the customers that matter most, 20 odd ones,
    5 of each language; at 10 % it is 25 %, all, 40 and 10.
    """
    decided = migration.accept or Acceptance()
    of = _take_made(staging, ledger, migration, decided)
    drawing = _Drawing()
    golden = [each for each in dict.fromkeys(decided.golden) if _is_made(staging, each)]
    drawing.add("always looked at", len(golden), golden)
    for name, which, part in (
        ("matters most", "vip", min(1.0, share * 10)),
        ("in flight", "in_flight", min(1.0, share * 10)),
        ("open", "NOT closed", max(share, min(0.25, share * 3))),
        ("closed", "closed", share),
    ):
        number = _count(staging, which)
        drawing.add(name, number, _first(staging, which, _at_least(number, part)))
    for language, number in _languages(staging):
        least = min(10, max(LEAST, math.ceil(round(share * 100, 6))))
        rows = _ids(staging, f"SELECT id FROM {_MADE} WHERE language = ? ORDER BY rank LIMIT ?", language, least)
        drawing.add(f"language {language}", number, rows)
    _add_odd(staging, drawing, min(100, max(20, math.ceil(round(share * 400, 6)))))
    tickets = tuple(_drawn(staging, ledger, source, tuple(why)) for source, why in drawing.why.items())
    return Sample(share, of, tickets, tuple(drawing.strata))


def _at_least(number: int, share: float) -> int:
    return max(math.ceil(round(number * share, 6)), min(number, LEAST))


def _take_made(staging: Staging, ledger: Ledger, migration: Migration, decided: Acceptance) -> int:
    """What came, beside what was read, so that the database can choose; how many there are."""
    database = staging.database
    database.execute(f"CREATE TABLE IF NOT EXISTS {_SENT} (id TEXT PRIMARY KEY)")
    columns = "id TEXT PRIMARY KEY, rank INTEGER, closed INTEGER, in_flight INTEGER, vip INTEGER, language TEXT"
    database.execute(f"CREATE TABLE IF NOT EXISTS {_MADE} ({columns})")
    database.execute(f"DELETE FROM {_SENT}")
    database.execute(f"DELETE FROM {_MADE}")
    with staging.transaction():
        made = ((each.source,) for each in ledger.entries("tickets", "made"))
        database.executemany(f"INSERT INTO {_SENT} VALUES (?)", made)
        rows = _rows(staging, migration, decided)
        database.executemany(f"INSERT INTO {_MADE} VALUES (?, ?, ?, ?, ?, ?)", rows)
    return _count(staging, "1")


def _rows(
    staging: Staging, migration: Migration, decided: Acceptance
) -> Iterator[tuple[str, int, bool, bool, bool, str]]:
    matters, tags = own_matcher(tuple(decided.vip)), {each.casefold() for each in decided.vip}
    newest = "SELECT JULIANDAY(MAX(COALESCE(data ->> '$.updated[0]', at))) FROM tickets"
    recent = f"COALESCE(JULIANDAY(COALESCE(one.data ->> '$.updated[0]', one.at)) >= ({newest}) - {RECENT_DAYS}, 0)"
    joined = f"FROM {_SENT} AS sent JOIN tickets AS one ON one.id = sent.id LEFT JOIN people AS who"
    said = f"SELECT one.data, who.data, {recent} {joined} ON who.id = one.requester"
    for text, who, is_recent in staging.database.execute(said):
        ticket, person = Ticket.from_json(text), Person.from_json(who) if who else None
        closed = is_closed(ticket, migration)
        email = person.email if person is not None else ""
        held = {each.casefold() for each in (*ticket.tags, *(person.tags if person is not None else ()))}
        language = ticket.language or (person.language if person is not None else "")
        vip = bool(held & tags) or bool(email and matters(email))
        yield ticket.id, place_of(ticket.id) >> 1, closed, bool(is_recent) and not closed, vip, language


def _count(staging: Staging, which: str) -> int:
    return int(staging.database.execute(f"SELECT COUNT(*) FROM {_MADE} WHERE {which}").fetchone()[0])


def _first(staging: Staging, which: str, number: int) -> list[str]:
    return _ids(staging, f"SELECT id FROM {_MADE} WHERE {which} ORDER BY rank LIMIT ?", number)


def _ids(staging: Staging, said: str, *values: object) -> list[str]:
    return [str(row[0]) for row in staging.database.execute(said, values)]


def _is_made(staging: Staging, source: str) -> bool:
    return bool(staging.database.execute(f"SELECT 1 FROM {_MADE} WHERE id = ?", (source,)).fetchone())


def _languages(staging: Staging) -> list[tuple[str, int]]:
    said = f"SELECT language, COUNT(*) FROM {_MADE} WHERE language <> '' GROUP BY 1 ORDER BY 2 DESC, 1"
    return [(str(language), int(number)) for language, number in staging.database.execute(said)]


_OF_TICKET = "SELECT ticket AS id, {} AS how FROM {} GROUP BY ticket HAVING how {}"
_ODD: tuple[tuple[str, str], ...] = (
    ("a long text", _OF_TICKET.format("MAX(LENGTH(data))", "comments", f"> {LONG}")),
    ("many comments", _OF_TICKET.format("COUNT(*)", "comments", f">= {MANY}")),
    ("files", _OF_TICKET.format("COUNT(*)", "attachments", "> 0")),
    ("a picture in the text", _OF_TICKET.format(
        "SUM(data ->> '$.inline' = 1 OR COALESCE(data ->> '$.content_id', '') <> '')", "attachments", "> 0"
    )),
    ("a file that is lost", _OF_TICKET.format("SUM(COALESCE(digest, '') = '')", "attachments", "> 0")),
    ("private comments", _OF_TICKET.format("SUM(public = 0)", "comments", "> 0")),
    ("merged", "SELECT id, 1 AS how FROM tickets WHERE COALESCE(data ->> '$.merged_into', '') <> ''"),
)  # fmt: skip
"""What a ticket can have that goes wrong, and a statement that gives the ids, and how much of it."""
_REMARKED = (
    "SELECT id, 1 AS how FROM remarks WHERE type = 'tickets' AND what = ? UNION ALL "
    "SELECT one.ticket AS id, COUNT(*) AS how FROM remarks AS each JOIN comments AS one ON one.id = each.id "
    "WHERE each.type = 'comments' AND each.what = ? GROUP BY 1"
)


def _add_odd(staging: Staging, drawing: _Drawing, most: int) -> None:
    """Of each sort of oddness the oddest, in turns, until there are as many as are wanted."""
    remarks = _ids(staging, "SELECT DISTINCT what FROM remarks WHERE type IN ('tickets', 'comments') ORDER BY 1")
    sorts = [(name, said, ()) for name, said in _ODD] + [(what, _REMARKED, (what, what)) for what in remarks]
    counted: dict[str, int] = {}
    oddest: list[list[tuple[str, str]]] = []
    for name, said, values in sorts:
        held = f"FROM ({said}) AS odd JOIN {_MADE} AS made ON made.id = odd.id"
        counted[name] = int(staging.database.execute(f"SELECT COUNT(*) {held}", values).fetchone()[0])
        rows = _ids(staging, f"SELECT made.id {held} ORDER BY odd.how DESC, made.rank LIMIT ?", *values, most)
        oddest.append([(name, each) for each in rows])
    taken: dict[str, list[str]] = {}
    chosen: set[str] = set()
    for turn in zip_longest(*oddest):
        for name, source in filter(None, turn):
            if len(chosen) < most or source in chosen:
                chosen.add(source)
                taken.setdefault(name, []).append(source)
    for name, number in counted.items():
        drawing.add(name, number, taken.get(name, []))


def _drawn(staging: Staging, ledger: Ledger, source: str, why: tuple[str, ...]) -> Drawn:
    entry = ledger.entry("tickets", source) or Entry("tickets", source, "made")
    return Drawn(source, entry.target, why, ticket_digest(staging, entry))


def ticket_digest(staging: Staging, entry: Entry) -> str:
    """Of everything that was read of a ticket, of what was sent, and of where it is now. Addresses of files are left
    out: many tools sign them anew each time."""
    sum_ = hashlib.sha256(f"{entry.target}\n{entry.digest}\n".encode())
    ticket = staging.get(Ticket, entry.source)
    said = [ticket.to_json() if ticket is not None else ""]
    comments = (each.to_json() for each in staging.all(Comment, "ticket = ?", (entry.source,), "at, id"))
    files = (
        f"{each.id}\t{each.name}\t{each.size}\t{each.digest}"
        for each in staging.all(Attachment, "ticket = ?", (entry.source,))
    )
    for part in (said, comments, files):
        for each in part:
            sum_.update(f"{each}\n".encode("utf-8", "replace"))
    return sum_.hexdigest()[:24]
