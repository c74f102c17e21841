"""What sleeps, what is there already, and what this version does not apply."""

from __future__ import annotations

from collections.abc import Callable

from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

ROUTE = "trigger_categories:\n  route: {name: Route}\n"


def trigger(key: str, more: str, then: str = "{add_tags: [x]}") -> str:
    """One trigger, on one line."""
    return f"  {key}: {{name: Trigger {key}, category: route, when: [{{event: created}}], then: [{then}]{more}}}\n"


def not_sent(workspace: Workspace) -> str:
    """The block of a plan that says what is not sent."""
    text = workspace.golive("plan", "--all").out
    return text.partition("Not sent\n")[2].partition("\n\n")[0]


def active(workspace: Workspace, many: str) -> dict[str, bool]:
    return {each["title"]: each["active"] for each in workspace.listed(many)}


def test_what_belongs_to_later_phases_is_there_and_switched_off(set_up: Small) -> None:
    workspace = set_up(
        ROUTE + "triggers:\n"
        + trigger("now", "")
        + trigger("build", ", phase: build")
        + trigger("soft", ", phase: soft_launch")
        + trigger("late", ", not_before: day_30")
        + trigger("over", ", phase: {from: build, until: soft_launch}")
        + trigger("off", ", active: false")
        + "macros:\n  later: {name: Later, phase: rollout, then: [{add_tags: [x]}]}\n"
        "groups:\n  night: {name: Night shift, phase: soft_launch}\n"
        "  day: {name: Day shift}\n"
    )  # fmt: skip
    assert {title: on for title, on in active(workspace, "triggers").items() if title.startswith("Trigger ")} == {
        "Trigger now": True,
        "Trigger build": True,
        "Trigger soft": False,
        "Trigger late": False,
        "Trigger over": True,
        "Trigger off": False,
    }
    assert active(workspace, "macros")["Later"] is False
    assert "Night shift" not in workspace.titles("groups")
    text = workspace.golive("plan", "--all").out
    assert "Asleep until the soft launch: 1 group (Night shift), 1 trigger (Trigger soft)" in text
    assert "Asleep until the rollout: 1 macro (Later)" in text
    assert "Asleep until day 30 after the rollout: 1 trigger (Trigger late)" in text
    workspace.is_settled()


def test_going_back_to_sleep_removes_nothing(set_up: Small) -> None:
    workspace = set_up(
        "groups:\n  night: {name: Night shift}\nmacros:\n  hand: {name: Hand, then: [{add_tags: [x]}]}\n"
    )
    workspace.edit("{name: Night shift}", "{name: Night crew, phase: soft_launch}")
    workspace.edit("{name: Hand, ", "{name: Hand, phase: soft_launch, ")
    planned = workspace.plan()
    assert planned.actions == {"helpdesk/macros/hand": "update"}
    workspace.up()
    assert "Night shift" in workspace.titles("groups")
    assert active(workspace, "macros")["Hand"] is False
    workspace.is_settled()


def test_what_the_vendor_put_there(small: Small) -> None:
    theirs = "Notify assignee of assignment"
    kept = "Notify requester of new proactive ticket"
    replaced = "Notify requester and CCs of received request"
    workspace = small(
        ROUTE + "triggers:\n"
        f"  assigned: {{name: {theirs}, existing: vendor_default, active: false}}\n"
        f"  proactive: {{name: {kept}, existing: true}}\n"
        + trigger("received", f", replaces: {replaced}")
        + trigger("absent", ", replaces: Notify nobody of nothing")
        + "groups:\n  support: {name: Support, existing: true}\n"
        + "macros:\n  hand: {name: Hand, then: [{set: group, to: support}]}\n"
    )
    before = {each["title"]: each for each in workspace.listed("triggers")}
    planned = workspace.plan()
    assert planned.document["collisions"] == []
    assert planned.actions["helpdesk/triggers/assigned"] == "update"
    assert "helpdesk/triggers/proactive" not in planned.actions
    assert "helpdesk/groups/support" not in planned.actions
    workspace.up()
    after = {each["title"]: each for each in workspace.listed("triggers")}
    assert (after[theirs]["active"], after[replaced]["active"], after[kept]["active"]) == (False, False, True)
    for title in (theirs, replaced):
        assert {**after[title], "active": True, "updated_at": ""} == {**before[title], "updated_at": ""}
    assert after[kept] == before[kept]
    group = workspace.one("groups", "Support")["id"]
    assert workspace.one("macros", "Hand")["actions"] == [{"field": "group_id", "value": str(group)}]
    workspace.is_settled()

    assert workspace.golive("destroy", "--yes").code == 0
    left = {each["title"] for each in workspace.listed("triggers")}
    assert left == set(before)
    assert "Support" in workspace.titles("groups")


def test_existing_that_is_not_there(small: Small) -> None:
    workspace = small(
        "groups:\n  support: {name: Nobody here, existing: true}\n  billing: {name: Billing}\n"
        "macros:\n  hand: {name: Hand, then: [{set: group, to: support}]}\n"
    )
    missing = "it is declared as existing, and Zendesk has none of that name"
    assert f"group Nobody here: {missing}  config/own.yaml:2" in not_sent(workspace)
    assert "macro Hand: it needs the group Nobody here, which is not there yet" in not_sent(workspace)
    ran = workspace.golive("up", "--yes", "--json")
    assert ran.code == 4
    assert ran.results == {"helpdesk/groups/billing": "done"}
    assert {each["key"] for each in ran.document["not_sent"]} == {"support", "hand"}
    assert "Hand" not in workspace.titles("macros")


def test_what_is_not_applied_is_a_note_and_what_stands_beside_it_is_sent(small: Small) -> None:
    workspace = small(
        "groups: {night: {name: Night shift}}\n"
        "scenarios: {late: {}}\n"
    )  # fmt: skip
    checked = workspace.golive("validate", "--json")
    assert checked.code == 0
    notes = checked.checked("validate")["findings"]
    assert [(each["severity"], each["rule"], each["path"]) for each in notes] == [
        ("note", "applied.not-yet", "scenarios.late")
    ]
    assert "scenario late: this version does not apply scenarios yet" in not_sent(workspace)
    assert workspace.up().results == {"helpdesk/groups/night": "done"}
    workspace.is_settled()


def test_done_by_hand(small: Small) -> None:
    workspace = small("groups:\n  a: {name: A}\n  b: {name: B, by_hand: true, why: Made in the admin centre}\n")
    text = workspace.golive("plan").out
    assert "By hand\n  group B: " in text
    assert workspace.up().actions == {"helpdesk/groups/a": "create"}
    workspace.is_settled()
