"""Deaths while one answer is on its way: the moments that chance seldom meets."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.chaos.crash import MARK, Victim, processes, strike
from tests.cli.workspace import SCRIPT, Workspace
from tests.waiting import wait_for

pytestmark = pytest.mark.engine

Small = Callable[[str], Workspace]

ONE = "macros:\n  greet: {name: Greeting, then: [{add_tags: [one]}]}\n"


def begun(workspace: Workspace) -> int:
    """How many writes the hosts of all runs have begun."""
    events = (workspace.root / ".golive" / "runs").glob("*/events.jsonl")
    return sum(file.read_text(encoding="utf-8").count('"event": "begun"') for file in events)


@contextmanager
def dies_in_a_write(workspace: Workspace, victim: Victim, method: str, path: str, seconds: float) -> Iterator[None]:
    """An `up` whose victim is killed while the helpdesk takes so long to answer; the block runs once all are gone."""
    before, mark = begun(workspace), str(workspace.root)
    workspace.sandbox.fault(kind="latency", system="zendesk", method=method, path=path, value=seconds * 1000)
    with subprocess.Popen(
        [str(SCRIPT), "up", "--yes"],
        cwd=workspace.root,
        env={**os.environ, MARK: mark},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ):
        wait_for(lambda: begun(workspace) > before, "the write", 60)
        time.sleep(0.3)
        assert strike(victim, mark)
    wait_for(lambda: not list(processes(mark)), "the end of the others", 20)
    workspace.sandbox.heal()
    yield


@pytest.mark.parametrize(
    "changed",
    [
        "greet: {name: Greeting, then: [{add_tags: [two]}]}",
        "hello: {was: greet, name: Hello, then: [{add_tags: [two]}]}",
    ],
)
def test_all_die_in_the_only_change(changed: str, small: Small) -> None:
    workspace = small(ONE)
    workspace.up()
    there = workspace.one("macros", "Greeting")["id"]
    workspace.edit("greet: {name: Greeting, then: [{add_tags: [one]}]}", changed)
    with dies_in_a_write(workspace, "all", "PUT", "macros/", 1.5):
        ran = workspace.up()
        assert "An earlier run ended in the middle." in ran.err
        assert [each["id"] for each in workspace.listed("macros") if each["title"] in ("Greeting", "Hello")] == [there]
        workspace.is_settled()


def test_golive_dies_and_the_answer_comes_too_late_for_anybody(small: Small) -> None:
    workspace = small(ONE)
    with dies_in_a_write(workspace, "golive", "POST", "macros", 11):
        wait_for(lambda: "Greeting" in workspace.titles("macros"), "the macro", 20)
        ran = workspace.up()
        assert "macro greet: was made, and is ours" in ran.err
        assert workspace.titles("macros").count("Greeting") == 1
        workspace.is_settled()
