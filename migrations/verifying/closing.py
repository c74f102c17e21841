"""The sum: every record of the source was brought over, or there is a reason why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from migrations.ledger.entry import State
from migrations.ledger.ledger import Ledger
from migrations.records.record import RecordType
from migrations.staging.staging import Staging
from migrations.verifying.gone import GONE, note_gone

_FATES = "temp.verifying_fates"
_SETTLED: tuple[State, ...] = ("made", "matched", "failed", "skipped")
_FATE: Mapping[State, str] = {"made": "imported", "matched": "imported"}


@dataclass(frozen=True)
class Sum:
    """One line. by: `type`, or `month`, `status`, `channel` of tickets. source: all that the old tool gave out.
    imported, skipped, failed, quarantined: what became of it; waiting: it is not sent yet."""

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


def sums(staging: Staging, ledger: Ledger) -> list[Sum]:
    """By type, and of tickets by month, status and channel. Counted by the database. What was sent and is not there any
    more (`gone`) counts as nothing, so that it is unexplained: golive has not deleted it."""
    note_gone(staging, ())
    _take_fates(staging, ledger)
    return [*_by_type(staging, ledger), *_by_word(staging)]


def _take_fates(staging: Staging, ledger: Ledger) -> None:
    """What became of each ticket and file, beside what was read, so that both can be counted together."""
    database = staging.database
    database.execute(f"CREATE TABLE IF NOT EXISTS {_FATES} (type TEXT, id TEXT, fate TEXT, PRIMARY KEY (type, id))")
    database.execute(f"DELETE FROM {_FATES}")
    with staging.transaction():
        types: tuple[RecordType, ...] = ("tickets", "attachments")
        for type_ in types:
            entries = ledger.entries(type_, *_SETTLED)
            rows = ((type_, each.source, _FATE.get(each.state, each.state)) for each in entries)
            database.executemany(f"INSERT INTO {_FATES} VALUES (?, ?, ?)", rows)
        database.execute(f"UPDATE {_FATES} SET fate = 'gone' WHERE type = 'tickets' AND id IN (SELECT id FROM {GONE})")
        database.execute(f"INSERT OR IGNORE INTO {_FATES} SELECT type, id, fate FROM left_out WHERE type = 'tickets'")


def _by_type(staging: Staging, ledger: Ledger) -> Iterator[Sum]:
    counts = ledger.counts()
    types: tuple[RecordType, ...] = ("organizations", "people")
    for type_ in types:
        there = staging.count(type_)
        held = counts.get(type_, {})
        left = _left_out(staging, type_)
        imported = _of_source(staging, ledger, type_)
        failed = held.get("failed", 0)
        named_by_nobody = there - imported - failed
        yield Sum(type_, "type", "", there + sum(left.values()), imported, left["skipped"] + named_by_nobody, failed,
                  left["quarantined"], 0)  # fmt: skip
    of_tickets = f"SELECT COALESCE(fates.fate, 'waiting'), COUNT(*) FROM tickets AS one LEFT JOIN {_FATES} AS fates"
    yield _sum(staging, "tickets", f"{of_tickets} ON fates.type = 'tickets' AND fates.id = one.id GROUP BY 1")
    of_comments = f"SELECT COALESCE(fates.fate, 'waiting'), COUNT(*) FROM comments AS one LEFT JOIN {_FATES} AS fates"
    yield _sum(staging, "comments", f"{of_comments} ON fates.type = 'tickets' AND fates.id = one.ticket GROUP BY 1")
    own = f"LEFT JOIN {_FATES} AS own ON own.type = 'attachments' AND own.id = one.id"
    of_files = f"SELECT COALESCE(own.fate, fates.fate, 'waiting'), COUNT(*) FROM attachments AS one {own}"
    joined = f"LEFT JOIN {_FATES} AS fates ON fates.type = 'tickets' AND fates.id = one.ticket"
    yield _sum(staging, "attachments", f"{of_files} {joined} GROUP BY 1")


def _of_source(staging: Staging, ledger: Ledger, type_: RecordType) -> int:
    """How many of what was read are there; the ledger also has people whom nobody read, such as the unknown author."""
    entries = ledger.entries(type_, "made", "matched")
    known = f"SELECT 1 FROM {type_} WHERE id = ?"
    return sum(1 for each in entries if staging.database.execute(known, (each.source,)).fetchone())


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
