"""How much of a source was read, shown on a terminal while it lasts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.markup import escape

from golive.terminal.screen import Screen


class ReadCount:
    """How many things were read, how many a second, and what is waited for."""

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self.number = 0
        """Of things that were read."""
        self._began = time.monotonic()
        self._tell: Callable[[str], None] = lambda _: None

    def read(self, part: str, number: int) -> None:
        """So many more."""
        self.number += number
        seconds = max(time.monotonic() - self._began, 0.001)
        self._tell(f"{self._doing}: {self.number:,} read, {self.number / seconds:,.0f} a second")

    def waits(self, seconds: float) -> None:
        """A limit of the other side makes it wait."""
        self._tell(f"{self._doing}: {self.number:,} read; its limit makes golive wait {seconds:.0f} s")

    @contextmanager
    def shown(self, screen: Screen) -> Iterator[None]:
        """For as long as the block lasts."""
        if not screen.notes.is_terminal:
            yield
            return
        with screen.notes.status(escape(self._doing)) as status:
            self._tell = lambda text: status.update(escape(text))
            yield
