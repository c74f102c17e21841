"""Which run changed what, when, by whom, from which commit: told from the state, wherever that is kept."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import account, new_workspace
from tests.cli.workspace import Workspace
from tests.live_sandbox import running_sandbox

pytestmark = pytest.mark.engine

COMPANY = "company: {name: Acme, default_locale: en-US}\nroles: {agent: {name: Agent, like: agent}}\n"
OWN = """\
groups: {billing: {name: Billing}}
macros:
  close: {name: Close it, then: [{set: group, to: billing}]}
  thanks: {name: Thanks, then: [{add_tags: [thanks]}]}
  long: {name: Long, then: [{reply: public, text: Hello}]}
"""
LONG = "many words " * 30


def git(workspace: Workspace, *arguments: str) -> str:
    command = ["git", "-C", str(workspace.root), "-c", "user.name=Ada", "-c", "user.email=ada@acme.example", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def in_git(workspace: Workspace) -> None:
    """The workspace as a repository with one commit, of which somebody is the author."""
    git(workspace, "init", "-q")
    for name, value in (("user.name", "Ada"), ("user.email", "ada@acme.example")):
        git(workspace, "config", name, value)
    commit(workspace, "first")


def commit(workspace: Workspace, said: str) -> str:
    git(workspace, "add", "-A")
    git(workspace, "commit", "-qm", said)
    return git(workspace, "rev-parse", "HEAD")


def runs(workspace: Workspace, *more: str) -> list[dict[str, Any]]:
    """The history, the oldest run first."""
    found: list[dict[str, Any]] = workspace.golive("history", "--json", *more).checked("history")["runs"]
    return found[::-1]


def touched(run: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """`kind/key` → action and result."""
    return {f"{each['kind']}/{each['key']}": (each["action"], each["result"]) for each in run["changes"]}


@pytest.fixture
def bucket(engine: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A workspace in git whose state is not in it."""
    (tmp_path / "bucket").mkdir()
    with running_sandbox(account()) as sandbox:
        workspace = new_workspace(tmp_path, sandbox)
        workspace.config(COMPANY, "config/company.yaml")
        workspace.config(OWN)
        workspace.set({**workspace.settings(), "state": f"file://{tmp_path / 'bucket'}"})
        in_git(workspace)
        yield workspace


def test_the_whole_story_of_an_environment(bucket: Workspace) -> None:
    assert "There was no run yet." in bucket.golive("history").out
    first = git(bucket, "rev-parse", "HEAD")
    bucket.up()
    bucket.edit("Close it", "Close this")
    bucket.edit("text: Hello", f"text: {LONG}")
    bucket.config("macros: {more: {name: More, then: [{add_tags: [m]}]}}\n", "config/more.yaml")
    bucket.sandbox.fault(kind="forbidden", system="zendesk", method="POST")
    assert bucket.golive("up", "--yes").code == 4
    bucket.sandbox.heal()
    assert bucket.golive("off", "macros/thanks", "--reason", "Too many", "--yes").code == 0
    second = commit(bucket, "second")
    bucket.zendesk("POST", "macros", {"macro": {"title": "More", "actions": [{"field": "current_tags", "value": "m"}]}})
    assert bucket.golive("adopt", "macros/more", "--yes").code == 0

    made, failed, off, adopted = runs(bucket)
    assert [each["number"] for each in (made, failed, off, adopted)] == [1, 2, 3, 4]
    assert (made["verb"], made["result"], made["by"]) == ("up", "done", "Ada <ada@acme.example>")
    assert [(each["commit"], each["dirty"]) for each in (made, failed, adopted)] == [
        (first, False), (first, True), (second, False)
    ]  # fmt: skip
    assert set(touched(made).values()) == {("create", "done")} and "groups/billing" in touched(made)
    assert failed["result"] == "partly"
    assert touched(failed) == {
        "macros/close": ("update", "done"), "macros/long": ("update", "done"), "macros/more": ("create", "failed")
    }  # fmt: skip
    assert (off["about"], touched(off)) == ("Too many", {"macros/thanks": ("switch_off", "done")})
    assert touched(adopted) == {"macros/more": ("adopt", "done")}
    assert failed["copy"].endswith("-before-up")

    text = bucket.golive("history", "macros/close").out
    assert "renamed Close it → Close this" in text
    assert "run 2" in text and "run 3" not in text
    text = bucket.golive("history").out
    for line in (
        "up  done in part",
        f"by Ada <ada@acme.example> on {failed['host']}, from {first[:12]}, with changes that were not committed",
        "failed  macro more",
        "switched off  macro thanks",
        "taken over  macro more",
    ):
        assert line in text

    elsewhere = Workspace(bucket.root.parent / "elsewhere" / "acme", bucket.sandbox)
    shutil.copytree(bucket.root, elsewhere.root, ignore=shutil.ignore_patterns(".golive", ".pulumi-state"))
    there = runs(elsewhere)
    assert [{**each, "here": True, "copy": ""} for each in there if each["number"] != 2] == [
        {**each, "here": True, "copy": ""} for each in (made, off, adopted)
    ]
    assert not any(each["here"] for each in there)
    (long,) = [each for each in there[1]["changes"] if each["key"] == "long"]
    assert (long["diff"], long["left"]) == ([], 1)
    said = elsewhere.golive("history", "macros/long").out
    assert f"1 difference is known on {failed['host']} only" in said
    refused = elsewhere.golive("undo", "1", "--yes")
    assert (refused.code, "not known on this machine" in refused.err, f"git revert {first[:12]}" in refused.err) == (
        1, True, True
    )  # fmt: skip

    copy = next(each["name"] for each in bucket.golive("state", "list", "--json").document["copies"])
    assert bucket.golive("state", "restore", copy, "--yes").code == 0
    assert [each["verb"] for each in runs(bucket)] == ["up", "up", "off", "adopt", "restore"]
    assert runs(bucket)[-1]["about"] == copy
    assert bucket.golive("destroy", "--yes").code == 0
    last = runs(elsewhere)[-1]
    assert (last["number"], last["verb"], last["result"]) == (6, "destroy", "done")
    assert touched(last)["groups/billing"] == ("delete", "done")
    bucket.config("", "config/more.yaml")
    assert bucket.up().document["run"] == 7
    assert [each["number"] for each in runs(bucket, "--limit", "3")] == [5, 6, 7]


def test_a_run_that_died_is_in_it(small: Any) -> None:
    from tests.chaos.test_answers import dies_in_a_write

    workspace = small("macros: {greet: {name: Greeting, then: [{add_tags: [one]}]}}\n")
    with dies_in_a_write(workspace, "all", "POST", "macros", 1.0):
        (died,) = runs(workspace)
        assert (died["result"], died["ended"], touched(died)) == (
            "open", "", {"macros/greet": ("create", "not_tried")}
        )  # fmt: skip
        assert "ended in the middle" in workspace.golive("history").out
        workspace.up()
        assert [each["verb"] for each in runs(workspace)] == ["up", "resume"]
        assert touched(runs(workspace)[1]) == {"macros/greet": ("create", "done")}
        assert workspace.golive("undo", "--yes").code == 0
        assert workspace.one("macros", "Greeting")["active"] is False
