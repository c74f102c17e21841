"""What an Intercom that fails, refuses or is hostile comes to: it goes on, puts aside, or says what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import responses
from pydantic import ValidationError

from migrations.extracting import extract
from migrations.records.attachment import Attachment
from migrations.records.comment import Comment
from migrations.records.person import Person
from migrations.records.ticket import Ticket
from migrations.sources.http_client import HttpClient, NotHad
from migrations.sources.intercom import SOURCE
from migrations.sources.intercom.client import Client
from migrations.sources.intercom.links import is_vendors
from migrations.sources.pictures import pictures, shown_by
from migrations.sources.source import Reading, SourceFault
from migrations.staging.staging import Staging
from tests.live_sandbox import LiveSandbox
from tests.migrations.intercom.desk import ANN, AT, GRACE, NOW, intercom, reading, run_again, staged, without_ends
from tests.migrations.staged import content

TALK = {"id": "1", "from": ANN, "body": "<p>A</p>", "created_at": AT, "parts": [{"from": ANN, "body": "B"}]}
SECOND = {"id": "2", "from": ANN, "body": "<p>B</p>", "created_at": AT}


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Nobody waits in earnest; how long each waiting would have been."""
    found: list[float] = []
    monkeypatch.setattr("migrations.sources.http_client.sleep", found.append)
    return found


@pytest.fixture
def desk() -> Iterator[LiveSandbox]:
    with intercom({"conversations": [TALK, SECOND]}) as sandbox:
        yield sandbox


def tickets(staging: Staging) -> set[str]:
    return {each.id for each in staging.all(Ticket)}


@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "truncated", "html", "error_500", "error_503", "throttle"])
def test_what_fails_now_and_then_changes_nothing(kind: str, tmp_path: Path) -> None:
    with intercom() as sandbox:
        whole = without_ends(staged(sandbox, tmp_path / "whole"))
        sandbox.forward(120)  # so that no scroll is open; one that fails is tested by itself
        sandbox.fault(kind=kind, system="intercom", path="^/(?!companies|i/)", rate=0.25, seed=8)
        if kind != "html":  # a page instead of a picture is what nobody can tell
            sandbox.fault(kind=kind, system="intercom", path="bill.pdf", times=1)
        assert without_ends(staged(sandbox, tmp_path / "again")) == whole
        assert sandbox.fired() > 5


def test_a_limit_is_waited_for_until_its_window_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[float] = []
    with intercom(calls_in_ten_seconds=5) as sandbox:
        now = [NOW]
        sandbox.store.clock = lambda: now[0]
        monkeypatch.setattr(
            "migrations.sources.http_client.sleep", lambda seconds: now.__setitem__(0, now[0] + seconds)
        )
        staging = staged(sandbox, tmp_path, waited=told.append)
    assert tickets(staging) == {"1", "2", "3", "ticket-9"}
    assert set(told) == {10.0}  # a whole window, each time


def test_a_ceiling_of_ones_own_keeps_calls_apart(tmp_path: Path, slept: list[float]) -> None:
    with intercom({"conversations": [{**SECOND, "id": f"{number}"} for number in range(1, 21)]}) as sandbox:
        staged(sandbox, tmp_path, calls_per_minute=30)
    assert sum(slept) > 20 * 1.9


def test_somebody_who_wants_an_end_does_not_wait_for_a_limit(desk: LiveSandbox, tmp_path: Path) -> None:
    staging, wants_an_end = Staging(tmp_path), []
    desk.fault(kind="throttle", path="/conversations/1$")
    stopping = reading(desk, staging, stopped=lambda: bool(wants_an_end), waited=wants_an_end.append)
    assert not extract(SOURCE, stopping).is_whole
    desk.heal()
    assert extract(SOURCE, reading(desk, staging)).is_whole and tickets(staging) == {"1", "2"}
    assert staging.count("comments") == 3


