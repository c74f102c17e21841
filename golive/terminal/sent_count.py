"""How much of a migration was sent, how fast, and how long it takes, shown on a terminal while it lasts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from golive.terminal.screen import Screen
from golive.wording.record_words import TITLES


class SentCount:
    """expected: by type, how many are to be sent."""

    def __init__(self, expected: Mapping[str, int]) -> None:
        self._expected = expected
        self._bars: dict[str, TaskID] = {}
        self._refused: dict[str, int] = {}
        self._shown: Progress | None = None

    def sent(self, type_: str, made: int, refused: int) -> None:
        """So many more were made, and so many refused."""
        self._refused[type_] = self._refused.get(type_, 0) + refused
        if self._shown is None:
            return
        if type_ not in self._bars:
            self._end_others()
            self._bars[type_] = self._shown.add_task(TITLES[type_][1], total=self._expected.get(type_), refused="")
        said = f"{self._refused[type_]} refused" if self._refused[type_] else ""
        self._shown.update(self._bars[type_], advance=made + refused, refused=said)

    def _end_others(self) -> None:
        """One type after the other is sent, and of those before fewer than expected, where somebody was there."""
        assert self._shown is not None  # noqa: S101 - only called while it is shown
        for task in self._shown.tasks:
            self._shown.update(task.id, total=task.completed)

    @contextmanager
    def shown(self, screen: Screen) -> Iterator[None]:
        """For as long as the block lasts."""
        columns = (
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TextColumn("{task.fields[refused]}"), TimeRemainingColumn(),
        )  # fmt: skip
        with Progress(*columns, console=screen.notes, disable=not screen.notes.is_terminal, transient=True) as progress:
            self._shown = progress
            yield
