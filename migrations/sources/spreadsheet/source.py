"""Logs kept by hand and tables that another tool wrote, read row by row."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import ClassVar

from config.model import Model
from migrations.records.record import RecordType
from migrations.sources.ahead import ahead
from migrations.sources.source import LogColumns, Reading, Source, SourceFault
from migrations.sources.spreadsheet.batches import read_batches
from migrations.sources.spreadsheet.deciding import decide
from migrations.sources.spreadsheet.finding import find
from migrations.sources.spreadsheet.folding import settle
from migrations.sources.spreadsheet.log_columns import log_columns
from migrations.sources.spreadsheet.pages import Pages
from migrations.sources.spreadsheet.settings import LogFile, SpreadsheetSettings
from migrations.sources.spreadsheet.traps import TRAPS
from migrations.sources.unchanged import check_unchanged, name_of
from migrations.staging.page import Page
from migrations.staging.staging import Staging

_LOST = """
SELECT (SELECT COALESCE(SUM(taken), 0) FROM parts)
  - (SELECT COUNT(*) FROM tickets)
  + (SELECT COUNT(DISTINCT ticket) FROM spreadsheet_events WHERE ticket NOT IN (SELECT id FROM spreadsheet_tickets))
  - (SELECT COUNT(*) FROM spreadsheet_events)
  - (SELECT COUNT(*) FROM left_out WHERE type IN ('tickets', 'comments'))
"""
"""Rows that were read, but for those that are a ticket, something that happened to one, or left out. Tickets that are
made of events alone have no row of their own."""
_NO_NAME = re.compile(r"[^a-z0-9]+")


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
            path = _path(reading, file)
            decided = decide(path, file)
            for setting, why in decided.notes.items():
                reading.staging.set_note(f"spreadsheet:{file.path}:{setting}", why)
            stem = _stem(file)
            check_unchanged(reading.staging, stem, path, file.path, file.model_dump_json())
            found += [f"{stem}-{name_of(each)}" for each in decided.sheets] if decided.is_workbook else [stem]
        return found

    def pages(self, reading: Reading, part: str, checkpoint: str) -> Iterator[Page]:
        _make_tables(reading)
        file = next(each for each in reading.settings.files if part.startswith(_stem(each)))
        path = _path(reading, file)
        decided = decide(path, file)
        sheet = next((each for each in decided.sheets if part == f"{_stem(file)}-{name_of(each)}"), "")
        pages = Pages(reading, file.path)
        for batch in ahead(path, read_batches, path, decided, sheet, part, checkpoint, datetime.now(UTC)):
            yield pages.of(batch)

    def log_columns(self, settings: SpreadsheetSettings, root: Path, fields: Iterable[str]) -> LogColumns | None:
        """Over all files together: each column has to be good for something, and what one tells is told."""
        keys = tuple(fields)
        each = [log_columns(find(root / file.path, file).headers, file.columns, keys) for file in settings.files]
        has = dict.fromkeys(word for one in each for word in one.has)
        return LogColumns(tuple(has), tuple(dict.fromkeys(header for one in each for header in one.of_no_field)))

    def number_lost(self, staging: Staging) -> int:
        return int(staging.database.execute(_LOST).fetchone()[0]) if staging.is_whole else 0

    def settle(self, reading: Reading) -> None:
        settle(reading.staging)


def _make_tables(reading: Reading) -> None:
    said = files("migrations.sources.spreadsheet").joinpath("tables.sql").read_text(encoding="utf-8")
    reading.staging.database.executescript(said)


def _path(reading: Reading, file: LogFile) -> Path:
    path = (reading.root / file.path).resolve()
    if not path.is_file():
        raise SourceFault(file.path, "there is no such file", "The path counts from the workspace's root.")
    return path


def _stem(file: LogFile) -> str:
    """The beginning of the names of a file's parts: readable, and never the same for two files."""
    slug = _NO_NAME.sub("-", Path(file.path).stem.lower()).strip("-")[:40]
    return f"{slug or 'file'}-{name_of(json.dumps([file.path, file.sheets]))}"
