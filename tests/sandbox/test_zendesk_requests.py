"""Requests: what customers ask, see and answer, with and without signing in."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.ticket_world import World

CLEO = "cleo@client.org"


def request(**more: Any) -> dict[str, Any]:
    return {"request": {"subject": "Help", "comment": {"body": "It is broken"}, **more}}


def test_anybody_may_ask_without_signing_in() -> None:
    world = World()
    world.trigger(
        "T", [{"field": "role", "operator": "is", "value": "end_user"}], [{"field": "current_tags", "value": "hit"}]
    )
    anonymous = world.zendesk.as_token(None)
    answer = anonymous.post("requests", request(requester={"name": "Dana", "email": "dana@client.org"}))
    assert answer.status_code == 201, answer.text
    made = answer.json()["request"]
    assert (made["status"], made["via"]["channel"], made["can_be_solved_by_me"]) == ("new", "api", False)
    ticket = world.show(made)
    assert (ticket["requester_id"], ticket["submitter_id"]) == (made["requester_id"], made["requester_id"])
    assert (ticket["organization_id"], ticket["tags"]) == (world.ids["<client>"], ["hit"])
    assert answer.headers["location"].endswith(f"/requests/{made['id']}.json")
    assert anonymous.get(f"requests/{made['id']}").status_code == 401
    assert anonymous.post("tickets", {"ticket": {"comment": {"body": "x"}}}).status_code == 401


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"requester": {"name": "Dana"}},
        {"requester": {"email": "dana@client.org"}},
        {"requester": {"name": "Dana", "email": "dana@client.org"}, "subject": ""},
        {"requester": {"name": "Dana", "email": "dana@client.org"}, "comment": {}},
    ],
)
def test_a_request_says_who_asks_what(sent: dict[str, Any]) -> None:
    world = World()
    answer = world.zendesk.as_token(None).post("requests", request(**sent))
    assert (answer.status_code, answer.json()["error"]) == (422, "RecordInvalid")


def test_a_customer_sees_what_is_public_and_what_is_the_customers_own() -> None:
    world = World()
    other = world.ticket(requester_id="<ann>")
    made = world.as_user(CLEO, "POST", "requests", request()).json()["request"]
    world.change(made, comment={"body": "Between us", "public": False}, assignee_id="<ann>")
    world.change(made, comment={"body": "We look into it"})
    shown = world.as_user(CLEO, "GET", f"requests/{made['id']}").json()["request"]
    assert (shown["status"], shown["requester_id"], shown["can_be_solved_by_me"]) == ("open", world.ids["<cleo>"], True)
    assert not {"tags", "external_id", "submitter_id"} & set(shown)
    comments = world.as_user(CLEO, "GET", f"requests/{made['id']}/comments").json()["comments"]
    assert [one["body"] for one in comments] == ["It is broken", "We look into it"]
    listed = world.as_user(CLEO, "GET", "requests").json()["requests"]
    assert [one["id"] for one in listed] == [made["id"]]
    assert world.as_user(CLEO, "GET", f"requests/{other['id']}").status_code == 404
    assert world.zendesk.get(f"requests/{other['id']}").status_code == 200


def test_a_customer_answers_and_solves() -> None:
    world = World()
    made = world.as_user(CLEO, "POST", "requests", request()).json()["request"]
    path = f"requests/{made['id']}"
    solved = {"request": {"solved": True}}
    assert world.as_user(CLEO, "PUT", path, solved).json()["request"]["status"] == "new", "nobody works on it yet"
    world.change(made, assignee_id="<ann>")
    assert world.as_user(CLEO, "PUT", path, solved).json()["request"]["status"] == "solved"
    reply = {"request": {"comment": {"body": "No", "public": False, "author_id": world.ids["<ann>"]}}}
    assert world.as_user(CLEO, "PUT", path, reply).json()["request"]["status"] == "open"
    last = world.comments(made)[-1]
    assert (last["body"], last["public"], last["author_id"]) == ("No", True, world.ids["<cleo>"])


def test_a_customer_sets_only_what_customers_may_edit() -> None:
    world = World()
    field = world.ids["<order>"]
    sent = request(
        priority="urgent", tags=["vip"], assignee_id=world.ids["<ann>"], custom_fields=[{"id": field, "value": "A-1"}]
    )
    answer = world.as_user(CLEO, "POST", "requests", sent)
    ticket = world.show(answer.json()["request"])
    values = {one["id"]: one["value"] for one in ticket["custom_fields"]}
    assert (ticket["priority"], ticket["tags"], ticket["assignee_id"], values[field]) == (None, [], None, None)
    assert all(
        f"request.{name}" in answer.headers["x-zendesk-api-warn"] for name in ("priority", "tags", "assignee_id")
    )
    flags = {"editable_in_portal": True, "visible_in_portal": True}
    world.zendesk.put(f"ticket_fields/{field}", {"ticket_field": flags})
    fields = world.zendesk.get("ticket_fields").json()["ticket_fields"]
    priority = next(one["id"] for one in fields if one["type"] == "priority")
    world.zendesk.put(f"ticket_fields/{priority}", {"ticket_field": flags})
    again = world.as_user(CLEO, "POST", "requests", sent).json()["request"]
    assert again["custom_fields"] == [{"id": field, "value": "A-1"}]
    assert world.show(again)["priority"] == "urgent"


def test_customers_may_call_nothing_else() -> None:
    world = World()
    made = world.ticket()
    for method, path in (
        ("GET", "tickets"),
        ("GET", f"tickets/{made['id']}/comments"),
        ("PUT", f"tickets/{made['id']}"),
        ("GET", "users"),
        ("GET", "triggers"),
        ("GET", "search?query=x"),
    ):
        assert world.as_user(CLEO, method, path, {"ticket": {}}).status_code == 403, path
    assert world.as_user("ann@acme.com", "GET", "tickets").status_code == 200
    for email in (CLEO, "ann@acme.com"):
        assert world.as_user(email, "GET", "users/me").json()["user"]["email"] == email


def test_an_agent_is_a_customer_here() -> None:
    world = World()
    made = world.as_user("ann@acme.com", "POST", "requests", request()).json()["request"]
    assert made["requester_id"] == world.ids["<ann>"]
    assert world.as_user("bob@acme.com", "GET", "requests").json()["requests"] == []
    answer = world.as_user("bob@acme.com", "PUT", f"requests/{made['id']}", {"request": {"comment": {"body": "x"}}})
    assert answer.status_code == 403
