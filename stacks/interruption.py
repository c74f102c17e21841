"""Ctrl-C while the engine runs: it is told to stop, finishes what is in flight, saves and unlocks."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Any

from provisioners.run_file import LAST_SECONDS

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(Exception):
    """The run was interrupted before the engine was started."""


class Interruption:
    """While it is entered, the first signal asks the engine to stop and raises nothing; later ones do nothing.

    on_first: called once, in the main thread, to say that the run is stopping. Outside the main thread,
    where Python takes no signals, it only passes on what `stop` says. on_overdue: called from another thread where a
    signal has not ended the block within `last_seconds` and the engine was not at work: then golive itself waits for
    an answer that does not come.
    """

    def __init__(
        self,
        on_first: Callable[[], None] | None = None,
        on_overdue: Callable[[], None] | None = None,
        last_seconds: float = LAST_SECONDS,
    ) -> None:
        self.stopped = threading.Event()
        """Set once a signal has come; whoever waits for a system beside the engine waits for this, too."""
        self._on_first = on_first
        self._on_overdue = on_overdue
        self._last_seconds = last_seconds
        self._left = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Interruption:
        if threading.current_thread() is threading.main_thread():
            for number in SIGNALS:
                if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:  # nohup
                    self._before[number] = signal.signal(number, self._received)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left.set()
        for number, before in self._before.items():
            signal.signal(number, before)

    def _received(self, number: int, frame: FrameType | None) -> None:
        self.stop()

    @property
    def noted(self) -> bool:
        """Whether a signal has come."""
        return self.stopped.is_set()

    def check(self) -> None:
        """Raises Interrupted where a signal has come; between two calls of the engine nobody else notices."""
        if self.noted:
            raise Interrupted

    def stop(self) -> None:
        """Ask the engine, once, to stop in good order."""
        if self.noted:
            return
        self.stopped.set()
        self._tell_engine()
        if self._on_first:
            self._on_first()
        if self._on_overdue and self._process is None:
            threading.Thread(target=self._wait_for_the_end, args=(self._on_overdue,), daemon=True).start()

    def _wait_for_the_end(self, on_overdue: Callable[[], None]) -> None:
        if not self._left.wait(self._last_seconds) and self._process is None:
            on_overdue()

    def engine_started(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        if self.noted:
            self._tell_engine()

    def engine_ended(self) -> None:
        self._process = None

    def _tell_engine(self) -> None:
        process = self._process
        if process is not None and process.poll() is None:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGINT)