@pytest.mark.parametrize(
    ("fault", "why", "do"),
    [
        ({"kind": "unauthorized"}, "does not take the token", "INTERCOM_TOKEN"),
        ({"kind": "error_500"}, "an error of its own (500)", "goes on from here"),
        ({"kind": "cut_before"}, "the connection breaks", "goes on from here"),
        ({"kind": "html", "value": 200}, "not the JSON", "goes on from here"),
        ({"kind": "html", "value": 302}, "sends callers on", "as url"),
        ({"kind": "throttle"}, "limit of calls", "goes on from here"),
        ({"kind": "forbidden", "path": "/tickets"}, "does not let tickets be read", "permission"),
        ({"kind": "forbidden", "path": "/articles"}, "does not let articles be read", "permission"),
        ({"kind": "error_500", "path": "/companies"}, "an error of its own (500)", "goes on from here"),
    ],
)
def test_what_fails_each_time_is_said(
    fault: dict[str, Any], why: str, do: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERCOM_TOKEN", "sandbox")
    with intercom({"conversations": [TALK]}) as sandbox:
        sandbox.fault(system="intercom", **fault)
        with pytest.raises(SourceFault) as raised:
            staged(sandbox, tmp_path, token="env:INTERCOM_TOKEN")
    said = raised.value
    assert why in said.why and do in said.do and "127.0.0.1" in said.where
    assert "sandbox" not in f"{said.why} {said.do}"  # the token


def test_what_is_not_in_the_plan_is_said_and_the_rest_read(tmp_path: Path) -> None:
    with intercom(without=["tickets", "articles", "companies"]) as sandbox:
        staging = staged(sandbox, tmp_path)
    assert tickets(staging) == {"1", "2", "3"} and staging.count("articles") == staging.count("organizations") == 0
    for type_, part in (("tickets", "tickets"), ("articles", "articles"), ("organizations", "companies")):
        assert staging.remarks()[type_, f"the plan of this Intercom has none: {part}"] == 1


def test_a_variable_without_a_token_is_named(
    desk: LiveSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INTERCOM_TOKEN", raising=False)
    with pytest.raises(SourceFault, match="INTERCOM_TOKEN is empty"):
        staged(desk, tmp_path, token="env:INTERCOM_TOKEN")
    assert not desk.log()


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ({"kind": "error_500"}, "Intercom fails over it each time"),
        ({"kind": "cut_after"}, "Intercom fails over it each time"),
        ({"kind": "forbidden"}, "Intercom does not show it"),
    ],
)
def test_one_conversation_that_cannot_be_read_is_put_aside(
    fault: dict[str, Any], why: str, desk: LiveSandbox, tmp_path: Path
) -> None:
    desk.fault(path="/conversations/1$", **fault)
    staging = staged(desk, tmp_path)
    assert tickets(staging) == {"2"} and staging.reasons() == {("tickets", "quarantined", why): 1}
    desk.heal()
    run_again(desk, staging)  # and comes back once it can be
    assert tickets(staging) == {"1", "2"} and not staging.reasons()


def test_a_conversation_that_is_gone_before_it_is_read_is_put_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with intercom({"conversations": [TALK, SECOND]}) as sandbox:
        rows = sandbox.store.table("intercom", "conversations")
        real = Client.get

        def gone(self: Client, path: str, *more: Any, **named: Any) -> Any:
            if path == "/conversations/1":
                rows.pop("1", None)
            return real(self, path, *more, **named)

        monkeypatch.setattr(Client, "get", gone)
        staging = staged(sandbox, tmp_path)
    assert tickets(staging) == {"2"}
    why = "it was listed, and gone before it could be read"
    assert staging.reasons() == {("tickets", "quarantined", why): 1}
    row = staging.database.execute("SELECT month, status, channel FROM left_out").fetchone()
    assert row == ("2026-03", "open", "conversation")


FILES = [
    ({"name": "../../etc/passwd", "content": "abc"}, "passwd", ""),
    ({"name": "C:\\x\\y.pdf", "content": "abc"}, "y.pdf", ""),
    ({"name": "large.bin", "size": 2_000_000}, "large.bin", "larger than 1 MB"),
    ({"name": "liar.bin", "size": 5, "real_size": 2_000_000}, "liar.bin", "larger than 1 MB"),
    ({"name": "half.bin", "size": 9, "real_size": 5}, "half.bin", ""),
    ({"name": "gone.txt", "content": "x", "gone": True}, "gone.txt", "it is no longer there"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "name", "missing"), FILES)
def test_a_file_is_kept_by_its_content_or_says_why_not(given: Any, name: str, missing: str, tmp_path: Path) -> None:
    with intercom({"conversations": [{**TALK, "attachments": [given]}]}) as sandbox:
        staging = staged(sandbox, tmp_path, largest_attachment_mb=1)
    [found] = staging.all(Attachment)
    assert (found.name, found.missing, bool(found.digest)) == (name, missing, not missing)
    assert bool(staging.remarks()) == (name == "half.bin")
    assert all(each.is_relative_to(tmp_path / "files") for each in staging.files.all())


