"""What is declared and not sent now stays as it is, with everything that it needs; what is missing is said before."""

from __future__ import annotations

from collections.abc import Callable

from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

ALERT = """\
integrations:
  slack:
    channels: {ops: {name: ops}}
    alerts: {urgent: {name: Urgent, to: ops, when: [{field: priority, is: urgent}], text: Look}}
"""


def live(workspace: Workspace) -> dict[str, list[str]]:
    return {many: sorted(workspace.titles(many)) for many in ("triggers", "trigger_categories", "webhooks", "groups")}


def test_without_its_slack_an_alert_stays_with_its_webhook_and_category(set_up: Small) -> None:
    workspace = set_up(ALERT)
    before = live(workspace)
    settings = workspace.settings()
    chat = settings["systems"].pop("chat")
    workspace.set(settings)
    planned = workspace.plan()
    assert planned.actions == {}
    held = {each["kind"]: each["why"] for each in planned.document["not_sent"] if each["held"]}
    assert held["alerts"] == held["slack_channels"] == "this environment has no Slack"
    workspace.up()
    assert live(workspace) == before
    settings["systems"]["chat"] = chat
    workspace.set(settings)
    workspace.is_settled()


def test_a_renamed_object_that_sleeps_is_no_other_one(set_up: Small) -> None:
    workspace = set_up("groups: {night: {name: Night}}\n")
    workspace.config("groups: {late: {name: Late, was: night, phase: rollout}}\n")
    assert workspace.plan().actions == {}
    workspace.up()
    assert "Night" in workspace.titles("groups")
    workspace.config("groups: {late: {name: Late, was: night}}\n")
    [change] = workspace.plan().document["changes"]
    assert (change["key"], change["action"]) == ("late", "update")


def test_another_name_for_a_system_makes_nothing_twice(set_up: Small) -> None:
    workspace = set_up("groups: {billing: {name: Billing}}\n")
    settings = workspace.settings()
    settings["systems"]["support"] = settings["systems"].pop("helpdesk")
    settings.pop("expect", None)
    workspace.set(settings)
    document = workspace.plan().document
    assert [(each["system"], each["key"]) for each in document["collisions"]] == [("support", "billing")]
    assert [each["why"] for each in document["not_sent"]] == [
        "the environment file no longer names the system `helpdesk`"
    ]
    assert workspace.golive("up", "--yes").code == 1
    assert workspace.titles("groups").count("Billing") == 1


def test_what_needs_something_that_is_missing_is_not_sent(small: Small) -> None:
    text = (
        "groups: {legal: {name: Legal, existing: true}}\n"
        "macros:\n  to_legal: {name: To legal, then: [{set: group, to: legal}]}\n"
        "  greet: {name: Greet, then: [{add_tags: [x]}]}\n"
    )
    workspace = small(text)
    planned = workspace.plan()
    assert planned.actions == {"helpdesk/macros/greet": "create"}
    said = {each["key"]: each["why"] for each in planned.document["not_sent"]}
    assert said == {
        "legal": "it is declared as existing, and Zendesk has none of that name",
        "to_legal": "it needs the group `legal`, which is not there yet",
    }
    ran = workspace.golive("up", "--yes")
    assert ran.code == 4
    not_there = (
        "Not there, although these files count on it; what cannot do without it waits:\n"
        "  group legal: it is declared as existing, and Zendesk has none of that name  config/own.yaml:1  (ZD102)\n"
    )
    assert ran.out.endswith(not_there)
    planned = workspace.golive("plan", "--exit-code")
    assert (planned.code, not_there in planned.out) == (1, True)
    workspace.is_settled()
    assert workspace.golive("up", "--yes").code == 4
    for _ in range(2):
        workspace.zendesk("POST", "groups", {"group": {"name": "Legal"}})
    document = workspace.plan().document
    assert "has 2 of that name" in {each["key"]: each["why"] for each in document["not_sent"]}["legal"]
    assert document["changes"] == []


