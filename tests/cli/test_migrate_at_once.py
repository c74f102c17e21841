"""Several commands at once on one migration: who may, who has to wait, and for whom."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from config.declaration import Declaration
from golive.gates.collecting import known_migrations
from golive.migrating.opening import open_migration
from golive.migrating.standing import standing
from golive.workspace.opening import open_workspace
from tests.cli.test_migrate_run import document, migrate, wired
from tests.cli.workspace import SCRIPT, Workspace

__all__ = ["wired"]
pytestmark = pytest.mark.engine


@contextmanager
def somebody_runs(workspace: Workspace) -> Iterator[subprocess.Popen[bytes]]:
    """Another process sends the migration, and waits for a slow helpdesk; at the end it is killed."""
    workspace.sandbox.fault(kind="latency", value=60_000, path="users/create_many", times=1)
    process = subprocess.Popen(
        [str(SCRIPT), "migrate", "run", "inbox", "-e", "sandbox", "--yes"],
        cwd=workspace.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while not workspace.sandbox.fired():
            assert process.poll() is None
            time.sleep(0.02)
        yield process
    finally:
        process.kill()
        process.wait()
        workspace.sandbox.heal()


def test_beside_a_run_one_may_read_and_not_change(wired: Workspace) -> None:
    with somebody_runs(wired) as process:
        who = "golive migrate run inbox -e sandbox, by"
        for verb, more in (
            ("extract", ()), ("extract", ("--again",)), ("map", ()), ("delta", ("--check",)),
            ("archive", ("--keep-until", "2099-01-01", "--out", str(wired.root / "all.zip"))),
        ):  # fmt: skip
            refused = migrate(wired, verb, *more, code=1)
            assert "at work" in refused.err.lower() and f"process {process.pid}, since" in refused.err, verb
            assert who in refused.err, verb
        for verb, more in (("profile", ()), ("map", ("--check",))):
            migrate(wired, verb, *more)
        assert "a run is at work now" in wired.golive("migrate", "status").out
        for verb in ("run", "rollback"):  # two at once would send the same twice
            refused = migrate(wired, verb, "--yes", code=1)
            assert "Another run" in refused.err and who in refused.err, verb
    migrate(wired, "extract", "--again")  # the one that was killed keeps nobody out
    assert not [*(wired.root / ".golive" / "migrations").glob("*.holder")]
    assert document(wired, "run", "--yes")["is_whole"]


def test_whoever_changes_what_was_read_is_alone(wired: Workspace) -> None:
    with open_migration(wired.root, "inbox").held(alone=True):
        for verb in ("profile", "plan", "run", "verify", "report", "rollback", "extract"):
            refused = migrate(wired, verb, code=1)
            whose = "This" if verb == "extract" else "That"
            assert "is in use; nothing was done" in refused.err and f"{whose} command needs it" in refused.err, verb
        [entry] = wired.golive("migrate", "status", "--json").checked("migrate-status")["migrations"]
        assert entry["at_work"].startswith("golive") and entry["read"] == {}
        known = known_migrations(standing(open_workspace(wired.root), Declaration()), datetime.now(UTC))
        assert known.value is None and "in use now (inbox: golive" in known.why  # for the gates nobody knows
        assert "At work now: golive" in wired.golive("migrate", "status").out
    assert migrate(wired, "profile").out


def test_environments_send_beside_each_other(wired: Workspace) -> None:
    with open_migration(wired.root, "inbox").staging():  # as the run of another environment has it
        assert document(wired, "run", "--yes")["is_whole"] and document(wired, "verify")["is_right"]
