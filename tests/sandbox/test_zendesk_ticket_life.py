"""Tickets from their making to their end: what follows by itself, comments, audits, deletion."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Zendesk
from tests.sandbox.ticket_world import World


def test_a_new_ticket_shows_who_asked_who_wrote_and_how_it_came() -> None:
    world = World()
    made = world.ticket(requester={"name": "Dana", "email": "dana@client.org"}, requester_id=None, tags=["b", "a"])
    dana = world.zendesk.get(f"users/{made['requester_id']}").json()["user"]
    assert (dana["name"], dana["role"], dana["organization_id"]) == ("Dana", "end-user", world.ids["<client>"])
    assert made["organization_id"] == world.ids["<client>"]
    assert (made["submitter_id"], made["status"], made["is_public"]) == (world.ids["<account>"], "new", True)
    assert made["via"] == {"channel": "api", "source": {"from": {}, "to": {}, "rel": None}}
    assert (made["brand_id"], made["ticket_form_id"]) == (world.ids["<acme>"], world.ids["<default>"])
    [comment] = world.comments(made)
    assert (comment["body"], comment["author_id"], comment["public"]) == ("It is broken", made["submitter_id"], True)
    assert comment["via"]["channel"] == "api"
    again = world.ticket(requester={"email": "DANA@client.org"}, requester_id=None)
    assert again["requester_id"] == made["requester_id"]


def test_the_only_group_takes_new_tickets() -> None:
    one = Zendesk()
    made = one.make("tickets", "ticket", comment={"body": "x"})
    assert made["group_id"] == one.get("groups").json()["groups"][0]["id"]
    one.make("groups", "group", name="Second")
    assert one.make("tickets", "ticket", comment={"body": "x"})["group_id"] is None


@pytest.mark.parametrize(
    ("sent", "then", "after"),
    [
        ({"assignee_id": "<bob>"}, {}, {"status": "open", "group_id": "<billing>"}),
        ({"assignee_id": "<bob>", "group_id": "<support>"}, {}, {"group_id": "<support>"}),
        ({}, {"assignee_email": "BOB@acme.com"}, {"status": "open", "assignee_id": "<bob>"}),
        ({"assignee_id": "<ann>"}, {"group_id": "<billing>"}, {"assignee_id": None, "group_id": "<billing>"}),
        ({}, {"status": "solved"}, {"assignee_id": "<account>", "group_id": "<support>"}),
        ({"status": "pending"}, {"comment": {"body": "x", "author_id": "<cleo>"}}, {"status": "open"}),
        ({"status": "pending"}, {"comment": {"body": "x"}}, {"status": "pending"}),
        ({}, {"requester_id": "<ann>"}, {"requester_id": "<ann>", "organization_id": None}),
        ({}, {"organization_id": None}, {"organization_id": None}),
        ({"recipient": "help@acme.com"}, {"type": "task"}, {"recipient": "help@acme.com"}),
    ],
)
def test_what_follows_from_a_change_by_itself(
    sent: dict[str, Any], then: dict[str, Any], after: dict[str, Any]
) -> None:
    world = World()
    made = world.ticket(**sent)
    made = world.change(made, **then) if then else made
    assert {name: made[name] for name in after} == world.named(after)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"status": "new"}, "status"),
        ({"assignee_id": "<cleo>"}, "assignee"),
        ({"assignee_id": "<ann>", "group_id": "<billing>"}, "assignee"),
        ({"assignee_email": "nobody@acme.com"}, "assignee"),
        ({"group_id": 5}, "group"),
        ({"custom_status_id": 5}, "custom_status"),
        ({"priority": "P1"}, "priority"),
        ({"comment": {"body": "x", "author_id": 5}}, "author"),
    ],
)
def test_what_a_ticket_cannot_become_is_refused(sent: dict[str, Any], field: str) -> None:
    world = World()
    made = world.ticket(status="open")
    answer = world.zendesk.put(f"tickets/{made['id']}", {"ticket": {"subject": "Changed", **world.named(sent)}})
    assert answer.status_code == 422
    assert field in answer.json()["details"]
    assert world.show(made) == made
    assert len(world.audits(made)) == 1


def test_a_refused_ticket_leaves_no_customer_behind() -> None:
    world = World()
    sent = {"comment": {"body": "x"}, "requester": {"name": "Dana", "email": "dana@client.org"}, "group_id": 5}
    assert world.zendesk.post("tickets", {"ticket": sent}).status_code == 422
    assert world.zendesk.get("users/search?query=email:dana@client.org").json()["users"] == []


def test_a_channel_is_given_once_and_later_changes_come_their_own_way() -> None:
    world = World()
    made = world.ticket(via={"channel": "whatsapp"})
    assert made["via"]["channel"] == "whatsapp"
    world.change(made, comment={"body": "x"}, via={"channel": "chat"})
    assert [one["via"]["channel"] for one in world.audits(made)] == ["whatsapp", "api"]
    assert [one["via"]["channel"] for one in world.comments(made)] == ["whatsapp", "api"]
    assert world.show(made)["via"]["channel"] == "whatsapp"
    for bad in ("rule", "carrier pigeon"):
        sent = {"ticket": {"comment": {"body": "x"}, "via": {"channel": bad}}}
        assert world.zendesk.post("tickets", sent).status_code == 422


def test_statuses_and_custom_statuses_go_together() -> None:
    world = World()
    custom = {"status_category": "pending", "agent_label": "At the bank"}
    waiting = world.zendesk.make("custom_statuses", "custom_status", **custom)
    made = world.ticket(custom_status_id=waiting["id"])
    assert (made["status"], made["custom_status_id"]) == ("pending", waiting["id"])
    opened = world.change(made, status="open")
    statuses = {row["id"]: row for row in world.zendesk.get("custom_statuses").json()["custom_statuses"]}
    assert statuses[opened["custom_status_id"]]["agent_label"] == "Open"


def test_options_and_tags_are_two_sides_of_a_field() -> None:
    world = World()

    def area(ticket: dict[str, Any]) -> Any:
        return next(one["value"] for one in ticket["custom_fields"] if one["id"] == world.ids["<area>"])

    field = {"id": "<area>", "value": "area_pay"}
    made = world.ticket(custom_fields=[field], tags=["kept"])
    assert (made["tags"], area(made)) == (["kept", "area_pay"], "area_pay")
    changed = world.change(made, custom_fields=[{**field, "value": "area_login"}])
    assert (changed["tags"], area(changed)) == (["kept", "area_login"], "area_login")
    untouched = world.change(made, custom_fields=[{"id": "<order>", "value": "A-1"}])
    assert area(untouched) == "area_login"
    by_tag = world.change(made, tags=["area_pay"])
    assert (by_tag["tags"], area(by_tag)) == (["area_pay"], "area_pay")
    assert area(world.change(made, tags=["other"])) is None


def test_customers_tags_come_onto_tickets_only_where_people_have_tags() -> None:
    world = World()
    assert world.ticket()["tags"] == []
    world.zendesk.put("account/settings", {"settings": {"user": {"tagging": True}}})
    made = world.ticket(tags=["own"])
    assert made["tags"] == ["own", "plan_gold", "key_account"]
    assert world.change(made, requester_id="<ann>")["tags"] == ["own"]


def test_private_notes_are_kept_from_the_customer() -> None:
    world = World()
    made = world.ticket(comment={"body": "Between us", "public": False})
    assert made["is_public"] is False
    assert world.comments(made)[0]["public"] is False
    changed = world.change(made, comment={"html_body": "<p>Dear <b>Cleo</b></p><p>Bye</p>"})
    assert changed["is_public"] is True
    assert world.comments(made)[1]["body"] == "Dear Cleo\n\nBye".replace("\n\n", "\n")
    world.change(made, comment={"body": "From the customer", "author_id": "<cleo>", "public": False})
    assert [one["public"] for one in world.comments(made)] == [False, True, True]
    falling = world.zendesk.get(f"tickets/{made['id']}/comments?sort_order=desc").json()["comments"]
    assert falling[0]["body"] == "From the customer"


def test_an_audit_tells_of_each_update() -> None:
    world = World()
    answer = world.zendesk.post("tickets", {"ticket": world.named({"subject": "S", "comment": {"body": "B"}})})
    first = answer.json()["audit"]
    assert (first["ticket_id"], first["author_id"]) == (answer.json()["ticket"]["id"], world.ids["<account>"])
    told = {event["field_name"]: event["value"] for event in first["events"] if event["type"] == "Create"}
    assert (told["subject"], told["status"], told["requester_id"]) == ("S", "new", str(world.ids["<account>"]))
    assert {event["type"] for event in first["events"]} == {"Create", "Comment"}
    ticket = answer.json()["ticket"]
    sent = {
        "tags": ["x"],
        "priority": "high",
        "custom_fields": [{"id": "<order>", "value": "A-1"}],
        "metadata": {"a": 1},
    }
    world.change(ticket, **sent)
    world.change(ticket, comment={"body": "Hello"})
    audits = world.audits(ticket)
    changes = [(one["field_name"], one["previous_value"], one["value"]) for one in audits[1]["events"]]
    assert changes == [
        ("priority", None, "high"),
        ("tags", [], ["x"]),
        (str(world.ids["<order>"]), None, "A-1"),
    ]
    assert audits[1]["metadata"]["custom"] == {"a": 1}
    [event] = audits[2]["events"]
    comment = world.comments(ticket)[1]
    assert (event["id"], event["body"], event["audit_id"]) == (comment["id"], "Hello", audits[2]["id"])
    path = f"tickets/{ticket['id']}/audits/{audits[1]['id']}"
    assert world.zendesk.get(path).json()["audit"] == audits[1]
    assert world.zendesk.get(f"tickets/{ticket['id']}/audits/5").status_code == 404
    page = world.zendesk.get(f"tickets/{ticket['id']}/audits?page[size]=2").json()
    assert [one["id"] for one in page["audits"]] == [one["id"] for one in audits[:2]]


def test_a_deleted_ticket_can_come_back_until_it_is_deleted_for_good() -> None:
    world = World()
    made, other = world.ticket(), world.ticket(subject="Other")
    path = f"tickets/{made['id']}"
    assert world.zendesk.delete(path).status_code == 204
    assert world.zendesk.get(path).status_code == 404
    assert world.zendesk.get(f"{path}/comments").status_code == 404
    [deleted] = world.zendesk.get("deleted_tickets").json()["deleted_tickets"]
    assert (deleted["id"], deleted["subject"], deleted["previous_state"]) == (made["id"], "Help", "new")
    assert deleted["actor"]["id"] == world.ids["<account>"]
    assert world.zendesk.put(f"deleted_tickets/{made['id']}/restore").status_code == 200
    assert world.show(made)["subject"] == "Help"
    assert world.zendesk.delete(f"deleted_tickets/{made['id']}").status_code == 404
    for ticket in (made, other):
        world.zendesk.delete(f"tickets/{ticket['id']}")
    job = world.zendesk.delete(f"deleted_tickets/{made['id']}").json()["job_status"]
    assert (job["status"], job["results"]) == ("queued", None)
    done = world.zendesk.get(job["url"]).json()["job_status"]
    assert (done["status"], done["results"]) == ("completed", {"success": True})
    assert [row["id"] for row in world.zendesk.get("deleted_tickets").json()["deleted_tickets"]] == [other["id"]]
    world.zendesk.delete(f"deleted_tickets/destroy_many?ids={other['id']}")
    assert world.zendesk.get("deleted_tickets").json()["count"] == 0


def test_agents_delete_tickets_only_where_the_account_lets_them() -> None:
    world = World()
    made = world.ticket()
    assert world.as_user("ann@acme.com", "DELETE", f"tickets/{made['id']}").status_code == 403
    world.zendesk.put("account/settings", {"settings": {"tickets": {"agent_ticket_deletion": True}}})
    assert world.as_user("ann@acme.com", "DELETE", f"tickets/{made['id']}").status_code == 204


def test_a_deleted_user_is_kept_until_deleted_for_good() -> None:
    world = World()
    path = f"users/{world.ids['<cleo>']}"
    world.zendesk.delete(path)
    [deleted] = world.zendesk.get("deleted_users").json()["deleted_users"]
    assert (deleted["name"], deleted["active"]) == ("Cleo Client", False)
    assert world.zendesk.delete(f"deleted_{path}").status_code == 200
    assert world.zendesk.get(f"deleted_{path}").status_code == world.zendesk.get(path).status_code == 404
    assert world.zendesk.delete(f"deleted_users/{world.ids['<ann>']}").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("requester:cleo@client.org", [1, 2]),
        ("requester:none", []),
        ('subject:"the printer"', [2]),
        ("marker-1f2e", [2]),
        ("-marker-1f2e", [1, 3]),
        ("group:billing", [3]),
        ("group:none", [1, 2]),
        ("assignee:bob@acme.com", [3]),
        ("via:chat", [2]),
        ("organization:client created>2026-01-01 order_by:created", [1, 2]),
        ("created:2026-09-21", [1, 2, 3]),
    ],
)
def test_a_search_finds_tickets_by_people_words_and_channels(query: str, found: list[int]) -> None:
    world = World()
    world.ticket()
    world.ticket(subject="The printer", comment={"body": "smokes marker-1f2e"}, via={"channel": "chat"})
    world.ticket(requester_id="<ann>", assignee_id="<bob>")
    assert [row["id"] for row in world.zendesk.get(f"search?query=type:ticket {query}").json()["results"]] == found


def test_tickets_of_a_user_and_an_organization_are_listed() -> None:
    world = World()
    made, _ = world.ticket(external_id="ours-1", assignee_id="<bob>"), world.ticket(requester_id="<ann>")
    for path in (
        f"users/{world.ids['<cleo>']}/tickets/requested",
        f"users/{world.ids['<bob>']}/tickets/assigned",
        f"organizations/{world.ids['<client>']}/tickets",
        "tickets?external_id=ours-1",
    ):
        assert [row["id"] for row in world.zendesk.get(path).json()["tickets"]] == [made["id"]]


def test_an_update_of_one_ticket_is_limited_for_ten_minutes() -> None:
    world = World(endpoint_limits=True)
    one, other = world.ticket(), world.ticket()
    sent = {"ticket": {"subject": "x"}}
    answers = [world.zendesk.put(f"tickets/{one['id']}", sent) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert world.zendesk.put(f"tickets/{other['id']}", sent).status_code == 200
    world.zendesk.clock.now += 61
    assert world.zendesk.put(f"tickets/{one['id']}", sent).status_code == 429
    world.zendesk.clock.now += int(answers[-1].headers["retry-after"])
    assert world.zendesk.put(f"tickets/{one['id']}", sent).status_code == 200


def test_who_may_only_read_changes_no_ticket() -> None:
    world = World()
    made = world.ticket()
    reader = world.zendesk.as_token("sandbox-narrow")
    assert reader.get(f"tickets/{made['id']}/comments").status_code == 200
    for method, path in (
        ("POST", "tickets"),
        ("PUT", f"tickets/{made['id']}"),
        ("DELETE", f"tickets/{made['id']}"),
        ("POST", "requests"),
        ("DELETE", "deleted_tickets/1"),
    ):
        assert reader.call(method, path, {"ticket": {"comment": {"body": "x"}}}).status_code == 403
