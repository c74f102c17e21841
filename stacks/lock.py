"""The engine's lock on a state: who holds it, and whether that run is dead."""

from __future__ import annotations

import json
import os
import re
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_HOLDER = re.compile(r"created by (?P<user>.+?)@(?P<host>\S+) \(pid (?P<pid>\d+)\) at (?P<since>\S+)")
_ENGINE = "pulumi"


@dataclass(frozen=True)
class Holder:
    """Whoever locked a state, as the engine noted it. since: ISO 8601. file: the lock, where it can be seen."""

    user: str
    host: str
    pid: int
    since: str
    file: Path | None = field(default=None, compare=False)

    def __str__(self) -> str:
        if not self.pid:
            return f"{self.user} (the lock's file cannot be read)"
        zone = " UTC" if self.since.endswith("Z") else ""
        return f"{self.user} on {self.host} (process {self.pid}, since {self.since[:16].replace('T', ' ')}{zone})"

    @property
    def is_here(self) -> bool:
        """Whether it ran on a machine that is called like this one."""
        return self.host == socket.gethostname()

    @property
    def is_dead(self) -> bool:
        """Whether it ran here and runs no more; its number may have gone to another program since."""
        return self.is_here and not _runs(self.pid)


def holders_in(text: str) -> list[Holder]:
    """Those whom the engine names when it finds the state locked."""
    return [Holder(found["user"], found["host"], int(found["pid"]), found["since"]) for found in _HOLDER.finditer(text)]


def holders_of(state_folder: Path, project: str, environment: str) -> Iterator[Holder]:
    """Those who hold the lock of a state in a folder, read from the engine's own files."""
    folder = state_folder / ".pulumi" / "locks" / "organization" / project / environment
    for file in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        try:
            said = json.loads(file.read_text(encoding="utf-8"))
            yield Holder(said["username"], said["hostname"], int(said["pid"]), said["timestamp"], file)
        except FileNotFoundError:  # it was let go of just now
            continue
        except (ValueError, KeyError, TypeError):  # the machine went down while it was written
            yield Holder("nobody knows who", "", 0, "", file)


def _runs(pid: int) -> bool:
    """Whether the engine runs under this number. Where that cannot be seen, any process counts."""
    if sys.platform == "linux":
        try:
            name, _, rest = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").partition("(")[2].rpartition(")")
        except FileNotFoundError:  # where /proc hides the processes of others, it may be there all the same
            return is_alive(pid)
        return name == _ENGINE and rest.split()[0] not in ("Z", "X")
    return is_alive(pid)


def is_alive(pid: int) -> bool:
    """Whether any process has this number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
