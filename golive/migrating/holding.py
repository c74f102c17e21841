"""Who works with what was read of an old tool: many may read it at once, and whoever changes it is alone.

The locks are the operating system's. It lets go of those of a process that ends, however it ends.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from config.moments import written
from golive import clock
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.workspace.authorship import user_here
from stacks.lock import Holder

_NOTE = ".holder"


class InUse(Fault):
    """Somebody else has it. who: in words."""

    def __init__(self, name: str, shown: str, who: str, *, alone: bool) -> None:
        needs = "This command needs it for itself." if alone else "That command needs it for itself."
        super().__init__(
            "in_use",
            f"What was read of {name} is in use; nothing was done.",
            where=shown,
            why=f"At work: {who}. {needs}",
            do="Wait for its end, or stop it with Ctrl-C. Where it has died, its lock is gone with it: run this again.",
            exits=Exit.FAILED,
        )
        self.who = who


@dataclass(frozen=True)
class Work:
    """A command at work."""

    command: str
    holder: Holder

    def __str__(self) -> str:
        return f"{self.command}, by {self.holder}"


@contextmanager
def held(folder: Path, key: str, name: str, shown: str, command: str, *, alone: bool) -> Iterator[None]:
    """Nobody changes what was read of a source meanwhile; alone: nobody works with it at all.

    folder: in which what is read of sources is kept. name and shown: what the source, and its place, are called.
    command: what is at work, for everybody else. Raises InUse.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{key}.lock").open("a") as lock:
        try:
            fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            who = said(at_work(folder, key)) or "another command, which has just begun"
            raise InUse(name, shown, who, alone=alone) from None
        if alone:  # whatever note is there is that of a process that died
            for left in _notes(folder, key):
                left.unlink()
        path = folder / f"{key}.{uuid4().hex}{_NOTE}"
        with path.open("w", encoding="utf-8") as note:
            fcntl.flock(note, fcntl.LOCK_EX)
            json.dump([command, user_here(), socket.gethostname(), os.getpid(), written(clock.now())], note)
            note.flush()
            try:
                yield
            finally:
                path.unlink(missing_ok=True)


def at_work(folder: Path, key: str) -> list[Work]:
    """Whoever works with a source now. What a process that died has left is cleared away."""
    found = []
    for path in _notes(folder, key):
        try:
            with path.open(encoding="utf-8") as note:
                if _is_left(note.fileno()):
                    path.unlink(missing_ok=True)
                    continue
                command, user, host, pid, since = json.load(note)
        except FileNotFoundError:  # it has just ended
            continue
        except ValueError:  # it has just begun
            continue
        found.append(Work(command, Holder(user, host, int(pid), since)))
    return found


def _notes(folder: Path, key: str) -> list[Path]:
    """Those of one source: another's key may begin with the same letters."""
    return [path for path in folder.glob(f"*{_NOTE}") if path.stem.rpartition(".")[0] == key]


def said(found: list[Work]) -> str:
    """In words; empty for nobody."""
    return "; ".join(str(each) for each in found)


def _is_left(note: int) -> bool:
    """Whether nobody holds a note any more."""
    try:
        fcntl.flock(note, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
