"""`--only` and `--exclude`: part of an environment alone."""

from __future__ import annotations

from collections.abc import Callable

from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

OWN = """\
groups: {a: {name: Group A}, b: {name: Group B}}
macros:
  first: {name: First, then: [{set: group, to: a}]}
  second: {name: Second, then: [{add_tags: [x]}]}
integrations: {slack: {channels: {calls: {name: calls, topic: Calls}}}}
"""


def test_part_of_it_is_planned_made_and_watched(small: Small) -> None:
    workspace = small(OWN)
    ran = workspace.up("--only", "macros/second", "--only", "slack")
    assert ran.results == {"helpdesk/macros/second": "done", "chat/slack_channels/calls": "done"}
    assert "Part of it: only macros/second, slack. The rest stays as it is." in ran.err
    assert "Group A" not in workspace.titles("groups")

    needs = workspace.plan("--only", "helpdesk/macros").document
    assert needs["changes"] == []
    other = "this run is about other objects (--only, --exclude)"
    assert {each["key"]: each["why"] for each in needs["not_sent"] if each["kind"] in ("groups", "macros")} == {
        "a": other,
        "b": other,
        "first": "it needs the group `a`, which is not there yet",
    }
    workspace.up()
    workspace.is_settled()

    # By hand, and in the files: what is not chosen is neither told nor touched nor taken for known.
    group = workspace.one("groups", "Group A")["id"]
    workspace.zendesk("PUT", f"groups/{group}", {"group": {"name": "Group A by hand"}})
    workspace.edit("name: Second", "name: Second one")
    workspace.edit("name: Group B", "name: Group B anew")
    workspace.edit(", topic: Calls", "")
    for chosen in (("--only", "macros"), ("--exclude", "groups", "--exclude", "chat")):
        document = workspace.plan(*chosen).document
        assert [each["key"] for each in document["changes"]] == ["second"]
        assert document["drift"] == []
    assert workspace.golive("drift", "--only", "macros", "--json").document["drift"] == []
    workspace.sandbox.clear_log()
    ran = workspace.up("--only", "macros")
    assert ran.results == {"helpdesk/macros/second": "done"}
    assert [each["path"].rpartition("/")[0] for each in workspace.sandbox.writes()] == ["/api/v2/macros"]
    drift = workspace.golive("drift", "--only", "groups", "--json").document["drift"]
    assert [(each["key"], each["diff"][0]["old"], each["diff"][0]["new"]) for each in drift] == [
        ("a", "Group A", "Group A by hand")
    ]

    # What has left the files stays until it is chosen.
    workspace.config(OWN.replace("b: {name: Group B}", "").replace("Second", "Second one"))
    assert workspace.plan("--exclude", "groups/b").actions == {"helpdesk/groups/a": "update"}
    assert workspace.up("--only", "groups/b").results == {"helpdesk/groups/b": "done"}
    assert "Group A by hand" in workspace.titles("groups")
    workspace.up()
    workspace.is_settled()


def test_part_of_it_is_destroyed(set_up: Small) -> None:
    workspace = set_up(OWN)
    assert workspace.golive("destroy", "--yes", "--only", "automations").code == 0
    ran = workspace.golive("destroy", "--yes", "--only", "groups", "--json")
    assert ran.code == 0, ran.err
    assert "stays  groups/a: macros/first needs it and is not chosen" in ran.err
    assert ran.results == {"helpdesk/groups/b": "done"}
    assert {"Group A", "Group B"} & {*workspace.titles("groups")} == {"Group A"}
    assert workspace.plan().actions == {"helpdesk/groups/b": "create"}
    ran = workspace.golive("destroy", "--yes", "--exclude", "slack")
    assert ran.code == 0, ran.err
    assert {"Group A", "First", "Second"} & {*workspace.titles("groups"), *workspace.titles("macros")} == set()
    assert not workspace.channels()["calls"]["is_archived"]
    assert workspace.golive("destroy", "--yes").code == 0
    assert workspace.channels()["calls"]["is_archived"]


def test_what_nothing_is_called_is_refused(small: Small) -> None:
    workspace = small(OWN)
    for verb in ("plan", "up", "drift", "destroy"):
        ran = workspace.golive(verb, "--only", "macro")
        assert (ran.code, "Did you mean `macros`?" in ran.err) == (2, True)
    assert workspace.sandbox.writes() == []
