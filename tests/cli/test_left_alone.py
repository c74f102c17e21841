"""What a plan says of what is live and not in these files, and of what a person has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from golive.runs.journaling import now
from tests.cli.workspace import Workspace
from tests.waiting import wait_for

Small = Callable[[str], Workspace]
OWN = """\
groups: {night: {name: Night}, day: {name: Day}}
customer_fields: {tier: {of: organization, name: Tier, type: dropdown, options: {gold: Gold}}}
trigger_categories: {route: {name: Route}}
triggers:
  at_night:
    name: At night to Night
    category: route
    when: [{event: created}]
    then: [{set: group, to: night}]
sla_policies:
  gold:
    name: Gold
    when: [{field: organization.tier, is: gold}]
    targets: {first_reply: {urgent: 8h, high: 8h, normal: 8h, low: 8h}}
    hours: calendar
    warn: {at: 75%, to: [people/ana], how: hourly}
roles: {lead: {name: Lead, like: admin}}
people: {ana: {name: Ana Real, email: ana@acme.example, role: lead}}
"""


def make(workspace: Workspace, title: str, *actions: dict[str, Any], active: bool = True) -> None:
    """A trigger that a person makes."""
    category = workspace.one("trigger_categories", "Notifications")["id"]
    created = {"field": "update_type", "operator": "is", "value": "Create"}
    rule = {"title": title, "category_id": category, "actions": list(actions), "active": active}
    workspace.zendesk("POST", "triggers", {"trigger": {**rule, "conditions": {"all": [created], "any": []}}})


def remind(workspace: Workspace) -> None:
    """An automation that a person makes."""
    conditions = [
        {"field": "status", "operator": "is", "value": "pending"},
        {"field": "PENDING", "operator": "is", "value": "24"},
    ]
    actions = [
        {"field": "notification_user", "value": ["requester_id", "Still there?", "We wait for you."]},
        {"field": "current_tags", "value": "reminded"},
    ]
    rule = {"title": "Old reminder", "conditions": {"all": conditions, "any": []}, "actions": actions}
    workspace.zendesk("POST", "automations", {"automation": rule})


def test_rules_that_meet_ours_are_named_and_so_is_who_changed_what(small: Small) -> None:
    workspace = small(f"{OWN}settings: {{organization_tags: true}}\n")
    workspace.on_enterprise()
    ana = {"name": "Ana Real", "email": "ana@acme-payments.com", "role": "admin"}
    workspace.zendesk("POST", "users", {"user": ana})
    workspace.up()
    group = str(workspace.one("groups", "Night")["id"])
    make(workspace, "Old router", {"field": "group_id", "value": group})
    make(workspace, "Old tagger", {"field": "current_tags", "value": "old"})
    make(workspace, "Old thanks", {"field": "notification_user", "value": ["requester_id", "Hi", "Thanks"]})
    make(workspace, "Asleep", {"field": "group_id", "value": group}, active=False)
    remind(workspace)
    trigger = workspace.one("triggers", "At night to Night")
    change = {"trigger": {"active": False}}
    workspace.zendesk("PUT", f"triggers/{trigger['id']}", change, user="ana@acme-payments.com")
    day = workspace.one("groups", "Day")
    workspace.zendesk("PUT", f"groups/{day['id']}", {"group": {"name": "Daylight"}})

    document = workspace.plan().document
    rules = {each["name"]: each for each in document["foreign_rules"]}
    assert "Old tagger" not in rules and "Asleep" not in rules
    assert rules["Old router"]["does"] == "sets group to Night"
    assert (rules["Old router"]["mails"], rules["Old router"]["meets"]) == ([], ["triggers/at_night"])
    assert (rules["Old thanks"]["does"], rules["Old thanks"]["mails"]) == ("mails the requester", ["customers"])
    assert (rules["Old reminder"]["kind"], rules["Old reminder"]["mails"]) == ("automations", ["customers"])
    assert rules["Old reminder"]["is_new"] and rules["Old reminder"]["page"].endswith(rules["Old reminder"]["id"])
    assert document["unmanaged"]["automations"] == len(workspace.listed("automations"))
    assert len(rules) == len(document["foreign_rules"]), "each is named once"
    assert "settings" not in document["unmanaged"]
    assert rules["Old router"]["page"].endswith(f"/triggers/{rules['Old router']['id']}")
    assert {"Old router", "Old tagger", "Asleep"} <= set(document["left_alone"]["triggers"])
    assert document["unmanaged"]["triggers"] == len(document["left_alone"]["triggers"])
    by_hand = {each["key"]: each for each in document["drift"]}
    assert by_hand["at_night"]["by"] == "Ana Real"
    assert by_hand["at_night"]["at"] >= trigger["updated_at"]
    assert "by" not in by_hand["day"], "groups are not in the vendor's log"
    assert document["by_unknown"] == {}
    assert [(each["key"], each["why"]) for each in document["not_sent_parts"]] == [
        ("gold", "its hourly warnings do not tell the person `ana`, not there yet"),
    ]

    text = workspace.golive("plan", "--links").out
    assert "changed At night to Night: switched off  by Ana Real, " in text
    assert "  Old router  sets group to Night  (which your “At night to Night” sets or asks for, too)\n" in text
    assert text.index("    new, made ") < text.index("Old router")
    assert f"      {rules['Old router']['page']}\n" in text
    assert "Old tagger" not in text
    assert "not sent in part 1" in text
    drift = workspace.golive("drift").out
    assert drift.count("by Ana Real") == 1
    assert "Keep what is there now:  golive pull\nPut ours back:  golive up\n" in drift
    new = [line for line in drift.splitlines() if line.startswith("    new, made ")]
    assert [line.split("  ")[3] for line in new][:2] == ["Old thanks", "Old reminder"], (
        "who mails customers comes first"
    )
    assert "      take it over:  golive adopt automations/old_reminder\n" in drift
    assert "      take it over:  golive adopt triggers/old_thanks\n" in drift
    issue = workspace.golive("drift", "--format", "markdown").out
    assert "**Made since our last run, at work, and not in these files:**" in issue
    assert "sets group to Night (which your “At night to Night” sets or asks for, too)\n  take it over: golive" in issue
    every = workspace.golive("plan", "--all").out
    assert "Old tagger" in every
    parts = every[every.index("Not sent in part; the rest is\n") :].splitlines()
    assert parts[1].startswith("  SLA policy Gold: its hourly warnings do not tell the person Ana Real, not there yet")

    workspace.sandbox.settings("zendesk", plan="professional")
    quiet = workspace.golive("plan")
    assert "By whom: Zendesk tells who it was only in Enterprise plans, and only admins.\n" in quiet.out

    make(workspace, "Thanks again", {"field": "notification_user", "value": ["requester_id", "Hi", "Thanks"]})
    second = now()
    wait_for(lambda: now() > second, "another second: what was made in that of a run may have stood in no plan")
    workspace.up()
    settled = workspace.golive("drift", "--exit-code")
    assert (settled.code, "new, made" in settled.out, "Thanks again" in settled.out) == (0, False, True)
    make(workspace, "One more", {"field": "notification_user", "value": ["requester_id", "Hi", "Thanks"]})
    made = workspace.golive("drift", "--exit-code", "--json")
    rules = made.checked("drift")["foreign_rules"]
    assert (made.code, [each["name"] for each in rules if each["is_new"]]) == (7, ["One more"])
    workspace.edit("night: {name: Night}, ", "")
    workspace.edit("to: night", "to: day")
    [line] = [line for line in workspace.plan().document["cautions"] if "Night" in line]
    assert line == (
        "The group “Night” is to be deleted, and 2 rules that are not in these files still name it in Zendesk: "
        "“Old router”, “Asleep”. Change them first."
    )


def test_automations_that_cannot_be_read_are_said(small: Small) -> None:
    workspace = small("groups: {night: {name: Night}}\n")
    workspace.up()
    workspace.sandbox.fault(kind="forbidden", system="zendesk", path="automations")
    ran = workspace.plan()
    [line] = [line for line in ran.document["cautions"] if "automations" in line]
    assert line.startswith("The automations could not be read, so that none of them is named here: ")
    drift = workspace.golive("drift", "--exit-code", "--json")
    assert (drift.code, [each["what"] for each in drift.checked("drift")["not_read"]]) == (1, ["automations"])


def test_promises_that_match_no_ticket_are_said_until_that_is_settled(small: Small) -> None:
    workspace = small(OWN)
    workspace.zendesk("PUT", "account/settings", {"settings": {"user": {"tagging": False}}})
    workspace.up()
    settled = workspace.plan().document
    assert settled["changes"] == []
    assert [each["rule"] for each in settled["findings"]] == ["ZD130"]
    assert "“Tags on users and organizations” are off" in settled["findings"][0]["message"]
    assert "Nothing to do." in workspace.golive("plan").out
    workspace.zendesk("PUT", "account/settings", {"settings": {"user": {"tagging": True}}})
    assert workspace.plan().document["findings"] == []


TWO = "trigger_categories: {route: {name: Route}}\ntriggers:\n"
FIRST = "  first: {name: First, category: route, when: [{event: created}], then: [{add_tags: [a]}]}\n"
LAST = "  last: {name: Last, category: route, when: [{event: created}], then: [{add_tags: [b]}]}\n"


def promise(key: str) -> str:
    """An SLA policy that asks for its own tag."""
    targets = "{first_reply: {urgent: 1h, high: 1h, normal: 1h, low: 1h}}"
    asked = f"{{field: tags, has: {key}}}"
    return f"  {key}: {{name: {key.title()}, when: [{asked}], targets: {targets}, hours: calendar}}\n"


def test_what_is_not_ours_keeps_its_place(set_up: Small) -> None:
    promises = "sla_policies:\n" + promise("gold")
    workspace = set_up(TWO + FIRST + LAST + promises + promise("area") + promise("rest"))

    def in_order(many: str, path: str | None = None) -> list[str]:
        found = sorted(workspace.listed(many, path), key=lambda each: each["position"])
        return [
            each["title"]
            for each in found
            if each["title"] in ("First", "Theirs", "Last", "Gold", "Area", "New", "Rest")
        ]

    category = workspace.one("trigger_categories", "Route")["id"]
    make(workspace, "Theirs", {"field": "priority", "value": "urgent"})
    ids = [workspace.one("triggers", title)["id"] for title in ("First", "Theirs", "Last")]
    places = [{"id": each, "category_id": category, "position": place} for place, each in enumerate(ids, start=1)]
    moved = {"action": "patch", "items": {"triggers": places}}
    workspace.zendesk("POST", "trigger_categories/jobs", {"job": moved})
    assert in_order("triggers") == ["First", "Theirs", "Last"]
    assert workspace.golive("release", "sla_policies/area", "--yes").code == 0
    workspace.config(TWO + LAST + FIRST + promises + promise("new") + promise("rest"))
    workspace.up()
    assert in_order("triggers") == ["Last", "Theirs", "First"]
    assert in_order("sla_policies", "slas/policies") == ["Gold", "Area", "New", "Rest"]
    workspace.is_settled()
    assert workspace.golive("undo", "--yes").code == 0
    assert in_order("triggers") == ["First", "Theirs", "Last"]
    assert in_order("sla_policies", "slas/policies") == ["Gold", "Area", "Rest"]


def test_first_promises_behind_those_of_others_are_said(set_up: Small) -> None:
    workspace = set_up("groups: {night: {name: Night}}\n")
    target = {"priority": "urgent", "metric": "first_reply_time", "target": 60, "business_hours": False}
    policy = {"title": "Theirs", "filter": {"all": [], "any": []}, "policy_metrics": [target]}
    workspace.zendesk("POST", "slas/policies", {"sla_policy": policy})
    workspace.config("sla_policies:\n" + promise("gold"))
    said = [each for each in workspace.plan().document["cautions"] if "SLA polic" in each]
    assert said[0].startswith("Your SLA policies come behind those that are not in these files: “Theirs”. The first")
    workspace.config("order: {sla_policies: [gold, '...']}\nsla_policies:\n" + promise("gold"))
    assert [each for each in workspace.plan().document["cautions"] if "SLA polic" in each] == []


def test_a_first_plan_says_what_it_did_not_look_through(small: Callable[[str], Workspace]) -> None:
    workspace = small("macros: {ours: {name: Ours, then: [{add_tags: [ours]}]}}\n")
    shown = workspace.golive("plan").out
    assert "  Not looked through, because the files have none of them: triggers, views, SLA policies and " in shown, (
        shown
    )
    assert "Into the files:  golive adopt --all  or one kind:  golive adopt triggers\n" in shown
    assert "\n1 to make.\n" in shown
    workspace.up()
    settled = workspace.golive("plan").out
    assert "Not looked through" not in settled and "To carry it out" not in settled
    told = workspace.golive("plan", "--all").out
    assert "Not looked through" in told and "dynamic content" in told
    assert workspace.golive("adopt", "triggers", "--dry-run").code == 0
