"""A ticket becomes an issue of the engineers' tracker with one action: a whole round for Jira, and one for Linear."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from typing import Any

import pytest

from golive.terminal.exits import Exit
from provisioners.system import systems
from tests.cli.gated import Gated, bare_checklist
from tests.cli.workspace import Workspace, free_port
from tests.provisioners.declared import connection

pytestmark = pytest.mark.engine
Small = Callable[[str], Workspace]

OWN = """
groups: {tier_2: {name: Tier 2}}
tags: {bug: {name: A bug}}
ticket_fields:
  impact: {name: Impact, type: text}
  stands: {name: How the bug stands, type: dropdown, options: {reported: Reported, fixed: Fixed}}
ticket_forms: {case: {name: Case, fields: [subject, impact, stands]}}
integrations:
  engineering:
    projects: {pay: {name: Payments, existing: PAY}}
    components: {checkout: {name: Checkout, project: pay}}
    labels: {support: {name: from-support, project: pay, color: "#0088cc"}}
    escalations:
      bug:
        name: To Engineering
        from: [tier_2]
        project: pay
        components: [checkout]
        labels: [support]
        tag: bug
        fields:
          - {issue: priority, ticket: priority, as: {urgent: URGENT, high: High, normal: Medium, low: Low}}
          - {issue: description, ticket: message}
          - {issue: customer_impact, ticket: impact}
        comes_back: {status: stands, at_first: reported}
