"""What stands between the cells of a CSV, and in which line its columns have their names."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass

from migrations.sources.spreadsheet.found import Guess, Other
from migrations.sources.spreadsheet.text_file import allow_long_cells

DELIMITERS = (",", ";", "\t", "|")
NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_MOST_ROWS = 1000
_FIRST_ROWS = 20
"""Among which the names of the columns are."""
_ALIKE = 0.9


@dataclass(frozen=True)
class _Cut:
    """What a delimiter makes of a sample. first: how many cells its first row has; width: most rows. header: the first
    row of so many, or -1. alike: the share of the rows behind it that have so many."""

    delimiter: str
    first: int
    width: int
    header: int
    alike: float


def first_line(text: str) -> tuple[str, int]:
    """The delimiter that a first line `sep=;` says, as Excel writes and reads it, and how many lines that takes."""
    line = text.split("\n", 1)[0].strip().strip('"')
    if line.casefold().startswith("sep=") and len(line) <= 5:
        return line[4:] or "\t", 1
    return "", 0


def delimiter_of(text: str) -> Guess:
    """text: the beginning of the file."""
    said, _ = first_line(text)
    if said in DELIMITERS:
        return Guess("delimiter", said, "certain", "its first line says so", 1)
    cuts = sorted((_cut(text, each) for each in DELIMITERS), key=lambda cut: (-cut.alike, -cut.width))
    fit = [cut for cut in cuts if cut.width > 1 and cut.header >= 0 and cut.alike >= _ALIKE]
    if len(fit) > 1:  # the names of columns rarely hold a delimiter, unlike numbers
        fit = [cut for cut in fit if cut.header == 0] or fit
    if len(fit) == 1:
        why = f"{NAMES[fit[0].delimiter]} cut {fit[0].alike:.0%} of the rows into {fit[0].width} cells each"
        return Guess("delimiter", fit[0].delimiter, "certain", why)
    in_first = [cut for cut in cuts if cut.first > 1]
    if not fit and len(in_first) == 1:
        name = NAMES[in_first[0].delimiter]
        why = f"{name} cut its first line into {in_first[0].first} cells, and no other sign does"
        return Guess("delimiter", in_first[0].delimiter, "certain", why, 1)
    some = fit or [cut for cut in cuts if cut.width > 1]
    if not some:
        others = tuple(Other(each) for each in DELIMITERS)
        return Guess("delimiter", None, "open", "no row can be cut into cells", 1, others)
    some.sort(key=lambda cut: -cut.width)
    why = "several signs cut it into rows of the same length" if fit else "its rows are of very different lengths"
    others = tuple(Other(cut.delimiter, f"{cut.width} cells in most rows then") for cut in some[1:])
    return Guess("delimiter", some[0].delimiter, "likely", why, 1, others)


def _cut(text: str, delimiter: str) -> _Cut:
    rows = [row for row in records(text, delimiter) if row]
    if not rows:
        return _Cut(delimiter, 0, 0, -1, 0)
    width = Counter(len(row) for row in rows).most_common(1)[0][0]
    header = next((at for at, row in enumerate(rows[:_FIRST_ROWS]) if len(row) == width), -1)
    behind = rows[header + 1 :] if len(rows) > header + 1 else rows[header:]
    alike = sum(len(row) == width for row in behind) / len(behind) if behind else 0.0
    return _Cut(delimiter, len(rows[0]), width, header, alike)


def records(text: str, delimiter: str) -> list[list[str]]:
    """The first rows of a sample; what is broken in it ends the list."""
    found: list[list[str]] = []
    allow_long_cells()
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            found.append(row)
            if len(found) == _MOST_ROWS:
                break
    except csv.Error:
        pass
    return found


def header_line_of(rows: list[tuple[int, list[str]]], skipped: int) -> Guess:
    """rows: the first ones, each with its line. skipped: lines that are known to be none of the table's."""
    filled = [(line, cells) for line, cells in rows if any(each.strip() for each in cells)]
    if not filled:
        return Guess("header_line", None, "open", "there is no row in it")
    width = Counter(len(cells) for _, cells in filled).most_common(1)[0][0]
    line, cells = next(((line, cells) for line, cells in filled[:_FIRST_ROWS] if len(cells) == width), filled[0])
    first = filled[0][0]
    named = [each for each in cells if each.strip()]
    if line == first and all(each.strip() for each in cells[: len(named)]) and named and first <= skipped + 1:
        return Guess("header_line", line, "certain", "its first line has as many cells as most rows", line)
    names = ", ".join(each.strip() or "(nothing)" for each in cells[:4])
    why = f"it does not begin with a name for each column; line {line} has as many cells as most rows: {names}"
    return Guess("header_line", line, "likely", why, line, (Other(first, "the first line that says anything"),))
