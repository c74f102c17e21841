"""The sum: every record of the source was brought over, or there is a reason why not.

It has three sides that are counted apart: the raw records as they came, what was understood of them, and what the
ledger and the helpdesk say is there. What only some of them know is unexplained.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from migrations.ledger.entry import Entry, State
from migrations.ledger.ledger import Ledger
from migrations.records.record import RecordType
from migrations.staging.staging import Staging
from migrations.verifying.gone import GONE, note_gone

_FATES = "temp.verifying_fates"
_KNOWN: tuple[RecordType, ...] = ("organizations", "people", "tickets", "attachments")
"""Types of which the ledger knows each record."""
_NOBODY_KNOWS = "unexplained"
_SETTLED: tuple[State, ...] = ("made", "matched", "failed", "skipped")


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

    type: str
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


def reasons(staging: Staging) -> list[Reason]:
    """Why records were left out, refused or put aside, the most frequent first; after `sums`."""
    found: Counter[tuple[str, str, str]] = Counter(staging.reasons())
    for type_ in _KNOWN:
        said = f"SELECT fate, reason, COUNT(*) FROM {_FATES} WHERE type = ? AND reason IS NOT NULL"
        rows = staging.database.execute(f"{said} AND id IN (SELECT id FROM {type_}) GROUP BY 1, 2", (type_,))
        for fate, why, number in rows:
            found[type_, str(fate), str(why)] += number
    for type_ in ("comments", "attachments"):
        said = f"""
            SELECT fates.fate, COUNT(*) FROM {type_} AS one
            JOIN {_FATES} AS fates ON fates.type = 'tickets' AND fates.id = one.ticket
            WHERE fates.fate IN ('skipped', 'failed', 'quarantined')
              AND NOT EXISTS (SELECT 1 FROM {_FATES} WHERE type = '{type_}' AND id = one.id) GROUP BY 1
        """
        for fate, number in staging.database.execute(said):
            found[type_, str(fate), "its ticket does not come"] += number
    return [Reason(type_, fate, said, number) for (type_, fate, said), number in found.most_common()]


def _take_fates(staging: Staging, ledger: Ledger) -> None:
    """What became of each record, beside what was read, so that both can be counted together. reason: of what is not
    there."""
    database = staging.database
    columns = "type TEXT, id TEXT, fate TEXT, reason TEXT, PRIMARY KEY (type, id)"
    database.execute(f"CREATE TABLE IF NOT EXISTS {_FATES} ({columns})")
    database.execute(f"DELETE FROM {_FATES}")
    with staging.transaction():
        for type_ in _KNOWN:
            rows = ((type_, each.source, *_became(each)) for each in ledger.entries(type_, *_SETTLED))
            database.executemany(f"INSERT INTO {_FATES} VALUES (?, ?, ?, ?)", rows)
        nobody_knows = f"UPDATE {_FATES} SET fate = '{_NOBODY_KNOWS}'"
        database.execute(f"{nobody_knows} WHERE type = 'tickets' AND id IN (SELECT id FROM {GONE})")
        left = "SELECT type, id, fate, NULL FROM left_out WHERE type = 'tickets'"
        database.execute(f"INSERT OR IGNORE INTO {_FATES} {left}")
        for type_, by in _NAMED.items():
            database.execute(_of_named(type_, by))


def _became(entry: Entry) -> tuple[str, str | None]:
    """(Fate, why), the latter of what is not there."""
    return ("imported", None) if entry.state in ("made", "matched") else (entry.state, entry.reason)


_FATE_OF_TICKET = f"COALESCE((SELECT fate FROM {_FATES} WHERE type = 'tickets' AND id = %s), 'waiting') AS fate"
_PEOPLE = f"""
    SELECT requester AS id, {_FATE_OF_TICKET % "tickets.id"} FROM tickets
    UNION SELECT author, {_FATE_OF_TICKET % "comments.ticket"} FROM comments
"""
_NAMED: Mapping[RecordType, str] = {
    "people": _PEOPLE,
    "organizations": f"""
        SELECT people.data ->> '$.organization' AS id, one.fate
        FROM people JOIN ({_PEOPLE}) AS one ON one.id = people.id
    """,
}
"""What goes with what names it: type → the ids that are named, each with the fate of the ticket in which that is."""


def _of_named(type_: RecordType, by: str) -> str:
    """Whom nothing names that comes is left out. Whoever is named by what was sent, and was not sent, is explained by
    nobody; by what is still to be sent, is not sent yet."""
    return f"""
        WITH named AS ({by})
        INSERT OR IGNORE INTO {_FATES} SELECT '{type_}', id,
          CASE WHEN id IN (SELECT id FROM named WHERE fate = 'imported') THEN '{_NOBODY_KNOWS}'
            WHEN id IN (SELECT id FROM named WHERE fate = 'waiting') THEN 'waiting' ELSE 'skipped' END,
          CASE WHEN id IN (SELECT id FROM named WHERE fate IN ('imported', 'waiting')) THEN NULL
            ELSE 'nothing that is brought over names them' END
        FROM {type_}
    """


def _by_type(staging: Staging) -> Iterator[Sum]:
    for type_, key in _TICKET_OR_OWN.items():
        of = "tickets" if key == "ticket" else type_
        said = f"SELECT COALESCE(fates.fate, 'waiting'), COUNT(*) FROM {type_} AS one LEFT JOIN {_FATES} AS fates"
        yield _sum(staging, type_, f"{said} ON fates.type = '{of}' AND fates.id = one.{key} GROUP BY 1")
    own = f"LEFT JOIN {_FATES} AS own ON own.type = 'attachments' AND own.id = one.id"
    of_files = f"SELECT COALESCE(own.fate, fates.fate, 'waiting'), COUNT(*) FROM attachments AS one {own}"
    joined = f"LEFT JOIN {_FATES} AS fates ON fates.type = 'tickets' AND fates.id = one.ticket"
    yield _sum(staging, "attachments", f"{of_files} {joined} GROUP BY 1")


_TICKET_OR_OWN: Mapping[RecordType, str] = {
    "organizations": "id", "people": "id", "tickets": "id", "comments": "ticket",
}  # fmt: skip
"""Type → the column whose fate is its own."""


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
