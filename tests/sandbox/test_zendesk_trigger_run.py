"""The run of triggers over an update: order, once each, what is written down, and when none run."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.sandbox.client import Zendesk
from tests.sandbox.ticket_world import World

ANY_STATUS = [{"field": "status", "operator": "less_than", "value": "closed"}]
CREATED = [{"field": "update_type", "operator": "is", "value": "Create"}]


def tagged(tag: str) -> dict[str, Any]:
    return {"field": "current_tags", "operator": "includes", "value": tag}


def untagged(tag: str) -> dict[str, Any]:
    return {"field": "current_tags", "operator": "not_includes", "value": tag}


def tag(*tags: str) -> list[dict[str, Any]]:
    return [{"field": "current_tags", "value": " ".join(tags)}]


def test_categories_come_before_positions_and_later_triggers_see_what_earlier_ones_did() -> None:
    world = World()
    second = world.zendesk.make("trigger_categories", "trigger_category", name="Later")
    first = world.zendesk.make("trigger_categories", "trigger_category", name="Sooner", position=1)
    world.trigger("last", [tagged("b")], tag("c"), category_id=second["id"], position=1)
    world.trigger("b", [tagged("a")], tag("b"), category_id=first["id"], position=2)
    world.trigger("a", [untagged("a")], tag("a"), category_id=first["id"], position=1)
    assert world.ticket()["tags"] == ["a", "b", "c"]


@pytest.mark.parametrize(("mode", "tags"), [("once", ["a"]), ("restart", ["a", "b"]), ("off", [])])
def test_whether_a_change_begins_the_run_again_is_a_setting(mode: str, tags: list[str]) -> None:
    world = World(trigger_run=mode)
    world.trigger("b", [tagged("a")], tag("b"), position=1)
    world.trigger("a", CREATED, tag("a"), position=2)
    assert world.ticket()["tags"] == tags
    world.zendesk.admin.post("/sandbox/settings", {"zendesk": {"trigger_run": "restart"}})
    assert world.ticket()["tags"] == ["a", "b"]


def test_a_trigger_fires_once_for_an_update() -> None:
    world = World(trigger_run="restart")
    switch = [{"field": "priority", "operator": "is", "value": "high"}]
    back = [{"field": "priority", "operator": "is", "value": "low"}]
    world.trigger("down", switch, [{"field": "priority", "value": "low"}])
    world.trigger("up", back, [{"field": "priority", "value": "high"}])
    made = world.ticket(priority="high")
    assert made["priority"] == "high"
    assert world.change(made, subject="Again")["priority"] == "high"


def test_only_what_is_another_value_in_the_end_is_written_down() -> None:
    world = World()
    world.trigger("up", ANY_STATUS, [{"field": "priority", "value": "urgent"}, {"field": "type", "value": "task"}])
    world.trigger("down", ANY_STATUS, [{"field": "priority", "value": "low"}])
    made = world.ticket(priority="low", type="task")
    assert [event["type"] for event in world.audits(made)[0]["events"]].count("Change") == 0
    other = world.ticket(priority="high")
    changes = [event for event in world.audits(other)[0]["events"] if event["type"] == "Change"]
    assert [(event["field_name"], event["value"], event["previous_value"]) for event in changes] == [
        ("priority", "urgent", "high"),
        ("type", "task", None),
        ("priority", "low", "urgent"),
    ]
    assert [event["via"]["source"]["from"]["title"] for event in changes] == ["up", "up", "down"]


def test_triggers_fire_while_a_ticket_closes_and_never_after() -> None:
    world = World()
    made = world.ticket()
    world.trigger("T", [{"field": "status", "operator": "value", "value": "closed"}], tag("closing"))
    assert world.change(made, status="closed")["tags"] == ["closing"]
    assert world.zendesk.put(f"tickets/{made['id']}", {"ticket": {"tags": ["x"]}}).status_code == 422
    assert world.show(made)["tags"] == ["closing"]


def test_triggers_that_are_switched_off_or_deleted_do_nothing() -> None:
    world = World()
    off = world.trigger("off", ANY_STATUS, tag("off"), active=False)
    gone = world.trigger("gone", ANY_STATUS, tag("gone"))
    world.zendesk.delete(f"triggers/{gone['id']}")
    assert world.ticket()["tags"] == []
    world.zendesk.put(f"triggers/{off['id']}", {"trigger": {"active": True}})
    assert world.ticket()["tags"] == ["off"]


def test_no_trigger_runs_while_the_account_is_put_into_its_start_state() -> None:
    trigger = {"title": "T", "conditions": {"all": CREATED}, "actions": tag("fired")}
    zendesk = Zendesk({"triggers": [trigger], "tickets": [{"comment": {"body": "x"}, "tags": ["seeded"]}]})
    [ticket] = zendesk.get("tickets").json()["tickets"]
    assert ticket["tags"] == ["seeded"]
    assert zendesk.admin.get("/sandbox/mail").json()["mail"] == []
    assert zendesk.put("tickets/1", {"ticket": {"subject": "x"}}).json()["ticket"]["tags"] == ["seeded"]
    assert zendesk.make("tickets", "ticket", comment={"body": "y"})["tags"] == ["fired"]


def test_every_ticket_of_a_bulk_call_has_its_own_run() -> None:
    world = World()
    world.trigger("T", [{"field": "priority", "operator": "is", "value": "high"}], tag("hot"))
    tickets = [{"comment": {"body": "x"}, "priority": priority} for priority in ("high", "low")]
    world.zendesk.post("tickets/create_many", {"tickets": tickets})
    assert [row["tags"] for row in world.zendesk.get("tickets").json()["tickets"]] == [["hot"], []]


def test_a_plan_of_the_vendors_own_triggers() -> None:
    """What a new account does with a customer's mail, an answer, and what the customer says to it."""
    zendesk = Zendesk({"subdomain": "acme"})
    raw = b"From: Cleo <cleo@client.org>\r\nTo: support@acme.zendesk.com\r\nSubject: Down\r\n\r\nIt is down."
    zendesk.admin.call("POST", "/sandbox/mail", raw=raw)

    def sent() -> list[tuple[str, str]]:
        found = zendesk.admin.get("/sandbox/mail").json()["mail"]
        zendesk.admin.delete("/sandbox/mail")
        return [(mail["to"], mail["rule_title"]) for mail in found]

    assert sent() == [
        ("cleo@client.org", "Notify requester and CCs of received request"),
        ("owner@example.com", "Notify group of assignment"),
        ("owner@example.com", "Notify all agents of received request"),
    ]
    zendesk.put("tickets/1", {"ticket": {"status": "solved", "comment": {"body": "Done"}}})
    assert sent() == [("cleo@client.org", "Notify requester and CCs of comment update")]
    zendesk.put("tickets/1", {"ticket": {"comment": {"body": "A note", "public": False}}})
    assert sent() == []
    owner = zendesk.get("users/me").json()["user"]["id"]
    cleo = zendesk.get("tickets/1").json()["ticket"]["requester_id"]
    ticket = zendesk.put("tickets/1", {"ticket": {"comment": {"body": "No", "author_id": cleo}}}).json()["ticket"]
    assert (ticket["status"], ticket["assignee_id"]) == ("open", owner)
    assert sent() == [
        ("cleo@client.org", "Notify requester and CCs of comment update"),
        ("owner@example.com", "Notify assignee of reopened ticket"),
    ]


def test_a_thousand_tickets_and_fifty_triggers_are_a_matter_of_seconds() -> None:
    """A tenth of them: a thousand take under three seconds on a slow machine, half of it the calls themselves."""
    condition = {"field": "subject_includes_word", "operator": "includes"}
    triggers = [
        {
            "title": f"T{number}",
            "conditions": {"all": [*ANY_STATUS, {**condition, "value": f"word{number} other"}]},
            "actions": tag(f"t{number}"),
        }
        for number in range(50)
    ]
    zendesk = Zendesk({"triggers": triggers})
    start = time.process_time()
    for number in range(100):
        made = zendesk.make("tickets", "ticket", subject=f"word{number % 50}", comment={"body": "x"})
        assert made["tags"] == [f"t{number % 50}"]
    assert time.process_time() - start < 1
