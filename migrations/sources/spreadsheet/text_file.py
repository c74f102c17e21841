"""The rows of a CSV, from any byte at which one begins, without reading the file as a whole.

A quotation mark that is never closed would swallow the rows behind it. Quoting is therefore read strictly: what breaks
its rules is put aside up to the end of its first line, and reading goes on with the next.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from migrations.sources.spreadsheet.rows import Cell, Row

LONGEST = 4_000_000
"""Characters of one row. A cell of Excel takes 32,767; one that a program wrote, a whole conversation."""
BROKEN_QUOTE = "a quotation mark that is not closed, or stands in the wrong place"
TOO_LONG = "a row that never ends"
MORE_CELLS = "more cells than columns"
NOT_ENCODED = "letters that are not of the file's encoding"
NUL = "a NUL byte"
_LONE = re.compile("[\ud800-\udfff]")
_SIGNATURES = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
_HEAD = 65_536


def codec_of(path: Path, encoding: str) -> tuple[str, int]:
    """Python's name of an encoding as this file has it, and the bytes of its signature. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if encoding == "utf-16":
        big = head.startswith(_SIGNATURES["utf-16-be"])
        if not big and not head.startswith(_SIGNATURES["utf-16-le"]):
            big = head[0::2].count(0) > head[1::2].count(0)
        encoding = "utf-16-be" if big else "utf-16-le"
    signature = _SIGNATURES.get(encoding, b"")
    return encoding, len(signature) if signature and head.startswith(signature) else 0


def allow_long_cells() -> None:
    """Python's own limit of a cell, 131,072 letters, holds for the process and is too small for conversations."""
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST))


class _Lines:
    """Lines, from a byte at which one begins. at: where the next one does. held: those since somebody emptied it;
    after_first: where the first of them ended. Bytes that are no letters stand in them as lone surrogates."""

    def __init__(self, path: Path, codec: str, at: int) -> None:
        self.at = at
        self.held: list[str] = []
        self.after_first = at
        self.is_cut = False
        self._codec = codec
        self._errors = "surrogatepass" if codec.startswith("utf-16") else "surrogateescape"
        self._file = path.open("rb")
        head = self._file.read(_HEAD)
        self._file.seek(at)
        self._by_letters = codec.startswith("utf-16") or (b"\r" in head and b"\n" not in head)

    def close(self) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[str]:
        held = self.held
        for text, size in self._in_letters() if self._by_letters else self._in_bytes():
            self.at += size
            if not held:
                self.after_first = self.at
            held.append(text)
            yield text

    def _in_bytes(self) -> Iterator[tuple[str, int]]:
        codec, errors, read = self._codec, self._errors, self._file.readline
        while raw := read(LONGEST):
            size = len(raw)
            if size == LONGEST and raw[-1] != 10:
                self.is_cut = True
                while more := read(LONGEST):
                    size += len(more)
                    if more[-1] == 10:
                        break
            yield raw.decode(codec, errors), size

    def _in_letters(self) -> Iterator[tuple[str, int]]:
        """The same where a line's end is no single byte of its own. It is slower, and rare."""
        reader = io.TextIOWrapper(self._file, self._codec, self._errors, newline="")
        while text := reader.readline(LONGEST):
            size = len(text.encode(self._codec, self._errors))
            if len(text) == LONGEST and text[-1] not in "\r\n":
                self.is_cut = True
                while more := reader.readline(LONGEST):
                    size += len(more.encode(self._codec, self._errors))
                    if more[-1] in "\r\n":
                        break
            yield text, size


def rows(path: Path, codec: str, delimiter: str, at: int, line: int, width: int = 0) -> Iterator[Row]:
    """Those from a byte at which one begins, which is in the line of that number. width: how many cells a row may have;
    0 for any number. Raises OSError."""
    allow_long_cells()
    while True:
        lines = _Lines(path, codec, at)
        try:
            for row in _strictly(lines, delimiter, line, width):
                yield row
                at, line = row.after, row.after_line
                if row.fault in (BROKEN_QUOTE, TOO_LONG):
                    break
            else:
                return
        finally:
            lines.close()


def _strictly(lines: _Lines, delimiter: str, line: int, width: int) -> Iterator[Row]:
    """Up to the first row at which the rules of quoting are broken; of that one only the first line."""
    held = lines.held
    try:
        for cells in csv.reader(lines, delimiter=delimiter, strict=True):
            number = len(held)
            raw = held[0] if number == 1 else "".join(held)
            fault = ""
            if width and len(cells) != width:
                if any(each.count(delimiter) >= width - 1 for each in held[1:]):
                    # A line within a cell that could be a row by itself: a quotation mark has swallowed it.
                    yield Row(line, [], held[0], lines.after_first, line + 1, BROKEN_QUOTE)
                    return
                if any(each.strip() for each in cells[width:]):
                    fault = MORE_CELLS
                del cells[width:]
            if lines.is_cut:
                yield Row(line, [], raw[:1000], lines.at, line + number, TOO_LONG)
                return
            if "\0" in raw:
                fault = NUL
            elif not raw.isascii() and _LONE.search(raw):
                fault = NOT_ENCODED
            yield Row(line, cast("list[Cell]", cells), raw, lines.at, line + number, fault)
            line += number
            held.clear()
    except csv.Error:
        first = held[0] if held else ""
        why = TOO_LONG if lines.is_cut else BROKEN_QUOTE
        yield Row(line, [], first[:LONGEST], lines.after_first, line + 1, why)
