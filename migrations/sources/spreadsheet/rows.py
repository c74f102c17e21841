"""A row of a log, as it stands in its file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | datetime | date | time | timedelta | None
"""CSV knows only text; a workbook knows what a cell is."""


@dataclass(slots=True)
class Row:
    """line: of its beginning, counted from 1. raw: as the file has it. after, after_line: where the next row begins,
    the byte only of a CSV. fault: why it cannot be understood; empty where it can. is_odd:
    whether it holds characters that no text has."""

    line: int
    cells: list[Cell]
    raw: str
    after: int
    after_line: int
    fault: str = ""
    is_odd: bool = False


def text_of(cell: Cell) -> str:
    """A cell as people read it: no `.0` behind whole numbers, times as 2024-03-01 08:15:00."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return str(cell)
