"""Changes reach the vendor in the order that it accepts: in the log of calls, and in what is live afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.workspace import Workspace, written

SetUp = Callable[[str], Workspace]


def sent(workspace: Workspace) -> list[str]:
    """The helpdesk's writes since the log was cleared, in their order: `PUT ticket_forms/Orders`, an object by its name
    where it has one."""
    names = {
        str(each["id"]): str(each.get("title") or each.get("name") or each.get("agent_label") or each.get("email"))
        for table in ("ticket_forms", "ticket_fields", "brands", "custom_statuses", "recipient_addresses", "triggers")
        for each in workspace.sandbox.store.table("zendesk", table).values()
    }
    calls = [each for each in workspace.sandbox.writes() if each["system"] == "zendesk"]
    found = []
    for each in calls:
        path = each["path"].partition("/api/v2/")[2]
        above, _, last = path.rpartition("/")
        found.append(f"{each['method']} {above}/{names[last]}" if last in names else f"{each['method']} {path}")
    return found


def changed(workspace: Workspace, objects: dict[str, Any]) -> list[str]:
    """One `up` to these objects; the writes that it took. Everything is done, and a next run has nothing to do."""
    workspace.sandbox.clear_log()
    workspace.config(written(objects))
    ran = workspace.up()
    assert set(ran.results.values()) == {"done"}, ran.results
    calls = sent(workspace)
    workspace.is_settled()
    return calls


# Fields, conditions, forms

REASON = {"name": "Reason", "type": "dropdown", "options": {"late": "Late", "lost": "Lost"}}
SHIPMENT = {"name": "Shipment", "type": "text", "on_remove": "delete"}
CONDITION = {"for": ["agents", "customers"], "when": {"reason": "late"}, "show": ["shipment"]}
FORM = {"name": "Orders", "fields": ["subject", "reason", "shipment"], "conditions": [CONDITION]}
FIELDS = {"reason": REASON, "shipment": SHIPMENT}
WITH_CONDITION = {"ticket_fields": FIELDS, "ticket_forms": {"orders": FORM}}
WITHOUT = {"orders": {"name": "Orders", "fields": ["subject", "reason"]}}


def test_a_field_leaves_the_conditions_then_the_form_and_then_it_is_deleted(set_up: SetUp) -> None:
    workspace = set_up(written(WITH_CONDITION))
    identifier = workspace.one("ticket_fields", "Shipment")["id"]
    calls = changed(workspace, {"ticket_fields": {"reason": REASON}, "ticket_forms": WITHOUT})
    assert calls == [
        "PUT ticket_forms/Orders",
        "PUT ticket_forms/Orders",
        f"DELETE ticket_fields/{identifier}",
    ]
    without_conditions, without_field = (each["body"]["ticket_form"] for each in workspace.sandbox.writes()[:2])
    assert without_conditions == {"agent_conditions": [], "end_user_conditions": []}
    assert identifier not in without_field["ticket_field_ids"]
    assert "Shipment" not in workspace.titles("ticket_fields")


def test_a_field_leaves_conditions_and_form_before_it_is_switched_off(set_up: SetUp) -> None:
    workspace = set_up(written(WITH_CONDITION))
    off = {"reason": REASON, "shipment": {**SHIPMENT, "active": False}}
    calls = changed(workspace, {"ticket_fields": off, "ticket_forms": WITHOUT})
    assert calls == ["PUT ticket_forms/Orders", "PUT ticket_forms/Orders", "PUT ticket_fields/Shipment"]
    assert workspace.one("ticket_fields", "Shipment")["active"] is False


def test_a_form_that_loses_no_field_with_a_condition_takes_one_call(set_up: SetUp) -> None:
    workspace = set_up(written({"ticket_fields": FIELDS, "ticket_forms": {"orders": {**FORM, "conditions": []}}}))
    assert changed(workspace, WITH_CONDITION) == ["PUT ticket_forms/Orders"]
    (condition,) = workspace.one("ticket_forms", "Orders")["agent_conditions"]
    assert condition["value"] == "reason_late"
    assert changed(workspace, {"ticket_fields": FIELDS, "ticket_forms": {"orders": {**FORM, "conditions": []}}}) == [
        "PUT ticket_forms/Orders"
    ]


def test_an_option_is_there_before_the_condition_that_names_it(set_up: SetUp) -> None:
    workspace = set_up(written(WITH_CONDITION))
    broken = {**REASON, "options": {**REASON["options"], "broken": "Broken"}}  # type: ignore[dict-item]
    form = {**FORM, "conditions": [{**CONDITION, "when": {"reason": "broken"}}]}
    calls = changed(workspace, {"ticket_fields": {**FIELDS, "reason": broken}, "ticket_forms": {"orders": form}})
    assert calls == ["PUT ticket_fields/Reason", "PUT ticket_forms/Orders"]


# Defaults

MAIL = {"type": "email", "name": "A", "address": "a@quayside.zendesk.com"}
DEFAULTS: dict[str, tuple[dict[str, Any], dict[str, Any], str, str]] = {
    "ticket_forms": (
        {"name": "A", "fields": ["subject"]},
        {"name": "B", "fields": ["subject"]},
        "PUT ticket_forms/B",
        "ticket_forms",
    ),
    "brands": (
        {"name": "A", "subdomain": "acme-a"},
        {"name": "B", "subdomain": "acme-b"},
        "PUT brands/B",
        "brands",
    ),
    "ticket_statuses": (
        {"name": "A", "category": "pending"},
        {"name": "B", "category": "pending"},
        "PUT custom_status/default",
        "custom_statuses",
    ),
    "channels": (
        MAIL,
        {**MAIL, "name": "B", "address": "b@quayside.zendesk.com"},
        "PUT recipient_addresses/B",
        "recipient_addresses",
    ),
}
"""Kind → the default one, the next one, the call that moves the default, and the vendor's list. (Schedules have none:
the first one is the default.)"""


@pytest.mark.parametrize("kind", DEFAULTS)
def test_the_default_moves_before_the_old_one_is_deleted(set_up: SetUp, kind: str) -> None:
    old, new, moves, many = DEFAULTS[kind]
    workspace = set_up(written({kind: {"a": {**old, "default": True, "on_remove": "delete"}, "b": new}}))
    identifier = next(
        each["id"] for each in workspace.listed(many) if "A" in (each.get("name"), each.get("agent_label"))
    )
    calls = changed(workspace, {kind: {"b": {**new, "default": True}}})
    assert calls == [moves, f"DELETE {many}/{identifier}"]
    left = {each.get("name") or each.get("agent_label"): each["default"] for each in workspace.listed(many)}
    assert left["B"] is True
    assert "A" not in left


@pytest.mark.parametrize("kind", [kind for kind in DEFAULTS if kind != "channels"])
def test_the_default_moves_before_the_old_one_is_switched_off(set_up: SetUp, kind: str) -> None:
    old, new, moves, many = DEFAULTS[kind]
    workspace = set_up(written({kind: {"a": {**old, "default": True, "on_remove": "delete"}, "b": new}}))
    calls = changed(workspace, {kind: {"a": {**old, "active": False}, "b": {**new, "default": True}}})
    assert calls == [moves, f"PUT {many}/A"]


def test_a_new_one_is_made_and_becomes_the_default_before_the_old_one_goes(set_up: SetUp) -> None:
    old, new, moves, many = DEFAULTS["ticket_forms"]
    workspace = set_up(written({"ticket_forms": {"a": {**old, "default": True, "on_remove": "delete"}}}))
    identifier = workspace.one(many, "A")["id"]
    calls = changed(workspace, {"ticket_forms": {"b": {**new, "default": True}}})
    assert calls == [f"POST {many}", moves, f"DELETE {many}/{identifier}"]


def test_another_address_of_the_default_channel_is_made_and_becomes_the_default_before_the_old_one_goes(
    set_up: SetUp,
) -> None:
    workspace = set_up(written({"channels": {"mail": {**MAIL, "default": True}}}))
    identifier = workspace.one("recipient_addresses", "A")["id"]
    calls = changed(workspace, {"channels": {"mail": {**MAIL, "default": True, "address": "c@quayside.zendesk.com"}}})
    assert calls == [
        "POST recipient_addresses",
        "PUT recipient_addresses/A",
        f"DELETE recipient_addresses/{identifier}",
    ]


# Categories of triggers

EARLY, LATE = {"early": {"name": "Early"}}, {"late": {"name": "Late"}}


def _trigger(category: str, **more: Any) -> dict[str, Any]:
    then = [{"add_tags": ["x"]}]
    return {"name": "Tagging", "category": category, "when": [{"event": "created"}], "then": then, **more}


def test_a_category_is_emptied_before_it_is_deleted(set_up: SetUp) -> None:
    workspace = set_up(written({"trigger_categories": {**EARLY, **LATE}, "triggers": {"t": _trigger("early")}}))
    identifier = workspace.one("trigger_categories", "Early")["id"]
    calls = changed(workspace, {"trigger_categories": LATE, "triggers": {"t": _trigger("late")}})
    assert calls == ["PUT triggers/Tagging", f"DELETE trigger_categories/{identifier}"]
    assert workspace.one("triggers", "Tagging")["category_id"] == workspace.one("trigger_categories", "Late")["id"]


def test_a_category_goes_after_the_triggers_that_are_deleted_with_it(set_up: SetUp) -> None:
    trigger = _trigger("early", on_remove="delete")
    workspace = set_up(written({"trigger_categories": {**EARLY, **LATE}, "triggers": {"t": trigger}}))
    identifiers = [workspace.one("triggers", "Tagging")["id"], workspace.one("trigger_categories", "Early")["id"]]
    calls = changed(workspace, {"trigger_categories": LATE})
    assert calls == [f"DELETE triggers/{identifiers[0]}", f"DELETE trigger_categories/{identifiers[1]}"]


def test_a_category_with_somebody_elses_trigger_stays_and_it_is_said_why(set_up: SetUp) -> None:
    workspace = set_up(written({"trigger_categories": {**EARLY, **LATE}, "triggers": {"t": _trigger("early")}}))
    category = workspace.one("trigger_categories", "Early")["id"]
    condition = {"field": "status", "operator": "is", "value": "new"}
    foreign = {"title": "Foreign", "category_id": category, "active": False, "conditions": {"all": [condition]}}
    workspace.zendesk("POST", "triggers", {"trigger": {**foreign, "actions": [{"field": "priority", "value": "low"}]}})
    workspace.config(written({"trigger_categories": LATE, "triggers": {"t": _trigger("late")}}))
    assert "Early  deleted, unless triggers are still in it" in workspace.golive("plan").out
    workspace.sandbox.clear_log()
    ran = workspace.golive("up", "--yes")
    assert ran.code == 0, ran.err
    assert sent(workspace) == ["PUT triggers/Tagging"]
    assert (
        "left  trigger category early: 1 trigger is still in it, and Zendesk would delete what is switched off along"
        " with it" in ran.out
    )
    assert workspace.one("triggers", "Foreign")["category_id"] == category


# Dynamic content

HELLO = {"hello": {"name": "Hello", "text": "Hi"}}


def _mailing(subject: str, **more: Any) -> dict[str, Any]:
    return _trigger("early", then=[{"email": "requester", "subject": subject, "body": "Look."}], **more)


def test_dynamic_content_is_made_before_what_names_it_and_goes_after_it(set_up: SetUp) -> None:
    workspace = set_up(written({"trigger_categories": EARLY}))
    naming = {"trigger_categories": EARLY, "triggers": {"t": _mailing("{{dc:hello}}", on_remove="delete")}}
    made = changed(workspace, {**naming, "dynamic_content": HELLO})
    assert [each for each in made if each.startswith("POST")] == ["POST dynamic_content/items", "POST triggers"]
    (item,) = workspace.listed("items", "dynamic_content/items")

    silent = {**naming, "triggers": {"t": _mailing("Hi", on_remove="delete")}}
    assert changed(workspace, silent) == ["PUT triggers/Tagging", f"DELETE dynamic_content/items/{item['id']}"]

    changed(workspace, {**naming, "dynamic_content": HELLO})
    (item,), trigger = workspace.listed("items", "dynamic_content/items"), workspace.one("triggers", "Tagging")
    calls = changed(workspace, {"trigger_categories": EARLY})
    assert calls == [f"DELETE triggers/{trigger['id']}", f"DELETE dynamic_content/items/{item['id']}"]


def test_dynamic_content_that_a_rule_which_is_off_still_names_stays_and_the_plan_says_that_it_may(
    set_up: SetUp,
) -> None:
    naming = {"dynamic_content": HELLO, "trigger_categories": EARLY, "triggers": {"t": _mailing("{{dc:hello}}")}}
    workspace = set_up(written(naming))
    workspace.config(written({"trigger_categories": EARLY}))
    assert "Hello  deleted, unless something still names it" in workspace.golive("plan").out
    ran = workspace.golive("up", "--yes")
    assert ran.code == 0, ran.err
    assert "left  dynamic content hello: something else in Zendesk still names it" in ran.out
    assert workspace.titles("items", "dynamic_content/items") == ["Hello"]
    assert workspace.one("triggers", "Tagging")["active"] is False
