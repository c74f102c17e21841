"""How many calls a reading has made, shown on a terminal while it lasts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rich.markup import escape

from golive.terminal.screen import Screen


class CallCount:
    """How many calls were made, and what is waited for."""

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()
        self._tell: Callable[[str], None] | None = None
        self._doing = ""

    def report(self, event: str, facts: Mapping[str, Any]) -> None:
        self.made[event] += 1
        if self._tell is not None:
            waits = f", waiting: {facts['why']}" if event == "wait" else ""
            self._tell(f"{self._doing}: {self.made['call']} calls{waits}")

    @contextmanager
    def shown(self, screen: Screen, doing: str) -> Iterator[None]:
        """Say on a terminal that something happens, for as long as the block lasts. Nobody can be asked inside it."""
        if not screen.notes.is_terminal:
            yield
            return
        self._doing = doing
        with screen.notes.status(doing) as status:
            self._tell = lambda text: status.update(escape(text))
            try:
                yield
            finally:
                self._tell = None
