"""Points in time as people read them, and how long something takes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime


def when(text: str) -> str:
    """An ISO 8601 time in the time of whoever looks: `28 Nov 2026 22:10`. What is no time stays as it is."""
    try:
        there = datetime.fromisoformat(text).astimezone()
    except ValueError:
        return text
    return f"{there.day} {there:%b %Y %H:%M}"


class Clock:
    """Runs from the start; while somebody is asked, it stands."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._started

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Leave out how long the block takes."""
        before = time.monotonic()
        try:
            yield
        finally:
            self._started += time.monotonic() - before
