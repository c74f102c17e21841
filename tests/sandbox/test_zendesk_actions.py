"""Each action of a trigger: what it does to the ticket, what it sends, and what the audit says of it."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.zendesk.rule_effects import LEFT_OUT, unknown_to_effects
from sandbox.zendesk.rule_vocabulary import ACTIONS, TRIGGERS
from tests.sandbox.ticket_world import World

ALWAYS = [{"field": "status", "operator": "less_than", "value": "closed"}]
CREATED = [{"field": "update_type", "operator": "is", "value": "Create"}]

# field, value, how the ticket is made, what it is after it
SET: list[tuple[str, Any, dict[str, Any], dict[str, Any]]] = [
    ("status", "pending", {}, {"status": "pending"}),
    ("status", "solved", {}, {"status": "solved", "assignee_id": None}),
    ("priority", "urgent", {"priority": "low"}, {"priority": "urgent"}),
    ("type", "incident", {}, {"type": "incident"}),
    ("group_id", "<billing>", {}, {"group_id": "<billing>"}),
    ("group_id", "", {"group_id": "<billing>"}, {"group_id": None}),
    ("group_id", "<billing>", {"assignee_id": "<ann>"}, {"group_id": "<billing>", "assignee_id": None}),
    ("assignee_id", "<bob>", {}, {"assignee_id": "<bob>", "group_id": "<billing>", "status": "open"}),
    ("assignee_id", "<bob>", {"group_id": "<support>"}, {"assignee_id": "<bob>", "group_id": "<support>"}),
    ("assignee_id", "current_user", {}, {"assignee_id": "<account>", "status": "open"}),
    ("assignee_id", "requester_id", {"requester_id": "<ann>"}, {"assignee_id": "<ann>"}),
    ("assignee_id", "requester_id", {}, {"assignee_id": None}),  # a customer is nobody's assignee
    ("assignee_id", "", {"assignee_id": "<ann>"}, {"assignee_id": None, "status": "open"}),
    ("brand_id", "<acme>", {}, {"brand_id": "<acme>"}),
    ("ticket_form_id", "<default>", {}, {"ticket_form_id": "<default>"}),
    ("set_tags", "one two", {"tags": ["old"]}, {"tags": ["one", "two"]}),
    ("current_tags", "one two", {"tags": ["old"]}, {"tags": ["old", "one", "two"]}),
    ("remove_tags", "old gone", {"tags": ["kept", "old"]}, {"tags": ["kept"]}),
    ("subject", "{{ticket.id}}: {{ticket.title}}", {}, {"subject": "1: Help"}),
    ("cc", "<ann>", {}, {"email_cc_ids": ["<ann>"]}),
    ("follower", "current_user", {}, {"follower_ids": ["<account>"]}),
    ("satisfaction_score", "offered", {}, {"satisfaction_rating": {"score": "offered"}}),
]


@pytest.mark.parametrize(("field", "value", "sent", "after"), SET)
def test_what_an_action_does_to_the_ticket(field: str, value: Any, sent: dict[str, Any], after: dict[str, Any]) -> None:
    world = World()
    trigger = world.trigger("T", ALWAYS, [{"field": field, "value": value}])
    made = world.ticket(**sent)
    assert {name: made[name] for name in after} == world.named(after)
    events = [event for event in world.audits(made)[0]["events"] if event["type"] == "Change"]
    assert all(event["via"]["source"]["from"]["id"] == trigger["id"] for event in events)


@pytest.mark.parametrize(
    ("name", "value", "kept", "tags"),
    [
        ("area", "area_pay", "area_pay", ["area_pay"]),
        ("kinds", "kind_1 kind_2", ["kind_1", "kind_2"], ["kind_1", "kind_2"]),
        ("loss", "true", True, ["loss"]),
        ("order", "{{ticket.id}}", "1", []),
        ("day", "2026-09-30", "2026-09-30", []),
        ("amount", "12", 12, []),
        ("area", "", None, []),
    ],
)
def test_what_an_action_puts_into_a_field(name: str, value: Any, kept: Any, tags: list[str]) -> None:
    world = World()
    world.trigger("T", ALWAYS, [{"field": f"custom_fields_<{name}>", "value": value}])
    made = world.ticket()
    assert next(one["value"] for one in made["custom_fields"] if one["id"] == world.ids[f"<{name}>"]) == kept
    assert made["tags"] == tags


def test_fields_of_customers_and_their_language_can_be_set() -> None:
    world = World()
    actions = [
        {"field": "requester.custom_fields.plan", "value": "plan_gold"},
        {"field": "organization.custom_fields.segment", "value": "Small"},
        {"field": "locale_id", "value": "8"},
    ]
    world.trigger("T", ALWAYS, actions)
    world.ticket()
    cleo = world.zendesk.get(f"users/{world.ids['<cleo>']}").json()["user"]
    client = world.zendesk.get(f"organizations/{world.ids['<client>']}").json()["organization"]
    assert (cleo["locale_id"], client["organization_fields"]["segment"]) == (8, "Small")


def test_a_schedule_set_by_a_rule_is_the_one_that_is_asked_for() -> None:
    world = World()
    night = world.zendesk.make("business_hours/schedules", "schedule", name="Night", time_zone="London")
    intervals = [{"start_time": 0, "end_time": 60}]
    world.zendesk.put(f"business_hours/schedules/{night['id']}/workweek", {"workweek": {"intervals": intervals}})
    world.ids["<night>"] = night["id"]
    world.trigger("A", ALWAYS, [{"field": "set_schedule", "value": "<night>"}])
    closed = [{"field": "in_business_hours", "operator": "is", "value": "false"}]
    world.trigger("B", closed, [{"field": "current_tags", "value": "asleep"}])
    assert world.ticket()["tags"] == ["asleep"]


def test_a_comment_of_a_rule() -> None:
    world = World()
    actions = [
        {"field": "comment_value", "value": ["channel:all", "Hello {{ticket.requester.first_name}}"]},
        {"field": "comment_mode_is_public", "value": "false"},
    ]
    trigger = world.trigger("T", CREATED, actions)
    made = world.ticket()
    first, second = world.comments(made)
    assert (first["body"], second["body"], second["public"]) == ("It is broken", "Hello Cleo", False)
    assert second["via"]["source"]["from"]["title"] == trigger["title"]
    assert [one["id"] for one in world.audits(made)[0]["events"] if one["type"] == "Comment"] == [
        first["id"],
        second["id"],
    ]


# Notifications


def text(field: str, to: str) -> list[dict[str, Any]]:
    return [{"field": field, "value": [to, "About {{ticket.title}}", "Ticket {{ticket.id}} {{nobody.knows}}."]}]


@pytest.mark.parametrize(
    ("field", "to", "sent", "readers"),
    [
        ("notification_user", "requester_id", {}, ["cleo@client.org"]),
        (
            "notification_user",
            "requester_and_ccs",
            {"email_ccs": [{"user_email": "ann@acme.com"}]},
            ["cleo@client.org", "ann@acme.com"],
        ),
        ("notification_user", "assignee_id", {"assignee_id": "<bob>"}, ["bob@acme.com"]),
        ("notification_user", "assignee_id", {}, []),
        ("notification_user", "current_user", {}, ["owner@example.com"]),
        ("notification_user", "<ann>", {}, ["ann@acme.com"]),
        ("notification_user", "all_agents", {}, ["owner@example.com", "ann@acme.com", "bob@acme.com"]),
        ("notification_group", "<billing>", {}, ["bob@acme.com"]),
        ("notification_group", "group_id", {"group_id": "<billing>"}, ["bob@acme.com"]),
        ("notification_group", "group_id", {}, []),
    ],
)
def test_mails_go_to_whom_a_rule_names(field: str, to: str, sent: dict[str, Any], readers: list[str]) -> None:
    world = World()
    trigger = world.trigger("T", CREATED, text(field, to))
    made = world.ticket(**sent)
    mails = world.mails(f"?ticket_id={made['id']}")
    assert [mail["to"] for mail in mails] == readers
    told = [event for event in world.audits(made)[0]["events"] if event["type"].startswith("Notification")]
    assert len(told) == bool(readers)
    for mail in mails:
        assert (mail["subject"], mail["rule_id"], mail["kind"]) == ("About Help", trigger["id"], "notification")
        assert mail["body"].startswith("Ticket 1 .\n\n[")
    if readers:
        assert (told[0]["subject"], told[0]["body"]) == ("About Help", "Ticket 1 .")
        assert len(told[0]["recipients"]) == len(readers)
        source = told[0]["via"]["source"]
        assert (source["from"]["title"], source["rel"]) == ("T", "trigger")


def test_mails_come_from_where_the_ticket_was_received() -> None:
    world = World()
    world.trigger("T", CREATED, text("notification_user", "requester_id"))
    world.ticket(recipient="help@acme.com")
    world.ticket(recipient="elsewhere@acme.com")
    assert [mail["from"] for mail in world.mails()] == ["help@acme.com", "support@acme.zendesk.com"]
    assert [mail["from_name"] for mail in world.mails("?to=CLEO@client.org")] == ["Acme Help", "Acme"]


def test_who_is_suspended_or_gone_gets_no_mail() -> None:
    world = World()
    world.trigger("T", CREATED, text("notification_user", "all_agents"))
    world.zendesk.put(f"users/{world.ids['<ann>']}", {"user": {"suspended": True}})
    world.zendesk.delete(f"users/{world.ids['<bob>']}")
    world.ticket()
    assert [mail["to"] for mail in world.mails()] == ["owner@example.com"]


def test_webhooks_are_kept_and_never_called() -> None:
    world = World()
    body = '{"id": "{{ticket.id}}", "said": "{{ticket.latest_comment.value | upcase}}"}'
    trigger = world.trigger("T", CREATED, [{"field": "notification_webhook", "value": ["<pager>", body]}])
    made = world.ticket()
    calls = world.zendesk.admin.get(f"/sandbox/webhook_calls?webhook_id={world.ids['<pager>']}").json()
    [call] = calls["webhook_calls"]
    assert call["body"] == '{"id": "1", "said": "IT IS BROKEN"}'
    assert (call["endpoint"], call["rule_id"], call["ticket_id"]) == ("https://pager.example/", trigger["id"], 1)
    [told] = [event for event in world.audits(made)[0]["events"] if event["type"] == "External"]
    assert (told["resource"], told["body"]) == (world.ids["<pager>"], call["body"])
    world.zendesk.admin.delete("/sandbox/webhook_calls")
    world.zendesk.patch(f"webhooks/{world.ids['<pager>']}", {"webhook": {"status": "inactive"}})
    world.ticket()
    assert world.zendesk.admin.get("/sandbox/webhook_calls").json()["webhook_calls"] == []


def test_every_action_that_a_trigger_may_have_is_carried_out_or_known_to_be_left_out() -> None:
    names = {name for name, field in ACTIONS.items() if TRIGGERS & field.rules}
    assert {name for name in names if unknown_to_effects(name)} == set()
    assert names >= LEFT_OUT
    assert unknown_to_effects("make_coffee")
