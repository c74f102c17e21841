"""What a file looks like: for each setting what it seems to be, how sure that is, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from migrations.sources.spreadsheet.rows import Cell

Sure = Literal["certain", "likely", "open"]
"""certain: nothing in what was looked at allows anything else. likely: it speaks for it. open: nothing decides."""


@dataclass(frozen=True)
class Other:
    """What it could be as well."""

    value: Any
    why: str = ""


@dataclass(frozen=True)
class Guess:
    """setting: as the file in `migrations/` calls it; empty for what no setting answers. value: as it would stand
    there; None for nothing. line: where to look; 0 for nowhere."""

    setting: str
    value: Any
    sure: Sure
    why: str
    line: int = 0
    others: tuple[Other, ...] = ()


@dataclass(frozen=True)
class SampleRow:
    """line: 0 for one near the file's end, where nobody has counted."""

    line: int
    cells: list[Cell]

    @property
    def place(self) -> str:
        return f"line {self.line}" if self.line else "near the end"


@dataclass(frozen=True)
class Found:
    """headers: the names of the columns, each once. has_comments: whether cells have remarks, which are not read."""

    is_workbook: bool
    headers: tuple[str, ...]
    guesses: tuple[Guess, ...]
    has_comments: bool = False

    def of(self, setting: str) -> Guess | None:
        return next((each for each in self.guesses if each.setting == setting), None)
