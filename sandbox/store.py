"""The stand-in's memory: tables of plain JSON objects, kept in one file."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Table = dict[str, Row]

FORMAT = 1
SAVE_DELAY = 0.3
"""Seconds between a write and its arrival in the file: one save covers a burst of writes."""
SAVE_SHARE = 10
"""Where saving takes long, the next one waits so many times as long: most of the time is for calls."""


class BrokenStateError(Exception):
    """The state file cannot be read; the message says what to do."""


class Store:
    """Tables per system, counters for ids, and settings per system, saved to one file.

    Handlers run on the event loop and may change rows in place; the frame calls `touch` after each request
    that is not a GET. `clock` gives seconds since the epoch and is a parameter so that tests can set it; `ahead` is how
    many seconds the stand-in's time is before it.
    Raises `BrokenStateError` when the file exists but cannot be read.
    """

    def __init__(self, file: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self.file = file
        self._clock = clock
        self.ahead = 0.0
        self.lock = threading.RLock()
        self._tables: dict[str, dict[str, Table]] = {}
        self._counters: dict[str, int] = {}
        self._settings: dict[str, Row] = {}
        self.seed: Row | None = None
        """What it began with, as whoever seeded it notes it."""
        self.found: dict[str, Any] = {}
        """What was worked out from the tables and can be again, such as `sandbox.unique`; never saved."""
        self._dirty = False
        self._saving = 0.0
        """Seconds that the last save took."""
        self._pending: tuple[asyncio.AbstractEventLoop, asyncio.TimerHandle] | None = None
        if file is not None and file.exists():
            try:
                self.take(json.loads(file.read_text(encoding="utf-8")))
            except (ValueError, KeyError, TypeError) as why:
                raise BrokenStateError(
                    f"{file} is not a state file that this sandbox can read ({why}). "
                    "Delete it to start with an empty sandbox; what stood in it is only test data."
                ) from why

    def table(self, system: str, name: str) -> Table:
        """The rows of one table by id (text), in the order of their creation."""
        with self.lock:
            return self._tables.setdefault(system, {}).setdefault(name, {})

    def settings(self, system: str) -> Row:
        """What `POST /sandbox/settings` and the seed set for this system (limits, plan, …)."""
        with self.lock:
            return self._settings.setdefault(system, {})

    def next_id(self, counter: str, start: int = 1) -> int:
        """The next whole number of a counter; the first one is `start`."""
        with self.lock:
            number = self._counters.get(counter, start - 1) + 1
            self._counters[counter] = number
            return number

    @property
    def clock(self) -> Callable[[], float]:
        """Seconds since the epoch, as it is in the stand-in."""
        return self._time

    @clock.setter
    def clock(self, clock: Callable[[], float]) -> None:
        self._clock = clock

    def _time(self) -> float:
        return self._clock() + self.ahead

    def now(self) -> str:
        """The time as most vendors write it: UTC, whole seconds, `Z`."""
        return datetime.fromtimestamp(self.clock(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def systems(self) -> list[str]:
        """The systems that have been seeded."""
        with self.lock:
            return list(self._tables)

    def counts(self) -> dict[str, dict[str, int]]:
        """How many rows each table holds, by system; empty tables are left out."""
        with self.lock:
            return {
                system: {name: len(rows) for name, rows in tables.items() if rows}
                for system, tables in self._tables.items()
            }

    def forget(self, systems: Iterable[str]) -> None:
        """Empty everything that belongs to these systems. Counters go on: no id is ever used twice."""
        with self.lock:
            for system in systems:
                self._tables[system] = {}
                self._settings[system] = {}
            self.found.clear()
            self._dirty = True

    def touch(self) -> None:
        """Note a change; where an event loop runs, it is saved `SAVE_DELAY` seconds later, or
        `SAVE_SHARE` times as long as the last save took."""
        self._dirty = True
        if self.file is None:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        if self._pending is None or self._pending[0] is not loop:
            delay = max(SAVE_DELAY, SAVE_SHARE * self._saving)
            self._pending = (loop, loop.call_later(delay, self._save_pending))

    def _save_pending(self) -> None:
        self._pending = None
        self.save()

    def save(self) -> None:
        """Write the file if anything changed: beside it first, then renamed over it."""
        if self.file is None or not self._dirty:
            return
        began = time.monotonic()
        with self.lock:
            self._dirty = False
            text = self.text()
        self.file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.file.parent, prefix=self.file.name + ".")
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
        Path(name).replace(self.file)
        self._saving = time.monotonic() - began

    def text(self) -> str:
        """Everything that it holds, as JSON."""
        with self.lock:
            whole = {
                "golive_sandbox": FORMAT,
                "seed": self.seed,
                "ahead": self.ahead,
                "settings": self._settings,
                "counters": self._counters,
                "tables": self._tables,
            }
            return json.dumps(whole, ensure_ascii=False)

    def take(self, whole: Row) -> None:
        """Hold what `text` gave. Raises ValueError, KeyError or TypeError for anything else."""
        if whole["golive_sandbox"] != FORMAT:
            raise ValueError(f"format {whole['golive_sandbox']}")
        self.found.clear()
        self.seed, self.ahead = whole.get("seed"), float(whole.get("ahead", 0))
        self._tables, self._counters, self._settings = whole["tables"], whole["counters"], whole["settings"]
