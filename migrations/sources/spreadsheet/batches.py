"""The rows of a part, read and understood a page at a time, without what is known of other pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from pathlib import Path, PurePath
from typing import NamedTuple

from migrations.records.record import RecordType
from migrations.sources.spreadsheet.dates import Clock
from migrations.sources.spreadsheet.deciding import Decided
from migrations.sources.spreadsheet.entry import Entry, Folding, comments_of
from migrations.sources.spreadsheet.folding import NOTE
from migrations.sources.spreadsheet.people import Named
from migrations.sources.spreadsheet.rows import Row
from migrations.sources.spreadsheet.text_file import codec_of, rows
from migrations.sources.spreadsheet.understanding import Refused, Understanding
from migrations.sources.spreadsheet.workbook import Workbook
from migrations.sources.text import plain
from migrations.staging.page import Fate, LeftOut, Raw, Remark
from migrations.staging.raw_file import compressed
from migrations.staging.rows import Row as RecordRow
from migrations.staging.rows import row_of

ROWS_IN_PAGE = 1_000
LETTERS_IN_PAGE = 4_000_000
"""Two processes hold a page, in several forms each."""


class TicketRow(NamedTuple):
    """A row that is a ticket. digest: of what it says. has_number: whether its id is one that somebody gave. month,
    status, channel: as it says them. ticket, comments: as rows of their tables. remarks: (what, detail)."""

    id: str
    has_number: bool
    place: str
    digest: str
    month: str
    status: str
    channel: str
    ticket: RecordRow
    comments: list[RecordRow]
    remarks: list[tuple[str, str]]


@dataclass
class Batch:
    """What a page is made of. events: rows for the table of the same name. read: how many rows say something; empty:
    how many do not. checkpoint: for reading on behind them."""

    tickets: list[TicketRow] = field(default_factory=list)
    events: list[tuple[object, ...]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    left: list[LeftOut] = field(default_factory=list)
    named: Named = field(default_factory=Named)
    raw: bytes = b""
    read: int = 0
    empty: int = 0
    checkpoint: str = ""


def read_batches(
    path: Path, decided: Decided, sheet: str, part: str, checkpoint: str, now: datetime
) -> Iterator[Batch]:
    """Read on. sheet: of a workbook. checkpoint: that of the last batch that was kept; empty at the beginning. now:
    after which nothing can have happened. Raises SourceFault, OSError."""
    place = json.loads(checkpoint) if checkpoint else {"at": 0, "line": 0}
    if decided.is_workbook:
        found = _sheet_rows(path, decided, sheet, place["line"])
    else:
        codec, signature = codec_of(path, decided.encoding)
        width = len(decided.headers)
        found = rows(path, codec, decided.delimiter, place["at"] or signature, place["line"] or 1, width)
    yield from _Batches(decided, sheet, part, now).of(row for row in found if row.line > decided.header_line)


def _sheet_rows(path: Path, decided: Decided, name: str, after: int) -> Iterator[Row]:
    book = Workbook(path, decided.file.path)
    try:
        sheet = next(each for each in book.sheets if each.name == name)
        yield from book.rows(sheet, after, len(decided.headers))
    finally:
        book.close()


class _Batches:
    """Of one part: one file, or one sheet of it."""

    def __init__(self, decided: Decided, sheet: str, part: str, now: datetime) -> None:
        self._decided = decided
        self._part = part
        # Two sheets of a workbook have the same lines.
        self._said = f"{decided.file.path}/{sheet}" if len(decided.sheets) > 1 else decided.file.path
        self._name = PurePath(decided.file.path).name
        self._understanding = Understanding(decided, Clock(decided.dates, decided.time_zone, now))
        self._begin()

    def _begin(self) -> None:
        self._batch = Batch()
        self._raw: list[Raw] = []
        self._size = 0

    def of(self, rows: Iterator[Row]) -> Iterator[Batch]:
        last: Row | None = None
        for row in rows:
            self._take(row)
            last = row
            if self._batch.read + self._batch.empty >= ROWS_IN_PAGE or self._size > LETTERS_IN_PAGE:
                yield self._whole(row)
                last = None
        if last is not None:
            yield self._whole(last)

    def _whole(self, last: Row) -> Batch:
        batch = self._batch
        batch.named, batch.raw = self._understanding.named(), compressed(self._raw)
        # Of a CSV the line in which the next row begins, of a workbook the last row that was read.
        line = last.line if self._decided.is_workbook else last.after_line
        batch.checkpoint = json.dumps({"at": last.after, "line": line})
        self._begin()
        return batch

    def _take(self, row: Row) -> None:
        place = f"{self._said}:{row.line}"
        self._size += len(row.raw)
        if row.fault:
            self._keep(row, place)
            self._leave(place, Refused(row.fault, plain(row.raw[:100])[0].strip()))
            return
        texts = self._understanding.texts(row)
        if not any(texts):
            self._batch.empty += 1
            return
        self._keep(row, place)
        digest = _digest(f"{self._name}\0{row.raw.rstrip()}")
        found = self._understanding.entry(row, texts, f"row-{digest}")
        if isinstance(found, Refused):
            self._leave(place, found)
            return
        remarks = self._understanding.remarks(row, texts, found)
        if self._decided.by_events:
            self._batch.events.append((found.ticket, found.date.at, self._part, row.line, found.to_json()))
            self._batch.remarks += [Remark("comments", place, what, detail) for what, detail in remarks]
        else:
            self._batch.tickets.append(_ticket(found, place, digest, remarks))

    def _keep(self, row: Row, place: str) -> None:
        self._batch.read += 1
        self._raw.append(Raw("row", place, row.raw))

    def _leave(self, place: str, refused: Refused, fate: Fate = "quarantined") -> None:
        type_: RecordType = "comments" if self._decided.by_events else "tickets"
        detail = f"{place} {refused.detail}".strip()
        self._batch.left.append(
            LeftOut(type_, place, fate, refused.reason, detail, refused.month, refused.status, refused.channel)
        )


def _ticket(entry: Entry, place: str, digest: str, remarks: list[tuple[str, str]]) -> TicketRow:
    return TicketRow(
        entry.ticket,
        bool(entry.number),
        place,
        digest,
        entry.date.at[:7],
        entry.status,
        entry.channel,
        row_of(Folding(entry).ticket()),
        [row_of(each) for each in comments_of(entry, NOTE)],
        remarks,
    )


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
