"""Bodies in XML and as a form, through the command line and a ticket: what a customer writes stays a value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.cli.workspace import Workspace

pytestmark = pytest.mark.engine
Small = Callable[[str], Workspace]

OWN = """
webhooks:
  ledger: {name: Ledger, url: "https://ledger.example/", format: xml}
  paper: {name: Paper, url: "https://paper.example/", format: form}
trigger_categories: {tell: {name: Tell}}
triggers:
  told:
    name: Told
    category: tell
    when: [{event: created}]
    then:
      - call: webhooks/ledger
        body: {ticket: {title: "A&B {{ticket.title}}"}}
      - call: webhooks/paper
        body: {title: "A&B {{ticket.title}}"}
"""
TITLE = "</title><x/> & \"quoted\" 'too'"


def called(workspace: Workspace) -> dict[str, Any]:
    """What rules have called, by the webhook's name."""
    calls = workspace.sandbox.store.table("zendesk", "_webhook_calls").values()
    return {each["webhook_name"]: each["body"] for each in calls}


def test_what_a_customer_writes_stays_a_value(small: Small) -> None:
    workspace = small(OWN)
    workspace.up()
    workspace.is_settled()
    ticket = {"subject": TITLE, "comment": {"body": "x"}}
    workspace.zendesk("POST", "tickets", {"ticket": ticket})
    said = called(workspace)
    assert [each.text for each in ElementTree.fromstring(said["Ledger"])] == [f"A&B {TITLE}"]
    assert said["Paper"] == [["title", f"A&B {TITLE}"]]


def test_another_format_changes_what_rules_send_and_back(small: Small) -> None:
    workspace = small(OWN)
    workspace.up()
    workspace.edit('https://ledger.example/", format: xml', 'https://ledger.example/", format: json')
    changes = {each["key"]: each for each in workspace.plan().document["changes"]}
    assert changes.keys() == {"ledger", "told"}
    workspace.up()
    workspace.is_settled()
    (live,) = [each for each in workspace.zendesk("GET", "triggers")["triggers"] if each["title"] == "Told"]
    assert live["actions"][0]["value"][1].startswith('{"ticket"')


def test_what_others_have_made_is_taken_over_as_it_is(small: Small) -> None:
    workspace = small("trigger_categories: {tell: {name: Tell}}\n")
    workspace.up()
    category = workspace.one("trigger_categories", "Tell")["id"]

    def hook(name: str, **more: str) -> str:
        usual = {"endpoint": "https://x.example/", "status": "active", "subscriptions": ["conditional_ticket_events"]}
        made = workspace.zendesk("POST", "webhooks", {"webhook": {"name": name, **usual, **more}})
        return str(made["webhook"]["id"])

    xml = hook("Xml", http_method="POST", request_format="xml")
    form = hook("Form", http_method="POST", request_format="form_encoded")
    get = hook("Get", http_method="GET", request_format="json")
    contents = [
        (xml, "<t>\n  <a>{{ticket.title | escape}}</a>\n</t>"),
        (xml, "<t when='{{ticket.id}}'/>"),
        (form, [["a", "{{ticket.title}}"], ["b", "2"]]),
        (get, "a body that is never sent"),
        (get, '{"a": 1}'),
        (xml, [["a", "1"]]),
    ]
    actions = [{"field": "notification_webhook", "value": list(each)} for each in contents]
    rule = {
        "title": "By hand", "category_id": category, "active": True, "actions": actions,
        "conditions": {"all": [{"field": "update_type", "value": "Create"}], "any": []},
    }  # fmt: skip
    made = workspace.zendesk("POST", "triggers", {"trigger": rule})["trigger"]
    ran = workspace.golive("adopt", "--all", "--yes", "--json")
    assert ran.code == 0, ran.err
    text = "".join(path.read_text(encoding="utf-8") for path in (workspace.root / "config").rglob("*.yaml"))
    assert "a: '{{ticket.title}}'" in text or 'a: "{{ticket.title}}"' in text
    validated = workspace.golive("validate", "--json")
    assert [each for each in validated.document["findings"] if each["severity"] == "error"] == []
    workspace.is_settled()
    after = workspace.zendesk("GET", f"triggers/{made['id']}")["trigger"]
    assert after["actions"] == made["actions"]
