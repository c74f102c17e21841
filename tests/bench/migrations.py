"""How fast the past comes over: reading beside Python's own loop over the file, sending beside what limits allow."""

from __future__ import annotations

import json
import math
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.bench.alone import Alone, alone
from tests.bench.histories import COLUMNS_MEAN, write_mails, write_rows
from tests.cli.workspace import SCRIPT, golive, point_to
from tests.live_sandbox import LiveSandbox, running_sandbox

KEY = "old"
SPREADSHEET = {"path": "exports/rows.csv", "time_zone": "UTC", "nulls": [], "columns": COLUMNS_MEAN}


@dataclass(frozen=True)
class Sort:
    """A sort of export. things: what is counted in it. loops: of `tests.bench.parsing`, the plain one first."""

    name: str
    things: str
    file: str
    write: Callable[[Path, int], None]
    source: dict[str, Any]
    loops: tuple[str, str]


MAILBOX = Sort(
    "mailbox",
    "mails",
    "mails.mbox",
    write_mails,
    {"mailbox": {"paths": ["exports/mails.mbox"]}},
    ("mailbox", "decoded"),
)
LOG = Sort("spreadsheet", "rows", "rows.csv", write_rows, {"spreadsheet": {"files": [SPREADSHEET]}}, ("csv", "table"))


@dataclass(frozen=True)
class Read:
    """An export that was read. floors: loop → what it took. file, database, raw: megabytes on disk. records: that are
    kept."""

    sort: Sort
    size: int
    golive: Alone
    floors: dict[str, Alone]
    file: float
    database: float
    raw: float
    records: int


@dataclass(frozen=True)
class Limit:
    """What binds. said: in words. settings: of the sandbox's helpdesk."""

    said: str
    calls_a_minute: int = 0
    seconds_of_a_job: float = 0
    jobs_at_once: int = 0

    @property
    def settings(self) -> dict[str, Any]:
        calls = {"calls_per_minute": self.calls_a_minute} if self.calls_a_minute else {}
        jobs = {"job_seconds": self.seconds_of_a_job, "jobs_at_once": self.jobs_at_once} if self.jobs_at_once else {}
        return {**calls, **jobs}

    def least(self, calls: int, jobs: Mapping[str, int]) -> float:
        """Seconds that so many calls and jobs take. jobs: by type; those of one are over before the next ones begin."""
        by_calls = 60 * calls / self.calls_a_minute if self.calls_a_minute else 0.0
        rounds = sum(math.ceil(number / self.jobs_at_once) for number in jobs.values()) if self.jobs_at_once else 0
        return max(by_calls, rounds * self.seconds_of_a_job)


JOBS = Limit("20 jobs at work together, 10 s each", seconds_of_a_job=10, jobs_at_once=20)
CALLS = Limit("400 calls a minute", calls_a_minute=400)


@dataclass(frozen=True)
class Sent:
    """A run. seconds: of the sending itself. calls, jobs (by path): that it made; refused: calls answered with 429."""

    sort: Sort
    limit: Limit
    made: dict[str, int]
    seconds: float
    calls: int
    jobs: Mapping[str, int]
    refused: int
    golive: Alone
    ledger: float

    @property
    def least(self) -> float:
        return self.limit.least(self.calls, self.jobs)


def read(sort: Sort, size: int, folder: Path, sandbox: LiveSandbox, told: Callable[[str], None]) -> Read:
    """Read an export of so many things, in turn with the loops; of these the fastest counts."""
    told(f"{size} {sort.things}: written to disk")
    with _workspace(folder, sandbox, sort, size) as root:
        path = root / "exports" / sort.file
        floors = _floors(sort, path)
        told(f"{size} {sort.things}: read by golive")
        taken = alone([str(SCRIPT), "migrate", "extract", KEY, "--json"], root)
        floors = {loop: min(floors[loop], again, key=lambda it: it.wall) for loop, again in _floors(sort, path).items()}
        staging = root / ".golive" / "migrations" / KEY
        return Read(
            sort,
            size,
            taken,
            floors,
            _megabytes(path),
            _megabytes(staging / "staging.sqlite"),
            _megabytes(staging / "raw"),
            sum(json.loads(taken.said)["records"].values()),
        )


