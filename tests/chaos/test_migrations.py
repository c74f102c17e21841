"""`kill -9` at random moments of a migration: whoever goes on afterwards comes to what comes of it in peace, record by
record, and nothing is there twice or missing.

`make kills` does it twenty times for each step; GOLIVE_KILLS says how often.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.bench.histories import COLUMNS_MEAN, write_mails, write_rows
from tests.chaos.migrated import (
    BEGINS_JOB,
    KEY,
    MAPPING,
    STEPS,
    Step,
    arrived,
    declare,
    in_peace,
    kept,
    killed_after,
    killed_after_calls,
    seconds_of,
)
from tests.cli.conftest import empty_workspace, new_workspace
from tests.cli.workspace import Workspace, point_to
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.migrations.freshdesk import desk as freshdesk
from tests.migrations.intercom import desk as intercom
from tests.migrations.zendesk import old_account as zendesk

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(sys.platform != "linux", reason="a process is killed as Linux does it"),
]

ASKED = os.environ.get("GOLIVE_KILLS", "")
SEEDS = range(int(ASKED)) if ASKED else range(1, 2)
"""Each odd one kills twice."""
MAILS, ROWS = (8_000, 30_000) if ASKED else (2_500, 9_000)
LAST_CALLS = 5
"""They come all at once, so that a run may end before it is hit."""
A_SCROLL = 120
"""Seconds after which Intercom lets somebody else list its companies."""
EXTRACT = ["migrate", "extract", KEY]

# ---------------------------------------------------------------- reading


@dataclass
class History:
    """An old tool, and what reading it in peace comes to. size: seconds that it takes, or calls."""

    source: dict[str, Any]
    files: dict[str, Path]
    sandbox: LiveSandbox
    content: dict[str, list[Any]]
    size: float

    @contextmanager
    def workspace(self, folder: Path) -> Iterator[Workspace]:
        """One that has read nothing yet."""
        made = new_workspace(folder, self.sandbox)
        declare(made, self.source)
        (made.root / "exports").mkdir(exist_ok=True)
        for name, path in self.files.items():
            (made.root / "exports" / name).symlink_to(path)
        yield made


SPREADSHEET = {"path": "exports/rows.csv", "time_zone": "UTC", "nulls": [], "columns": COLUMNS_MEAN}
FILES: dict[str, tuple[str, Callable[[Path], None], dict[str, Any]]] = {
    "mailbox": ("mails.mbox", lambda path: write_mails(path, MAILS), {"paths": ["exports/mails.mbox"]}),
    "spreadsheet": ("rows.csv", lambda path: write_rows(path, ROWS), {"files": [SPREADSHEET]}),
}
"""Source → its file, how it is made, and what the file in `migrations/` says of it."""
TOKEN = {"token": "sandbox"}
ACCOUNTS: dict[str, Callable[[str], dict[str, Any]]] = {
    "intercom": lambda url: {"url": f"{url}/intercom", **TOKEN},
    "freshdesk": lambda url: {"api": {"url": f"{url}/freshdesk", "api_key": "sandbox"}},
    "zendesk": lambda url: {"api": {"url": f"{url}/zendesk", **TOKEN}},
}


@pytest.fixture(scope="module")
def old_tools() -> Iterator[LiveSandbox]:
    with running_sandbox({"intercom": intercom.SEED, "freshdesk": freshdesk.SEED, **zendesk.SEED}) as sandbox:
        yield sandbox


@pytest.fixture(scope="module", params=[*FILES, *ACCOUNTS])
def history(
    request: pytest.FixtureRequest, old_tools: LiveSandbox, tmp_path_factory: pytest.TempPathFactory
) -> History:
    name, folder = request.param, tmp_path_factory.mktemp("history")
    files = {}
    if name in FILES:
        called, write, said = FILES[name]
        files[called] = folder / called
        write(files[called])
    else:
        said = ACCOUNTS[name](old_tools.url)
    found = History({name: said}, files, old_tools, {}, 0)
    with found.workspace(folder) as workspace:
        old_tools.clear_log()
        found.size = seconds_of(workspace, EXTRACT)
        if not files:
            found.size = len(old_tools.log())
        found.content = kept(workspace, raw=bool(files))
        old_tools.forward(A_SCROLL)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_reading_goes_on_where_it_died(history: History, seed: int, tmp_path: Path) -> None:
    chance = random.Random(f"{[*history.source]} {seed}")
    with history.workspace(tmp_path) as workspace:
        for _ in range(1 + seed % 2):
            if history.files:
                killed_after(workspace, EXTRACT, chance.uniform(0, history.size))
            else:
                killed_after_calls(workspace, EXTRACT, chance.randint(1, int(history.size)), chance)
                history.sandbox.forward(A_SCROLL)
        in_peace(workspace, EXTRACT)
        found = kept(workspace, raw=bool(history.files))
        assert found.keys() == history.content.keys()
        for name, rows in history.content.items():
            assert found[name] == rows, name


# ---------------------------------------------------------------- sending, and taking away again


@dataclass
class Prepared:
    """Where a step begins, and what it comes to in peace. calls, jobs: that it makes and begins then."""

    folder: Path
    memory: dict[str, Any]
    content: dict[str, list[Any]]
    calls: int
    jobs: int


@pytest.fixture(scope="module", params=STEPS, ids=lambda step: step.verb)
def step(request: pytest.FixtureRequest) -> Step:
    found: Step = request.param
    return found


@pytest.fixture(scope="module")
def prepared(step: Step, empty_state: Path, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp(step.verb)
    with running_sandbox() as sandbox:
        workspace = empty_workspace(folder, sandbox, empty_state)
        sandbox.settings("zendesk", job_polls=2)
        (workspace.root / "exports").mkdir(exist_ok=True)
        write_mails(workspace.root / "exports" / "mails.mbox", 700)
        declare(workspace, {"mailbox": {"paths": ["exports/mails.mbox"]}}, MAPPING)
        in_peace(workspace, EXTRACT)
        for verb in step.before:
            in_peace(workspace, ["migrate", verb, KEY, "--yes"])
        step.change(workspace)
        shutil.copytree(workspace.root, folder / "before")
        memory = json.loads(sandbox.store.text())
        arguments = step.command(workspace)  # which may ask how much there is to do
        sandbox.clear_log()
        in_peace(workspace, arguments)
        paths = [each["path"] for each in sandbox.log()]
        jobs = sum(1 for path in paths if re.search(BEGINS_JOB, path))
        return Prepared(folder / "before", memory, arrived(workspace), len(paths), jobs)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_step_that_died_is_carried_out_once(step: Step, prepared: Prepared, seed: int, tmp_path: Path) -> None:
    chance = random.Random(f"{step.verb} {seed}")
    with running_sandbox(memory=prepared.memory) as sandbox:
        shutil.copytree(prepared.folder, tmp_path / "acme")
        workspace = Workspace(tmp_path / "acme", sandbox)
        point_to(workspace.root, sandbox.url.removeprefix("http://"))
        which, most = (BEGINS_JOB, prepared.jobs) if seed % 4 in (1, 2) else ("", prepared.calls)
        for number in range(1 + seed % 2):
            after = chance.randint(1, most)
            struck = killed_after_calls(workspace, step.command(workspace), after, chance, which)
            # The second time there may be less to do than that.
            assert struck or number or after > prepared.calls - LAST_CALLS, "it was to die, and has not"
        in_peace(workspace, step.command(workspace))
        found = arrived(workspace)
        for name, rows in prepared.content.items():
            assert found[name] == rows, name