"""
COMPONENTS = "    components: {checkout: {name: Checkout, project: pay}}\n"
ITEM = {"name": "It flows", "phase": "build", "owner": "lead", "why": "W.", "fix": "F."}
HOSTILE = 'Pay "now" \\ {{ticket.id}}\n} mutation'


def with_tracker(small: Small, tracker: str, text: str) -> Workspace:
    workspace = small(text)
    settings = workspace.settings()
    settings["systems"]["tracker"] = {"type": tracker, "url": f"{workspace.sandbox.url}/{tracker}", "token": "sandbox"}
    workspace.set(settings)
    return workspace


def escalated(workspace: Workspace, **more: Any) -> dict[str, Any]:
    """A ticket with the tag, and the one call that it leads to."""
    before = len(calls(workspace))
    ticket = {"subject": HOSTILE, "comment": {"body": HOSTILE}, "tags": ["bug"], **more}
    made = workspace.zendesk("POST", "tickets", {"ticket": ticket})["ticket"]
    change = {"ticket": {"tags": [*made["tags"], "bug", "golive-escalated-bug"], "priority": "low"}}
    workspace.zendesk("PUT", f"tickets/{made['id']}", change)
    new = calls(workspace)[before:]
    assert len(new) == 1, "one ticket is one issue, however often it is changed"
    return new[0]


def calls(workspace: Workspace) -> list[dict[str, Any]]:
    return list(workspace.sandbox.store.table("zendesk", "_webhook_calls").values())


def answered(call: dict[str, Any]) -> dict[str, Any]:
    """What the tracker has answered the helpdesk."""
    found: dict[str, Any] = json.loads(call["attempt"]["response"]["payload"])
    return found


def what_needs_a_tracker_that_is_down_waits(workspace: Workspace) -> None:
    """Everything else is made, and both plan and run name what waits."""
    settings = workspace.settings()
    address = settings["systems"]["tracker"]["url"]
    settings["systems"]["tracker"]["url"] = f"http://127.0.0.1:{free_port()}/jira"
    workspace.set(settings)
    planned = workspace.golive("plan")
    assert planned.code == 0 and "so that they wait: escalation To Engineering\n" in planned.out, planned.out
    ran = workspace.golive("up", "--yes")
    assert ran.code == Exit.PARTLY
    assert "it needs the engineering project Payments, which could not be read" in ran.out, ran.out
    assert "How the bug stands" in workspace.titles("ticket_fields")
    settings["systems"]["tracker"]["url"] = address
    workspace.set(settings)


def test_jira_from_nothing_to_an_issue_and_away_again(small: Small) -> None:
    workspace = with_tracker(small, "jira", OWN.replace("URGENT", "Highest"))
    what_needs_a_tracker_that_is_down_waits(workspace)
    first = workspace.plan().document
    assert {(each["kind"], each["key"]) for each in first["changes"]} == {
        ("engineering_components", "checkout"),
        ("escalations", "bug"),
    }
    assert [each["why"] for each in first["by_hand"] if each["kind"] == "escalations"] == [
        "install Jira's app in the helpdesk, and let Jira's automation set the field, so that “How the bug stands” "
        "says how it stands (docs/engineering.md)"
    ]
    workspace.up()
    workspace.is_settled()
    impact = workspace.one("ticket_fields", "Impact")["id"]
    call = escalated(workspace, priority="urgent", custom_fields=[{"id": impact, "value": HOSTILE}])
    assert answered(call)["key"] == "PAY-1"
    [issue] = workspace.sandbox.store.table("jira", "issues").values()
    assert (issue["priority"], issue["issuetype"], issue["labels"]) == ("Highest", "Bug", ["from-support"])
    assert issue["components"] and "{{ticket.id}}" in issue["summary"], "what a customer writes stays a text"
    assert "Customer impact: Pay" in issue["description"] and "/tickets/" in issue["description"]
    stands = workspace.one("ticket_fields", "How the bug stands")["id"]
    ticket = next(iter(workspace.listed("tickets")))
    assert {"id": stands, "value": "stands_reported"} in ticket["custom_fields"]

    checklist = bare_checklist({key: ITEM | {"probe": {"tracker_flow": {"to": key}}} for key in ("tracker", "ticket")})
    gated = Gated.of(workspace, checklist)
    assert gated.states() == {"tracker": "pass", "ticket": "fail"}
    moved = {"ticket": {"custom_fields": [{"id": stands, "value": "stands_fixed"}]}}
    workspace.zendesk("PUT", f"tickets/{ticket['id']}", moved)
    assert gated.states() == {"tracker": "pass", "ticket": "pass"}

    component = next(iter(workspace.sandbox.store.table("jira", "components").values()))
    component["name"] = "Till"
    drift = workspace.plan().document["drift"]
    assert [(each["kind"], each["diff"][0]["path"]) for each in drift] == [("engineering_components", "name")]
    workspace.edit("high: High", "high: Major")
    refused = workspace.golive("up", "--yes")
    assert refused.code != 0 and "it has Highest, High, Medium, Low, Lowest" in refused.out + refused.err
    workspace.edit("high: Major", "high: High")
    workspace.up()
    assert component["name"] == "Checkout"

    workspace.config(OWN.partition("    escalations:")[0].replace(COMPONENTS, ""))
    workspace.up()
    assert component["id"] in workspace.sandbox.store.table("jira", "components"), "issues have it, so it stays"
    assert "To Engineering" not in workspace.titles("triggers") + workspace.titles("macros")
    workspace.is_settled()


def test_linear_from_nothing_to_an_issue_and_away_again(small: Small) -> None:
    text = OWN.replace("URGENT", "Urgent").replace(
        "at_first: reported}", 'at_first: reported, calls: "https://relay.example/linear"}'
    )
    workspace = with_tracker(small, "linear", text)
    assert [each["key"] for each in workspace.plan().document["not_sent"] if each["kind"] == "engineering_components"]
    workspace.up()
    workspace.is_settled()
    store = workspace.sandbox.store
    [webhook] = store.table("linear", "webhooks").values()
    assert (webhook["url"], webhook["resourceTypes"]) == ("https://relay.example/linear", ["Issue"])
    call = escalated(workspace, priority="high")
    assert answered(call)["data"]["issueCreate"]["success"] is True
    reading = connection("linear", workspace.sandbox.url, read_only=True)
    made = systems()["linear"].account_answer(reading, "issues_made")
    assert made is not None and [(each["project"], each["labels"]) for each in made["issues"]] == [
        ("PAY", ("from-support",))
    ]
    [issue] = store.table("linear", "issues").values()
    [label] = store.table("linear", "labels").values()
    assert (issue["priority"], issue["labelIds"]) == (2, [label["id"]])
    assert "{{ticket.id}}" in issue["title"] and "mutation" in issue["description"]

    label["name"] = "theirs"
    webhook["enabled"] = False
    paths = {(each["kind"], part["path"]) for each in workspace.plan().document["drift"] for part in each["diff"]}
    assert paths == {("engineering_labels", "name"), ("escalations", "comes_back.active")}
    workspace.up()
    assert (label["name"], webhook["enabled"]) == ("from-support", True)

    workspace.config("")
    workspace.up()
    assert list(store.table("linear", "labels")) == [label["id"]], "issues carry it, so it stays"
    assert not store.table("linear", "webhooks") and not store.table("linear", "templates")
    workspace.config(text)
    clash = workspace.plan().document["collisions"]
    assert [each["key"] for each in clash if each["kind"] == "engineering_labels"] == ["support"]
    taken = workspace.golive("adopt", "engineering_labels/support", "--yes")
    assert taken.code == 0, taken.out + taken.err
    workspace.config(text)
    document = workspace.plan().document
    assert "engineering_labels" not in {each["kind"] for each in document["changes"]}


PEOPLE = """
people: {rafael: {name: Rafael Costa, email: rafael@quayside.example, role: agent, groups: [tier_2], invite: never}}
"""
EVERY_ATTRIBUTE = (
    ("{name: Checkout, project: pay}", "{name: Till, project: pay, lead: rafael}"),
    ('{name: from-support, project: pay, color: "#0088cc"}', '{name: from-help, project: pay, color: "#ff0000"}'),
    ("name: To Engineering", "name: To Developers\n        active: false\n        issue_type: Task"),
    ("from: [tier_2]", "from: [tier_2, tier_3]"),
    ("groups: {tier_2: {name: Tier 2}}", "groups: {tier_2: {name: Tier 2}, tier_3: {name: Tier 3}}"),
    ("components: [checkout]", "components: []"),
    ("labels: [support]", "labels: []"),
    ("tag: bug\n", "tag: fault\n"),
    ("low: Low}", "low: Medium}"),
    ("ticket: message", "ticket: impact"),
    ("{issue: customer_impact, ticket: impact}", "{issue: customer_impact, ticket: stands}"),
    ("at_first: reported", "at_first: fixed"),
)
ALL_OF_IT = (
    "groups/tier_2", "groups/tier_3", "ticket_fields/impact", "ticket_fields/stands", "ticket_forms/case",
    "engineering_components/checkout", "engineering_labels/support", "escalations/fault",
)  # fmt: skip


@pytest.mark.parametrize("tracker", ["jira", "linear"])
def test_every_attribute_in_rounds_and_all_of_it_taken_over(small: Small, tracker: str) -> None:
    first = PEOPLE + OWN.replace("URGENT", "Highest" if tracker == "jira" else "Urgent")
    workspace = with_tracker(small, tracker, first)
    workspace.up()
    workspace.is_settled()

    changed = first
    for was, now in EVERY_ATTRIBUTE:
        assert was in changed, was
        changed = changed.replace(was, now)
    cleared = changed.replace(", lead: rafael", ", lead: null").replace(
        "comes_back: {", "x-allow: {GL-J01: By phone.}  # {"
    )
    for text in (changed, cleared, changed):
        workspace.config(text)
        assert set(workspace.up().results.values()) == {"done"}
        workspace.is_settled()

    renamed = changed.replace("      bug:\n", "      fault:\n        was: bug\n")
    workspace.config(renamed)
    (only,) = workspace.plan().document["changes"]
    assert (only["key"], only["action"]) == ("fault", "update"), "what is live there keeps its ids"
    workspace.up()
    workspace.is_settled()

    shutil.rmtree(workspace.root / ".pulumi-state")
    there = [each for each in ALL_OF_IT if tracker == "jira" or not each.startswith("engineering_components")]
    if tracker == "jira":
        there.remove("engineering_labels/support")  # a label is only a word there
    taken = workspace.golive("adopt", *there, "--yes")
    assert taken.code == 0, taken.out + taken.err
    assert "In Zendesk there is “Escalations (golive)”" in taken.out
    left = {(each["kind"], each["key"], part["path"]) for each in workspace.plan().document["changes"]
            for part in each["diff"]}  # fmt: skip
    assert left == {("escalations", "fault", "sandbox")}, "only the secret, which nobody can read"
    workspace.up()
    workspace.is_settled()
