"""Logs for the tests, and what a staging makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from migrations.declared.migration import own_matcher
from migrations.sources.source import Reading
from migrations.sources.spreadsheet import SOURCE
from migrations.staging.staging import Staging
from tests.migrations.staged import read_whole

HEAD = "No,Date,Customer,Subject,Note"
COLUMNS = {"No": "ticket", "Date": "date", "Customer": "customer", "Subject": "subject", "Note": "private_note"}
SAID = {"columns": COLUMNS, "time_zone": "UTC", "dates": ["YYYY-MM-DD hh:mm"], "nulls": [], "rows": "tickets"}
"""What leaves no question about a file with these columns."""


def reading(staging: Staging, root: Path, *files: dict[str, Any], **more: Any) -> Reading:
    settings = SOURCE.Settings.model_validate({"files": list(files)})
    return Reading(settings, root, staging, own=own_matcher(("quayside.example",)), **more)


def staged(root: Path, content: str | bytes, **said: Any) -> Staging:
    """What becomes of one file."""
    path = root / "log.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(root, {"path": "log.csv", **SAID, **said})


def read(root: Path, *files: dict[str, Any]) -> Staging:
    return read_whole(SOURCE, reading(Staging(root / "staging"), root, *files))


def lines(*rows: str, head: str = HEAD) -> str:
    return "\r\n".join((head, *rows, ""))


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Any:
    """Written and given back, for what a test does to it before `save(path)`."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return book
