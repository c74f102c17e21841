"""One command measured by itself: wall time, processor time, and the most memory that its processes held."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measured import Failed

EVERY_SECONDS = 0.05
_HELD_AT_MOST = re.compile(r"VmHWM:\s*(\d+) kB")


@dataclass(frozen=True)
class Alone:
    """wall, processor: seconds. memory: megabytes, the kernel's own high-water marks of the process and of those that
    it began, together. said: what it printed."""

    wall: float
    processor: float
    memory: float
    said: str


def alone(command: Sequence[str], folder: Path) -> Alone:
    """Run a command to its end. Raises Failed where it does not end well. Linux only: it looks into /proc."""
    most = 0
    with (folder / "said.txt").open("w+", encoding="utf-8") as said, (folder / "faults.txt").open("w+") as faults:
        began = time.monotonic()
        process = subprocess.Popen(list(command), cwd=folder, stdout=said, stderr=faults, env=_environment())
        while True:
            most = max(most, _held_at_most(process.pid))
            ended, code, usage = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            time.sleep(EVERY_SECONDS)
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(code)
        texts = [(file.seek(0), file.read())[1] for file in (said, faults)]
    if process.returncode:
        raise Failed(f"{' '.join(command)}: {process.returncode}\n{texts[0][-2000:]}\n{texts[1][-2000:]}")
    return Alone(wall, usage.ru_utime + usage.ru_stime, most / 1000, texts[0])


def _held_at_most(process: int) -> int:
    """Kilobytes, of a process and those that it began; 0 once it is gone."""
    with suppress(OSError):
        held = _HELD_AT_MOST.search(Path(f"/proc/{process}/status").read_text(encoding="utf-8"))
        begun = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
        return (int(held[1]) if held else 0) + sum(_held_at_most(int(each)) for each in begun)
    return 0


def _environment() -> dict[str, str]:
    """Its own modules are found from wherever it runs."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
