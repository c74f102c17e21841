"""Files that macros add to comments, through the command line: sent once, replaced whole, and never lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.workspace import Workspace

pytestmark = pytest.mark.engine
Small = Callable[[str], Workspace]

MACRO = """
macros:
  returns:
    name: Returns
    then: [{reply: public, text: Here is how to send it back.}]
    files: [files/label.txt, files/terms.txt]
"""
FILES = {"files/label.txt": "To: Quayside\n", "files/terms.txt": "Within 30 days.\n"}


def with_files(small: Small, text: str = MACRO) -> Workspace:
    workspace = small(text)
    for name, said in FILES.items():
        write(workspace, name, said)
    return workspace


def write(workspace: Workspace, name: str, said: str) -> None:
    path = workspace.root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(said, encoding="utf-8")


def live_files(workspace: Workspace) -> dict[str, dict[str, Any]]:
    """The files of the macro by their names."""
    macro = workspace.one("macros", "Returns")
    listed = workspace.zendesk("GET", f"macros/{macro['id']}/attachments")["macro_attachments"]
    return {each["filename"]: each for each in listed}


def by_hand(workspace: Workspace, *ids: int) -> None:
    """Somebody gives the macro other files."""
    macro = workspace.one("macros", "Returns")
    workspace.zendesk("PUT", f"macros/{macro['id']}", {"macro": {"attachments": list(ids)}})


def uploads(workspace: Workspace) -> int:
    return sum(each["method"] == "POST" and each["path"].endswith("/attachments") for each in workspace.sandbox.log())


def test_a_file_is_sent_only_when_it_is_another_one(small: Small) -> None:
    workspace = with_files(small)
    workspace.up()
    workspace.is_settled()
    first = live_files(workspace)
    assert first.keys() == {"label.txt", "terms.txt"}
    workspace.sandbox.clear_log()
    workspace.config(MACRO.replace("name: Returns", "name: Returns\n    active: false"))
    workspace.up()
    assert uploads(workspace) == 0
    write(workspace, "files/terms.txt", "Within 60 days.\n")  # as long as before
    (change,) = workspace.plan().document["changes"]
    assert [each["path"] for each in change["diff"]] == ["file_contents.terms txt"]
    assert change["audience"] == "nobody", "it is switched off"
    workspace.up()
    assert uploads(workspace) == 1
    second = live_files(workspace)
    assert (second["label.txt"]["id"], second["terms.txt"]["id"] != first["terms.txt"]["id"]) == (
        first["label.txt"]["id"],
        True,
    )
    workspace.is_settled()


def test_customers_get_what_a_public_reply_brings(small: Small) -> None:
    workspace = with_files(small)
    workspace.up()
    workspace.config(MACRO.replace("files/label.txt, ", ""))
    (change,) = workspace.plan().document["changes"]
    assert (change["audience"], [each["path"] for each in change["diff"]]) == (
        "customers",
        ["files", "file_contents.label txt"],
    )
    workspace.config(MACRO.replace("reply: public", "reply: internal"))
    workspace.up()
    workspace.config(MACRO.replace("reply: public", "reply: internal").replace("files/label.txt, ", ""))
    (change,) = workspace.plan().document["changes"]
    assert change["audience"] == "agents"


def test_what_somebody_takes_away_or_adds_by_hand_is_seen_and_put_back(small: Small) -> None:
    workspace = with_files(small)
    workspace.up()
    label = live_files(workspace)["label.txt"]["id"]
    by_hand(workspace, label)
    assert [each["key"] for each in workspace.up().document["drift"]] == ["returns"]
    there = live_files(workspace)
    assert (there.keys(), there["label.txt"]["id"]) == ({"label.txt", "terms.txt"}, label)
    workspace.is_settled()


def test_files_that_are_not_named_stay_and_an_empty_list_takes_them_away(small: Small) -> None:
    workspace = with_files(small)
    workspace.up()
    without = MACRO.replace("    files: [files/label.txt, files/terms.txt]\n", "")
    workspace.config(without)
    workspace.up()
    workspace.config(without.replace("Here is", "This is"))
    workspace.up()
    assert live_files(workspace).keys() == {"label.txt", "terms.txt"}
    workspace.is_settled()
    workspace.config(MACRO.replace("[files/label.txt, files/terms.txt]", "[]"))
    workspace.up()
    assert live_files(workspace) == {}
    workspace.is_settled()


def test_all_five_are_replaced_at_once(small: Small) -> None:
    names = [f"files/{number}.txt" for number in range(5)]
    workspace = small(MACRO.replace("files/label.txt, files/terms.txt", ", ".join(names)))
    for name in names:
        write(workspace, name, "one")
    workspace.up()
    for name in names:
        write(workspace, name, "another")
    assert set(workspace.up().results.values()) == {"done"}
    assert {each["size"] for each in live_files(workspace).values()} == {len("another")}
    workspace.is_settled()


def test_a_file_that_changes_after_the_plan_was_shown_is_not_sent(small: Small) -> None:
    workspace = with_files(small)
    saved = workspace.root / "seen.plan"
    assert workspace.golive("plan", "--out", str(saved)).code == 0
    write(workspace, "files/terms.txt", "Never.\n")
    assert workspace.golive("up", str(saved), "--yes").code != 0
    assert "Returns" not in workspace.titles("macros")


def test_a_macro_that_is_taken_over_keeps_its_files_and_it_is_said(small: Small) -> None:
    workspace = with_files(small)
    workspace.up()
    assert workspace.golive("release", "macros/returns", "--yes").code == 0
    workspace.config("macros: {}\n")
    before = live_files(workspace)
    ran = workspace.golive("adopt", "macros/returns", "--yes", "--json")
    assert ran.code == 0, ran.err
    (taken,) = ran.document["taken"]
    assert "label.txt, terms.txt" in taken["why"]
    assert "files:" not in "".join(path.read_text() for path in (workspace.root / "config").rglob("*.yaml"))
    workspace.up()
    assert live_files(workspace) == before
    workspace.is_settled()


def test_files_of_the_workspace_take_the_place_of_those_of_a_macro_that_is_taken_over(small: Small) -> None:
    """What is in the live ones is not known, so that they are sent once."""
    workspace = with_files(small)
    workspace.up()
    assert workspace.golive("release", "macros/returns", "--yes").code == 0
    workspace.config(MACRO)
    workspace.sandbox.clear_log()
    ran = workspace.golive("adopt", "macros/returns", "--yes")
    assert ran.code == 0, ran.err
    assert uploads(workspace) == 0
    workspace.up()
    assert (uploads(workspace), live_files(workspace).keys()) == (2, {"label.txt", "terms.txt"})
    workspace.is_settled()


def test_undoing_needs_the_file_as_it_was(small: Small) -> None:
    workspace = with_files(small)
    workspace.up()
    first = live_files(workspace)["terms.txt"]["size"]
    write(workspace, "files/terms.txt", "Within 60 days, we promise.\n")
    workspace.up()
    ran = workspace.golive("undo", "--yes")
    assert ran.code != 0
    assert "put the earlier file back first" in ran.out
    write(workspace, "files/terms.txt", FILES["files/terms.txt"])
    assert workspace.golive("undo", "2", "--yes").code == 0
    assert live_files(workspace)["terms.txt"]["size"] == first
    workspace.is_settled()
