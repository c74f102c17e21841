"""The stand-in for Intercom, by the vendor's documentation: what it shows, what it keeps back, what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.app import create_app
from sandbox.store import Row, Store
from sandbox.system import load_system
from tests.sandbox.client import Answer, Client, Clock

NOW = 1_790_000_000  # 2026-09-21
DAY = 86_400
ANN = "ann@x.example"


class Intercom:
    def __init__(self, **seed: Any) -> None:
        self.clock = Clock(NOW)
        self.store = Store(clock=self.clock)
        self.app = create_app(self.store, seed={"intercom": seed}, systems={"intercom": load_system("intercom")})
        self.client = Client(self.app)

    def asked(self, path: str, body: Any = None, **headers: str) -> Answer:
        method = "GET" if body is None else "POST"
        return self.client.call(method, f"/intercom/{path}", body, headers={"intercom-version": "2.15"} | headers)

    def found(self, path: str, field: str, operator: str, value: Any) -> list[str]:
        query = {"query": {"field": field, "operator": operator, "value": value}}
        document = self.asked(path, query).json()
        return [each["id"] for each in document["data" if "data" in document else path.split("/")[0]]]

    def set(self, **settings: Any) -> None:
        self.client.post("/sandbox/settings", {"intercom": settings})

    def code(self, answer: Answer) -> tuple[int, str]:
        document = answer.json()
        assert document["type"] == "error.list"
        return answer.status_code, document["errors"][0]["code"]


def many(number: int) -> list[dict[str, Any]]:
    return [{"id": str(each), "from": ANN, "created_at": NOW - 1000 + each} for each in range(1, number + 1)]


def test_a_list_goes_by_cursor_the_last_changed_first() -> None:
    desk = Intercom(conversations=many(5))
    first = desk.asked("conversations?per_page=2").json()
    assert [each["id"] for each in first["conversations"]] == ["5", "4"] and first["total_count"] == 5
    desk.store.table("intercom", "conversations")["1"]["updated_at"] = NOW  # it moves to where one has been already
    seen, pages = [], first["pages"]
    while pages["next"]:
        page = desk.asked(f"conversations?per_page=2&starting_after={pages['next']['starting_after']}").json()
        seen, pages = [*seen, *(each["id"] for each in page["conversations"])], page["pages"]
    assert seen == ["3", "2"]
    assert desk.code(desk.asked("conversations?starting_after=x")) == (400, "client_error")
    assert desk.code(desk.asked("conversations?per_page=151")) == (400, "parameter_invalid")


def test_only_a_conversation_by_its_id_has_parts_and_only_the_newest() -> None:
    parts = [{"from": ANN, "body": f"{each}", "created_at": NOW + each} for each in range(502)]
    desk = Intercom(conversations=[{"id": "1", "from": ANN, "parts": parts}])
    [row] = desk.asked("conversations").json()["conversations"]
    assert "conversation_parts" not in row
    held = desk.asked("conversations/1").json()["conversation_parts"]
    bodies = [each["body"] for each in held["conversation_parts"]]
    assert (bodies[0], bodies[-1], len(bodies), held["total_count"]) == ("2", "501", 500, 502)
    assert desk.code(desk.asked("conversations/2")) == (404, "not_found")


def test_what_is_redacted_has_no_words() -> None:
    part = {"from": ANN, "body": "4111", "redacted": True}
    desk = Intercom(conversations=[{"id": "1", "from": ANN, "body": "secret", "redacted": True, "parts": [part]}])
    view = desk.asked("conversations/1").json()
    [shown] = view["conversation_parts"]["conversation_parts"]
    assert (view["source"]["body"], shown["body"], shown["redacted"]) == (None, None, True)


def test_searches_take_in_what_fits() -> None:
    desk = Intercom(conversations=many(4), contacts=[{"email": "a@x.example", "created_at": NOW}])
    assert desk.found("conversations/search", "updated_at", ">", NOW - 998) == ["4", "3"]
    assert desk.found("conversations/search", "id", "IN", ["1", "9"]) == ["1"]
    assert desk.found("contacts/search", "updated_at", ">", NOW - 60) == []  # times of contacts are days
    assert len(desk.found("contacts/search", "updated_at", ">", NOW - DAY)) >= 1
    wrong = {"query": {"field": "mood", "operator": "=", "value": 1}}
    assert desk.code(desk.asked("conversations/search", wrong)) == (400, "invalid_field")
    both = {"operator": "AND", "value": [{"field": "state", "operator": "=", "value": "open"},
                                         {"field": "id", "operator": "!=", "value": "1"}]}  # fmt: skip
    assert len(desk.asked("conversations/search", {"query": both}).json()["conversations"]) == 3
    assert not [each for each in desk.client.get("/sandbox/log").json()["log"] if each["writes"]]


def test_one_scroll_is_open_at_a_time_and_ends_after_a_minute() -> None:
    desk = Intercom(companies=[{"name": f"C{each}"} for each in range(3)])
    desk.set(scroll_page=2)
    first = desk.asked("companies/scroll").json()
    assert desk.code(desk.asked("companies/scroll")) == (400, "scroll_exists")
    again = f"companies/scroll?scroll_param={first['scroll_param']}"
    assert [len(desk.asked(again).json()["data"]) for _ in range(2)] == [1, 0]  # each call goes on
    desk.clock.now += 61
    assert desk.code(desk.asked(again)) == (404, "not_found")
    assert len(desk.asked("companies/scroll").json()["data"]) == 2


def test_the_list_of_companies_has_an_end_and_only_those_with_users() -> None:
    desk = Intercom(companies=[{"name": "A"}, {"name": "B"}], contacts=[{"email": ANN, "companies": ["B"]}])
    assert [each["name"] for each in desk.asked("companies/list", {}).json()["data"]] == ["B"]
    desk.set(most_listed_companies=100)
    assert desk.code(desk.asked("companies/list", {"page": 3, "per_page": 50})) == (400, "parameter_invalid")


def test_limits_are_windows_of_ten_seconds() -> None:
    desk = Intercom()
    desk.set(calls_in_ten_seconds=2)
    answers = [desk.asked("me") for _ in range(3)]
    assert [each.headers["x-ratelimit-remaining"] for each in answers] == ["1", "0", "0"]
    assert desk.code(answers[-1]) == (429, "rate_limit_exceeded") and "retry-after" not in answers[-1].headers
    assert int(answers[-1].headers["x-ratelimit-reset"]) == NOW + 10
    desk.clock.now += 10
    assert desk.asked("me").status_code == 200


def test_a_token_and_a_version_open_it() -> None:
    desk = Intercom()
    assert desk.code(Client(desk.app, None).get("/intercom/me")) == (401, "unauthorized")
    assert desk.code(desk.asked("me", **{"intercom-version": "3000"})) == (400, "intercom_version_invalid")
    assert desk.asked("me").json()["app"]["id_code"] == "sandbox1"
    assert desk.code(desk.asked("macros")) == (404, "not_found")


def test_a_link_of_a_file_ends_and_wants_no_token() -> None:
    files = [{"name": "a b.txt", "content": "abc"}]
    desk = Intercom(
        conversations=[{"id": "1", "from": ANN, "body": "<img src='{file:a b.txt}'>", "attachments": files}]
    )
    source = desk.asked("conversations/1").json()["source"]
    link = source["attachments"][0]["url"].partition("sandbox.test")[2]
    assert link in source["body"]
    anybody = Client(desk.app, None)
    assert anybody.get(link).content == b"abc"
    assert desk.client.get(link).status_code == 400
    assert anybody.get(link.replace("signature=", "signature=0")).status_code == 403
    desk.clock.now += 1801
    assert anybody.get(link).status_code == 403


def test_a_customers_ticket_is_a_conversation_as_well() -> None:
    desk = Intercom(
        ticket_types=[{"name": "Bug"}, {"name": "Inside", "category": "Back-office"}],
        conversations=[{"id": "7", "from": ANN, "ticket": {"type": "Bug", "title": "It breaks"}}],
        tickets=[{"id": "8", "type": "Inside", "state": "In progress", "linked": ["7"]}],
    )
    assert desk.asked("conversations/7").json()["ticket"]["ticket_attributes"]["_default_title_"] == "It breaks"
    assert sorted(desk.found("tickets/search", "created_at", ">", 0)) == ["7", "8"]
    inside = desk.asked("tickets/8").json()
    assert (inside["ticket_state"]["internal_label"], inside["is_shared"]) == ("In progress", False)
    assert {each["category"] for each in desk.asked("ticket_states").json()["data"]} >= {"submitted", "resolved"}


def test_a_contact_names_ten_of_what_belongs_to_it() -> None:
    tags = [f"t{each}" for each in range(12)]
    desk = Intercom(contacts=[{"email": ANN, "tags": tags, "notes": [{"body": "<p>VIP</p>"}]}])
    [row] = desk.asked("contacts").json()["data"]
    assert (len(row["tags"]["data"]), row["tags"]["has_more"], row["notes"]["total_count"]) == (10, True, 1)
    assert len(desk.asked(f"contacts/{row['id']}/tags").json()["data"]) == 12
    assert desk.asked(f"contacts/{row['id']}/notes").json()["data"][0]["body"] == "<p>VIP</p>"


def test_articles_go_by_page_in_every_language() -> None:
    desk = Intercom(
        collections=[{"name": "Help"}, {"name": "Start", "parent": "Help"}],
        articles=[{"title": f"A{each}", "collection": "Start"} for each in range(3)]
        + [{"title": "B", "translations": {"de": {"title": "Be"}}}],
    )
    first = desk.asked("articles?per_page=3").json()
    assert len(first["data"]) == 3 and first["pages"]["next"].endswith("/intercom/articles?page=2&per_page=3")
    every = [*first["data"], *desk.asked("articles?per_page=3&page=2").json()["data"]]
    [translated] = [each for each in every if each["title"] == "B"]
    assert translated["translated_content"]["de"]["title"] == "Be"
    assert {each["name"] for each in desk.asked("help_center/collections").json()["data"]} == {"Help", "Start"}


def test_it_can_be_added_to() -> None:
    desk = Intercom()
    assert desk.client.post("/sandbox/intercom", {"conversations": many(2)}).json() == {"conversations": 2}
    assert desk.client.post("/sandbox/intercom", {"tags": []}).status_code == 400


@pytest.mark.parametrize(
    "seed",
    [{"conversation": []}, {"conversations": [{"state": "asleep"}]}, {"contacts": [{"companies": ["Nobody"]}]},
     {"tickets": [{"type": "Nothing"}]}, {"teams": {"name": "x"}}],
)  # fmt: skip
def test_a_seed_that_cannot_be_is_said(seed: Row) -> None:
    with pytest.raises(ValueError, match="intercom"):
        Intercom(**seed)
