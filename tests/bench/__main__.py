"""`make bench`: how long golive takes, beside the engine alone, and what it asks of the systems.

Prints one table and writes docs/benchmarks.md. `--sizes 150,500` runs a part; `--quick` leaves out latency and
limits, and makes migrations ten times smaller. `--only migrations` or `--only objects` measures one of the two; what
the page says of the other one stays.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import os
import platform
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from pathlib import Path

from golive.terminal.exits import Exit
from provisioners.run_file import RunFolder, RunRequest
from stacks.automation import EnvironmentStack, StackInput
from tests.bench.floor import ENVIRONMENT, PROJECT
from tests.bench.measured import Measured, measured
from tests.bench.migrations import measure
from tests.bench.migrations_report import part, part_of, with_part
from tests.bench.prepared import ACCOUNTS, Client, empty_workspace, new_client, set_up, set_up_floor, write_gates
from tests.bench.reading import Reading, reading
from tests.bench.report import ADOPT, GATE, PLAN, page, table
from tests.cli.workspace import SCRIPT
from tests.live_sandbox import LiveSandbox, running_sandbox

LATENCY = 30
LIMIT = 700
READ = (PLAN, ADOPT, GATE)
"""Commands of which is shown what they ask."""
ONLY_LOOK = ("validate", PLAN, "plan, one change", "drift", GATE)
SHORT = 30.0
"""Seconds; what is shorter and changes nothing is measured three times in turn, and the fastest counts."""
WALL = attrgetter("wall")
LOW_LIMIT = 200
LOW_LIMIT_SIZE = 500
"""The engine itself makes fewer objects a minute than 700; only a lower limit shows how it is kept to."""
LARGEST_FIRST_UP = 1500
"""The engine writes its whole state at each step, so that its own time grows with the square."""


@dataclass
class Row:
    """One command on one client. floor: the engine alone; None where there is nothing to compare with."""

    size: int
    setting: str
    command: str
    golive: Measured
    floor: Measured | None
    calls: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    """Calls that were answered with 429."""
    limit: int = 0
    """Calls a minute that the helpdesk took, 0 for any number."""
    reading: Reading | None = None
    """What it read, where it only looks."""


class Bench:
    """Measures one size after the other."""

    def __init__(self, quick: bool) -> None:
        self.quick = quick
        self.rows: list[Row] = []

    def size(self, size: int) -> None:
        """A client of that size: everything that is measured of it."""
        with tempfile.TemporaryDirectory(prefix="golive-bench-") as folder, running_sandbox(ACCOUNTS) as sandbox:
            client = new_client(Path(folder), sandbox, size)
            self._row(sandbox, client, size, "", "validate", ["validate"])
            if size <= LARGEST_FIRST_UP:
                self._first_ups(client, sandbox, size)
            set_up(client)
            self._floor_is_set_up(client)
            settings = [("", 0)] if self.quick else [("", 0), (f"{LATENCY} ms", LATENCY)]
            for name, latency in settings:
                if latency:
                    sandbox.fault(kind="latency", value=latency)
                self._row(sandbox, client, size, name, PLAN, ["plan"], "plan")
                self._row(sandbox, client, size, name, "drift", ["drift"], "drift")
                sandbox.heal()
            write_gates(client)
            self._row(
                sandbox, client, size, "", GATE, ["gate", "check", "soft_launch"], "plan", codes=(Exit.DONE, Exit.GATE)
            )
            self._taken_over(sandbox, client, size)
            text = (client.root / "config" / "groups.yaml").read_text()
            (client.root / "config" / "groups.yaml").write_text(text.replace("name: Group 0\n", "name: Group nought\n"))
            self._row(sandbox, client, size, "", "plan, one change", ["plan"], "plan")
            if size <= LARGEST_FIRST_UP:
                self._row(sandbox, client, size, "", "destroy", ["destroy", "--yes"], "destroy")

    def _taken_over(self, sandbox: LiveSandbox, client: Client, size: int) -> None:
        """The same account by somebody who has neither its files nor its state."""
        stranger = Client(empty_workspace(client.root.parent / "stranger", sandbox), client.floor, 0, 0)
        self._row(sandbox, stranger, size, "", ADOPT, ["adopt", "--all", "--yes"])
        self._row(sandbox, stranger, size, "", "adopt, nothing left", ["adopt", "--all", "--yes"])

    def _first_ups(self, client: Client, sandbox: LiveSandbox, size: int) -> None:
        memory = json.loads(sandbox.store.text())
        settings: list[tuple[str, int, int]] = [("", 0, 0)]
        if not self.quick:
            settings += [(f"{LATENCY} ms", LATENCY, 0), (f"{LIMIT} a minute", 0, LIMIT)]
            settings += [(f"{LOW_LIMIT} a minute", 0, LOW_LIMIT)] if size == LOW_LIMIT_SIZE else []
        for name, latency, limit in settings:
            if latency:
                sandbox.fault(kind="latency", value=latency)
            if limit:
                sandbox.settings("zendesk", calls_per_minute=limit)
            self._row(sandbox, client, size, name, "first up", ["up", "--yes"], "up", limit)
            sandbox.heal()
            self._forget(client)
            sandbox.store.take(copy.deepcopy(memory))

    def _forget(self, client: Client) -> None:
        """As before the first run."""
        for folder in (client.root, client.floor):
            shutil.rmtree(folder / ".pulumi-state", ignore_errors=True)
            shutil.rmtree(folder / ".golive", ignore_errors=True)

    def _floor_is_set_up(self, client: Client) -> None:
        run = RunFolder(client.floor / "run")
        run.write_request(RunRequest("plan", {}))
        stack = EnvironmentStack(StackInput(client.floor, PROJECT, ENVIRONMENT, run.folder))
        stack.import_state(set_up_floor(client, stack.export_state()))

    def _row(
        self,
        sandbox: LiveSandbox,
        client: Client,
        size: int,
        setting: str,
        command: str,
        arguments: list[str],
        floor: str = "",
        limit: int = 0,
        codes: Sequence[int] = (0,),
    ) -> None:
        sandbox.clear_log()
        taken = measured([str(SCRIPT), *arguments], client.root, codes)
        log = sandbox.log()
        beside = self._floor(client, size, command, floor)
        if command in ONLY_LOOK and taken.wall < SHORT:
            for _ in range(2):
                taken = min(taken, measured([str(SCRIPT), *arguments], client.root, codes), key=WALL)
                if beside and not setting:
                    beside = min(beside, self._measured_floor(client, floor), key=WALL)
        calls = Counter(f"{each['system']} {each['method']}" for each in log)
        refused = sum(each["status"] == 429 for each in log)
        read = reading(log, sandbox) if command in READ and not setting else None
        row = Row(size, setting, command, taken, beside, calls, refused, limit, read)
        self.rows.append(row)
        sys.stderr.write(table([row], head=len(self.rows) == 1))

    def _floor(self, client: Client, size: int, command: str, verb: str) -> Measured | None:
        """The floor of a command; latency and limits are nothing to it, so it is measured once."""
        if not verb:
            return None
        for row in self.rows:
            if (row.size, row.command) == (size, command):
                return row.floor
        return self._measured_floor(client, verb)

    def _measured_floor(self, client: Client, verb: str) -> Measured:
        again = [sys.executable, "-m", "tests.bench.floor", verb, str(client.floor)]
        return measured(again, Path(__file__).parents[2])


def exponent(rows: list[Row], command: str, floor: bool = False) -> float | None:
    """How the time grows with the size: 1 is in proportion."""
    points = [
        (math.log(row.size), math.log((row.floor if floor and row.floor else row.golive).wall))
        for row in rows
        if row.command == command and not row.setting
    ]
    if len(points) < 2:
        return None
    (x1, y1), (x2, y2) = points[0], points[-1]
    return (y2 - y1) / (x2 - x1)


PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def main() -> None:
    options = argparse.ArgumentParser(prog="make bench", description=__doc__)
    options.add_argument("--sizes", default="150,500,1500,5000")
    options.add_argument("--quick", action="store_true")
    options.add_argument("--only", choices=("objects", "migrations"))
    given = options.parse_args()
    said = " ".join(sys.argv[1:])
    command = f'make bench BENCH="{said}"' if said else "make bench"
    processors = len(os.sched_getaffinity(0))
    machine = f"{platform.machine()}, {processors} processors, Python {platform.python_version()}"
    day = date.today().isoformat()
    if given.only != "migrations":
        sizes = [*map(int, given.sizes.split(","))]
        text = _objects(sizes, given.quick, command, machine, day)
        PAGE.write_text(with_part(text, part_of(PAGE.read_text(encoding="utf-8"))), encoding="utf-8")
    if given.only != "objects":
        with tempfile.TemporaryDirectory(prefix="golive-bench-") as folder:
            reads, sent = measure(Path(folder), given.quick, _tell)
        text = part(reads, sent, command, machine, day)
        PAGE.write_text(with_part(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")
    sys.stdout.write(PAGE.read_text(encoding="utf-8"))


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _objects(sizes: Sequence[int], quick: bool, command: str, machine: str, day: str) -> str:
    """The page about what is declared, without migrations."""
    bench = Bench(quick)
    help_time = min(measured([str(SCRIPT), "--help"], Path.cwd()).wall for _ in range(5))
    for size in sizes:
        bench.size(size)
    commands = dict.fromkeys(row.command for row in bench.rows)
    growth = {each: (exponent(bench.rows, each), exponent(bench.rows, each, floor=True)) for each in commands}
    return page(bench.rows, growth, help_time, command, machine, day)


if __name__ == "__main__":
    main()
