"""What people have entered is never thrown away: the refusal says how many records hold values (grammar 5)."""

from __future__ import annotations

from collections.abc import Callable

from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]


def test_a_ticket_field_of_another_type_is_refused_with_the_number_of_tickets(set_up: Small) -> None:
    workspace = set_up("ticket_fields: {amount: {name: Amount, type: text}}\n")
    field = workspace.one("ticket_fields", "Amount")["id"]
    for value in ("10", "20", ""):
        ticket = {"subject": "Bill", "comment": {"body": "Hi"}, "custom_fields": [{"id": field, "value": value}]}
        workspace.zendesk("POST", "tickets", {"ticket": ticket})
    workspace.edit("type: text", "type: integer")
    workspace.sandbox.clear_log()
    ran = workspace.golive("up", "--yes", "--json")
    assert (ran.code, ran.document["error"]["code"]) == (1, "data")
    assert "with the values that 2 records hold" in ran.document["error"]["what"]
    assert workspace.sandbox.writes() == []


def test_a_field_of_the_crm_too(set_up: Small) -> None:
    text = "integrations: {crm: {fields: {arr: {object: Account, name: Revenue, type: decimal}}}}\n"
    workspace = set_up(text)
    workspace.config(text.replace("decimal", "text"))
    ran = workspace.golive("up", "--yes", "--json")
    assert (ran.code, ran.document["error"]["code"]) == (1, "data")
    said = ran.document["error"]["what"]
    assert "with every value that people have entered" in said, "golive's own user may not see the field, nor count"


def test_a_holiday_of_another_schedule_is_in_nobodys_way(set_up: Small) -> None:
    week = "hours: {mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: []}"
    schedules = (
        "schedules:\n  a: {name: A, time_zone: Europe/Dublin, HOURS}\n  b: {name: B, time_zone: Europe/Dublin, HOURS}\n"
    )
    text = schedules.replace("HOURS", week)
    workspace = set_up(text)
    schedule = workspace.one("schedules", "A", "business_hours/schedules")["id"]
    day = {"name": "Stocktaking", "start_date": "2027-01-04", "end_date": "2027-01-04"}
    workspace.zendesk("POST", f"business_hours/schedules/{schedule}/holidays", {"holiday": day})
    holiday = 'holidays: [{name: Stocktaking, date: "2027-01-04"}], '
    workspace.config(text.replace("{name: B, ", f"{{name: B, {holiday}"))
    assert workspace.plan().document["collisions"] == []
    workspace.up()
    workspace.is_settled()
    workspace.config(text.replace("{name: A, ", f"{{name: A, {holiday}"))
    assert [each["key"] for each in workspace.plan().document["collisions"]] == ["a"]