def _floors(sort: Sort, path: Path) -> dict[str, Alone]:
    command = [sys.executable, "-m", "tests.bench.parsing"]
    return {loop: alone([*command, loop, str(path)], path.parent) for loop in sort.loops}


def send(sort: Sort, size: int, limit: Limit, folder: Path, sandbox: LiveSandbox, told: Callable[[str], None]) -> Sent:
    """Send what an export of so many things holds, while a limit of the helpdesk is what binds."""
    told(f"{size} {sort.things}: sent, {limit.said}")
    with _workspace(folder, sandbox, sort, size) as root:
        for verb in ("extract", "map"):
            assert golive("-C", str(root), "migrate", verb, KEY).code == 0
        _decide(root / "migrations" / f"{KEY}.yaml")
        sandbox.settings("zendesk", **limit.settings)
        sandbox.clear_log()
        taken = alone([str(SCRIPT), "migrate", "run", KEY, "--yes", "--json"], root)
        done = json.loads(taken.said)
        log = sandbox.log()
        assert done["is_whole"] and not done["refused"], done
        return Sent(
            sort,
            limit,
            done["made"],
            done["seconds"],
            len(log),
            Counter(each["path"] for each in log if each["path"].endswith("/create_many")),
            sum(each["status"] == 429 for each in log),
            taken,
            _megabytes(root / "migrations" / "ledger" / f"{KEY}.sandbox.sqlite"),
        )


def _decide(path: Path) -> None:
    """What a person writes: everything is closed, agents of then have no seat, nothing else is needed."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    for sort, rows in data["mapping"].items():
        for row in rows.values():
            if sort == "statuses":
                row |= {"to": "closed", "decision": "Done"}
            elif "to" not in row:
                row |= {"to": "placeholder"} if sort == "people" else {"drop": True, "decision": "Nobody uses it"}
    path.write_text(yaml.safe_dump(data), encoding="utf-8")


@contextmanager
def _workspace(folder: Path, sandbox: LiveSandbox, sort: Sort, size: int) -> Iterator[Path]:
    """One with an export and the file that names it; it is gone afterwards."""
    root = folder / "acme"
    assert golive("-C", str(folder), "init", root.name, "--empty").code == 0
    point_to(root, sandbox.url.removeprefix("http://"))
    assert golive("-C", str(root), "state", "backup").code == 0
    for name in ("exports", "migrations"):
        (root / name).mkdir(exist_ok=True)
    sort.write(root / "exports" / sort.file, size)
    said = {"name": "The old tool", "source": sort.source, "own": ["quayside.example"]}
    (root / "migrations" / f"{KEY}.yaml").write_text(yaml.safe_dump(said), encoding="utf-8")
    try:
        yield root
    finally:
        shutil.rmtree(root)


def _megabytes(path: Path) -> float:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(each.stat().st_size for each in files) / 1e6


SIZES = {"mailbox": (20_000, 200_000), "spreadsheet": (100_000, 1_000_000)}
TICKETS, MAILS_SENT = 100_000, 12_000
QUICK = 10
"""So many times smaller."""


def measure(folder: Path, quick: bool, told: Callable[[str], None]) -> tuple[list[Read], list[Sent]]:
    """Everything, from small to large."""
    less = QUICK if quick else 1
    reads = []
    with running_sandbox() as sandbox:
        for sort in (MAILBOX, LOG):
            reads += [read(sort, size // less, folder, sandbox, told) for size in SIZES[sort.name]]
    sent = []
    for sort, size, limit in ((LOG, TICKETS, JOBS), (MAILBOX, MAILS_SENT, CALLS)):
        with running_sandbox() as sandbox:
            sent.append(send(sort, size // less, limit, folder, sandbox, told))
    return reads, sent
