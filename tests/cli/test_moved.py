"""What a person was shown is what is done: somebody else's edit in between stops the run before its first write."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.workspace import Workspace

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
    small: Small, monkeypatch: pytest.MonkeyPatch, edit: Callable[[Workspace], object]
) -> None:
    workspace = small(BEFORE)
    workspace.up()
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


def test_an_edit_before_the_plan_is_put_right(small: Small) -> None:
    workspace = small(BEFORE)
    workspace.up()
    rename("A", "Anew")(workspace)
    workspace.up()
    workspace.is_settled()
    assert workspace.one("groups", "A")["name"] == "A"
