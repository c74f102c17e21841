"""The host never outlives the engine, nor golive: once one of them is gone, nothing may be written any more."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from provisioners.run_file import RunFolder

VARIABLE = "GOLIVE_ENGINE"
"""The engine's process id, set by the two-line script that starts the host."""
POLL_SECONDS = 0.25
_PR_SET_PDEATHSIG = 1


def engine() -> int:
    """The process that this one serves, which is its parent as long as that lives."""
    return int(os.environ.get(VARIABLE) or os.getppid())


def die_with_parent() -> None:
    """End this process at once when its parent ends.

    On Linux the kernel tells (within milliseconds); elsewhere, and as a safety net, the parent is asked for
    four times a second. Must be called in the main thread.
    """
    parent = engine()

    def check(signum: int = 0, frame: FrameType | None = None) -> None:
        if os.getppid() != parent:
            os._exit(1)

    if sys.platform == "linux":
        # The signal also comes when merely the engine's thread that started us ends: hence the check.
        signal.signal(signal.SIGUSR1, check)
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGUSR1, 0, 0, 0)
    check()

    def watch() -> None:
        while True:
            time.sleep(POLL_SECONDS)
            check()

    threading.Thread(target=watch, name="parent", daemon=True).start()


def kill_engine() -> None:
    """End the engine, and with it this process, before it can forget what is under way: its state still says so."""
    _send_engine(signal.SIGKILL)


def stop_without_golive(run: RunFolder, stop: Callable[[], None]) -> None:
    """Once golive is gone, send nothing new and let the engine end in good order: it saves and unlocks.

    stop: ends all sending and waiting. After a kill nobody else would tell the engine, which has a session of its own.
    """

    def watch() -> None:
        run.wait_until_left()
        stop()
        _send_engine(signal.SIGINT)

    threading.Thread(target=watch, name="golive", daemon=True).start()


def _send_engine(number: signal.Signals) -> None:
    """A signal to the engine, as long as it is still there."""
    if os.getppid() == engine():
        with suppress(ProcessLookupError):
            os.kill(engine(), number)
