"""Pages out of rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import PurePath

from migrations.records.record import Record, RecordType
from migrations.sources.source import Reading
from migrations.sources.spreadsheet.dates import Clock
from migrations.sources.spreadsheet.deciding import Decided
from migrations.sources.spreadsheet.entry import Entry, Folding, comments_of
from migrations.sources.spreadsheet.folding import NOTE
from migrations.sources.spreadsheet.people import People
from migrations.sources.spreadsheet.rows import Row
from migrations.sources.spreadsheet.understanding import Refused, Understanding
from migrations.sources.text import plain
from migrations.staging.page import Fate, LeftOut, Page, Raw, Remark

ROWS_IN_PAGE = 4_000
LETTERS_IN_PAGE = 8_000_000
_Own = tuple[str, Sequence[tuple[object, ...]]]
_TICKETS = "INSERT INTO spreadsheet_tickets VALUES (?, ?, ?)"
_EVENTS = "INSERT INTO spreadsheet_events VALUES (?, ?, ?, ?, ?)"
_SAME = """INSERT INTO spreadsheet_same VALUES (?, ?)
ON CONFLICT (id) DO UPDATE SET number = number + excluded.number"""
_EMPTY = """INSERT INTO spreadsheet_empty VALUES (?, ?)
ON CONFLICT (file) DO UPDATE SET number = number + excluded.number"""


@dataclass(slots=True)
class _Taken:
    """digest: of what the row says."""

    place: str
    line: int
    digest: str
    entry: Entry
    remarks: list[tuple[str, str]]


class Pages:
    """Of one part: one file, or one sheet of it."""

    def __init__(self, reading: Reading, decided: Decided, part: str, now: datetime) -> None:
        self._database = reading.staging.database
        self._decided = decided
        self._part = part
        self._said = decided.file.path
        self._name = PurePath(decided.file.path).name
        self._people = People(reading.staging, reading.own)
        clock = Clock(decided.dates, decided.time_zone, now)
        self._understanding = Understanding(decided, clock, self._people)
        self._begin()

    def _begin(self) -> None:
        self._taken: list[_Taken] = []
        self._raw: list[Raw] = []
        self._left: list[LeftOut] = []
        self._empty = 0
        self._count = 0
        self._size = 0

    def of(self, rows: Iterator[Row], checkpoint: Callable[[Row], str]) -> Iterator[Page]:
        """checkpoint: for reading on behind a row."""
        last: Row | None = None
        for row in rows:
            self._take(row)
            last = row
            if self._count + self._empty >= ROWS_IN_PAGE or self._size > LETTERS_IN_PAGE:
                yield self._page(checkpoint(row))
                last = None
        if last is not None:
            yield self._page(checkpoint(last))

    def _take(self, row: Row) -> None:
        place = f"{self._said}:{row.line}"
        self._size += len(row.raw)
        if row.fault:
            self._keep(row, place)
            self._leave(place, Refused(row.fault, plain(row.raw[:100])[0].strip()))
            return
        texts = self._understanding.texts(row)
        if not any(texts):
            self._empty += 1
            return
        self._keep(row, place)
        digest = _digest(f"{self._name}\0{row.raw.rstrip()}")
        found = self._understanding.entry(row, texts, f"row-{digest}")
        if isinstance(found, Refused):
            self._leave(place, found)
            return
        self._taken.append(_Taken(place, row.line, digest, found, self._understanding.remarks(row, texts, found)))

    def _keep(self, row: Row, place: str) -> None:
        self._count += 1
        self._raw.append(Raw("row", place, row.raw))

    def _leave(self, place: str, refused: Refused, fate: Fate = "quarantined") -> None:
        type_: RecordType = "comments" if self._decided.by_events else "tickets"
        detail = f"{place} {refused.detail}".strip()
        self._left.append(
            LeftOut(type_, place, fate, refused.reason, detail, refused.month, refused.status, refused.channel)
        )

    def _page(self, checkpoint: str) -> Page:
        records: list[Record] = []
        if self._decided.by_events:
            own, remarks = self._events()
        else:
            own, remarks = self._tickets(records)
        if self._empty:
            own.append((_EMPTY, [(self._said, self._empty)]))
        records[:0] = self._people.taken()
        page = Page(records, self._raw, self._left, remarks, {}, own, self._count, checkpoint)
        self._begin()
        return page

    def _events(self) -> tuple[list[_Own], list[Remark]]:
        part = self._part
        rows = [(each.entry.ticket, each.entry.date.at, part, each.line, each.entry.to_json()) for each in self._taken]
        remarks = [
            Remark("comments", each.place, what, detail) for each in self._taken for what, detail in each.remarks
        ]
        return [(_EVENTS, rows)], remarks

    def _tickets(self, records: list[Record]) -> tuple[list[_Own], list[Remark]]:
        """Each row a ticket of its own. records: to which they are added."""
        there, same = self._numbers_there(), self._rows_there()
        kept: list[tuple[object, ...]] = []
        again: list[tuple[object, ...]] = []
        remarks: list[Remark] = []
        for each in self._taken:
            entry, identifier = each.entry, each.entry.ticket
            if entry.number:
                if identifier in there:
                    self._leave_again(each, *there[identifier])
                    continue
                there[identifier] = (each.digest, each.place)
                kept.append((identifier, each.digest, each.place))
            else:
                same[identifier] = same.get(identifier, 0) + 1
                again.append((identifier, 1))
                if same[identifier] > 1:
                    entry.ticket = f"{identifier}-{same[identifier]}"
                    each.remarks.append(("the same row more than once", each.place))
            records.append(Folding(entry).ticket())
            records += comments_of(entry, NOTE)
            remarks += [Remark("tickets", entry.ticket, what, f"{each.place} {how}") for what, how in each.remarks]
        return [(_TICKETS, kept), (_SAME, again)], remarks

    def _leave_again(self, taken: _Taken, digest: str, place: str) -> None:
        entry = taken.entry
        month, detail = entry.date.at[:7], f"ticket {entry.ticket} stands in {place}"
        if digest == taken.digest:
            self._leave(
                taken.place, Refused("the same row again", detail, month, entry.status, entry.channel), "skipped"
            )
            return
        why = "a ticket number that an earlier row has"
        self._leave(taken.place, Refused(why, detail, month, entry.status, entry.channel))

    def _numbers_there(self) -> dict[str, tuple[str, str]]:
        """Tickets of this page's numbers that are there already → digest and place of their row."""
        said = "SELECT id, digest, place FROM spreadsheet_tickets WHERE id IN (SELECT value FROM JSON_EACH(?))"
        asked = json.dumps([each.entry.ticket for each in self._taken if each.entry.number])
        return {str(row[0]): (str(row[1]), str(row[2])) for row in self._database.execute(said, (asked,))}

    def _rows_there(self) -> dict[str, int]:
        """The same of rows without a number → how many there are."""
        said = "SELECT id, number FROM spreadsheet_same WHERE id IN (SELECT value FROM JSON_EACH(?))"
        asked = json.dumps([each.entry.ticket for each in self._taken if not each.entry.number])
        return {str(row[0]): int(row[1]) for row in self._database.execute(said, (asked,))}


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
