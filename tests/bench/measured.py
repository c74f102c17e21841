"""One command measured: wall time, processor time and peak memory of all its processes."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MARK = "GOLIVE_BENCH"
EVERY_SECONDS = 0.05


@dataclass(frozen=True)
class Measured:
    """wall, processor: seconds. memory: megabytes, the most that all processes held at one moment."""

    wall: float
    processor: float
    memory: float


class Failed(Exception):
    """The command did not end as it should."""


def measured(command: Sequence[str], folder: Path, codes: Sequence[int] = (0,)) -> Measured:
    """Run a command to its end. Raises Failed for any other exit code. Linux only: it looks into /proc."""
    mark = f"{os.getpid()}-{time.monotonic_ns()}"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    watch = _Watch(mark)
    started = time.monotonic()
    done = subprocess.run(
        list(command), cwd=folder, env={**os.environ, MARK: mark}, capture_output=True, text=True, check=False
    )
    wall = time.monotonic() - started
    watch.end()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in codes:
        raise Failed(f"{' '.join(command)}: {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(wall, processor, watch.most / 1e6)


class _Watch:
    """Adds up, again and again, what the command's processes hold in memory; what they share counts for each."""

    def __init__(self, mark: str) -> None:
        self.most = 0
        self._mark = f"{MARK}={mark}".encode()
        self._ended = threading.Event()
        self._known: dict[str, bool] = {}
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(EVERY_SECONDS):
            self.most = max(self.most, sum(map(self._held, Path("/proc").iterdir())))

    def _held(self, process: Path) -> int:
        if not process.name.isdigit():
            return 0
        try:
            if not self._known.get(process.name):
                self._known[process.name] = self._mark in (process / "environ").read_bytes().split(b"\0")
            if not self._known[process.name]:
                return 0
            resident = int((process / "statm").read_text().split()[1])
        except OSError:
            return 0
        return resident * resource.getpagesize()
