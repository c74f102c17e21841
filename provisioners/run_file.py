"""What golive tells the host before a run, and what the host tells golive while it runs.

A run is a folder. `request.json` is written by golive and read once by the host; `events.jsonl` is
appended by the host, one JSON object a line, and read by golive. The environment variable `GOLIVE_RUN`
names the folder. No secret is ever in it: tokens are named by their environment variables.

While golive is at work it holds a lock on `request.json`, which the system lets go of however golive ends: that is how
the host learns that nobody waits for it any more.
"""

from __future__ import annotations

import fcntl
import json
import os
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Literal

from provisioners.private_file import replace_private

VARIABLE = "GOLIVE_RUN"
LAST_SECONDS = 8.0
"""So long a stopped run, in golive and in the host, waits for the answers to what is under way. With what is noted then
it ends within the ten seconds after which others (containers, CI) kill."""
Owned = dict[str, dict[str, list[str]]]
"""Instance → resource type → ids."""
RunMode = Literal["plan", "up", "drift", "destroy"]


@dataclass(frozen=True)
class SystemSettings:
    """One entry under `systems:` of an environment, as the host needs it."""

    type: str
    url: str
    token: str
    """`env:NAME`, or the word `sandbox` for the local sandbox's own token; empty where `sign_in` says how."""
    plan: str | None = None
    calls_per_minute: int | None = None
    sandbox: bool = False
    sign_in: dict[str, str] = field(default_factory=dict)
    """How a token is asked for; secrets as `env:NAME`. See `config.environment.SignIn`."""
    user: str = ""
    """Whose API token it is, where it is one."""
    seats: int | None = None
    """How many seats for agents are paid for, where the environment file says so."""


@dataclass(frozen=True)
class RunRequest:
    """The host's orders. owned: ids in the state. down: instance → why it is not asked.
    released: names of resources that leave the state without a trace in their system. seen: resource name → digest of
    the live object that a person was shown (empty: it was gone); another one stops the run before its first write.
    needs: resource → what must be there before it now. dependents: resource → what depended on it until now. Both by
    the names of this run. remade: resources that are made anew as another type. renamed: name in the state → name in
    this run, where it is another. unchosen: resources that the run is not about, so that they are not even compared.
    """

    mode: RunMode
    systems: dict[str, SystemSettings]
    owned: Owned = field(default_factory=dict)
    down: dict[str, str] = field(default_factory=dict)
    released: list[str] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)
    needs: dict[str, list[str]] = field(default_factory=dict)
    dependents: dict[str, list[str]] = field(default_factory=dict)
    remade: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    unchosen: list[str] = field(default_factory=list)
    root: str = ""

    def owns(self, instance: str, type_: str) -> list[str]:
        """Ids of our objects of one type in one system."""
        return self.owned.get(instance, {}).get(type_, [])

    @property
    def read_only(self) -> bool:
        return self.mode in ("plan", "drift")


class RunFolder:
    """The two files of one run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.request_file = folder / "request.json"
        self.events_file = folder / "events.jsonl"
        self._lock = threading.Lock()
        self._held: IO[str] | None = None

    @classmethod
    def from_environment(cls) -> RunFolder:
        """The folder that `GOLIVE_RUN` names. Raises RuntimeError where golive did not start this process."""
        folder = os.environ.get(VARIABLE)
        if not folder:
            raise RuntimeError("This program is started by golive only: run `golive plan` or `golive up`.")
        return cls(Path(folder))

    def write_request(self, request: RunRequest) -> None:
        """Write it, and hold it for as long as this object lives."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.events_file.touch()
        self.request_file.write_text(json.dumps(asdict(request), indent=2) + "\n", encoding="utf-8")
        if self._held is None:
            self._held = self.request_file.open("r+", encoding="utf-8")  # network drives lock what may be written
            fcntl.flock(self._held, fcntl.LOCK_EX)

    def wait_until_left(self) -> None:
        """Return once the process that wrote the request is gone, or has no more use for the run."""
        with self.request_file.open(encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_SH)

    def read_request(self) -> RunRequest:
        data = json.loads(self.request_file.read_text(encoding="utf-8"))
        systems = {name: SystemSettings(**settings) for name, settings in data.pop("systems").items()}
        return RunRequest(systems=systems, **data)

    def note_host(self, engine: int, port: int) -> None:
        """Say where the host of an engine's process listens: the script that starts hosts looks here first."""
        replace_private(self.folder / f"host-of-{engine}", f"{port} {os.getpid()}\n".encode())

    def report(self, event: str, facts: Mapping[str, Any]) -> None:
        """Append one event. Safe from many threads."""
        line = json.dumps({"event": event, "at": round(time.time(), 3), **facts}, ensure_ascii=False)
        with self._lock, self.events_file.open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def events(self) -> list[dict[str, Any]]:
        """All events so far."""
        return self.events_after(0)[0]

    def events_after(self, place: int) -> tuple[list[dict[str, Any]], int]:
        """The events after a place in the file, and the place to go on from.

        A last line that is still being written is left for the next time.
        """
        if not self.events_file.exists():
            return [], place
        with self.events_file.open("rb") as file:
            file.seek(place)
            lines = file.read().splitlines(keepends=True)
        whole = [line for line in lines if line.endswith(b"\n")]
        return [json.loads(line) for line in whole], place + sum(map(len, whole))
