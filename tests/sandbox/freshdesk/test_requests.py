"""The stand-in for Freshdesk, by the vendor's documentation: what it shows, what it keeps back, what it refuses."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from typing import Any

import pytest

from sandbox.app import create_app
from sandbox.store import Row, Store
from sandbox.system import load_system
from tests.sandbox.client import Answer, Client, Clock

KEY = "Basic " + base64.b64encode(b"sandbox:X").decode()
NOW = 1_790_000_000.0  # 2026-09-21
TICKETS = [
    {"id": 1, "subject": "Old", "created_at": "2025-01-01T00:00:00Z", "updated_at": "2026-09-01T00:00:00Z"},
    {"id": 2, "subject": "New", "created_at": "2026-09-20T00:00:00Z", "description": "<p>Hi</p>"},
    {"id": 3, "subject": "Rubbish", "created_at": "2026-09-20T00:00:00Z", "spam": True},
    {"id": 4, "subject": "Gone", "created_at": "2026-09-20T00:00:00Z", "deleted": True},
    {"id": 5, "subject": "Archived", "created_at": "2026-01-01T00:00:00Z", "status": "Closed",
     "conversations": [{"from": "a@b.example", "body": "Bye"}]},
]  # fmt: skip


class Freshdesk:
    def __init__(self, **seed: Any) -> None:
        self.clock = Clock(NOW)
        self.store = Store(clock=self.clock)
        self.app = create_app(self.store, seed={"freshdesk": seed}, systems={"freshdesk": load_system("freshdesk")})
        self.client = Client(self.app, None)

    def asked(self, path: str, method: str = "GET", body: Any = None) -> Answer:
        return self.client.call(method, f"/freshdesk/api/v2/{path}", body, headers={"authorization": KEY})

    def ids(self, path: str) -> list[int]:
        return [each["id"] for each in self.asked(path).json()]

    def set(self, **settings: Any) -> None:
        self.client.post("/sandbox/settings", {"freshdesk": settings})

    def file(self, link: str, **headers: str) -> Answer:
        return self.client.call("GET", link.partition("sandbox.test")[2], headers=headers)


@pytest.fixture
def desk() -> Freshdesk:
    return Freshdesk(tickets=TICKETS)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", [2]),
        ("?updated_since=2020-01-01T00:00:00Z", [2, 1]),
        ("?updated_since=2020-01-01T00:00:00Z&order_by=updated_at&order_type=asc", [1, 2]),
        ("?filter=spam", [3]),
        ("?filter=deleted", [4]),
        ("?updated_since=2026-09-20T00:00:00Z", [2]),
    ],
)
def test_a_list_shows_only_what_it_shows_at_the_vendors(desk: Freshdesk, query: str, ids: list[int]) -> None:
    assert desk.ids(f"tickets{query}") == ids


def test_whether_a_second_is_taken_in_is_a_setting(desk: Freshdesk) -> None:
    desk.set(since_is_exclusive=True)
    assert desk.ids("tickets?updated_since=2026-09-20T00:00:00Z") == []


def test_a_closed_ticket_that_nobody_touches_can_only_be_had_by_its_id(desk: Freshdesk) -> None:
    assert desk.asked("tickets/5").status_code == 404
    assert desk.asked("tickets/archived/5").json()["archived"] is True
    assert [each["body"] for each in desk.asked("tickets/archived/5/conversations").json()] == ["Bye"]
    assert desk.asked("tickets/archived/2").status_code == 404
    desk.set(archive_after_days=0)
    assert desk.asked("tickets/5").status_code == 200
    assert desk.asked("tickets/archived/5").json()["code"] == "require_feature"


def test_pages_have_an_end(desk: Freshdesk) -> None:
    desk.client.post("/sandbox/freshdesk", {"tickets": [{"id": number} for number in range(10, 15)]})
    first = desk.asked("tickets?per_page=2")
    assert len(first.json()) == 2 and first.headers["link"].endswith('page=2>; rel="next"')
    assert "link" not in desk.asked("tickets?per_page=2&page=3").headers
    assert [len(desk.asked(f"tickets?per_page={number}").json()) for number in (1, 100)] == [1, 6]
    desk.set(most_pages=3)
    for path, field in (
        ("tickets?per_page=101", "per_page"), ("tickets?page=0", "page"), ("tickets?page=4", "page"),
        ("tickets?order_by=mood", "order_by"), ("tickets?mood=1", "mood"), ("tickets?include=everything", "include"),
        ("tickets?updated_since=yesterday", "updated_since"),
    ):  # fmt: skip
        refused = desk.asked(path)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, field), path


def test_a_list_has_neither_description_nor_files_and_a_view_embeds_ten_conversations() -> None:
    said = [{"from": "a@b.example", "body": f"{number}"} for number in range(12)]
    desk = Freshdesk(tickets=[{"id": 1, "description": "<p>Hi</p>", "conversations": said,
                               "attachments": [{"name": "a.txt", "content": "abc"}]}])  # fmt: skip
    [row] = desk.asked("tickets").json()
    assert not {"description", "attachments", "stats"} & set(row)
    assert desk.asked("tickets?include=description").json()[0]["description"] == "<p>Hi</p>"
    view = desk.asked("tickets/1?include=conversations,stats").json()
    assert (len(view["conversations"]), view["attachments"][0]["name"], "stats" in view) == (10, "a.txt", True)
    assert len(desk.asked("tickets/1/conversations?per_page=100").json()) == 12


def test_limits_are_by_plan_and_what_is_embedded_costs_more(desk: Freshdesk) -> None:
    answer = desk.asked("tickets?include=stats,description")
    assert [answer.headers[f"x-ratelimit-{name}"] for name in ("total", "remaining", "used-currentrequest")] == [
        "400", "395", "5",
    ]  # fmt: skip
    assert desk.asked("tickets/2?include=stats").headers["x-ratelimit-remaining"] == "393"
    desk.set(plan="growth")
    for _ in range(19):
        assert desk.asked("tickets").status_code == 200
    refused = desk.asked("tickets")
    assert refused.status_code == 429 and 0 < int(refused.headers["retry-after"]) <= 60
    assert desk.asked("tickets/2").status_code == 200  # the list's own limit
    desk.clock.now += 60
    assert desk.asked("tickets").status_code == 200


def test_a_key_opens_it_and_nothing_else(desk: Freshdesk) -> None:
    refused = desk.client.get("/freshdesk/api/v2/tickets")
    assert (refused.status_code, refused.json()["code"]) == (401, "invalid_credentials")
    assert desk.asked("nothing").status_code == 404


def test_a_link_of_a_file_ends_and_wants_no_key() -> None:
    desk = Freshdesk(tickets=[{"id": 1, "attachments": [{"name": "a b.txt", "content": "abc"}]}])
    link = desk.asked("tickets/1").json()["attachments"][0]["attachment_url"]
    assert desk.file(link).content == b"abc"
    assert desk.file(link, authorization=KEY).status_code == 400
    assert desk.file(link.replace("Signature=", "Signature=0")).status_code == 403
    desk.clock.now += 301
    assert desk.file(link).status_code == 403


def test_a_merged_ticket_is_closed_and_only_a_note_names_the_other() -> None:
    desk = Freshdesk(tickets=[{"id": 1}, {"id": 2, "subject": "Again", "merged_into": 1}])
    second = desk.asked("tickets/2?include=conversations").json()
    assert second["status"] == 5 and "merged into ticket 1" in second["conversations"][0]["body"]
    assert "Merged from ticket 2" in desk.asked("tickets/1?include=conversations").json()["conversations"][0]["body"]


def test_the_account_export_is_a_job_and_a_zip_in_older_words(desk: Freshdesk) -> None:
    desk.set(export_takes=30)
    job = desk.asked("account/export", "POST", {}).json()["id"]
    assert desk.asked("account/export", "POST", {}).status_code == 409
    assert desk.asked(f"account/export/{job}").json() == {"id": job, "status": "in_progress"}
    desk.clock.now += 31
    link = desk.asked(f"account/export/{job}").json()["download_url"]
    with zipfile.ZipFile(io.BytesIO(desk.file(link).content)) as archive:
        tickets = json.loads(archive.read("Tickets0.json"))
        kept = json.loads(archive.read("ArchivedTickets0.json"))
    assert [each["helpdesk_ticket"]["display_id"] for each in tickets] == [1, 2, 3, 4]
    [note] = kept[0]["helpdesk_ticket"]["notes"]
    assert (note["body_html"], note["private"]) == ("Bye", False)
    desk.set(is_admin=False)
    assert desk.asked("account/export", "POST", {}).status_code == 403


def test_contacts_that_are_gone_are_seen_by_their_id_only() -> None:
    desk = Freshdesk(contacts=[{"name": "A", "email": "a@x.example"}, {"email": "b@x.example", "state": "deleted"}])
    assert [each["email"] for each in desk.asked("contacts").json()] == ["a@x.example"]
    [gone] = desk.asked("contacts?state=deleted").json()
    assert desk.asked(f"contacts/{gone['id']}").json()["deleted"] is True


@pytest.mark.parametrize(
    "seed",
    [{"ticket": []}, {"tickets": [{"status": "Asleep"}]}, {"tickets": [{"group": "Nobody"}]}, {"tickets": {"id": 1}},
     {"rules": [{"name": "x", "on": "monday"}]}],
)  # fmt: skip
def test_a_seed_that_cannot_be_is_said(seed: Row) -> None:
    with pytest.raises(ValueError, match="freshdesk"):
        Freshdesk(**seed)