def test_an_order_without_what_waits_is_settled(small: Small) -> None:
    rule = "category: c, when: [{field: status, is: new}]"
    workspace = small(
        "groups: {legal: {name: Legal, existing: true}}\n"
        "trigger_categories: {c: {name: C}}\n"
        "triggers:\n"
        f"  first: {{name: First, {rule}, then: [{{add_tags: [x]}}]}}\n"
        f"  waits: {{name: Waits, {rule}, then: [{{set: group, to: legal}}]}}\n"
        f"  last: {{name: Last, {rule}, then: [{{add_tags: [y]}}]}}\n"
    )
    assert workspace.golive("up", "--yes").code == 4
    planned = workspace.plan()
    assert (planned.actions, planned.document["orders"]) == ({}, [])
    workspace.is_settled()
    workspace.zendesk("POST", "groups", {"group": {"name": "Legal"}})
    assert workspace.up().actions == {"helpdesk/trigger_categories/c": "update", "helpdesk/triggers/waits": "create"}
    live = [each for each in workspace.listed("triggers") if each["title"] in ("First", "Waits", "Last")]
    assert [each["title"] for each in sorted(live, key=lambda each: each["position"])] == ["First", "Waits", "Last"]


def test_what_belongs_to_something_that_is_missing_is_said_once(small: Small) -> None:
    workspace = small(ALERT.replace("{name: ops}", "{name: ops, existing: true}"))
    said = [(each["kind"], each["key"]) for each in workspace.plan().document["not_sent"]]
    assert said == [("slack_channels", "ops"), ("alerts", "urgent")]


def test_hand_edits_that_our_words_do_not_tell_are_told_by_the_vendors(set_up: Small) -> None:
    workspace = set_up(ALERT)
    trigger = workspace.one("triggers", "Urgent")
    conditions = {"all": [trigger["conditions"]["all"][0]], "any": []}
    workspace.zendesk("PUT", f"triggers/{trigger['id']}", {"trigger": {"conditions": conditions}})
    drifted = workspace.golive("drift", "--json", "--exit-code")
    assert drifted.code == 7
    [change] = drifted.document["drift"]
    assert [each["path"] for each in change["diff"]] == ["conditions"]
    [planned] = workspace.plan().document["changes"]
    assert [each["path"] for each in planned["diff"]] == ["conditions"]
    workspace.up()
    workspace.is_settled()


def test_an_order_goes_on_without_what_is_not_sent(small: Small) -> None:
    trigger = "name: {0}, category: {1}, when: [{{event: created}}], then: [{2}]"
    triggers = {
        "a": trigger.format("A", "billing", "{add_tags: [x]}"),
        "b": trigger.format("B", "billing", "{set: group, to: ghost}"),
        "c": trigger.format("C", "billing", "{add_tags: [y]}"),
        "d": trigger.format("D", "ghosts", "{set: group, to: ghost}"),
    }
    listed = "".join(f"  {key}: {{{text}}}\n" for key, text in triggers.items())
    workspace = small(
        "groups: {ghost: {name: Ghost, existing: true}}\n"
        "trigger_categories: {ghosts: {name: Ghosts}, billing: {name: Billing}, rest: {name: Rest}}\n"
        f"triggers:\n{listed}"
    )
    ran = workspace.golive("up", "--yes", "--json")
    assert ran.code == 4
    assert {each["key"] for each in ran.document["not_sent"]} == {"ghost", "b", "d"}
    assert set(ran.results.values()) == {"done"}
    ours = [name for name in workspace.titles("triggers") if name in "ABCD"]
    assert ours == ["A", "C"]
    workspace.zendesk("POST", "groups", {"group": {"name": "Ghost"}})
    workspace.up()
    workspace.is_settled()
    live = sorted(workspace.listed("triggers"), key=lambda each: each["position"])
    assert [each["title"] for each in live if each["title"] in "ABC"] == ["A", "B", "C"]
