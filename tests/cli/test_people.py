"""One person in all systems, on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import empty_workspace
from tests.cli.workspace import Workspace
from tests.live_sandbox import running_sandbox

pytestmark = pytest.mark.engine

FILES = """
people:
  dana: {name: Dana Ruiz, email: dana@acme.example, role: agent, groups: [day], invite: now, active: %s}
  omar: {name: Omar Idris, email: omar@acme.example, role: agent, groups: [day], invite: now}
  eve: {name: Eve Stone, email: eve@acme.example, role: agent}
  kit: {name: Kit Moss, email: kit@acme.example, role: agent, invite: {phase: soft_launch}}
groups: {day: {name: Day shift}}
integrations:
  slack:
    channels:
      bugs: {name: bugs, people: [dana, omar]}
      town: {existing: general}
    alerts:
      p1: {name: Every P1, to: bugs, when: [{field: priority, changed_to: urgent}], text: Look}
      p2: {name: Every P2, to: town, when: [{field: priority, changed_to: high}], text: Look}
    user_groups:
      on_call: {name: On call, groups: [day]}
  crm:
    fields: {arr: {object: Account, name: ARR, type: currency}}
    access: {context: {name: Context, read: [arr], people: [dana]}}
    queues: {intake: {name: Intake, objects: [Case], people: [dana]}}
"""
SEED = {
    "salesforce": {"users": [{"name": "Dana Ruiz", "email": "dana@acme.example"}]},
    "slack": {
        "users": [
            {"name": "dana", "real_name": "Dana Ruiz", "email": "dana@acme.example"},
            {"name": "omar", "real_name": "Omar Idris", "email": "Omar@acme.example"},
        ],
    },
}


@pytest.fixture(scope="module")
def staffed(empty_state: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with running_sandbox(SEED) as sandbox:
        workspace = empty_workspace(tmp_path_factory.mktemp("people"), sandbox, empty_state)
        workspace.config(FILES % "true")
        workspace.up()
        yield workspace


def seen(workspace: Workspace, *more: str) -> dict[str, dict[str, Any]]:
    """Name → system → what is said of them there."""
    people = workspace.golive("people", *more, "--json").checked("people")["people"]
    return {each["name"]: {system["system"]: system for system in each["systems"]} for each in people}


def test_everybody_is_shown_with_what_they_have_and_reading_changes_nothing(staffed: Workspace) -> None:
    staffed.sandbox.clear_log()
    ran = staffed.golive("people", "--exit-code")
    assert ran.code == 0, ran.out
    assert "Everybody has what the files give them" in ran.out, ran.out
    assert "Account owner" in ran.out and staffed.sandbox.writes() == []
    found = seen(staffed)
    assert found["Dana Ruiz"]["crm"]["has"] == ["Context", "Intake"]
    assert found["Omar Idris"]["chat"]["has"] == ["#bugs", "#general", "On call"], (
        "an address in other letters is the same"
    )
    assert found["Eve Stone"]["helpdesk"]["there"] is False, "who was not invited"
    assert found["Kit Moss"]["helpdesk"]["waits"] == "not invited until the soft launch"
    assert "not invited until the soft launch" in ran.out
    assert list(seen(staffed, "dana@ACME.example")) == ["Dana Ruiz"]
    assert staffed.golive("people", "nobody").code == 2


def test_what_differs_is_told_by_system(staffed: Workspace) -> None:
    users = staffed.sandbox.zendesk("GET", "users?role=agent")["users"]
    [dana] = [each["id"] for each in users if each["name"] == "Dana Ruiz"]
    memberships = staffed.sandbox.zendesk("GET", "group_memberships")["group_memberships"]
    groups = {each["id"]: each["name"] for each in staffed.sandbox.zendesk("GET", "groups")["groups"]}
    [own] = [e["id"] for e in memberships if e["user_id"] == dana and groups[e["group_id"]] == "Day shift"]
    staffed.sandbox.zendesk("DELETE", f"group_memberships/{own}")
    staffed.sandbox.zendesk("PUT", f"users/{dana}", {"user": {"suspended": True}})
    found = seen(staffed)["Dana Ruiz"]["helpdesk"]
    assert (found["missing"], found["differs"]) == (["Day shift"], "is suspended, and active in the files")
    ran = staffed.golive("people", "dana", "--exit-code")
    assert ran.code == 7 and "is not in Day shift" in ran.out
    staffed.up()
    last = staffed.golive("people", "--exit-code")
    assert last.code == 0, last.out


def test_a_system_that_is_down_is_named_and_the_others_are_shown(staffed: Workspace) -> None:
    staffed.sandbox.fault(kind="error_503", system="slack")
    document = staffed.golive("people", "--json").checked("people")
    staffed.sandbox.heal()
    assert list(document["not_read"]) == ["chat"]
    assert {each["system"] for person in document["people"] for each in person["systems"]} == {"helpdesk", "crm"}


def test_somebody_leaves_in_one_line(staffed: Workspace) -> None:
    staffed.config(FILES % "false")
    planned = staffed.golive("plan").out
    assert "Dana Ruiz cannot sign in to Zendesk any more" in planned
    assert "Dana Ruiz stays in #bugs; golive takes nobody out" in planned
    staffed.up()
    found = seen(staffed)["Dana Ruiz"]
    by_hand = {system: each["by_hand"] for system, each in found.items()}
    off = "can still sign in, and only a person can switch this user off"
    stays = [
        f"is still in {each}: golive takes nobody out of a channel, a person does" for each in ("#bugs", "#general")
    ]
    assert by_hand == {"helpdesk": [], "crm": [off], "chat": [off, *stays]}
    assert not any(each["missing"] or each["beyond"] or each["differs"] for each in found.values())
    ran = staffed.golive("people", "--exit-code")
    assert ran.code == 7 and "4 things that only a person can settle" in ran.out and "golive plan" not in ran.out
    assert found["helpdesk"]["active"] is False
    assert found["crm"]["has"] == [] and found["chat"]["has"] == ["#bugs", "#general"], "Slack keeps people in channels"
    users = staffed.sandbox.store.table("zendesk", "users").values()
    assert [each["suspended"] for each in users if each["name"] == "Dana Ruiz"] == [True]
    staffed.is_settled()
    staffed.config(FILES % "true")
    staffed.up()
    assert staffed.golive("people", "--exit-code").code == 0
