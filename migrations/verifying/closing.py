"""The sum: every record of the source was brought over, or there is a reason why not.

It has three sides that are counted apart: the raw records as they came, what was understood of them, and what the
ledger and the helpdesk say is there. What only some of them know is unexplained.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from migrations.ledger.entry import State
from migrations.ledger.ledger import Ledger
from migrations.records.record import TYPES, RecordType
from migrations.staging.staging import Staging
from migrations.verifying.gone import GONE, note_gone

_FATES = "temp.verifying_fates"
_KNOWN: tuple[RecordType, ...] = ("organizations", "people", "tickets", "attachments")
"""Types of which the ledger knows each record."""
_NOBODY_KNOWS = "unexplained"
_SETTLED: tuple[State, ...] = ("made", "matched", "failed", "skipped")
_FATE: Mapping[State, str] = {"made": "imported", "matched": "imported"}


@dataclass(frozen=True)
class Sum:
    """One line. by: `type`, or `month`, `status`, `channel` of tickets. source: all that the old tool gave out.
    imported, skipped, failed, quarantined: what became of it; waiting: it is not sent yet. What is left is explained by
    nobody: it was sent, and is not there any more; or it was given out, and never understood."""

    type: RecordType
    by: Literal["type", "month", "status", "channel"]
    word: str
    source: int
    imported: int
    skipped: int
    failed: int
    quarantined: int
    waiting: int

    @property
    def unexplained(self) -> int:
        return self.source - self.imported - self.skipped - self.failed - self.quarantined - self.waiting


@dataclass(frozen=True)
class Reason:
    """Why so many records of a type are not there. fate: `skipped`, `failed` or `quarantined`."""

    type: RecordType
    fate: str
    said: str
    number: int


def sums(staging: Staging, ledger: Ledger, lost: Iterable[tuple[RecordType, str]] = ()) -> list[Sum]:
    """By type, and of tickets by month, status and channel. Counted by the database. What was sent and is not there any
    more (`gone`) is unexplained: golive has not deleted it.

    lost: types and ids of raw records that became nothing.
    """
    note_gone(staging, ())
    _take_fates(staging, ledger)
    more = Counter(type_ for type_, _ in lost)
    return [*(replace(each, source=each.source + more[each.type]) for each in _by_type(staging)), *_by_word(staging)]


def reasons(staging: Staging, ledger: Ledger) -> list[Reason]:
    """Why records were left out, refused or put aside, the most frequent first."""
    found: Counter[tuple[RecordType, str, str]] = Counter()
    for (type_, fate, said), number in staging.reasons().items():
        found[type_, fate, said] += number  # type: ignore[index]  # the database holds no other type
    states: tuple[State, ...] = ("failed", "skipped")
    for type_ in TYPES:
        for state in states:
            for said, number in ledger.reasons(type_, state).items():
                found[type_, state, said] += number
    return [Reason(type_, fate, said, number) for (type_, fate, said), number in found.most_common()]


def _take_fates(staging: Staging, ledger: Ledger) -> None:
    """What became of each record, beside what was read, so that both can be counted together."""
    database = staging.database
    database.execute(f"CREATE TABLE IF NOT EXISTS {_FATES} (type TEXT, id TEXT, fate TEXT, PRIMARY KEY (type, id))")
    database.execute(f"DELETE FROM {_FATES}")
    with staging.transaction():
        for type_ in _KNOWN:
            entries = ledger.entries(type_, *_SETTLED)
            rows = ((type_, each.source, _FATE.get(each.state, each.state)) for each in entries)
            database.executemany(f"INSERT INTO {_FATES} VALUES (?, ?, ?)", rows)
        nobody_knows = f"UPDATE {_FATES} SET fate = '{_NOBODY_KNOWS}'"
        database.execute(f"{nobody_knows} WHERE type = 'tickets' AND id IN (SELECT id FROM {GONE})")
        database.execute(f"INSERT OR IGNORE INTO {_FATES} SELECT type, id, fate FROM left_out WHERE type = 'tickets'")


def _by_type(staging: Staging) -> Iterator[Sum]:
    yield _named(staging, "organizations", _HOMES)
    yield _named(staging, "people", _NAMED)
    of_tickets = f"SELECT COALESCE(fates.fate, 'waiting'), COUNT(*) FROM tickets AS one LEFT JOIN {_FATES} AS fates"
    yield _sum(staging, "tickets", f"{of_tickets} ON fates.type = 'tickets' AND fates.id = one.id GROUP BY 1")
    of_comments = f"SELECT COALESCE(fates.fate, 'waiting'), COUNT(*) FROM comments AS one LEFT JOIN {_FATES} AS fates"
    yield _sum(staging, "comments", f"{of_comments} ON fates.type = 'tickets' AND fates.id = one.ticket GROUP BY 1")
    own = f"LEFT JOIN {_FATES} AS own ON own.type = 'attachments' AND own.id = one.id"
    of_files = f"SELECT COALESCE(own.fate, fates.fate, 'waiting'), COUNT(*) FROM attachments AS one {own}"
    joined = f"LEFT JOIN {_FATES} AS fates ON fates.type = 'tickets' AND fates.id = one.ticket"
    yield _sum(staging, "attachments", f"{of_files} {joined} GROUP BY 1")


def _named(staging: Staging, type_: RecordType, by: str) -> Sum:
    """People and organizations go with what names them, and whom nothing of it names is left out. by: what is named, by
    records of which fate. Whoever is named by what was sent, and was not sent, is explained by nobody."""
    said = f"""
        WITH named AS ({by})
        SELECT CASE WHEN fates.fate IS NOT NULL THEN fates.fate
          WHEN one.id IN (SELECT id FROM named WHERE fate = 'imported') THEN '{_NOBODY_KNOWS}'
          WHEN one.id IN (SELECT id FROM named WHERE fate = 'waiting') THEN 'waiting'
          ELSE 'skipped' END, COUNT(*)
        FROM {type_} AS one LEFT JOIN {_FATES} AS fates ON fates.type = '{type_}' AND fates.id = one.id GROUP BY 1
    """
    return _sum(staging, type_, said)


_FATE_OF_TICKET = f"COALESCE((SELECT fate FROM {_FATES} WHERE type = 'tickets' AND id = %s), 'waiting') AS fate"
_NAMED = f"""
    SELECT requester AS id, {_FATE_OF_TICKET % "tickets.id"} FROM tickets
    UNION SELECT author, {_FATE_OF_TICKET % "comments.ticket"} FROM comments
