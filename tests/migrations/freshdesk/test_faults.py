"""What a Freshdesk that fails, refuses or is hostile comes to: it goes on, puts aside, or says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import responses
from pydantic import ValidationError

from migrations.extracting import extract
from migrations.records.attachment import Attachment
from migrations.records.comment import Comment
from migrations.records.ticket import Ticket
from migrations.sources.freshdesk import SOURCE
from migrations.sources.freshdesk.client import Client
from migrations.sources.freshdesk.images import is_vendors
from migrations.sources.http_client import NotHad
from migrations.sources.pictures import pictures
from migrations.sources.source import SourceFault
from migrations.staging.staging import Staging
from tests.live_sandbox import LiveSandbox
from tests.migrations.freshdesk.desk import ANN, NOW, SEED, freshdesk, reading, staged
from tests.migrations.staged import content

TICKET = {
    "id": 1,
    "subject": "A",
    "description": "<p>A</p>",
    "from": ANN,
    "conversations": [{"from": ANN, "body": "B"}],
}
SECOND = {"id": 2, "subject": "B", "description": "<p>B</p>", "from": ANN}


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Nobody waits in earnest; how long each waiting would have been."""
    found: list[float] = []
    monkeypatch.setattr("migrations.sources.http_client.sleep", found.append)
    return found


@pytest.fixture
def desk() -> Iterator[LiveSandbox]:
    with freshdesk({"tickets": [TICKET, SECOND]}) as sandbox:
        yield sandbox


def tickets(staging: Staging) -> set[str]:
    return {each.id for each in staging.all(Ticket)}


@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "truncated", "html", "error_500", "error_503", "throttle"])
def test_what_fails_now_and_then_changes_nothing(kind: str, tmp_path: Path) -> None:
    with freshdesk() as sandbox:
        whole = content(staged(sandbox, tmp_path / "whole"))
        sandbox.fault(kind=kind, system="freshdesk", path="^/api/", rate=0.3, seed=7)
        if kind != "html":  # a page instead of a picture is what nobody can tell
            sandbox.fault(kind=kind, system="freshdesk", path="bill.pdf", times=1)
        assert content(staged(sandbox, tmp_path / "again")) == whole
        assert sandbox.fired() > 5


def test_a_limit_is_waited_for_as_long_as_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[float] = []
    with freshdesk(SEED, calls_per_minute=12) as sandbox:
        now = [NOW]
        sandbox.store.clock = lambda: now[0]
        monkeypatch.setattr(
            "migrations.sources.http_client.sleep", lambda seconds: now.__setitem__(0, now[0] + seconds)
        )
        staging = staged(sandbox, tmp_path, waited=told.append)
    assert tickets(staging) == {"1", "2"} and not any(each.missing for each in staging.all(Attachment))
    assert told and all(1 <= each <= 60 for each in told)


def test_a_ceiling_of_ones_own_keeps_calls_apart(tmp_path: Path, slept: list[float]) -> None:
    with freshdesk({"tickets": [TICKET]}) as sandbox:
        slept.clear()
        staged(sandbox, tmp_path, calls_per_minute=30)
        calls = len(sandbox.log())
    assert sum(slept) > (calls - 1) * 1.7


def test_somebody_who_wants_an_end_does_not_wait_for_a_limit(desk: LiveSandbox, tmp_path: Path) -> None:
    staging, wants_an_end = Staging(tmp_path), []
    desk.fault(kind="throttle", path="/tickets/2$", value=60)
    stopping = reading(desk, staging, stopped=lambda: bool(wants_an_end), waited=wants_an_end.append)
    assert not extract(SOURCE, stopping).is_whole
    desk.heal()
    assert extract(SOURCE, reading(desk, staging)).is_whole and tickets(staging) == {"1", "2"}
    assert content(staging) == content(staged(desk, tmp_path / "undisturbed"))


