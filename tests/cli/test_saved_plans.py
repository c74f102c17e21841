"""A saved plan is carried out as it was shown, or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from config.results.saved_plan import SavedPlan
from golive.carrying.saving import read, write
from tests.cli.real_environment import Real, Small, real
from tests.cli.workspace import SCHEMAS, Ran, Workspace

__all__ = ["real"]

BEFORE = "groups:\n" + "".join(f"  g{number}: {{name: Group {number}}}\n" for number in range(6))
AFTER = BEFORE.replace("name: Group 0", "name: Group nought").replace("  g1: {name: Group 1}\n", "")


@pytest.fixture
def saved(set_up: Small, tmp_path: Path) -> tuple[Workspace, Path]:
    """A workspace with a plan that changes one group and deletes another."""
    workspace = set_up(BEFORE)
    workspace.config(AFTER)
    file = tmp_path / "plan.json"
    workspace.plan("--out", str(file))
    workspace.sandbox.clear_log()
    return workspace, file


def refused(workspace: Workspace, *arguments: str) -> dict[str, str]:
    """What `up` said when it did nothing."""
    ran = workspace.golive("up", *arguments, "--yes", "--json")
    assert ran.code in (1, 2), ran.err
    assert workspace.sandbox.writes() == []
    error: dict[str, str] = ran.document["error"]
    return error


def rename(workspace: Workspace, name: str, to: str) -> None:
    group = workspace.one("groups", name)["id"]
    workspace.zendesk("PUT", f"groups/{group}", {"group": {"name": to}})
    workspace.sandbox.clear_log()


def test_it_is_carried_out_as_it_was_shown(saved: tuple[Workspace, Path]) -> None:
    workspace, file = saved
    data = json.loads(file.read_text())
    jsonschema.validate(data, json.loads((SCHEMAS / "results" / "saved-plan.json").read_text()))
    assert data["changes"] == {"helpdesk/groups/g0": "update", "helpdesk/groups/g1": "delete"}
    assert file.stat().st_mode & 0o077 == 0
    ran = workspace.up(str(file))
    assert ran.results == {"helpdesk/groups/g0": "done", "helpdesk/groups/g1": "done"}
    workspace.is_settled()
    workspace.config(AFTER + "  more: {name: More}\n")
    workspace.sandbox.clear_log()
    error = refused(workspace, str(file))
    assert error["code"] == "moved" and "the files say something else of groups/more" in error["why"]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Group 0", "groups/g0"),  # the very attribute that the plan changes
        ("Group 1", "groups/g1"),  # what the plan deletes
        ("Group 5", "groups/g5"),  # the last of many, which it leaves alone
    ],
)
def test_an_edit_since_stops_it_before_its_first_write(saved: tuple[Workspace, Path], name: str, address: str) -> None:
    workspace, file = saved
    rename(workspace, name, "By hand")
    error = refused(workspace, str(file))
    assert error["code"] == "moved"
    assert f"somebody changed {address} in the live system" in error["why"]


def test_other_files_stop_it(saved: tuple[Workspace, Path]) -> None:
    workspace, file = saved
    workspace.edit("Group 4", "Group four")
    assert "the files say something else of groups/g4" in refused(workspace, str(file))["why"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"phase": "rollout"}, "the phase was rollout and is build"),
        ({"engine": "3.0.0"}, "the engine's version was 3.0.0 and is"),
        ({"golive": "9"}, "golive's version was 9 and is"),
        ({"environment": "production"}, "the environment was production and is sandbox"),
        ({"record": "0"}, "another run was there since"),
        ({"deletions": 0}, "how much is deleted or mailed is not the same"),
    ],
)
def test_another_phase_engine_or_record_stops_it(
    saved: tuple[Workspace, Path], change: dict[str, Any], why: str
) -> None:
    workspace, file = saved
    write(replace(read(file), **change).sealed(), file)
    assert why in refused(workspace, str(file))["why"]


def test_a_plan_that_was_changed_is_none(saved: tuple[Workspace, Path]) -> None:
    workspace, file = saved
    good = file.read_text()
    for text in (good.replace('"deletions": 1', '"deletions": 0'), "{}", "no json", good[:200]):
        file.write_text(text)
        assert refused(workspace, str(file))["code"] == "saved_plan"


def test_it_is_about_what_it_was_made_for(saved: tuple[Workspace, Path], tmp_path: Path) -> None:
    workspace, file = saved
    assert workspace.golive("up", str(file), "--only", "groups/g0").code == 2
    workspace.plan("--only", "groups/g0", "--out", str(file))
    assert workspace.up(str(file)).results == {"helpdesk/groups/g0": "done"}
    assert "Group 1" in workspace.titles("groups")


def approved(workspace: Workspace, digest: str, *more: str) -> Ran:
    return workspace.golive("up", *more, "-e", "live", "--approve", digest, "--json")


def test_an_approval_covers_exactly_that_plan_and_needs_nobody(real: Real, tmp_path: Path) -> None:
    people = "people: {ana: {name: Ana Real, email: ana@acme-payments.com, role: agent, invite: now}}\n"
    workspace = real(BEFORE + people, production=True)
    file = tmp_path / "plan.json"
    assert workspace.golive("plan", "-e", "live", "--out", str(file)).code == 0
    plan: SavedPlan = read(file)
    assert (plan.mails, plan.deletions) == (1, 0)
    assert approved(workspace, "0" * 32, str(file)).code == 1
    assert workspace.sandbox.writes() == []
    ran = approved(workspace, plan.digest, str(file))
    assert ran.code == 0, ran.err
    assert set(ran.results.values()) == {"done"}

    workspace.config(AFTER + people)
    workspace.golive("plan", "-e", "live", "--out", str(file))
    rename(workspace, "Group 3", "By hand")
    digest = read(file).digest
    ran = approved(workspace, digest)
    assert (ran.code, ran.document["error"]["code"]) == (1, "approval")
    assert workspace.sandbox.writes() == []
    rename(workspace, "By hand", "Group 3")
    ran = approved(workspace, digest)  # without the file, too: the digest says it all
    assert ran.code == 0, ran.err
    assert ran.results == {"helpdesk/groups/g0": "done", "helpdesk/groups/g1": "done"}


def test_what_is_unfinished_is_not_saved(saved: tuple[Workspace, Path], tmp_path: Path) -> None:
    from tests.cli.test_resuming import died, was_being_made

    workspace, _ = saved
    died(workspace, was_being_made("g2"))
    file = tmp_path / "second.json"
    ran = workspace.golive("plan", "--json", "--out", str(file))
    assert (ran.code, file.exists()) == (1, False)
    assert ran.checked("plan")["error"]["code"] == "unfinished", "one document, with what was planned in it"
    assert "The plan is not saved: an earlier run ended in the middle" in ran.err