def test_a_link_that_ended_is_asked_for_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of which each takes long: the links of the later ones end before it is their turn."""
    files = [{"name": f"{number}.txt", "content": f"{number}"} for number in range(3)]
    picture = {"name": "p.png", "content": "PNG", "inline": True}
    said = {"from": ANN, "body": '<img src="{file:p.png}">', "attachments": [*files, picture]}
    ticket = {"id": "9", "type": "Inside", "parts": [said], "attributes": {}}
    seed = {
        "ticket_types": [{"name": "Inside", "category": "Back-office"}],
        "conversations": [{**TALK, **said, "parts": [said]}],
        "tickets": [ticket],
    }
    with intercom(seed) as sandbox:
        now = [NOW]
        sandbox.store.clock = lambda: now[0]
        real = HttpClient.download

        def slow(self: HttpClient, address: str, most: int) -> bytes:
            now[0] += 1_000
            return real(self, address, most)

        monkeypatch.setattr(HttpClient, "download", slow)
        staging = staged(sandbox, tmp_path)
    found = list(staging.all(Attachment))
    assert {each.missing for each in found} == {""} and len(found) == 12
    shown = [each.html for each in staging.all(Comment)]
    assert len(shown) == 3 and all('src="cid:' in each for each in shown)


@responses.activate
def test_the_token_goes_to_the_api_and_to_no_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERCOM_TOKEN", "very-secret")
    client = Client("https://api.intercom.io", "env:INTERCOM_TOKEN")
    elsewhere = {"Location": "https://storage.example/file"}
    responses.get("https://api.intercom.io/file", status=302, headers=elsewhere)
    responses.get("https://storage.example/file", body=b"abc")
    assert client.http.download("https://api.intercom.io/file", 10) == b"abc"
    assert not any("Authorization" in each.request.headers for each in responses.calls), "customers write links"
    responses.get("https://api.intercom.io/me", status=302, headers=elsewhere)
    with pytest.raises(SourceFault, match="sends callers on"):
        client.get("/me")
    assert len(responses.calls) == 3


@responses.activate
def test_a_file_that_does_not_say_how_large_it_is_is_stopped() -> None:
    responses.get("https://storage.example/large", body=b"x" * 100)
    with pytest.raises(NotHad, match="larger than"):
        Client("https://api.intercom.io", "sandbox").http.download("https://storage.example/large", 10)


@pytest.mark.parametrize(
    "link",
    ["http://storage.example/x", "https://127.0.0.1/x", "https://10.0.0.1/x", "https://169.254.169.254/latest", "file:///x",
     "ftp://x/y", "https://[::1]/x", "//x/y", "", "https://", "http://[broken/"],
)  # fmt: skip
def test_no_link_leads_into_a_network_of_ours(link: str) -> None:
    with pytest.raises(NotHad, match="does not lead to the web"):
        Client("https://api.intercom.io", "sandbox").http.download(link, 10)


@pytest.mark.parametrize(
    ("link", "is_theirs"),
    [
        ("https://downloads.intercomcdn.com/i/o/1/a.png?expires=1&signature=2", True),
        ("https://downloads.intercomcdn.eu/i/o/1/a.png", True),
        ("https://tidewater.intercom-attachments-7.com/i/o/1/a.png", True),
        ("https://intercom-attachments-1.com/a.png", True),
        ("https://tracker.example/p.gif", False),
        ("https://evilintercomcdn.com/x", False),
        ("https://intercom-attachments-1.com.evil.example/x", False),
        ("http://127.0.0.1/x", False),
        ("http://[x", False),
    ],
)
def test_pictures_of_others_stay_where_they_are(link: str, is_theirs: bool) -> None:
    assert is_vendors(link, "https://api.intercom.io") == is_theirs


def test_pictures_are_found_and_renamed() -> None:
    page = '<img src="https://a.example/?x=1&amp;y=2"><IMG SRC=\'https://b.example/z\'><img><img src="">'
    found = pictures(page)
    assert found == ["https://a.example/?x=1&y=2", "https://b.example/z"]
    for link in found:
        page = shown_by(page, link, "cid:1")
    assert page.count("cid:1") == 2 and "example" not in page
    assert pictures("<p>None</p>") == [] and len(pictures("".join(f'<img src="{n}">' for n in range(300)))) == 100


HOSTILE: dict[str, dict[str, Any]] = {
    "characters": {"title": "a\x00b"},
    "long body": {"_body": "<p>" + "x" * 600_000 + "</p>"},
    "script": {"_body": "<script>evil()</script><p>A</p>"},
    "deep": {"_body": "<div>" * 5_000 + "A" + "</div>" * 5_000},
    "nul": {"_body": "<p>a\x00b</p>"},
    "contacts": {"contacts": {"contacts": [{"type": "contact", "id": f"c{number}"} for number in range(10_000)]}},
    "no contacts": {"contacts": {"contacts": [None, 7, {}, {"id": None}]}},
    "future": {"created_at": 4_900_000_000},
    "past": {"created_at": -5_000_000},
    "far": {"created_at": 10**30},
    "milliseconds": {"created_at": 1_772_359_200_000},
    "no time": {"created_at": "yesterday"},
    "fields": {"custom_attributes": {"a": {"x": [1]}, "b": ["1", 2], "c": "a\x00", "d": [{"y": 1}], "e": None,
                                     "f": {"type": "upload", "name": "f.pdf"}}},
    "shapes": {"tags": [], "statistics": 5, "conversation_rating": "good", "custom_attributes": [], "title": ["x"],
               "admin_assignee_id": {}, "team_assignee_id": False, "ticket": "x"},
    "nothing": {"contacts": None, "tags": None, "statistics": None, "custom_attributes": None, "state": None},
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_stands_in_a_conversation_is_carried(name: str, tmp_path: Path) -> None:
    given = dict(HOSTILE[name])
    with intercom({"conversations": [TALK, SECOND]}) as sandbox:
        row = sandbox.store.table("intercom", "conversations")["1"]
        if "_body" in given:
            row["_source"]["body"] = given.pop("_body")
        row |= given
        staging = staged(sandbox, tmp_path)
    ticket, first = staging.get(Ticket, "1"), staging.get(Comment, "1/first")
    assert ticket is not None and first is not None and tickets(staging) == {"1", "2"}
    remarks = {what for _, what in staging.remarks()}
    match name:
        case "characters":
            assert ticket.subject == "ab"
        case "nul":
            assert first.body == "ab" and "odd characters" in remarks
        case "long body":
            assert len(first.body) == 600_000
        case "script" | "deep":
            assert first.body == "A"
        case "contacts":
            assert len(ticket.copied) == 48 and "many receivers" in remarks
        case "future" | "past" | "far" | "milliseconds" | "no time":
            assert "no time that can be right for when it was begun" in remarks
            assert ticket.created == ticket.updated and ticket.created is not None and first.created is not None
        case "fields":
            assert {key: ticket.values[key] for key in "abcdf"} == {
                "a": '{"x": [1]}', "b": ["1", "2"], "c": "a", "d": '[{"y": 1}]', "f": "f.pdf",
            }  # fmt: skip


HALF = "\ud800"  # half of a character
ANSWERS: dict[str, Any] = {
    "/data_attributes": {"data": [{"name": HALF, "data_type": "date"}]},
    "/teams": {"teams": [{"id": "1", "name": HALF}, {"name": HALF}]},
    "/admins": {"admins": [None, {}]},
    "/tags": {"data": [{"id": 1, "name": HALF}]},
    "/companies/scroll": {"data": [{"name": HALF}], "scroll_param": ""},
    "/contacts": {"data": [{"id": f"c{HALF}", "name": HALF, "notes": {"data": [{}]}, "custom_attributes": {
        HALF: HALF, "a": float("nan"), "b": float("inf"), "c": 10**30}}]},
    "/contacts/search": {"data": []},
    "/me": {"app": HALF},
    "/conversations": {"conversations": [{"id": "7"}, {"id": f"8{HALF}/../me"}, {"id": ""}, {"x": HALF}, HALF, None]},
    "/conversations/7": {
        "id": "7", "created_at": HALF, "updated_at": float("nan"), "tags": {"tags": [{"name": HALF}, None]},
        "source": {"body": f"{HALF}<img src='https://downloads.intercomcdn.com/{HALF}'>", "subject": f"<b>{HALF}",
                   "author": {"type": "user", "id": f"{HALF}u", "name": HALF, "email": HALF},
                   "attachments": [{"name": HALF, "url": f"https://downloads.intercomcdn.com/{HALF}"}]},
        "conversation_parts": {"conversation_parts": [{"id": HALF, "part_type": HALF, "body": HALF}],
                               "total_count": HALF},
    },
    "/conversations/search": {"conversations": []},
    "/tickets/search": {"tickets": [{"id": "9", "ticket_attributes": {"_default_title_": HALF, "a": float("-inf")},
                                     "ticket_parts": {"ticket_parts": [], "total_count": 0}}]},
    "/help_center/collections": {"data": [{"id": 1, "parent_id": 1, "name": HALF}]},
    "/articles": {"data": [{"id": HALF, "title": HALF, "parent_id": 1}, {"title": HALF}]},
}  # fmt: skip


def test_what_no_database_takes_is_carried_as_far_as_it_can_be(tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    with responses.RequestsMock(assert_all_requests_are_fired=False) as web:
        for path, document in ANSWERS.items():
            method = "POST" if path.endswith("/search") else "GET"
            web.add(method, f"https://api.intercom.io{path}", body=json.dumps(document))
        settings = SOURCE.Settings.model_validate({"token": "sandbox"})
        assert extract(SOURCE, Reading(settings, tmp_path, staging)).is_whole
    assert tickets(staging) == {"7", "ticket-9"} and staging.count("comments") == 2
    whole = "".join(each for values in content(staging).values() for each in map(str, values) if "Raw(" not in each)
    assert HALF not in whole and "NaN" not in whole and "Infinity" not in whole
    why = "it has no id"
    left = {(type_, reason): number for (type_, _, reason), number in staging.reasons().items()}
    assert left == {
        ("groups", why): 1, ("people", why): 1, ("organizations", why): 1, ("tickets", why): 4, ("articles", why): 1,
        ("tickets", "Intercom fails over it each time"): 1,
    }  # fmt: skip


def test_parts_of_any_shape_are_carried_or_counted(tmp_path: Path) -> None:
    strange: list[dict[str, Any]] = [
        {"id": None, "body": "x"},
        {"author": "Ann", "body": "y"},
        {"author": {"type": [], "id": {}}, "body": ["y"]},
        {"author": {"type": "user", "id": 5.5}, "body": "z", "created_at": None},
        {"part_type": "<b>\x00", "body": None},
        {"part_type": "note_and_reopen", "body": "hidden"},
        {"part_type": None, "body": "unknown sort"},
        {"attachments": [None, {"name": None, "url": None, "filesize": "x"}], "_files": None},
        {"email_message_metadata": {"email_address_headers": [{"type": "cc", "email_address": "<"}, None, {}]}},
    ]
    talk = {**TALK, "parts": [{"from": GRACE, "body": "B"}] * len(strange)}
    with intercom({"admins": [{"name": "Grace", "email": GRACE}], "conversations": [talk]}) as sandbox:
        rows = sandbox.store.table("intercom", "conversations")["1"]["_parts"]
        for part, more in zip(rows, strange, strict=True):
            part |= {name: value for name, value in more.items() if name != "_files"}
        staging = staged(sandbox, tmp_path)
    public = {each.body: each.public for each in staging.all(Comment)}
    assert public == {"A": True, "y": True, "z": True, "hidden": False, "unknown sort": False, "B": True, "['y']": True}
    assert staging.reasons() == {
        ("comments", "quarantined", "it has no id"): 1,
        ("comments", "skipped", "an event, no comment: of an unknown sort"): 1,
    }
    assert staging.count("comments") + 2 == len(strange) + 1


def test_a_note_by_whomever_is_private(tmp_path: Path) -> None:
    said = [{"type": "note", "from": who, "body": "x"} for who in (GRACE, ANN, "bot:Fin")]
    with intercom({"conversations": [{**TALK, "body": "", "parts": said}]}) as sandbox:
        staging = staged(sandbox, tmp_path, texts_of_actions="public")
    assert [each.public for each in staging.all(Comment)] == [False] * 3


def test_what_a_customer_wrote_while_opening_is_public(tmp_path: Path) -> None:
    said = [{"type": "open", "from": who, "body": "x"} for who in (ANN, GRACE)]
    seed = {"admins": [{"name": "Grace", "email": GRACE}], "conversations": [{**TALK, "body": "", "parts": said}]}
    with intercom(seed) as sandbox:
        staging = staged(sandbox, tmp_path)
    people = {each.id: each.email for each in staging.all(Person)}
    public = {people[each.author]: each.public for each in staging.all(Comment)}
    assert public == {ANN: True, GRACE: False}


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({}, "token"),
        ({"token": "abcdefghij"}, "pattern"),
        ({"token": "env:T", "url": "http://api.intercom.io"}, "open line"),
        ({"token": "env:T", "texts_of_actions": "both"}, "private"),
    ],
)
def test_settings_that_cannot_be(settings: dict[str, Any], word: str) -> None:
    with pytest.raises(ValidationError, match=word):
        SOURCE.Settings.model_validate(settings)
