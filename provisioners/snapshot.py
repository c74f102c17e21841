"""What a run that only looks has read, so that it reads nothing twice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any


class Snapshot:
    """Answers by what was asked. Whoever asks for what is being read waits for it; a failure is not kept."""

    def __init__(self) -> None:
        self._answers: dict[Hashable, Any] = {}
        self._reading: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def once(self, asked: Hashable, read: Callable[[], Any]) -> Any:
        """The answer, read now unless it is there."""
        with self._lock:
            reading = self._reading.setdefault(asked, threading.Lock())
        with reading:
            if asked not in self._answers:
                self._answers[asked] = read()
            return self._answers[asked]
