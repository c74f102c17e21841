"""Tickets taken in with their history, and the people and organizations before them."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.sandbox.client import Zendesk

PAST = "2024-03-01T08:15:00Z"


@pytest.fixture
def zendesk() -> Zendesk:
    return Zendesk({"users": [{"name": "Cleo", "email": "cleo@client.org", "verified": True}]})


def comment(**more: Any) -> dict[str, Any]:
    return {"value": "It is broken", "created_at": PAST, **more}


def imported(zendesk: Zendesk, query: str = "", **more: Any) -> dict[str, Any]:
    sent = {"subject": "Broken", "status": "solved", "created_at": PAST, "comments": [comment()], **more}
    answer = zendesk.post(f"imports/tickets{query}", {"ticket": sent})
    assert answer.status_code == 201, answer.text
    ticket: dict[str, Any] = answer.json()["ticket"]
    return ticket


def refused(zendesk: Zendesk, **more: Any) -> dict[str, Any]:
    answer = zendesk.post("imports/tickets", {"ticket": {"comments": [comment()], **more}})
    assert answer.status_code == 422, answer.text
    details: dict[str, Any] = answer.json()["details"]
    return details


def done(zendesk: Zendesk, answer: Any) -> list[dict[str, Any]]:
    """The results of the job that a call has begun."""
    assert answer.status_code == 200, answer.text
    job = zendesk.get(f"job_statuses/{answer.json()['job_status']['id']}").json()["job_status"]
    assert job["status"] == "completed"
    results: list[dict[str, Any]] = job["results"]
    return results


def test_a_ticket_comes_in_with_the_times_authors_and_privacy_of_then(zendesk: Zendesk) -> None:
    cleo = zendesk.get("users/search?query=email:cleo@client.org").json()["users"][0]["id"]
    comments = [
        comment(value="Second", created_at="2024-03-02T00:00:00+02:00", public=False),
        comment(value=None, html_body="<p>First</p>", author_id=cleo),
    ]
    ticket = imported(zendesk, requester_id=cleo, updated_at="2024-03-05T00:00:00Z", comments=comments)
    assert (ticket["created_at"], ticket["updated_at"]) == (PAST, "2024-03-05T00:00:00Z")
    first, second = zendesk.get(f"tickets/{ticket['id']}/comments").json()["comments"]
    assert (first["body"], first["author_id"], first["public"], first["created_at"]) == ("First", cleo, True, PAST)
    assert (second["body"], second["public"], second["created_at"]) == ("Second", False, "2024-03-01T22:00:00Z")
    audits = zendesk.get(f"tickets/{ticket['id']}/audits").json()["audits"]
    assert [(each["author_id"], each["events"][0]["type"]) for each in audits] == [
        (cleo, "Comment"), (second["author_id"], "Comment"),
    ]  # fmt: skip


def test_what_happened_when_can_be_in_no_future_and_not_before_1970(zendesk: Zendesk) -> None:
    assert imported(zendesk, created_at="1969-07-20T20:17:00Z")["created_at"] == "1970-01-01T00:00:00Z"
    assert "created_at" in refused(zendesk, comments=[comment(created_at="1969-07-20T20:17:00Z")])
    for later in ({"created_at": "2999-01-01T00:00:00Z"}, {"comments": [comment(created_at="2999-01-01T00:00:00Z")]}):
        assert "in the future" in refused(zendesk, **later)["created_at"][0]["description"]
    assert "solved_at" in refused(zendesk, solved_at="yesterday")


def test_how_much_a_ticket_holds(zendesk: Zendesk) -> None:
    assert imported(zendesk, comments=[comment()] * 5000)["id"]
    assert "comments" in refused(zendesk, comments=[comment()] * 5001)
    assert imported(zendesk, comments=[comment(value="ä" * 32768)])["id"]
    assert "too long" in refused(zendesk, comments=[comment(value="ä" * 32769)])["comment"][0]["description"]
    assert "author" in refused(zendesk, comments=[comment(author_id=4711)])
    assert "comment" in refused(zendesk, comments=[comment(value=" ")])
    assert "description" in refused(zendesk, comments=[])


def test_nobody_is_told_of_an_import_but_of_the_next_update_of_what_is_not_closed(zendesk: Zendesk) -> None:
    told = {"field": "notification_user", "value": ["requester_id", "Hello", "{{ticket.title}}"]}
    for kind in ("Create", "Change"):
        when = {"all": [{"field": "update_type", "operator": "is", "value": kind}]}
        zendesk.make("triggers", "trigger", title=kind, conditions=when, actions=[told])
    filters = {"all": [], "any": []}
    metrics = [{"metric": "first_reply_time", "priority": "high", "target": 60, "business_hours": False}]
    zendesk.make("slas/policies", "sla_policy", title="All", position=1, filter=filters, policy_metrics=metrics)
    cleo = zendesk.get("users/search?query=email:cleo@client.org").json()["users"][0]["id"]
    facts = {"requester_id": cleo, "priority": "high", "comments": [comment(author_id=cleo)]}
    ticket = imported(zendesk, status="open", **facts)
    closed = imported(zendesk, status="closed", **facts)
    assert not zendesk.store.table("zendesk", "mails")
    shown = zendesk.get(f"tickets/{ticket['id']}?include=slas,metric_sets").json()["ticket"]
    assert shown["slas"] == {"policy_metrics": []} and shown["metric_set"]["replies"] == 0
    zendesk.put(f"tickets/{ticket['id']}", {"ticket": {"tags": ["seen"]}})
    shown = zendesk.get(f"tickets/{ticket['id']}?include=slas").json()["ticket"]
    assert [each["stage"] for each in shown["slas"]["policy_metrics"]] == ["active"]
    assert len(zendesk.get(f"tickets/{ticket['id']}/audits").json()["audits"]) == 2
    assert len(zendesk.store.table("zendesk", "mails")) == 1, "by the trigger for changes"
    assert zendesk.put(f"tickets/{closed['id']}", {"ticket": {"tags": ["seen"]}}).status_code == 422


def test_closed_tickets_go_into_the_archive_where_the_query_says_so(zendesk: Zendesk) -> None:
    def listed() -> list[str]:
        return [each["external_id"] for each in zendesk.get("tickets").json()["tickets"]]

    archived = imported(zendesk, "?archive_immediately=true", status="closed", external_id="old:1")
    imported(zendesk, "?archive_immediately=true", status="solved", external_id="old:2")
    imported(zendesk, status="closed", external_id="old:3", archive_immediately=True)
    assert listed() == ["old:2", "old:3"]
    assert zendesk.get("tickets?external_id=old:1").json()["tickets"] == []
    assert zendesk.get("tickets?external_id=OLD:3").json()["count"] == 1
    assert zendesk.get(f"tickets/{archived['id']}").status_code == 200
    assert zendesk.get("search?query=type:ticket%20external_id:old:1").json()["count"] == 1


def test_when_it_was_solved_then_is_what_the_search_goes_by(zendesk: Zendesk) -> None:
    imported(zendesk, solved_at="2024-03-04T00:00:00Z", updated_at="2024-03-09T00:00:00Z")
    found = {day: zendesk.get(f"search?query=solved>2024-03-{day}").json()["count"] for day in ("03", "05")}
    assert found == {"03": 1, "05": 0}


def test_many_come_in_by_a_job_and_what_is_wrong_with_one_stops_no_other(zendesk: Zendesk) -> None:
    bad = {"subject": "No text", "comments": []}
    results = done(zendesk, zendesk.post("imports/tickets/create_many", {"tickets": [{"comments": [comment()]}, bad]}))
    assert [(each["index"], each["success"]) for each in results] == [(0, True), (1, False)]
    assert (results[1]["error"], results[1]["details"]) == ("RecordInvalid", "Description: cannot be blank")
    assert zendesk.get("tickets").json()["count"] == 1
    many = {"tickets": [{"comments": [comment()]}] * 101}
    assert zendesk.post("imports/tickets/create_many", many).status_code == 400


def test_only_administrators_import(zendesk: Zendesk) -> None:
    zendesk.make("users", "user", name="Ann", email="ann@acme.com", role="agent", verified=True)
    signed = base64.b64encode(b"ann@acme.com/token:sandbox").decode()
    body = b'{"ticket": {"comments": [{"value": "x"}]}}'
    for path in ("imports/tickets", "imports/tickets/create_many"):
        client = zendesk.as_token(None)
        answer = client.call("POST", path, raw=body, headers={"authorization": f"Basic {signed}"})
        assert answer.status_code == 403


def test_a_customers_private_note_stays_private_unless_the_setting_says_otherwise(zendesk: Zendesk) -> None:
    cleo = zendesk.get("users/search?query=email:cleo@client.org").json()["users"][0]["id"]
    note = comment(author_id=cleo, public=False)
    assert imported(zendesk, comments=[note])["is_public"] is False
    zendesk.store.settings("zendesk")["customers_notes"] = "public"
    assert imported(zendesk, comments=[note])["is_public"] is True


def test_users_come_in_by_the_hundred_and_doubles_are_refused_one_by_one(zendesk: Zendesk) -> None:
    users = [
        {"name": "Ada", "email": "Ada@client.org", "external_id": "old:1", "skip_verify_email": True},
        {"name": "Twin", "email": "ada@CLIENT.org", "external_id": "old:2", "skip_verify_email": True},
        {"name": "Same", "external_id": "OLD:1"},
        {"name": "Mailed", "email": "mailed@client.org"},
    ]
    results = done(zendesk, zendesk.post("users/create_many", {"users": users}))
    assert [each["success"] for each in results] == [True, False, False, True]
    assert "already being used" in results[1]["details"] and "already been taken" in results[2]["details"]
    assert [each["to"] for each in zendesk.store.table("zendesk", "mails").values()] == ["mailed@client.org"]
    found = zendesk.get("users/show_many?external_ids=old:1,old:9").json()["users"]
    assert [each["id"] for each in found] == [results[0]["id"]]
    several = zendesk.get("users/search?query=email:ada@client.org%20email:cleo@client.org").json()["users"]
    assert [each["name"] for each in several] == ["Cleo", "Ada"]


def test_making_or_changing_many_users_is_only_for_whom_the_vendor_lets(zendesk: Zendesk) -> None:
    users = {"users": [{"name": "Cleo Two", "email": "cleo@client.org"}, {"name": "New", "external_id": "old:1"}]}
    assert zendesk.post("users/create_or_update_many", users).status_code == 403
    zendesk.store.settings("zendesk")["create_or_update_many"] = True
    assert all(each["success"] for each in done(zendesk, zendesk.post("users/create_or_update_many", users)))
    assert {"Cleo Two", "New"} <= set(zendesk.titles("users", "users", "name"))


def test_users_and_organizations_go_by_their_external_ids_and_users_for_good_only_then(zendesk: Zendesk) -> None:
    for path, one in (("users", "user"), ("organizations", "organization")):
        made = zendesk.make(path, one, name="Old", external_id="old:1")
        found = zendesk.get(f"{path}/show_many?external_ids=old:1").json()
        assert [each["id"] for each in found[path]] == [made["id"]]
        if one == "user":
            assert zendesk.delete(f"deleted_users/{made['id']}").status_code == 404
        results = done(zendesk, zendesk.delete(f"{path}/destroy_many?external_ids=old:1,old:2"))
        assert [each["success"] for each in results] == [True, False]
        assert zendesk.get(f"{path}/show_many?external_ids=old:1").json()[path] == []
        again = zendesk.make(path, one, name="Old", external_id="old:1")
        assert again["id"] != made["id"]
        if one == "user":
            assert zendesk.delete(f"deleted_users/{made['id']}").status_code == 200
            assert zendesk.get(f"users/{made['id']}").status_code == 404


def test_who_asks_for_something_that_is_not_closed_cannot_be_deleted(zendesk: Zendesk) -> None:
    cleo = zendesk.get("users/search?query=email:cleo@client.org").json()["users"][0]["id"]
    closed = imported(zendesk, requester_id=cleo, status="closed")
    waiting = imported(zendesk, requester_id=cleo, status="pending")
    (kept,) = done(zendesk, zendesk.delete(f"users/destroy_many?ids={cleo}"))
    assert "not closed" in kept["details"]
    zendesk.delete(f"tickets/{waiting['id']}")
    assert zendesk.delete(f"users/{cleo}").status_code == 200
    assert zendesk.get(f"tickets/{closed['id']}").json()["ticket"]["requester_id"] == cleo
