"""Many accounts carried over by runs that are killed, throttled and cut off: none twice, none lost.

`GOLIVE_ACCOUNTS=50000` takes as many; `make accounts` does it.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.conftest import empty_workspace
from tests.cli.crm_world import SEED, account, files, held, organization
from tests.cli.workspace import SCRIPT, Workspace
from tests.live_sandbox import LiveSandbox, running_sandbox

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(sys.platform != "linux", reason="what a process held at most is read from /proc"),
]

ACCOUNTS = int(os.environ.get("GOLIVE_ACCOUNTS", "1200"))
KILLS = 4
MOST_MEMORY = 160 << 20
"""Bytes that a run may hold, however many accounts there are."""


@pytest.fixture
def wired(empty_state: Path, tmp_path: Path) -> Iterator[Workspace]:
    with running_sandbox(SEED) as sandbox:
        workspace = empty_workspace(tmp_path, sandbox, empty_state)
        workspace.config(files())
        workspace.up()
        yield workspace


def filled(workspace: Workspace) -> dict[str, str]:
    """Name of each account → its id; every seventh has an organization already, and every fiftieth a namesake."""
    ids = {}
    for number in range(ACCOUNTS):
        name = f"Shop {number:05}"
        segment = {"Segment__c": ("A", "small")[number % 2]} if number % 5 else {}
        ids[name] = account(workspace.sandbox, number, name, ARR__c=float(number), **segment)
        if number % 7 == 0:
            linked = {"external_id": ids[name]} if number % 14 == 0 else {}
            organization(workspace, name=name, **linked)
    return ids


def killed(workspace: Workspace, chance: random.Random, writes: int) -> int:
    """A run that dies once so many more calls that write have arrived. Its exit code."""
    before = len(workspace.sandbox.writes())
    process = subprocess.Popen(
        [str(SCRIPT), "context", "sync", "--yes"],
        cwd=workspace.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None and len(workspace.sandbox.writes()) - before < writes:
        time.sleep(0.02)
    time.sleep(chance.uniform(0, 0.1))
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
    return process.wait()


def last_run(workspace: Workspace) -> tuple[str, int]:
    """What a run says that is left in peace, and how many bytes it held at most; 0 where the kernel does not tell."""
    process = subprocess.Popen(
        [str(SCRIPT), "context", "sync", "--yes"], cwd=workspace.root, stdout=subprocess.PIPE, text=True
    )
    most = 0
    while process.poll() is None:
        with suppress(OSError):
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
            held_at_most = re.search(r"VmHWM:\s*(\d+) kB", status)
            most = max(most, int(held_at_most[1]) << 10) if held_at_most else most
        time.sleep(0.05)
    return process.stdout.read() if process.stdout else "", most


def double(sandbox: LiveSandbox) -> list[str]:
    """External ids that more than one organization holds."""
    keys = [key for key, _ in held(sandbox).values() if key]
    return [key for key in set(keys) if keys.count(key) > 1] if len(keys) != len(set(keys)) else []


def test_none_twice_and_none_lost(wired: Workspace) -> None:
    chance = random.Random(7)
    ids = filled(wired)
    wired.sandbox.settings("zendesk", job_polls=1)
    wired.sandbox.fault(kind="throttle", system="zendesk", rate=0.1, value=0.05)
    wired.sandbox.fault(kind="throttle", system="salesforce", rate=0.1, value=0.05)
    died = [killed(wired, chance, chance.randint(1, max(2, ACCOUNTS // 400))) for _ in range(KILLS)]
    assert -signal.SIGKILL in died
    wired.sandbox.fault(kind="cut_after", path="organizations/", method="POST", times=1)
    for _ in range(3):
        ran = wired.golive("context", "sync", "--yes", "--json")
        if ran.code == 0:
            break
    assert ran.code == 0, ran.err
    wired.sandbox.heal()
    found = held(wired.sandbox)
    assert {name: key for name, (key, _) in found.items()} == ids
    assert double(wired.sandbox) == []
    assert all(values["arr"] == float(name.removeprefix("Shop ")) for name, (_, values) in found.items())
    wired.sandbox.clear_log()
    said, most = last_run(wired)
    assert "Nothing to write" in said and wired.sandbox.writes() == []
    print(f"{ACCOUNTS} accounts, {most >> 20} MiB at most")  # noqa: T201 - the figure is what it is run for
    assert 0 < most < MOST_MEMORY, f"{most >> 20} MiB"