@pytest.mark.parametrize(
    ("fault", "why", "do"),
    [
        ({"kind": "unauthorized"}, "does not take the key", "FRESHDESK_KEY"),
        ({"kind": "error_500"}, "an error of its own (500)", "goes on from here"),
        ({"kind": "cut_before"}, "there is no connection, or it breaks off", "goes on from here"),
        ({"kind": "html", "value": 200}, "not the JSON", "goes on from here"),
        ({"kind": "throttle"}, "limit of calls", "goes on from here"),
        ({"kind": "forbidden", "path": "/tickets"}, "may not read tickets", "administrator"),
    ],
)
def test_what_fails_each_time_is_said(
    fault: dict[str, Any], why: str, do: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRESHDESK_KEY", "sandbox")
    with freshdesk({"tickets": [TICKET]}) as sandbox:
        sandbox.fault(system="freshdesk", **fault)
        with pytest.raises(SourceFault) as raised:
            staged(sandbox, tmp_path, api_key="env:FRESHDESK_KEY")
    said = raised.value
    assert why in said.why and do in said.do and "127.0.0.1" in said.where
    assert "sandbox" not in f"{said.why} {said.do}"  # the key


def test_a_variable_without_a_key_is_named(desk: LiveSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FRESHDESK_KEY", raising=False)
    with pytest.raises(SourceFault, match="FRESHDESK_KEY is empty"):
        staged(desk, tmp_path, api_key="env:FRESHDESK_KEY")
    assert not desk.log()


@pytest.mark.parametrize(
    "fault",
    [{"kind": "error_500", "path": "/tickets/1$"}, {"kind": "cut_after", "path": "/tickets/1$"}],
)
def test_one_ticket_that_cannot_be_read_is_put_aside(fault: dict[str, Any], desk: LiveSandbox, tmp_path: Path) -> None:
    desk.fault(**fault)
    staging = staged(desk, tmp_path)
    assert tickets(staging) == {"2"}
    assert staging.reasons() == {("tickets", "quarantined", "Freshdesk fails over this ticket each time"): 1}
    desk.heal()
    staging.database.execute("UPDATE parts SET is_read = 0, checkpoint = ''")
    assert extract(SOURCE, reading(desk, staging)).is_whole  # and comes back once it can be
    assert tickets(staging) == {"1", "2"} and not staging.reasons()


def test_an_archived_ticket_that_cannot_be_read_is_put_aside(tmp_path: Path) -> None:
    with freshdesk() as sandbox:
        sandbox.fault(kind="error_500", path="/archived/5$")
        staging = staged(sandbox, tmp_path, archived=["5"])
    assert staging.reasons()["tickets", "quarantined", "Freshdesk fails over this ticket each time"] == 1


def test_what_is_the_accounts_own_trouble_is_not_a_tickets(desk: LiveSandbox, tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    desk.fault(kind="error_500", path="/tickets/2$|/agents/me$")
    with pytest.raises(SourceFault, match="an error of its own"):
        extract(SOURCE, reading(desk, staging))
    assert not staging.reasons()


def test_a_ticket_that_is_gone_before_it_is_read_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with freshdesk({"tickets": [TICKET, SECOND]}) as sandbox:
        rows = sandbox.store.table("freshdesk", "tickets")
        real = Client.get

        def gone(self: Client, path: str, **query: Any) -> Any:
            if path == "/tickets/1":
                rows.pop("1", None)
            return real(self, path, **query)

        monkeypatch.setattr(Client, "get", gone)
        staging = staged(sandbox, tmp_path)
    assert tickets(staging) == {"2"}
    why = "it was listed, and gone before it could be read"
    assert staging.reasons() == {("tickets", "quarantined", why): 1}


def test_without_an_administrators_key_only_rules_are_missing(tmp_path: Path) -> None:
    with freshdesk(is_admin=False) as sandbox:
        staging = staged(sandbox, tmp_path)
        [(at,)] = staging.database.execute("SELECT checkpoint FROM parts WHERE name = 'rules'").fetchall()
        assert not list(SOURCE.pages(reading(sandbox, staging), "rules", at))  # and is not asked for again
    assert staging.remarks()["rules", "they could not be listed to their end"] == 1
    assert staging.count("rules") == 0 and staging.count("macros") == 3


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
    with freshdesk({"tickets": [{**TICKET, "attachments": [given]}]}) as sandbox:
        staging = staged(sandbox, tmp_path, largest_attachment_mb=1)
    [found] = staging.all(Attachment)
    assert (found.name, found.missing, bool(found.digest)) == (name, missing, not missing)
    assert bool(staging.remarks()) == (name == "half.bin")
    assert all(each.is_relative_to(tmp_path / "files") for each in staging.files.all())


def test_a_link_that_ended_is_asked_for_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three files of which each takes long: the links of the later ones end before it is their turn."""
    files = [{"name": f"{number}.txt", "content": f"{number}"} for number in range(3)]
    said = [{"from": ANN, "body": "x", "attachments": files}]
    with freshdesk({"tickets": [{**TICKET, "attachments": files, "conversations": said}]}) as sandbox:
        now = [NOW]
        sandbox.store.clock = lambda: now[0]
        real = Client.download

        def slow(self: Client, address: str, most: int) -> bytes:
            now[0] += 200
            return real(self, address, most)

        monkeypatch.setattr(Client, "download", slow)
        staging = staged(sandbox, tmp_path)
    contents = [staging.files.content(each.digest) for each in staging.all(Attachment) if each.digest]
    assert contents.count(b"0") == contents.count(b"1") == 2


@responses.activate
def test_the_key_goes_to_the_api_and_to_no_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRESHDESK_KEY", "very-secret")
    client = Client("https://client.freshdesk.com", "env:FRESHDESK_KEY")
    elsewhere = {"Location": "https://storage.example/file"}
    responses.get("https://client.freshdesk.com/file", status=302, headers=elsewhere)
    responses.get("https://storage.example/file", body=b"abc")
    assert client.download("https://client.freshdesk.com/file", 10) == b"abc"
    assert not any("Authorization" in each.request.headers for each in responses.calls), "customers write links"
    responses.get("https://client.freshdesk.com/api/v2/tickets", status=302, headers=elsewhere)
    with pytest.raises(SourceFault, match="sends callers on"):
        client.get("/tickets")
    assert len(responses.calls) == 3


@pytest.mark.parametrize(
    "link",
    ["http://storage.example/x", "https://127.0.0.1/x", "https://10.0.0.1/x", "https://169.254.169.254/latest", "file:///x",
     "ftp://x/y", "https://[::1]/x", "//x/y", "", "https://", "http://[broken/"],
)  # fmt: skip
def test_no_link_leads_into_a_network_of_ours(link: str) -> None:
    with pytest.raises(NotHad, match="does not lead to the web"):
        Client("https://client.freshdesk.com", "sandbox").download(link, 10)


def test_pictures_of_others_stay_where_they_are() -> None:
    page = (
        '<img src="https://tracker.example/p.gif"><IMG src="https://attachment.freshdesk.com/inline/attachment?token=a&amp;b">'
        '<img src="https://evilfreshdesk.com/x"><img src="https://s3.amazonaws.com/cdn.freshdesk.com/data/y.png">'
        '<img src="https://s3.amazonaws.com/other/y.png"><img><img src="http://[x">'
    )
    assert pictures(page, partial(is_vendors, account="https://client.freshdesk.com")) == [
        "https://attachment.freshdesk.com/inline/attachment?token=a&b",
        "https://s3.amazonaws.com/cdn.freshdesk.com/data/y.png",
    ]


HOSTILE: dict[str, dict[str, Any]] = {
    "characters": {"subject": "a\x00b\ud800", "description": "<p>a\x00b</p>"},
    "long body": {"description": "<p>" + "x" * 600_000 + "</p>"},
    "script": {"description": "<script>evil()</script><p>A</p>"},
    "receivers": {"cc_emails": [f"p{number}@x.example" for number in range(10_000)]},
    "addresses": {"cc_emails": ["broken", "", "<", "a@", None, 7], "to_emails": ["<x", None]},
    "future": {"created_at": "2126-01-01T00:00:00Z"},
    "past": {"created_at": "1969-01-01T00:00:00Z"},
    "no time": {"created_at": "yesterday"},
    "fields": {"custom_fields": {"cf_a": {"x": [1]}, "cf_b": ["1", 2], "cf_c": "a\x00", "cf_d": [{"y": 1}]}},
    "deep": {"description": "<div>" * 5_000 + "A" + "</div>" * 5_000},
    "tags": {"tags": [None, {"name": "x"}, "y", ""]},
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_stands_in_a_ticket_is_carried(name: str, tmp_path: Path) -> None:
    with freshdesk({"tickets": [{**TICKET}, {**SECOND}]}) as sandbox:
        row = sandbox.store.table("freshdesk", "tickets")["1"]
        row |= {**HOSTILE[name]}
        if "subject" in HOSTILE[name]:
            row["subject"] = HOSTILE[name]["subject"].replace("\ud800", "")
        staging = staged(sandbox, tmp_path)
    ticket, description = staging.get(Ticket, "1"), staging.get(Comment, "1/description")
    assert ticket is not None and description is not None and tickets(staging) == {"1", "2"}
    remarks = {what for _, what in staging.remarks()}
    match name:
        case "characters":
            assert (ticket.subject, description.body) == ("ab", "ab") and "odd characters" in remarks
        case "long body":
            assert len(description.body) == 600_000
        case "script":
            assert description.body == "A"
        case "receivers":
            assert len(ticket.copied) == 48 and "many receivers" in remarks
        case "future" | "past" | "no time":
            assert "no time that can be right for when it was created" in remarks
            assert ticket.created == ticket.updated and ticket.created is not None
        case "fields":
            assert ticket.values == {"cf_a": '{"x": [1]}', "cf_b": ["1", "2"], "cf_c": "a", "cf_d": '[{"y": 1}]'}


@pytest.mark.parametrize(
    ("body", "quoted"),
    [
        ('<p>Yes</p><div class="freshdesk_quote"><blockquote class="freshdesk_quote">On Monday</blockquote></div>', 3),
        ("<p>Yes</p>\n<div>On Mon, 3 Mar 2026 Ann wrote:</div><div>&gt; Hi</div>", 5),
        ("<p>freshdesk_quote</p>", -1),
    ],
)
def test_what_is_repeated_is_shown_and_kept(body: str, quoted: int, tmp_path: Path) -> None:
    with freshdesk({"tickets": [{"id": 1, "conversations": [{"from": ANN, "body": body}]}]}) as sandbox:
        [said] = staged(sandbox, tmp_path).all(Comment)
    assert said.quoted_at == quoted and len(said.body) > 3


def test_what_was_forwarded_no_customer_saw(tmp_path: Path) -> None:
    said = [{"from": 5, "body": "x", "source": 8}, {"from": 5, "body": "x", "source": 0}]
    with freshdesk({"tickets": [{**TICKET, "conversations": said}]}) as sandbox:
        for each in sandbox.store.table("freshdesk", "tickets")["1"]["_conversations"]:
            each["private"] = None if each["source"] == 0 else False  # what is not said to be public is private
        staging = staged(sandbox, tmp_path)
    assert [each.public for each in staging.all(Comment, "id <> '1/description'")] == [False, False]


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({}, "both missing"),
        ({"api": {"url": "https://x.freshdesk.com", "api_key": "env:K"}, "export": {"path": "x"}}, "both said"),
        ({"api": {"url": "http://x.freshdesk.com", "api_key": "env:K"}}, "open line"),
        ({"api": {"url": "https://x.freshdesk.com", "api_key": "abcdefghij"}}, "pattern"),
        ({"api": {"url": "https://x.freshdesk.com", "api_key": "env:K", "archived": ["0-5"]}}, "is no number"),
        ({"api": {"url": "https://x.freshdesk.com", "api_key": "env:K", "archived": ["5-1"]}}, "ends before"),
    ],
)  # fmt: skip
def test_settings_that_cannot_be(settings: dict[str, Any], word: str) -> None:
    with pytest.raises(ValidationError, match=word):
        SOURCE.Settings.model_validate(settings)
