"""One crash: which verb, whom it hits, and when, all from a seed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from tests.cli.workspace import SCRIPT, Workspace

Verb = Literal["up", "change", "destroy", "advance", "retreat"]
"""`change` is an `up` of files that have changed."""
Victim = Literal["engine", "golive", "host", "all"]
VERBS: tuple[Verb, ...] = ("up", "change", "destroy")
MOVES: tuple[Verb, ...] = ("advance", "retreat")
"""From a phase to the next one, and back."""
VICTIMS: tuple[Victim, ...] = ("engine", "golive", "host", "all")

MARK = "GOLIVE_CHAOS"
LATENCY = "60"
LAST_WRITE_SECONDS = 2.0
LAST_WRITES = 12
READS: dict[Verb, int] = {"up": 30, "change": 30, "destroy": 8, "advance": 40, "retreat": 30}
"""So many calls each verb sends at least, most of them before its first write."""


@dataclass(frozen=True)
class Crash:
    """after_calls: the calls that have arrived when the victim is hit, `wait` seconds later. Before the first write it
    hits a run that reads."""

    seed: int
    verb: Verb
    victim: Victim
    after_calls: int
    only_writes: bool
    wait: float

    @classmethod
    def of(cls, seed: int, writes: dict[Verb, int], verbs: tuple[Verb, ...] = VERBS) -> Crash:
        """writes: how many each verb sends when it is left in peace."""
        chance = random.Random(seed)
        verb = verbs[seed % len(verbs)]
        victim = VICTIMS[(seed // len(verbs) + seed) % len(VICTIMS)]
        only_writes = chance.random() < 0.85
        after = chance.randint(1, writes[verb] if only_writes else READS[verb])
        return cls(seed, verb, victim, after, only_writes, round(chance.uniform(0, 0.25), 3))

    def must_strike(self, writes: int) -> bool:
        """Whether the run cannot have ended before. writes: how many it sends; those at its end come all at once."""
        return not self.only_writes or self.after_calls <= writes - LAST_WRITES

    def __str__(self) -> str:
        what = "write" if self.only_writes else "call"
        return f"{self.seed}: {self.victim} hit in `{self.verb}`, {self.wait} s after {what} {self.after_calls}"


@dataclass(frozen=True)
class Hit:
    """What a crash left behind. struck: whether the victim was there to be hit; a run may end before its moment.
    late_writes: those that arrived too long afterwards. left: processes of the run that did not end."""

    struck: bool
    code: int
    said: str
    late_writes: list[str]
    left: list[str]


def hit(crash: Crash, workspace: Workspace) -> Hit:
    """Run the verb and let the crash happen. A run that ends before its moment is not hit, which is fine."""
    sandbox = workspace.sandbox
    mark = f"{workspace.root}"
    sandbox.fault(kind="latency", value=LATENCY)
    sandbox.clear_log()
    said = workspace.root.parent / "said.txt"
    with said.open("w") as output:
        process = subprocess.Popen(
            [str(SCRIPT), *command(crash.verb)],
            cwd=workspace.root,
            env={**os.environ, MARK: mark},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        while process.poll() is None and _arrived(crash, workspace) < crash.after_calls:
            time.sleep(0.01)
        time.sleep(crash.wait)
        struck = False
        while process.poll() is None and not struck:
            struck = strike(crash.victim, mark)
            time.sleep(0.01)  # between two calls of the engine there is none
        at = time.time()
        code = process.wait(60)
    end = time.monotonic() + LAST_WRITE_SECONDS
    while list(processes(mark)) and time.monotonic() < end:
        time.sleep(0.05)
    left = [f"{name} ({pid})" for pid, name in processes(mark)]
    sandbox.heal()
    late = [
        f"{entry['method']} {entry['path']}"
        for entry in sandbox.writes()
        if datetime.fromisoformat(entry["at"]).timestamp() > at + LAST_WRITE_SECONDS
    ]
    return Hit(struck, code, said.read_text(), late, left)


def _arrived(crash: Crash, workspace: Workspace) -> int:
    entries = workspace.sandbox.log()
    return sum(entry["writes"] or not crash.only_writes for entry in entries)


def command(verb: Verb) -> list[str]:
    """How golive is told."""
    match verb:
        case "advance":
            return ["advance", "soft_launch", "--yes"]
        case "retreat":
            return ["retreat", "build", "--yes", "--reason", "It loops"]
        case "destroy":
            return ["destroy", "--yes"]
        case _:
            return ["up", "--yes"]


def strike(victim: Victim, mark: str) -> bool:
    """Kill the victim; whether there was one. mark: the value of `MARK` in the run's environment."""
    struck = False
    for pid, name in list(processes(mark)):
        if victim in (name, "all"):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                struck = True
    return struck


def processes(mark: str) -> Iterator[tuple[int, str]]:
    """Those of a run that live, as `engine`, `golive` or `host`."""
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        environment, command = _began_with(folder)
        if f"{MARK}={mark}" not in environment:
            continue
        if Path(command[0]).name == "pulumi":
            yield int(folder.name), "engine"
        elif "provisioners.host" in command or any("pulumi-resource" in each for each in command):
            yield int(folder.name), "host"
        elif str(SCRIPT) in command or command[0] == sys.executable:
            yield int(folder.name), "golive"


def _began_with(process: Path) -> tuple[list[str], list[str]]:
    """Environment and command line of a process; empty for one that has ended, and for those of the kernel itself.

    While one program takes the place of another, the kernel shows neither for a moment: it is looked at again.
    """
    while True:
        try:
            os.readlink(process / "exe")
            parts = [(process / name).read_bytes().decode(errors="replace") for name in ("environ", "cmdline")]
            state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return [], [""]
        if state in ("Z", "X"):
            return [], [""]
        if all(parts):
            return parts[0].split("\0"), parts[1].split("\0")
        time.sleep(0.001)
