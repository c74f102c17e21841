"""What a dead run left open is looked up before anything else is done.

A state in which something is under way is written here as the engine leaves it; that it does leave it so is what
`tests/chaos` shows.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stacks import resolving
from stacks.backups import Backups
from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

NAMES = {
    "made": "Was made",
    "renamed": "Was made and renamed here",
    "dropped": "Was made and left the files",
    "never": "Was never made",
    "changed": "Was changed",
    "deleted": "Was being deleted",
}
OWN = "macros:\n" + "".join(f"  {key}: {{name: {name}, then: [{{add_tags: [x]}}]}}\n" for key, name in NAMES.items())


@pytest.fixture(autouse=True)
def lists_do_not_lag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolving, "LISTS_LAG_SECONDS", 0.0)


def state_file(workspace: Workspace) -> Path:
    return workspace.root / ".pulumi-state" / ".pulumi" / "stacks" / "acme" / "sandbox.json"


def died(workspace: Workspace, edit: Callable[[dict[str, Any], dict[str, dict[str, Any]]], None]) -> None:
    """Change the state as a death leaves it. edit: gets the deployment, and its entries by key."""
    file = state_file(workspace)
    whole = json.loads(file.read_text())
    latest = whole["checkpoint"]["latest"]
    edit(latest, {each["urn"].rsplit("/", 1)[-1]: each for each in latest["resources"]})
    file.write_text(json.dumps(whole))
    (workspace.root / ".pulumi-state" / "golive" / "sandbox" / "seal").unlink()


def was_being_made(*keys: str) -> Callable[[dict[str, Any], dict[str, dict[str, Any]]], None]:
    def edit(latest: dict[str, Any], entries: dict[str, dict[str, Any]]) -> None:
        begun = [{name: value for name, value in entries[key].items() if name not in ("id", "outputs")} for key in keys]
        latest["resources"] = [each for each in latest["resources"] if each not in [entries[key] for key in keys]]
        latest["pending_operations"] = [{"resource": each, "type": "creating"} for each in begun]

    return edit


def id_of(workspace: Workspace, key: str) -> str:
    return str(workspace.one("macros", NAMES[key])["id"])


def test_each_unfinished_write_is_settled(set_up: Small) -> None:
    workspace = set_up(OWN)
    ids = {key: id_of(workspace, key) for key in NAMES}

    def edit(latest: dict[str, Any], entries: dict[str, dict[str, Any]]) -> None:
        before = json.loads(json.dumps(entries["changed"]))
        for side in ("inputs", "outputs"):
            before[side]["payload"]["title"] = "What it was called before"
        pending = [
            {"resource": entries["changed"], "type": "updating"},
            {"resource": entries["deleted"], "type": "deleting"},
        ]
        was_being_made("made", "renamed", "dropped", "never")(latest, entries)
        latest["pending_operations"] += pending
        latest["resources"] = [before if each is entries["changed"] else each for each in latest["resources"]]

    died(workspace, edit)
    for key in ("never", "deleted"):
        workspace.zendesk("DELETE", f"macros/{ids[key]}")
    workspace.edit("  renamed: {", "  new_key: {was: renamed, ")
    text = (workspace.root / "config" / "own.yaml").read_text().splitlines(keepends=True)
    workspace.config("".join(line for line in text if not line.startswith(("  dropped:", "  deleted:"))))

    plan = workspace.plan()
    assert {each["key"]: each["write"] for each in plan.document["unfinished"]} == {
        **dict.fromkeys(("made", "renamed", "dropped", "never"), "create"), "changed": "update", "deleted": "delete"
    }  # fmt: skip
    assert plan.document["collisions"] == []
    said = workspace.golive("plan")
    assert "An earlier run ended in the middle." in said.out
    assert "Zendesk: macro made: was being made" in said.out
    assert workspace.golive("plan", "--exit-code").code == 7
    assert workspace.golive("drift", "--json").document["unfinished"] == plan.document["unfinished"]
    assert "Zendesk: macro changed: was being changed" in workspace.golive("drift").out

    workspace.sandbox.clear_log()
    ran = workspace.up()
    for line in (
        "macro made: was made, and is ours",
        "macro never: was not done",
        "macro changed: is taken as it is now",
        "macro deleted: was deleted",
    ):
        assert line in ran.err
    assert ran.actions == {"helpdesk/macros/never": "create", "helpdesk/macros/dropped": "switch_off"}
    assert ran.document["drift"] == []
    assert [entry["method"] for entry in workspace.sandbox.writes()] == ["POST", "PUT"]
    assert {key: id_of(workspace, key) for key in ("made", "renamed", "changed")} == {
        key: ids[key] for key in ("made", "renamed", "changed")
    }
    workspace.is_settled()
    copies = [each.before for each in Backups(workspace.root, "sandbox").all()]
    assert copies == ["up", "resuming", "up"]
    assert workspace.golive("destroy", "--yes").code == 0
    assert {*NAMES.values()} & {*workspace.titles("macros")} == {NAMES["dropped"]}


def test_two_of_one_name_are_both_shown_and_nothing_is_done(set_up: Small) -> None:
    workspace = set_up(OWN)
    died(workspace, was_being_made("made"))
    macro = {"title": NAMES["made"], "actions": [{"field": "current_tags", "value": "x"}]}
    second = workspace.zendesk("POST", "macros", {"macro": macro})["macro"]["id"]
    ids = sorted(each["id"] for each in workspace.listed("macros") if each["title"] == NAMES["made"])
    assert len(ids) == 2
    workspace.sandbox.clear_log()
    for verb in ("up", "destroy"):
        ran = workspace.golive(verb, "--yes")
        assert ran.code == 1, ran.out
        assert "there are 2 of that name; nothing was changed." in ran.err
        pages = f"{workspace.sandbox.url}/zendesk/admin/workspaces/agent-workspace/macros"
        assert all(f"id {each}, made 20" in ran.err and f"({pages}/{each})" in ran.err for each in ids)
    assert workspace.sandbox.writes() == []
    workspace.zendesk("DELETE", f"macros/{second}")
    workspace.up()
    workspace.is_settled()


def test_what_is_in_a_system_that_is_down_is_looked_for_later(set_up: Small) -> None:
    workspace = set_up(OWN + "integrations: {slack: {channels: {calls: {name: calls}}}}\n")
    died(workspace, was_being_made("made", "never"))
    workspace.zendesk("DELETE", f"macros/{id_of(workspace, 'never')}")
    workspace.sandbox.fault(kind="error_503", system="zendesk")
    ran = workspace.golive("up", "--yes")
    assert ran.code == 1
    assert "macro made: is looked for later" in ran.err
    assert "Zendesk: macro made: was being made" in ran.out
    workspace.sandbox.heal()
    assert len(workspace.plan().document["unfinished"]) == 2
    ran = workspace.up()
    assert ran.actions == {"helpdesk/macros/never": "create"}
    workspace.is_settled()


def test_taking_over_comes_after_what_was_left_open(set_up: Small) -> None:
    workspace = set_up(OWN)
    died(workspace, was_being_made("made", "never"))
    ran = workspace.golive("adopt", "macros/never", "--yes")
    assert (ran.code, "golive looks after `macros/never` already." in ran.err) == (2, True)
    assert "macro made: was made, and is ours" in ran.err
    workspace.is_settled()