"""
_HOMES = f"""
    SELECT people.data ->> '$.organization' AS id, one.fate FROM people JOIN ({_NAMED}) AS one ON one.id = people.id
"""


def _left_out(staging: Staging, type_: RecordType) -> dict[str, int]:
    said = "SELECT fate, COUNT(*) FROM left_out WHERE type = ? GROUP BY 1"
    found = {str(fate): int(number) for fate, number in staging.database.execute(said, (type_,))}
    return {"skipped": 0, "quarantined": 0, **found}


def _sum(staging: Staging, type_: RecordType, said: str) -> Sum:
    counted = {str(fate): int(number) for fate, number in staging.database.execute(said)}
    left = _left_out(staging, type_)
    return Sum(
        type_, "type", "", sum(counted.values()) + sum(left.values()), counted.get("imported", 0),
        counted.get("skipped", 0) + left["skipped"], counted.get("failed", 0),
        counted.get("quarantined", 0) + left["quarantined"], counted.get("waiting", 0),
    )  # fmt: skip


_WORDS: tuple[tuple[Literal["month", "status", "channel"], str, str], ...] = (
    ("month", "SUBSTR(one.at, 1, 7)", "month"),
    ("status", "one.status", "status"),
    ("channel", "one.channel", "channel"),
)
"""What is counted, the column of tickets, and that of what was left out."""


def _by_word(staging: Staging) -> Iterator[Sum]:
    """Tickets, those that were left out among them, by month, status and channel."""
    for by, column, left in _WORDS:
        found: dict[str, dict[str, int]] = {}
        join = f"LEFT JOIN {_FATES} AS fates ON fates.type = 'tickets' AND fates.id = one.id"
        word_and_fate = f"COALESCE({column}, ''), COALESCE(fates.fate, 'waiting')"
        said = f"SELECT {word_and_fate}, COUNT(*) FROM tickets AS one {join} GROUP BY 1, 2"
        for word, fate, number in staging.database.execute(said):
            found.setdefault(str(word), {})[str(fate)] = int(number)
        out = f"SELECT {left}, fate, COUNT(*) FROM left_out WHERE type = 'tickets' GROUP BY 1, 2"
        for word, fate, number in staging.database.execute(out):
            there = found.setdefault(str(word), {})
            there[str(fate)] = there.get(str(fate), 0) + int(number)
        for word in sorted(found):
            fates = found[word]
            parts = [fates.get(each, 0) for each in ("imported", "skipped", "failed", "quarantined", "waiting")]
            yield Sum("tickets", by, word, sum(fates.values()), *parts)
