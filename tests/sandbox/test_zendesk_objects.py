"""Webhooks, schedules, brands, support addresses, tickets."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Zendesk

WEBHOOK = {
    "name": "Pager",
    "endpoint": "https://example.com/pager",
    "http_method": "POST",
    "request_format": "json",
    "status": "active",
}
BEARER = {"type": "bearer_token", "data": {"token": "s3cret"}, "add_position": "header"}


@pytest.fixture
def zendesk() -> Zendesk:
    return Zendesk()


def test_webhooks_have_text_ids_in_order_and_never_show_secrets(zendesk: Zendesk) -> None:
    made = [zendesk.make("webhooks", "webhook", **{**WEBHOOK, "name": name}, authentication=BEARER) for name in "ab"]
    assert all(len(one["id"]) == 26 for one in made)
    assert made[0]["id"] < made[1]["id"]
    assert made[0]["authentication"] == {"type": "bearer_token", "add_position": "header"}
    assert "url" not in made[0]
    assert "s3cret" not in str(zendesk.store.table("zendesk", "webhooks"))
    page = zendesk.get("webhooks?page[size]=1").json()
    assert page["meta"]["has_more"] is True
    assert zendesk.titles("webhooks?filter[name_contains]=B", "webhooks", "name") == ["b"]
    assert zendesk.titles("webhooks?filter[status]=inactive", "webhooks", "name") == []
    secret = zendesk.get(f"webhooks/{made[0]['id']}/signing_secret").json()["signing_secret"]
    assert secret["algorithm"] == "SHA256"
    assert zendesk.get(f"webhooks/{made[0]['id']}/signing_secret").json()["signing_secret"] == secret
    anew = zendesk.post(f"webhooks/{made[0]['id']}/signing_secret", {})
    assert anew.status_code == 201
    assert anew.json()["signing_secret"]["secret"] != secret["secret"]
    assert zendesk.get(f"webhooks/{made[0]['id']}/signing_secret").json() == anew.json()
    assert zendesk.get(f"webhooks/{made[1]['id']}/signing_secret").json() != anew.json()


def test_patch_changes_in_part_and_put_replaces_both_without_a_body(zendesk: Zendesk) -> None:
    made = zendesk.make("webhooks", "webhook", **WEBHOOK, description="Wakes people", authentication=BEARER)
    path = f"webhooks/{made['id']}"
    answer = zendesk.patch(path, {"webhook": {"status": "inactive", "colour": "red"}})
    assert (answer.status_code, answer.content) == (204, b"")
    assert "x-zendesk-api-warn" not in answer.headers
    shown = zendesk.get(path).json()["webhook"]
    assert (shown["status"], shown["description"]) == ("inactive", "Wakes people")
    assert zendesk.put(path, {"webhook": WEBHOOK}).status_code == 204
    shown = zendesk.get(path).json()["webhook"]
    assert (shown["status"], shown["description"], shown["id"]) == ("active", "", made["id"])
    assert "authentication" not in shown
    assert zendesk.put(path, {"webhook": {"name": "Half"}}).status_code == 400
    zendesk.patch(path, {"webhook": {"custom_headers": {"X-A": "b"}, "authentication": BEARER}})
    assert zendesk.get(path).json()["webhook"]["custom_headers"] == {"X-A": "b"}
    assert zendesk.delete(path).status_code == 204
    assert zendesk.get(path).status_code == 404


@pytest.mark.parametrize(
    "bad",
    [
        {"endpoint": "ftp://x"},
        {"http_method": "BREW"},
        {"request_format": "pdf"},
        {"status": "asleep"},
        {"name": ""},
        {"authentication": {"type": "magic"}},
        {"authentication": {"type": "basic_auth", "data": {"username": "a"}}},
    ],
)
def test_bad_webhooks_are_refused_in_their_own_envelope(zendesk: Zendesk, bad: dict[str, Any]) -> None:
    answer = zendesk.post("webhooks", {"webhook": {**WEBHOOK, **bad}})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "InvalidValue")


def test_a_trial_has_ten_webhooks() -> None:
    zendesk = Zendesk({"plan": "trial", "webhooks": [WEBHOOK] * 10})
    assert zendesk.post("webhooks", {"webhook": WEBHOOK}).status_code == 403


def test_a_trigger_may_call_a_webhook(zendesk: Zendesk) -> None:
    made = zendesk.make("webhooks", "webhook", **WEBHOOK)
    action = {"field": "notification_webhook", "value": [made["id"], "{}"]}
    condition = {"field": "update_type", "operator": "is", "value": "Create"}
    trigger = zendesk.make("triggers", "trigger", title="X", conditions={"all": [condition]}, actions=[action])
    assert trigger["actions"] == [action]


# Schedules


def test_opening_hours_have_a_call_of_their_own(zendesk: Zendesk) -> None:
    sent = {"schedule": {"name": "Office", "time_zone": "Berlin", "intervals": []}}
    answer = zendesk.post("business_hours/schedules", sent)
    schedule = answer.json()["schedule"]
    assert "schedule.intervals" in answer.headers["x-zendesk-api-warn"]
    assert schedule["intervals"][0] == {"start_time": 1980, "end_time": 2460}
    path = f"business_hours/schedules/{schedule['id']}"
    week = {"workweek": {"intervals": [{"start_time": 2880, "end_time": 4320}, {"start_time": 0, "end_time": 1440}]}}
    intervals = [{"start_time": 0, "end_time": 1440}, {"start_time": 2880, "end_time": 4320}]
    assert zendesk.put(f"{path}/workweek", week).json()["workweek"]["intervals"] == intervals
    assert zendesk.get(path).json()["schedule"]["intervals"] == intervals
    renamed = zendesk.put(path, {"schedule": {"name": "Day"}}).json()["schedule"]
    assert (renamed["name"], renamed["intervals"]) == ("Day", intervals)


@pytest.mark.parametrize(
    "intervals",
    [
        [{"start_time": 1400, "end_time": 1500}],
        [{"start_time": 100, "end_time": 50}],
        [{"start_time": 0, "end_time": 10081}],
        [{"start_time": 0, "end_time": 60}, {"start_time": 30, "end_time": 90}],
        ["monday"],
    ],
)
def test_bad_opening_hours_are_refused(zendesk: Zendesk, intervals: list[Any]) -> None:
    schedule = zendesk.make("business_hours/schedules", "schedule", name="Office", time_zone="London")
    answer = zendesk.put(f"business_hours/schedules/{schedule['id']}/workweek", {"workweek": {"intervals": intervals}})
    assert "intervals" in answer.json()["details"]


def test_time_zones_have_the_vendors_names(zendesk: Zendesk) -> None:
    sent = {"schedule": {"name": "Office", "time_zone": "Europe/Berlin"}}
    assert "time_zone" in zendesk.post("business_hours/schedules", sent).json()["details"]
    for name in ("Eastern Time (US & Canada)", "Nuku'alofa", "UTC", "Tokelau Is."):
        zendesk.make("business_hours/schedules", "schedule", name=name, time_zone=name)


def test_holidays_belong_to_one_schedule_and_lie_near(zendesk: Zendesk) -> None:
    one, two = (zendesk.make("business_hours/schedules", "schedule", name=name, time_zone="London") for name in "ab")
    path = f"business_hours/schedules/{one['id']}/holidays"
    made = zendesk.make(path, "holiday", name="Easter", start_date="2027-03-26", end_date="2027-03-29")
    assert [row["name"] for row in zendesk.get(path).json()["holidays"]] == ["Easter"]
    other = f"business_hours/schedules/{two['id']}/holidays"
    assert zendesk.get(other).json()["holidays"] == []
    assert zendesk.get(f"{other}/{made['id']}").status_code == 404
    changed = zendesk.put(f"{path}/{made['id']}", {"holiday": {"name": "Easter days"}}).json()["holiday"]
    assert changed["start_date"] == "2027-03-26"
    for start, end in (("2027-03-29", "2027-03-26"), ("2040-01-01", "2040-01-01"), ("soon", "2027-01-01")):
        sent = {"holiday": {"name": "X", "start_date": start, "end_date": end}}
        assert zendesk.post(path, sent).status_code == 422
    sent = {"holiday": {"name": "X", "start_date": "2027-01-01", "end_date": "2027-01-01"}}
    assert zendesk.post("business_hours/schedules/5/holidays", sent).status_code == 404
    assert zendesk.delete(f"business_hours/schedules/{one['id']}").status_code == 204
    assert zendesk.store.table("zendesk", "holidays") == {}


# Brands and addresses


def test_one_brand_is_the_default(zendesk: Zendesk) -> None:
    first = zendesk.get("brands").json()["brands"][0]
    assert zendesk.delete(f"brands/{first['id']}").status_code == 422
    assert zendesk.put(f"brands/{first['id']}", {"brand": {"active": False}}).status_code == 422
    assert zendesk.post("brands", {"brand": {"name": "X", "subdomain": "sandbox"}}).status_code == 422
    second = zendesk.make("brands", "brand", name="Second", subdomain="second", default=True)
    assert second["brand_url"] == "https://second.zendesk.com"
    assert zendesk.delete(f"brands/{first['id']}").status_code == 204


def test_an_address_is_verified_some_time_later_and_may_then_be_the_default() -> None:
    zendesk = Zendesk({"subdomain": "acme", "verify_seconds": 60})
    own = zendesk.get("recipient_addresses").json()["recipient_addresses"][0]
    assert (own["email"], own["default"], own["forwarding_status"]) == ("support@acme.zendesk.com", True, "verified")
    made = zendesk.make("recipient_addresses", "recipient_address", email="Help@acme.com")
    assert (made["email"], made["default"], made["forwarding_status"]) == ("help@acme.com", None, "unknown")
    assert made["brand_id"] == own["brand_id"]
    path = f"recipient_addresses/{made['id']}"
    make_default = {"recipient_address": {"default": True}}
    assert zendesk.put(path, make_default).status_code == 422
    assert zendesk.put(f"{path}/verify").json()["recipient_address"]["forwarding_status"] == "waiting"
    zendesk.clock.now += 61
    assert zendesk.get(path).json()["recipient_address"]["forwarding_status"] == "verified"
    assert zendesk.put(path, make_default).json()["recipient_address"]["default"] is True
    assert zendesk.get(f"recipient_addresses/{own['id']}").json()["recipient_address"]["default"] is None
    assert zendesk.put(path, {"recipient_address": {"default": False}}).status_code == 422
    assert zendesk.delete(path).status_code == 422
    assert zendesk.delete(f"recipient_addresses/{own['id']}").status_code == 204


def test_an_address_stays_and_is_taken_once(zendesk: Zendesk) -> None:
    made = zendesk.make("recipient_addresses", "recipient_address", email="help@acme.com")
    answer = zendesk.put(
        f"recipient_addresses/{made['id']}", {"recipient_address": {"email": "x@acme.com", "name": "Help"}}
    )
    assert (answer.json()["recipient_address"]["email"], answer.json()["recipient_address"]["name"]) == (
        "help@acme.com",
        "Help",
    )
    assert "recipient_address.email" in answer.headers["x-zendesk-api-warn"]
    for bad in ({"email": "help@acme.com"}, {"email": "nope"}, {"email": "a@b.c", "brand_id": 5}):
        assert zendesk.post("recipient_addresses", {"recipient_address": bad}).status_code == 422


# Tickets


def ticket(zendesk: Zendesk, **more: Any) -> dict[str, Any]:
    return zendesk.make("tickets", "ticket", comment={"body": "It is broken"}, **more)


def test_tickets_are_made_with_requester_tags_and_field_values(zendesk: Zendesk) -> None:
    options = [{"name": "Pay", "value": "area_pay"}]
    field = zendesk.make("ticket_fields", "ticket_field", type="tagger", title="Area", custom_field_options=options)
    values = [{"id": field["id"], "value": "area_pay"}]
    made = ticket(zendesk, tags=["b", "a"], custom_fields=values, requester={"name": "C", "email": "c@example.com"})
    assert (made["subject"], made["description"], made["id"]) == ("It is broken", "It is broken", 1)
    assert made["tags"] == ["a", "b", "area_pay"]
    assert made["custom_fields"] == values
    again = ticket(zendesk, requester={"email": "C@example.com"})
    assert again["requester_id"] == made["requester_id"]
    assert zendesk.post("tickets", {"ticket": {"subject": "Empty"}}).status_code == 422
    assert zendesk.post("tickets", {"ticket": {"comment": {"body": "x"}, "priority": "P1"}}).status_code == 422
    path = f"tickets/{made['id']}"
    assert zendesk.put(path, {"ticket": {"status": "closed"}}).status_code == 200
    assert zendesk.put(path, {"ticket": {"status": "open"}}).status_code == 422


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("type:ticket", 3),
        ("type:ticket status<solved", 2),
        ("status>=solved", 1),
        ("status:pending tags:vip", 1),
        ("-tags:vip", 2),
        ("priority:none", 2),
        ("printer", 1),
        ("created_at>2000-01-01", 3),
        ("created_at<2000-01-01", 0),
    ],
)
def test_tickets_are_counted_by_a_search(zendesk: Zendesk, query: str, count: int) -> None:
    ticket(zendesk, status="pending", tags=["vip"])
    ticket(zendesk, status="solved", priority="high")
    ticket(zendesk, subject="The printer")
    assert zendesk.get(f"search/count?query={query}").json()["count"] == count
    found = zendesk.get(f"search?query={query}").json()
    assert found["count"] == len(found["results"]) == count
