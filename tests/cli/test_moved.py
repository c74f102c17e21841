"""What a person was shown is what is done: somebody else's edit in between stops the run before its first write."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from tests.cli.workspace import SCRIPT, Workspace

Small = Callable[[str], Workspace]

BEFORE = "groups:\n  a: {name: A}\n  b: {name: B}\n  c: {name: C}\nmacros: {m: {name: M, then: [{add_tags: [x]}]}}\n"


def rename(name: str, to: str) -> Callable[[Workspace], object]:
    def edit(workspace: Workspace) -> object:
        group = workspace.one("groups", name)["id"]
        return workspace.zendesk("PUT", f"groups/{group}", {"group": {"name": to}})

    return edit


def delete(workspace: Workspace) -> object:
    return workspace.zendesk("DELETE", f"groups/{workspace.one('groups', 'C')['id']}")


EDITS = {
    "the attribute that the plan changes": rename("A", "Anew"),
    "an object that the plan deletes": rename("B", "Be"),
    "an object that the plan leaves alone": rename("C", "Sea"),
    "an object that is gone": delete,
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_edit_while_the_plan_is_looked_at(
    set_up: Small, monkeypatch: pytest.MonkeyPatch, edit: Callable[[Workspace], object]
) -> None:
    workspace = set_up(BEFORE)
    workspace.config(BEFORE.replace("{name: A}", "{name: Aye}").replace("  b: {name: B}\n", ""))

    def look(*_: object, **__: object) -> None:
        edit(workspace)
        workspace.sandbox.clear_log()

    monkeypatch.setattr("golive.verbs.up.ask", look)
    ran = workspace.golive("up", "--json")
    assert ran.code == 1, ran.err
    assert ran.checked("up")["error"]["code"] == "moved"
    assert set(ran.results.values()) == {"not_tried"}
    assert workspace.sandbox.writes() == []
    monkeypatch.undo()
    assert workspace.plan().document["drift"], "the next plan shows it"
    workspace.up()
    workspace.is_settled()


def test_an_edit_before_the_plan_is_put_right(set_up: Small) -> None:
    workspace = set_up(BEFORE)
    rename("A", "Anew")(workspace)
    workspace.up()
    workspace.is_settled()
    assert workspace.one("groups", "A")["name"] == "A"


def test_two_runs_at_once_and_a_plan_beside_them(small: Small) -> None:
    """One of them does it all; the other is told of it, or finds nothing left to do."""
    workspace = small("groups: {" + ", ".join(f"g{number}: {{name: Group {number}}}" for number in range(9)) + "}\n")
    workspace.golive("plan")
    workspace.sandbox.fault(kind="latency", value=150)
    verbs = (("up", "--yes"), ("up", "--yes"), ("plan", "--json"))
    running = [
        subprocess.Popen(
            [str(SCRIPT), *verb], cwd=workspace.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for verb in verbs
    ]
    said = [process.communicate(timeout=120) for process in running]
    workspace.sandbox.heal()
    codes = [process.returncode for process in running]
    assert codes[2] == 0, said[2]
    assert 0 in codes[:2] and set(codes[:2]) <= {0, 1}, said
    for code, (_, err) in zip(codes[:2], said, strict=False):
        assert code == 0 or "Another run" in err or "after the plan was made" in err, err
    names = workspace.titles("groups")
    assert [names.count(f"Group {number}") for number in range(9)] == [1] * 9
    workspace.is_settled()
