"""The beginning and the end of a file, which are looked at before it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from migrations.sources.source import SourceFault
from migrations.sources.spreadsheet.delimiters import records
from migrations.sources.spreadsheet.found import SampleRow
from migrations.sources.spreadsheet.text_file import codec_of, rows
from migrations.sources.spreadsheet.workbook import Workbook

SIZE = 262_144
"""Bytes of each end of a CSV."""
ROWS = 2_000
"""Of each sheet of a workbook: its end cannot be reached without its middle."""
_WORKBOOK, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Ends:
    """head and tail: bytes; tail is empty where the head is the whole file."""

    head: bytes
    tail: bytes


def is_workbook(path: Path, said: str) -> bool:
    """By what it is, not by how it is called. Raises SourceFault for what is neither, OSError."""
    with path.open("rb") as file:
        begin = file.read(8)
    if begin.startswith(_OLD):
        why = "it is locked with a password, or of a form that Excel used before 2007"
        raise SourceFault(said, why, "Save it without a password as .xlsx, and try again.")
    return begin.startswith(_WORKBOOK)


def ends_of(path: Path) -> Ends:
    """Raises OSError."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(SIZE)
        if size <= SIZE:
            return Ends(head, b"")
        file.seek(max(SIZE, size - SIZE))
        return Ends(head, file.read())


def text_rows(path: Path, encoding: str, delimiter: str, header_line: int) -> Iterator[SampleRow]:
    """The rows behind the columns' names in the sample of a CSV, those that can be read. Of its end, those are taken
    that have as many cells as the first."""
    codec, signature = codec_of(path, encoding)
    width = 0
    for row in rows(path, codec, delimiter, signature, 1):
        if row.after > SIZE:
            break
        if row.line > header_line and row.cells and not row.fault:
            width = width or len(row.cells)
            yield SampleRow(row.line, row.cells)
    tail = ends_of(path).tail
    if codec.startswith("utf-16"):
        tail = tail[len(tail) % 2 :]
    for cells in records(tail.decode(codec, "replace").partition("\n")[2], delimiter):
        if len(cells) == width:
            yield SampleRow(0, list(cells))


def first_rows(path: Path, encoding: str, delimiter: str, number: int = 50) -> list[tuple[int, list[str]]]:
    """The first rows of a CSV, each with its line."""
    codec, signature = codec_of(path, encoding)
    found = islice(rows(path, codec, delimiter, signature, 1), number)
    return [(row.line, [str(each) for each in row.cells]) for row in found]


def sheet_rows(book: Workbook, name: str) -> list[SampleRow]:
    """The first rows of a sheet, those that are not empty. Raises SourceFault."""
    sheet = next(each for each in book.sheets if each.name == name)
    found = islice(book.rows(sheet), ROWS)
    return [SampleRow(row.line, row.cells) for row in found if any(each not in (None, "") for each in row.cells)]
