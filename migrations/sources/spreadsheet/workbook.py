"""The rows of a workbook, one after the other. Nothing in it is run, followed or fetched: formulas give the values that
were saved with them.

Sources: ECMA-376, part 1 (SpreadsheetML: 18.3 worksheets, 18.17 formulas) and part 2 (packages have no DTD).
"""

from __future__ import annotations

import json
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast
from xml.etree.ElementTree import Element, iterparse
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet._reader import WorkSheetParser

from migrations.sources.source import SourceFault
from migrations.sources.spreadsheet.rows import Cell, Row, text_of
from migrations.sources.spreadsheet.text_file import LONGEST, MORE_CELLS, NUL, TOO_LONG

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""Of a sheet. Source: Microsoft, “Excel specifications and limits”."""
LARGEST, LARGEST_IN_MEMORY, MOST_PARTS = 4_000_000_000, 100_000_000, 10_000
"""Bytes of all parts unpacked; of one that has to be in memory (texts, styles); parts of a workbook."""
MOST_PACKED, SMALL = 300, 10_000_000
"""Times that a part may grow when it is unpacked, once it is larger than `SMALL` bytes; tables of numbers grow 20
times."""
MOST_MERGED = 20_000
UNREADABLE = "a cell that cannot be read"
NO_VALUE = "a formula whose value was not saved"
_OF_SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']")
_SHEET_ENDS = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, SyntaxError, LookupError, ValueError, TypeError, AttributeError, RuntimeError,
    EOFError, OSError,
)  # fmt: skip
"""What the library raises for packages that are damaged or made to be; a ParseError of XML is a SyntaxError."""
_SAVE = "Open it in Excel or LibreOffice, save it as .xlsx, and try again."


@dataclass(frozen=True)
class Sheet:
    """part: the name of its XML in the package. strings: the texts to which its cells point."""

    name: str
    part: str
    is_hidden: bool
    strings: Sequence[str]


class Workbook:
    """said: what faults call it. Raises SourceFault, OSError."""

    def __init__(self, path: Path, said: str) -> None:
        self._said = said
        self._opened = ExitStack()
        try:
            self._open(path)
        except BaseException:
            self.close()
            raise

    def _open(self, path: Path) -> None:
        with self._faults("it is no workbook that can be opened"):
            self._package = self._opened.enter_context(zipfile.ZipFile(path))
        self._check()
        with self._faults("it is no workbook that can be opened"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            file = self._opened.enter_context(path.open("rb"))
            self._book: Any = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            self.sheets = [
                Sheet(each.title, each._worksheet_path, each.sheet_state != "visible", each._shared_strings)
                for each in cast("list[Any]", self._book.worksheets)
            ]

    def close(self) -> None:
        self._opened.close()

    @property
    def has_comments(self) -> bool:
        """Whether somebody has put remarks on cells; they are not read."""
        return any("comments" in each.lower() for each in self._package.namelist())

    @contextmanager
    def _faults(self, why: str, where: str = "") -> Iterator[None]:
        try:
            yield
        except SourceFault:
            raise
        except _BROKEN as broken:
            raise SourceFault(where or self._said, f"{why}: {_in_short(broken)}", _SAVE) from broken

    def _check(self) -> None:
        """Nothing is unpacked that is a trap."""
        parts = self._package.infolist()
        if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > LARGEST:
            raise SourceFault(self._said, "unpacked it would be larger than any workbook", "Save it as CSV.")
        for each in parts:
            if each.flag_bits & 1:
                raise SourceFault(self._said, "it is locked with a password", "Save it without one.")
            if each.file_size > SMALL and each.file_size > MOST_PACKED * each.compress_size:
                why = f"its part {each.filename[:80]!r} would become {each.file_size:,} bytes out of"
                raise SourceFault(self._said, f"{why} {each.compress_size:,}, as no workbook does", _SAVE)
            if each.file_size > LARGEST_IN_MEMORY and "worksheets/" not in each.filename:
                why = f"its part {each.filename[:80]!r} is too large"
                raise SourceFault(self._said, why, "Save it as CSV.")
            if each.filename.endswith((".xml", ".rels")) and self._has_declarations(each):
                why = f"its part {each.filename[:80]!r} declares entities, as no workbook does"
                raise SourceFault(self._said, why, _SAVE)

    def _has_declarations(self, part: zipfile.ZipInfo) -> bool:
        """Whether a part has a DTD; it can only stand before the first element."""
        found: list[bool] = []
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = lambda *_: found.append(True)
        parser.StartElementHandler = lambda *_: found.append(False)
        with self._faults("it is damaged"), self._package.open(part) as file:
            while not found and (block := file.read(65_536)):
                try:
                    parser.Parse(block)
                except expat.ExpatError:
                    return found[:1] == [True]
        return found[:1] == [True]

    def rows(self, sheet: Sheet, after: int = 0, width: int = 0) -> Iterator[Row]:
        """Those behind the row of a number; the ones before it are gone through again, as there is no other way to
        them. width: how many cells a row may have; 0 for any number. Raises SourceFault."""
        merged = _Merged(self._merged_ranges(sheet))
        line = 0
        with self._package.open(sheet.part) as file:
            parser = _Cells(
                file,
                sheet.strings,
                data_only=True,
                epoch=self._book.epoch,
                date_formats=self._book._date_formats,
                timedelta_formats=self._book._timedelta_formats,
            )
            found = _row_elements(file)
            while True:
                where = f"{self._said}, sheet {sheet.name}, behind row {line}"
                with self._faults("the rest cannot be read", where), warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    element = next(found, None)
                    if element is None:
                        return
                    line = _number(element, line)
                    row = parser.row(element, line)
                merged.fill(row)
                if line > after:
                    yield _checked(row, width)

    def _merged_ranges(self, sheet: Sheet) -> list[str]:
        """They stand behind the rows, which makes it a reading of its own."""
        rest, is_behind = b"", False
        with self._faults("it is damaged"), self._package.open(sheet.part) as file:
            while len(rest) < LONGEST and (block := file.read(1_000_000)):
                rest += block
                end = None if is_behind else _SHEET_ENDS.search(rest)
                if end:
                    is_behind, rest = True, rest[end.end() :]
                elif not is_behind:
                    rest = rest[-64:]
        return [each.decode("ascii") for each in _MERGED.findall(rest)] if is_behind else []


class _Merged:
    """What merged cells say: the value of the first one holds for all below it in its column. Beside it nothing is
    filled: that would make a status out of a remark."""

    def __init__(self, ranges: list[str]) -> None:
        found = (range_boundaries(each) for each in ranges[:MOST_MERGED])
        self._coming = sorted(
            ((int(top or 0), int(bottom or 0), int(left or 0)) for left, top, _, bottom in found), reverse=True
        )
        self._open: dict[int, tuple[int, Cell]] = {}
        """Column → the last row, and the value."""

    def fill(self, row: Row) -> None:
        cells = row.cells
        has_own = any(each not in (None, "") for each in cells)
        for column, (bottom, value) in list(self._open.items()):
            if bottom < row.line:
                del self._open[column]
            elif has_own:
                if len(cells) < column:
                    cells.extend([None] * (column - len(cells)))
                if cells[column - 1] is None:
                    cells[column - 1] = value
        while self._coming and self._coming[-1][0] <= row.line:
            top, bottom, column = self._coming.pop()
            if top == row.line and bottom > top and column <= len(cells) and cells[column - 1] is not None:
                self._open[column] = (bottom, cells[column - 1])


class _Cells(WorkSheetParser):
    """Reads cells as openpyxl does, one row at a time and without keeping anything of it."""

    def row(self, element: Element, line: int) -> Row:
        self.row_counter, self.col_counter = line, 0
        row = Row(line, [], "", 0, line + 1)
        for each in element:
            try:
                found = self.parse_cell(each)
            except (ValueError, IndexError, TypeError, ArithmeticError):
                row.fault = UNREADABLE
                continue
            column, value = found["column"], found["value"]
            if not 0 < column <= MOST_COLUMNS:
                row.fault = UNREADABLE
                continue
            if value is None and any(one.tag.endswith("}f") for one in each):
                row.fault = row.fault or NO_VALUE
            if len(row.cells) < column:
                row.cells.extend([None] * (column - len(row.cells)))
            row.cells[column - 1] = value
        return row


def _row_elements(file: IO[bytes]) -> Iterator[Element]:
    """The rows of a sheet, none of which stays in memory. Raises ParseError; SourceFault for the strict form."""
    rows: Element | None = None
    for event, element in iterparse(file, ("start", "end")):  # noqa: S314
        tag = element.tag
        if event == "start":
            if tag == f"{_OF_SHEETS}sheetData":
                rows = element
            elif tag.startswith(_STRICT):
                raise ValueError("it was saved as Strict Open XML")
        elif tag == f"{_OF_SHEETS}row":
            yield element
            if rows is not None:
                rows.clear()
        elif rows is None or tag == f"{_OF_SHEETS}sheetData":
            element.clear()
            if tag == f"{_OF_SHEETS}sheetData":
                return


def _number(element: Element, before: int) -> int:
    """Of a row. Raises ValueError for one that no sheet has."""
    number = int(element.get("r") or before + 1)
    if not before < number <= MOST_ROWS:
        raise ValueError(f"row {number} cannot follow row {before}")
    return number


def _checked(row: Row, width: int) -> Row:
    texts = [text_of(each) for each in row.cells]
    if width and any(each.strip() for each in texts[width:]):
        row.fault = row.fault or MORE_CELLS
    while texts and not texts[-1]:
        texts.pop()
    row.raw = json.dumps(texts, ensure_ascii=False)
    if width:
        del row.cells[width:]
    if len(row.raw) > LONGEST:
        row.raw, row.fault = row.raw[:1000], TOO_LONG
    elif "\\u0000" in row.raw:
        row.fault = row.fault or NUL
    return row


def _in_short(broken: BaseException) -> str:
    return " ".join(str(broken).split())[:200] or type(broken).__name__
