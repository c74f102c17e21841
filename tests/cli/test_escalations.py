"""A ticket becomes an issue of the engineers' tracker with one action: a whole round for Jira, and one for Linear."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from provisioners.system import systems
from tests.cli.gated import Gated, bare_checklist
from tests.cli.workspace import Workspace
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


def test_jira_from_nothing_to_an_issue_and_away_again(small: Small) -> None:
    workspace = with_tracker(small, "jira", OWN.replace("URGENT", "Highest"))
    first = workspace.plan().document
    assert {(each["kind"], each["key"]) for each in first["changes"]} >= {
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
