"""Logs kept by hand and tables that another tool wrote, read row by row."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import ClassVar

from config.model import Model
from migrations.records.record import RecordType
from migrations.sources.source import Reading, Source, SourceFault
from migrations.sources.spreadsheet.deciding import Decided, decide
from migrations.sources.spreadsheet.folding import settle
from migrations.sources.spreadsheet.pages import Pages
from migrations.sources.spreadsheet.rows import Row
from migrations.sources.spreadsheet.sample import ends_of
from migrations.sources.spreadsheet.settings import LogFile, SpreadsheetSettings
from migrations.sources.spreadsheet.text_file import codec_of, rows
from migrations.sources.spreadsheet.traps import TRAPS
from migrations.sources.spreadsheet.workbook import Workbook
from migrations.staging.page import Page

_NO_NAME = re.compile(r"[^a-z0-9]+")
_HEX = 8


@dataclass(frozen=True)
class _Place:
    """Where a part goes on. digest: of the file's ends and of how it is read, which must not change in between."""

    at: int
    line: int
    digest: str

    @classmethod
    def of(cls, checkpoint: str) -> _Place:
        return cls(**json.loads(checkpoint)) if checkpoint else cls(0, 0, "")


class SpreadsheetSource(Source):
    name = "spreadsheet"
    title = "Spreadsheet"
    Settings: ClassVar[type[Model]] = SpreadsheetSettings
    gives: ClassVar[tuple[RecordType, ...]] = ("organizations", "people", "tickets", "comments")
    statuses: ClassVar[Mapping[str, str]] = {
        "resolved": "closed", "unresolved": "open",
        "new": "open", "open": "open", "in progress": "open", "pending": "pending", "waiting": "pending",
        "on hold": "hold", "done": "closed", "solved": "closed", "closed": "closed",
        "neu": "open", "offen": "open", "in bearbeitung": "open", "wartend": "pending", "erledigt": "closed",
        "gelöst": "closed", "geschlossen": "closed",
        "nieuw": "open", "in behandeling": "open", "wacht": "pending", "opgelost": "closed", "gesloten": "closed",
        "ouvert": "open", "en cours": "open", "en attente": "pending", "résolu": "closed", "fermé": "closed",
    }  # fmt: skip
    priorities: ClassVar[Mapping[str, str]] = {
        "urgent": "urgent", "critical": "urgent", "p1": "urgent", "high": "high", "p2": "high", "normal": "normal",
        "medium": "normal", "p3": "normal", "low": "low", "p4": "low",
        "kritisch": "urgent", "hoch": "high", "mittel": "normal", "niedrig": "low",
        "hoog": "high", "normaal": "normal", "laag": "low",
    }  # fmt: skip
    traps: ClassVar = TRAPS

    def parts(self, reading: Reading) -> Sequence[str]:
        _make_tables(reading)
        found: list[str] = []
        for file in reading.settings.files:
            decided = decide(_path(reading, file), file)
            for setting, why in decided.notes.items():
                reading.staging.set_note(f"spreadsheet:{file.path}:{setting}", why)
            stem = _stem(file)
            found += [f"{stem}-{_digest(each)}" for each in decided.sheets] if decided.is_workbook else [stem]
        return found

    def pages(self, reading: Reading, part: str, checkpoint: str) -> Iterator[Page]:
        _make_tables(reading)
        file = next(each for each in reading.settings.files if part.startswith(_stem(each)))
        path, place = _path(reading, file), _Place.of(checkpoint)
        decided = decide(path, file)
        digest = _digest_of(path, file)
        if place.digest and place.digest != digest:
            why = "the file, or what is said of it, has changed since a part of it was read"
            raise SourceFault(file.path, why, "Delete this migration's staging, and read it from the beginning.")
        pages = Pages(reading, decided, part, datetime.now(UTC))
        if decided.is_workbook:
            found = _sheet_rows(path, decided, part, place.line)
        else:
            codec, signature = codec_of(path, decided.encoding)
            width = len(decided.headers)
            found = rows(path, codec, decided.delimiter, place.at or signature, place.line or 1, width)
        yield from pages.of(
            (row for row in found if row.line > decided.header_line),
            lambda row: json.dumps({"at": row.after, "line": _next_line(row, decided), "digest": digest}),
        )

    def settle(self, reading: Reading) -> None:
        settle(reading.staging)


def _next_line(row: Row, decided: Decided) -> int:
    """Of a CSV the line in which the next row begins, of a workbook the last row that was read."""
    return row.line if decided.is_workbook else row.after_line


def _sheet_rows(path: Path, decided: Decided, part: str, after: int) -> Iterator[Row]:
    book = Workbook(path, decided.file.path)
    try:
        sheet = next(
            each for each in book.sheets if each.name in decided.sheets and part.endswith(f"-{_digest(each.name)}")
        )
        yield from book.rows(sheet, after, len(decided.headers))
    finally:
        book.close()


def _make_tables(reading: Reading) -> None:
    said = files("migrations.sources.spreadsheet").joinpath("tables.sql").read_text(encoding="utf-8")
    reading.staging.database.executescript(said)


def _path(reading: Reading, file: LogFile) -> Path:
    path = (reading.root / file.path).resolve()
    if not path.is_file():
        raise SourceFault(file.path, "there is no such file", "The path counts from the workspace's root.")
    return path


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_HEX // 2).hexdigest()


def _stem(file: LogFile) -> str:
    """The beginning of the names of a file's parts: readable, and never the same for two files."""
    slug = _NO_NAME.sub("-", Path(file.path).stem.lower()).strip("-")[:40]
    return f"{slug or 'file'}-{_digest(json.dumps([file.path, file.sheets]))}"


def _digest_of(path: Path, file: LogFile) -> str:
    """Of a file's ends and size, and of how it is read."""
    ends = ends_of(path)
    said = blake2b(digest_size=16)
    for each in (str(path.stat().st_size).encode(), ends.head, ends.tail, file.model_dump_json().encode()):
        said.update(each)
    return said.hexdigest()
