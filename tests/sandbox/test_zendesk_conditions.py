"""Each condition of a trigger, on a ticket for which it holds and on one for which it does not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox.zendesk.condition_evaluator import unknown_to_evaluator
from sandbox.zendesk.rule_vocabulary import CONDITIONS, TRIGGERS
from tests.sandbox.ticket_world import World

HIT = [{"field": "current_tags", "value": "hit"}]
AREA, KINDS, LOSS, ORDER, DAY, AMOUNT = (
    f"custom_fields_<{name}>" for name in ("area", "kinds", "loss", "order", "day", "amount")
)
AGENT = {"assignee_id": "<ann>"}
SILENT: dict[str, Any] = {"priority": "low"}


def value(field: str, given: Any) -> dict[str, Any]:
    return {"custom_fields": [{"id": field.removeprefix("custom_fields_"), "value": given}]}


def said(body: str, **more: Any) -> dict[str, Any]:
    return {"comment": {"body": body, **more}}


# field, operator, value, how the ticket is made (and then changed, where there is a second), whether it holds
CREATED: list[tuple[str, str, Any, dict[str, Any], bool]] = [
    ("status", "is", "new", {}, True),
    ("status", "is", "new", AGENT, False),
    ("status", "is_not", "new", AGENT, True),
    ("status", "less_than", "open", {}, True),
    ("status", "less_than", "open", AGENT, False),
    ("status", "greater_than", "open", {"status": "pending"}, True),
    ("status", "greater_than", "hold", {"status": "pending"}, False),
    ("priority", "is", "", {}, True),
    ("priority", "is", "high", {"priority": "high"}, True),
    ("priority", "less_than", "normal", {"priority": "low"}, True),
    ("priority", "less_than", "low", {}, True),
    ("priority", "greater_than", "normal", {"priority": "urgent"}, True),
    ("priority", "greater_than", "normal", {}, False),
    ("type", "is", "incident", {"type": "incident"}, True),
    ("type", "is_not", "incident", {"type": "task"}, True),
    ("group_id", "is", "<support>", {"group_id": "<support>"}, True),
    ("group_id", "is", "<billing>", {"group_id": "<support>"}, False),
    ("group_id", "is", "", {}, True),
    ("group_id", "includes", ["<support>", "<billing>"], {"group_id": "<billing>"}, True),
    ("group_id", "not_includes", ["<support>", "<billing>"], {"group_id": "<billing>"}, False),
    ("assignee_id", "is", "<ann>", AGENT, True),
    ("assignee_id", "is", "current_user", {"assignee_id": "<account>"}, True),
    ("assignee_id", "is", "current_user", AGENT, False),
    ("assignee_id", "is", "requester_id", {"requester_id": "<ann>", **AGENT}, True),
    ("requester_id", "is", "<cleo>", {}, True),
    ("requester_id", "is", "current_user", {}, False),
    ("organization_id", "is", "<client>", {}, True),
    ("organization_id", "is_not", "<client>", {"requester_id": "<ann>"}, True),
    ("brand_id", "is", "<acme>", {}, True),
    ("ticket_form_id", "is", "<default>", {}, True),
    ("current_tags", "includes", "x y", {"tags": ["y"]}, True),
    ("current_tags", "includes", "x y", {"tags": ["z"]}, False),
    ("current_tags", "not_includes", "x y", {"tags": ["z"]}, True),
    ("via_id", "is", "5", {}, True),
    ("via_id", "is", "29", {"via": {"channel": "chat"}}, True),
    ("via_id", "includes", ["4", "29"], {"via": {"channel": "chat"}}, True),
    ("via_id", "is_not", "5", {}, False),
    ("current_via_id", "is", "5", {}, True),
    ("recipient", "is", "help@acme.com", {"recipient": "help@acme.com"}, True),
    ("recipient", "is", "help@acme.com", {}, False),
    ("subject_includes_word", "includes", "down late", {"subject": "Server DOWN!"}, True),
    ("subject_includes_word", "includes", "down", {"subject": "Downtown"}, False),
    ("subject_includes_word", "not_includes", "down late", {"subject": "All well"}, True),
    ("subject_includes_word", "is", "er do", {"subject": "Server down"}, True),
    ("subject_includes_word", "is", "no such", {"subject": "Server down"}, False),
    ("subject_includes_word", "is_not", "no such", {"subject": "Server down"}, True),
    ("comment_includes_word", "includes", "refund", said("I want a refund."), True),
    ("comment_includes_word", "includes", "help", said("nothing here"), True),  # the subject of a new ticket counts
    ("comment_includes_word", "includes", "refund", said("Refunded"), False),
    ("comment_includes_word", "not_includes", "refund", said("Hello"), True),
    ("comment_includes_word", "is", "a ref", said("I want a refund."), True),
    ("comment_includes_word", "is_not", "a ref", said("I want a refund."), False),
    ("comment_is_public", "is", "true", {}, True),
    ("comment_is_public", "is", "true", said("x", public=False), False),
    ("comment_is_public", "is", "false", said("x", public=False), True),
    ("comment_is_public", "is", "not_relevant", said("x", public=False), True),
    ("comment_is_public", "is", "requester_can_see_comment", said("x", public=False), False),
    ("comment_is_public", "is_not", "not_relevant", {}, False),
    ("ticket_is_public", "is", "public", {}, True),
    ("ticket_is_public", "is", "private", said("x", public=False), True),
    ("update_type", "is", "Create", {}, True),
    ("update_type", "is", "Change", {}, False),
    ("role", "is", "agent", {}, True),
    ("role", "is", "end_user", {}, False),
    ("role", "is", "end_user", said("x", author_id="<cleo>"), True),
    ("role", "is_not", "end_user", {}, True),
    ("role", "is", "requester_id", {"requester_id": "<account>"}, True),
    ("role", "is", "<account>", {}, True),
    ("requester_role", "is", "end_user", {}, True),
    ("current_user_id", "is", "<account>", {}, True),
    ("locale_id", "is", "1", {}, True),
    ("reopens", "is", "0", {}, True),
    ("replies", "less_than", "1", {}, True),
    ("agent_stations", "is", "1", AGENT, True),
    ("group_stations", "greater_than", "0", AGENT, True),
    ("in_business_hours", "is", "true", {}, True),
    ("in_business_hours", "is", "false", {}, False),
    ("within_schedule", "is", "<office>", {}, True),
    ("within_schedule", "is_not", "<office>", {}, False),
    ("schedule_id", "is", "<office>", {}, True),
    ("on_a_holiday", "is", "true", {}, False),
    ("on_a_holiday", "is", "false", {}, True),
    ("attachment", "is", "present", {}, False),
    ("attachment", "is_not", "present", {}, True),
    ("cc", "present", "", {"email_ccs": [{"user_id": "<ann>"}]}, True),
    ("cc", "present", "", {}, False),
    ("cc", "not_present", "", {}, True),
    ("cc", "is", "<ann>", {"email_ccs": [{"user_email": "ann@acme.com"}]}, True),
    ("number_of_incidents", "is", "0", {}, True),
    ("satisfaction_score", "is", "good", {}, False),
    ("custom_status_id", "changed", "", {}, True),
    (AREA, "is", "area_pay", value(AREA, "area_pay"), True),
    (AREA, "is", "area_pay", value(AREA, "area_login"), False),
    (AREA, "is", "area_pay", {"tags": ["area_pay"]}, True),
    (AREA, "is_not", "area_pay", {}, True),
    (AREA, "present", "", value(AREA, "area_pay"), True),
    (AREA, "not_present", "", {}, True),
    (AREA, "changed", "", value(AREA, "area_pay"), True),
    (AREA, "changed", "", {}, False),
    (KINDS, "includes", "kind_2 kind_3", value(KINDS, ["kind_1", "kind_2"]), True),
    (KINDS, "not_includes", "kind_2", value(KINDS, ["kind_1"]), True),
    (LOSS, "is", "true", value(LOSS, True), True),
    (LOSS, "is", "true", {}, False),
    (LOSS, "is", "false", {}, True),
    (ORDER, "present", "", value(ORDER, "A-1"), True),
    (ORDER, "not_present", "", value(ORDER, "A-1"), False),
    (DAY, "is", "2026-09-20", value(DAY, "2026-09-20"), True),
    (DAY, "is_not", "2026-09-20", value(DAY, "2026-09-20"), False),
    (DAY, "less_than", "2026-09-21", value(DAY, "2026-09-20"), True),
    (DAY, "less_than_equal", "2026-09-20", value(DAY, "2026-09-20"), True),
    (DAY, "greater_than", "2026-09-20", value(DAY, "2026-09-20"), False),
    (DAY, "greater_than_equal", "2026-09-20", value(DAY, "2026-09-20"), True),
    (DAY, "greater_than_equal", "2026-09-20", {}, False),
    (DAY, "within_previous_n_days", "2", value(DAY, "2026-09-19"), True),
    (DAY, "within_previous_n_days", "2", value(DAY, "2026-09-22"), False),
    (DAY, "within_next_n_days", "2", value(DAY, "2026-09-23"), True),
    (DAY, "within_next_n_days", "2", value(DAY, "2026-09-24"), False),
    (AMOUNT, "present", "", value(AMOUNT, 5), True),
    ("organization.custom_fields.segment", "is", "large enterprise", {}, True),
    ("organization.custom_fields.segment", "includes", "small large", {}, True),
    ("organization.custom_fields.segment", "not_includes", "larg", {}, True),
    ("organization.custom_fields.segment", "includes_words", "enterprise", {}, True),
    ("organization.custom_fields.segment", "not_includes_words", "enterprise", {}, False),
    ("organization.custom_fields.segment", "includes_string", "ge ent", {}, True),
    ("organization.custom_fields.segment", "not_includes_string", "ge ent", {}, False),
    ("organization.custom_fields.segment", "present", "", {"requester_id": "<ann>"}, False),
    ("organization.custom_fields.size", "greater_than", "9", {}, True),
    ("organization.custom_fields.size", "less_than", "9", {}, False),
    ("requester.custom_fields.plan", "is", "plan_gold", {}, True),
    ("requester.custom_fields.plan", "not_present", "", {"requester_id": "<ann>"}, True),
]


def fires(world: World, condition: dict[str, Any], part: str = "all") -> None:
    world.trigger("T", {part: [condition]}, HIT)


@pytest.mark.parametrize(("field", "operator", "wanted", "sent", "holds"), CREATED)
def test_a_condition_while_a_ticket_is_made(
    field: str, operator: str, wanted: Any, sent: dict[str, Any], holds: bool
) -> None:
    world = World()
    fires(world, {"field": field, "operator": operator, "value": wanted})
    assert ("hit" in world.ticket(**sent)["tags"]) is holds


# field, operator, value, how the ticket is before, what changes it, whether it holds then
CHANGED: list[tuple[str, str, Any, dict[str, Any], dict[str, Any], bool]] = [
    ("priority", "changed", "", {}, {"priority": "high"}, True),
    ("priority", "changed", "", {"priority": "high"}, {"priority": "high"}, False),
    ("priority", "not_changed", "", {}, {"type": "task"}, True),
    ("priority", "value", "high", {}, {"priority": "high"}, True),
    ("priority", "value", "high", {"priority": "high"}, {"type": "task"}, False),
    ("priority", "not_value", "high", {"priority": "high"}, {"type": "task"}, True),
    ("priority", "value_previous", "low", {"priority": "low"}, {"priority": "high"}, True),
    ("priority", "value_previous", "low", {"priority": "low"}, {"type": "task"}, False),
    ("priority", "not_value_previous", "low", {"priority": "low"}, {"priority": "high"}, False),
    ("assignee_id", "changed", "", {}, AGENT, True),
    ("assignee_id", "value", "<ann>", {}, AGENT, True),
    ("assignee_id", "value_previous", "", {}, AGENT, True),
    ("assignee_id", "value", "current_user", {}, {"assignee_id": "<account>"}, True),
    ("group_id", "value_previous", "<billing>", {"group_id": "<billing>"}, {"group_id": "<support>"}, True),
    ("status", "value_previous", "solved", {"status": "solved"}, {"status": "open"}, True),
    ("status", "changed", "", {}, AGENT, True),  # the ticket opens by itself
    (AREA, "value", "area_login", value(AREA, "area_pay"), value(AREA, "area_login"), True),
    (AREA, "value_previous", "area_pay", value(AREA, "area_pay"), {"tags": []}, True),
    ("requester_id", "changed", "", {}, {"requester_id": "<ann>"}, True),
    ("organization.custom_fields.segment", "changed", "", {}, {"requester_id": "<ann>"}, True),
    ("update_type", "is", "Change", {}, SILENT, True),
    ("comment_is_public", "is", "not_relevant", {}, SILENT, False),
    ("comment_is_public", "is_not", "not_relevant", {}, SILENT, True),
    ("comment_includes_word", "includes", "help", {}, SILENT, False),
    ("comment_includes_word", "includes", "help", {}, said("no word of it"), False),
    ("comment_includes_word", "not_includes", "refund", {}, SILENT, True),
    ("replies", "is", "1", {}, said("An answer"), True),
    ("replies", "is", "1", {}, said("A note", public=False), False),
    ("reopens", "is", "1", {"status": "solved"}, {"status": "open"}, True),
    ("role", "is", "end_user", {}, said("Still broken", author_id="<cleo>"), True),
    ("status", "value", "open", {"status": "solved"}, said("Still broken", author_id="<cleo>"), True),
    ("agent_stations", "is", "2", AGENT, {"assignee_id": "<bob>"}, True),
]


@pytest.mark.parametrize(("field", "operator", "wanted", "sent", "then", "holds"), CHANGED)
def test_a_condition_while_a_ticket_is_changed(
    field: str, operator: str, wanted: Any, sent: dict[str, Any], then: dict[str, Any], holds: bool
) -> None:
    world = World()
    ticket = world.ticket(**sent)
    fires(world, {"field": field, "operator": operator, "value": wanted})
    assert ("hit" in world.change(ticket, **then)["tags"]) is holds


def test_all_conditions_must_hold_and_one_of_any() -> None:
    urgent = {"field": "priority", "operator": "is", "value": "urgent"}
    high = {"field": "priority", "operator": "is", "value": "high"}
    task = {"field": "type", "operator": "is", "value": "task"}
    world = World()
    world.trigger("T", {"all": [task], "any": [urgent, high]}, HIT)
    assert "hit" in world.ticket(type="task", priority="high")["tags"]
    assert "hit" not in world.ticket(type="task", priority="low")["tags"]
    assert "hit" not in world.ticket(type="question", priority="high")["tags"]


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-09-21T07:59:00Z", False),  # 8:59 in London, in summer time
        ("2026-09-21T08:00:00Z", True),
        ("2026-09-21T15:59:59Z", True),
        ("2026-09-21T16:00:00Z", False),
        ("2026-09-20T12:00:00Z", False),  # a Sunday
        ("2026-12-01T08:30:00Z", False),  # the same clocks in winter
        ("2026-12-25T12:00:00Z", False),  # a holiday
    ],
)
def test_hours_are_those_of_the_schedules_time_zone(at: str, opens: bool) -> None:
    world = World()
    day = {"name": "Christmas", "start_date": "2026-12-25", "end_date": "2026-12-26"}
    world.zendesk.make(f"business_hours/schedules/{world.ids['<office>']}/holidays", "holiday", **day)
    fires(world, {"field": "within_schedule", "operator": "is", "value": "<office>"})
    world.trigger("H", [{"field": "on_a_holiday", "operator": "is", "value": "true"}], [HIT[0] | {"value": "holiday"}])
    world.zendesk.clock.now = datetime.fromisoformat(at).astimezone(UTC).timestamp()
    assert ("hit" in world.ticket()["tags"]) is opens
    assert ("holiday" in world.ticket()["tags"]) is at.startswith("2026-12-25")


def test_a_mail_is_asked_for_what_only_mails_have() -> None:
    world = World()
    fires(world, {"field": "recipient", "operator": "is", "value": "help@acme.com"})
    world.trigger("E", [{"field": "via_id", "operator": "is", "value": "4"}], [HIT[0] | {"value": "mail"}])
    world.trigger("R", [{"field": "role", "operator": "is", "value": "end_user"}], [HIT[0] | {"value": "customer"}])
    made = world.mail("From: Cleo <cleo@client.org>\nTo: help@acme.com\nSubject: Down\n\nIt is down.")
    ticket = world.show({"id": made["ticket_id"]})
    assert {"hit", "mail", "customer"} <= set(ticket["tags"])


def test_every_condition_that_a_trigger_may_have_can_be_judged() -> None:
    unknown = [
        f"{name} {operator}"
        for name, field in CONDITIONS.items()
        if TRIGGERS & field.rules
        for operator in field.operators
        if unknown_to_evaluator({"field": name, "operator": operator, "value": ""})
    ]
    assert unknown == []
    assert unknown_to_evaluator({"field": "phase_of_the_moon", "operator": "is", "value": "full"})
