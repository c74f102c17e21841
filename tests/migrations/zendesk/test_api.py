"""Reading an old Zendesk through its API, from the sandbox over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from migrations.records.article import Article
from migrations.records.attachment import Attachment
from migrations.records.comment import Comment
from migrations.records.macro import Macro
from migrations.records.person import Person
from migrations.records.record import Record
from migrations.records.rule import Rule
from migrations.records.ticket import Ticket
from migrations.sources.source import SourceFault
from migrations.sources.zendesk import SOURCE
from migrations.sources.zendesk.access import OldZendesk
from migrations.sources.zendesk.api import ApiReader
from migrations.sources.zendesk.comments import FILE_OF_ACCOUNT
from migrations.sources.zendesk.merges import UNKNOWN
from migrations.staging.staging import Staging
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.migrations.staged import content, read_in_pieces
from tests.migrations.zendesk.old_account import (
    LATER,
    PAST,
    SEED,
    found_id,
    imported,
    read,
    reading,
    said_by,
    uploaded,
)


@pytest.fixture(scope="module")
def running() -> Iterator[LiveSandbox]:
    with running_sandbox() as live:
        yield live


@pytest.fixture
def sandbox(running: LiveSandbox, monkeypatch: pytest.MonkeyPatch) -> LiveSandbox:
    monkeypatch.setattr("provisioners.session.RETRY_PAUSES", (0.0, 0.0, 0.0))
    monkeypatch.setattr("provisioners.zendesk.imports.content.RETRY_PAUSES", (0.0, 0.0, 0.0))
    running.heal()
    running._call("POST", "/sandbox/reset", {"seed": SEED})
    running.forward(120)  # exports leave out the last minute
    return running


def person(sandbox: LiveSandbox, name: str) -> int:
    return found_id(sandbox, "users", "users", name)


def one(staging: Staging, kind: type[Record], key: int | str) -> Any:
    found = staging.get(kind, str(key))
    assert found is not None, f"{kind.type} {key}"
    return found


def test_a_ticket_comes_over_with_what_ids_and_tags_mean(sandbox: LiveSandbox, tmp_path: Path) -> None:
    cleo, grace = person(sandbox, "Cleo"), person(sandbox, "Grace")
    area, seats = (found_id(sandbox, "ticket_fields", "ticket_fields", name) for name in ("Area", "Seats"))
    billing = found_id(sandbox, "groups", "groups", "Billing")
    membership = {"user_id": grace, "group_id": billing}
    sandbox.zendesk("POST", "group_memberships", {"group_membership": membership})
    ferry = found_id(sandbox, "organizations", "organizations", "Ferry Ltd")
    key = imported(
        sandbox,
        query="?archive_immediately=true",
        requester_id=cleo,
        assignee_id=grace,
        group_id=billing,
        organization_id=ferry,
        priority="high",
        type="incident",
        tags=["vip"],
        email_ccs=[{"user_email": "jo@ferry.example"}],
        custom_fields=[{"id": area, "value": "area_c"}, {"id": seats, "value": 3}],
        solved_at="2024-03-02T00:00:00Z",
        comments=[said_by(cleo, "Hello"), said_by(grace, "A note", public=False, created_at=LATER)],
    )
    staging = read(sandbox, tmp_path)
    ticket = one(staging, Ticket, key)
    assert (ticket.subject, ticket.number, ticket.status, ticket.channel) == ("Broken", str(key), "closed", "api")
    assert (ticket.group, ticket.priority, ticket.kind, ticket.language) == ("Billing", "high", "incident", "de")
    assert (ticket.requester, ticket.assignee, ticket.organization) == (str(cleo), str(grace), str(ferry))
    assert (ticket.tags, ticket.values) == (("vip",), {"Area": "Cards", "Seats": 3})
    assert (ticket.created.at, ticket.updated.at, ticket.solved.at) == (PAST, LATER, "2024-03-02T00:00:00Z")
    assert ticket.copied == (str(person(sandbox, "jo")),) and ticket.url.endswith(f"/agent/tickets/{key}")
    hello, note = staging.all(Comment, "ticket = ?", (str(key),), "at")
    assert (hello.body, hello.author, hello.public, hello.created.at) == ("Hello", str(cleo), True, PAST)
    assert (note.body, note.author, note.public, note.created.at) == ("A note", str(grace), False, LATER)
    assert {each.name: each.side for each in staging.all(Person) if each.id in (str(cleo), str(grace))} == {
        "Cleo": "customer",
        "Grace": "team",
    }
    assert one(staging, Person, cleo).values == {"Tier": "Gold"}
    assert not staging.remarks() and not staging.reasons()


def test_a_ticket_status_has_the_name_that_agents_see(sandbox: LiveSandbox, tmp_path: Path) -> None:
    waiting = found_id(sandbox, "custom_statuses", "custom_statuses", "Waiting for courier")
    pending = found_id(sandbox, "custom_statuses", "custom_statuses", "Pending")
    keys = [
        imported(sandbox, status="pending", custom_status_id=waiting),
        imported(sandbox, status="pending", custom_status_id=pending),
        imported(sandbox),
    ]
    staging = read(sandbox, tmp_path)
    assert [one(staging, Ticket, key).status for key in keys] == ["Waiting for courier", "pending", "closed"]


def test_deleted_and_suspended_are_counted_with_the_reason(sandbox: LiveSandbox, tmp_path: Path) -> None:
    kept, gone = imported(sandbox), imported(sandbox)
    sandbox.zendesk("DELETE", f"tickets/{gone}")
    sandbox.store.table("zendesk", "suspended_tickets")["7"] = {"id": 7, "subject": "Buy", "via": {"channel": "email"}}
    sandbox.forward(120)
    staging = read(sandbox, tmp_path)
    assert [each.id for each in staging.all(Ticket)] == [str(kept)]
    assert {(fate, why.partition(" as ")[0]): many for (_, fate, why), many in staging.reasons().items()} == {
        ("skipped", "deleted in the old Zendesk"): 1,
        ("skipped", "suspended in the old Zendesk"): 1,
    }


def test_a_ticket_that_comes_again_as_deleted_is_not_there_any_more(sandbox: LiveSandbox, tmp_path: Path) -> None:
    key = imported(sandbox)
    staging = read(sandbox, tmp_path)
    assert staging.count("comments", "ticket = ?", (str(key),)) == 1
    sandbox.zendesk("DELETE", f"tickets/{key}")
    sandbox.forward(120)
    staging.database.execute("UPDATE parts SET is_read = 0, checkpoint = '' WHERE name = 'tickets'")
    staging.close()
    staging = read(sandbox, tmp_path)
    assert staging.get(Ticket, str(key)) is None and not staging.count("comments", "ticket = ?", (str(key),))
    sandbox.zendesk("PUT", f"deleted_tickets/{key}/restore")
    staging.database.execute("UPDATE parts SET is_read = 0, checkpoint = '' WHERE name = 'tickets'")
    staging.close()
    staging = read(sandbox, tmp_path)
    assert staging.get(Ticket, str(key)) is not None and not staging.reasons()


@pytest.mark.parametrize(
    ("source_comment", "target_comment", "is_known"),
    [
        ('This request was closed and merged into request #{} "Broken".', "", True),
        ("Diese Anfrage wurde mit #{} zusammengeführt.", "", True),
        ("", "Request was closed and merged into this request.", True),
        ("", "", False),
    ],
)
def test_a_merged_ticket_names_the_one_that_it_became_part_of(
    source_comment: str, target_comment: str, is_known: bool, sandbox: LiveSandbox, tmp_path: Path
) -> None:
    target, source = imported(sandbox, status="open"), imported(sandbox, status="open")
    texts = {"source_comment": source_comment.format(target), "target_comment": target_comment}
    sandbox.zendesk("POST", f"tickets/{target}/merge", {"ids": [source], **texts})
    sandbox.forward(120)
    staging = read(sandbox, tmp_path)
    assert one(staging, Ticket, source).merged_into == (str(target) if is_known else "")
    assert one(staging, Ticket, target).merged_into == ""
    assert (("tickets", UNKNOWN) in staging.remarks()) == (not is_known)


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("/attachments/token/aB3_-x/", True),
        ("/zendesk/attachments/token/aB3", True),
        ("/attachments/../api/v2/users.json", False),
        ("/attachments/token/../../api/v2/users.json", False),
        ("/api/v2/attachments/5.json", False),
        ("/attachments/token/a/b", False),
    ],
)
def test_the_token_is_shown_for_files_of_the_account_alone(path: str, is_one: bool) -> None:
    """Customers write the addresses of pictures."""
    assert bool(FILE_OF_ACCOUNT.fullmatch(path)) == is_one


def test_files_and_pictures_are_loaded_at_once(sandbox: LiveSandbox, tmp_path: Path) -> None:
    cleo = person(sandbox, "Cleo")
    document, picture = uploaded(sandbox, "a.pdf", b"abc"), uploaded(sandbox, "p.png", b"png", "image/png")
    shown = picture["attachment"]["content_url"]
    html = f"<p>See <img src='{shown}'><img src='https://tracker.example/attachments/token/1/?name=t.gif'></p>"
    imported(sandbox, comments=[{**said_by(cleo, ""), "html_body": html, "uploads": [document["token"]]}])
    staging = read(sandbox, tmp_path)
    found = {each.name: each for each in staging.all(Attachment)}
    assert {name: staging.files.content(each.digest) for name, each in found.items()} == {
        "a.pdf": b"abc",
        "p.png": b"png",
    }
    assert (found["p.png"].address, found["p.png"].inline, found["p.png"].media_type) == (shown, True, "image/png")


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"malware_scan_result": "malware_found"}, "the vendor has found malware in it"),
        ({"deleted": True}, "it was deleted in the old Zendesk"),
        ({"content_url": "{}/zendesk/attachments/token/none/"}, "the answer was 404 without a reason"),
        ({"content_url": "ftp://files.example/x"}, "its address leads to a place that is not asked (ftp address)"),
        ({"content_url": ""}, "the old Zendesk does not say where it is"),
    ],
)
def test_a_file_that_cannot_be_had_stays_with_its_reason(
    facts: dict[str, Any], why: str, sandbox: LiveSandbox, tmp_path: Path
) -> None:
    token = uploaded(sandbox, "..%2F..%2Fa.pdf", b"abc")["token"]
    key = imported(sandbox, comments=[said_by(person(sandbox, "Cleo"), uploads=[token])])
    [file] = sandbox.store.table("zendesk", "tickets")[str(key)]["_comments"][0]["attachments"]
    file.update({name: value.format(sandbox.url) if isinstance(value, str) else value for name, value in facts.items()})
    staging = read(sandbox, tmp_path)
    [attachment] = staging.all(Attachment)
    assert (attachment.name, attachment.digest, attachment.missing) == ("a.pdf", "", why)
    assert staging.remarks() == {("attachments", "not loaded"): 1}


def test_a_file_that_is_too_large_is_not_kept(
    sandbox: LiveSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("migrations.sources.zendesk.access.LARGEST_FILE", 2)
    token = uploaded(sandbox, "a.pdf", b"abc")["token"]
    imported(sandbox, comments=[said_by(person(sandbox, "Cleo"), uploads=[token])])
    staging = read(sandbox, tmp_path)
    [attachment] = staging.all(Attachment)
    assert attachment.missing.startswith("larger than") and not attachment.digest
    assert not [*staging.files.all()]


def test_a_file_is_loaded_once(sandbox: LiveSandbox, tmp_path: Path) -> None:
    token = uploaded(sandbox, "a.pdf", b"abc")["token"]
    imported(sandbox, comments=[said_by(person(sandbox, "Cleo"), uploads=[token])])
    staging = read(sandbox, tmp_path)
    staging.database.execute("UPDATE parts SET is_read = 0, checkpoint = '' WHERE name = 'tickets'")
    staging.close()
    sandbox.clear_log()
    [attachment] = read(sandbox, tmp_path).all(Attachment)
    assert attachment.digest and not any("attachments" in each["path"] for each in sandbox.log())


@pytest.mark.parametrize("kind", ["error_500", "html"])
def test_a_ticket_that_the_account_cannot_give_is_put_aside(
    kind: str, sandbox: LiveSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("migrations.sources.zendesk.api.PAGE", 1)
    cleo = person(sandbox, "Cleo")
    bad, good = imported(sandbox, comments=[said_by(cleo), said_by(cleo, "More")]), imported(sandbox)
    sandbox.fault(kind=kind, path=f"tickets/{bad}/comments", after=1)
    staging = read(sandbox, tmp_path)
    assert [each.id for each in staging.all(Ticket)] == [str(good)]
    assert [each.ticket for each in staging.all(Comment)] == [str(good)]
    assert staging.reasons() == {("tickets", "quarantined", "the old Zendesk does not give it"): 1}


def test_a_ticket_that_is_gone_meanwhile_is_put_aside(
    sandbox: LiveSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, good = imported(sandbox), imported(sandbox)
    tickets, export = sandbox.store.table("zendesk", "tickets"), ApiReader._export

    def and_gone(reader: ApiReader, *asked: Any, **more: Any) -> Iterator[Any]:
        for answer in export(reader, *asked, **more):
            tickets.pop(str(gone), None)  # the export has shown it, and its comments are not asked for yet
            yield answer

    monkeypatch.setattr(ApiReader, "_export", and_gone)
    staging = Staging(tmp_path)
    for page in SOURCE.pages(reading(staging, sandbox.url), "tickets", ""):
        staging.take("tickets", page)
    assert [each.id for each in staging.all(Ticket)] == [str(good)]
    assert staging.reasons() == {("tickets", "quarantined", "the old Zendesk does not give it"): 1}


def test_an_account_that_does_not_answer_ends_the_reading_and_loses_nothing(
    sandbox: LiveSandbox, tmp_path: Path
) -> None:
    keys = [imported(sandbox), imported(sandbox)]
    sandbox.fault(kind="error_503", path="(comments|users/me)")
    with pytest.raises(SourceFault) as raised:
        read(sandbox, tmp_path)
    assert "the old Zendesk" in raised.value.where and raised.value.do
    sandbox.heal()
    staging = read(sandbox, tmp_path)
    assert [each.id for each in staging.all(Ticket)] == [str(key) for key in keys] and not staging.reasons()


def test_a_wrong_token_is_said_before_anything_is_read(sandbox: LiveSandbox, tmp_path: Path) -> None:
    sandbox.fault(kind="unauthorized")
    with pytest.raises(SourceFault, match=r".") as raised:
        read(sandbox, tmp_path)
    assert "token" in raised.value.do


def test_limits_are_waited_for(sandbox: LiveSandbox, tmp_path: Path) -> None:
    imported(sandbox)
    sandbox.fault(kind="throttle", path="tickets/cursor", times=1, value=2)
    waited: list[float] = []
    assert read(sandbox, tmp_path, waited=waited.append).count("tickets") == 1
    assert sum(waited) > 0


def test_what_the_plan_does_not_have_is_left_out_and_named(sandbox: LiveSandbox, tmp_path: Path) -> None:
    sandbox.fault(kind="forbidden", path="(slas/policies|help_center)")
    staging = read(sandbox, tmp_path)
    assert not staging.count("articles")
    assert staging.reasons() == {("rules", "skipped", "the plan does not have them, or the token may not read them"): 1}


def test_rules_macros_and_articles_are_read_in_words(sandbox: LiveSandbox, tmp_path: Path) -> None:
    staging = read(sandbox, tmp_path)
    late = next(each for each in staging.all(Macro) if each.name == "Late")
    assert (late.folder, late.text, late.public, late.does) == (
        *("Billing::Refund", "We are sorry.", False),
        ("status becomes solved",),
    )
    told = next(each for each in staging.all(Rule) if each.name == "Tell the customer")
    assert (told.sort, told.asks, told.does) == (
        "trigger",
        ("ticket is created",),
        ("mails the requester: We have it",),
    )
    english, german = staging.all(Article, order="id DESC")
    assert (english.title, english.category, english.section, english.tags) == ("Lost", "Using it", "Cards", ("card",))
    assert (german.language, german.published, german.body) == ("de", False, "<p>Ruf an</p>")
    assert german.url.endswith("/hc/de/articles/" + german.id.partition("/")[0])


def test_without_a_help_centre_on_request(sandbox: LiveSandbox, tmp_path: Path) -> None:
    assert not read(sandbox, tmp_path, settings={"help_center": False}).count("articles")


def test_two_fields_of_one_name_and_a_name_that_is_taken_have_their_ids(sandbox: LiveSandbox, tmp_path: Path) -> None:
    made = [
        sandbox.zendesk("POST", "ticket_fields", {"ticket_field": {"title": title, "type": "text"}})["ticket_field"][
            "id"
        ]
        for title in ("Seats", "Brand")
    ]
    imported(sandbox, custom_fields=[{"id": key, "value": "x"} for key in made])
    [ticket] = read(sandbox, tmp_path).all(Ticket)
    assert ticket.values == {f"Seats ({made[0]})": "x", f"Brand ({made[1]})": "x"}


def test_hostile_texts_are_carried(sandbox: LiveSandbox, tmp_path: Path) -> None:
    cleo = person(sandbox, "Cleo")
    key = imported(sandbox, subject="a", tags=["t"], comments=[said_by(cleo), said_by(cleo, "Two")])
    row = sandbox.store.table("zendesk", "tickets")[str(key)]
    row |= {"subject": "a\x00b", "tags": ["t\x00", {"a": 1}, None], "email_cc_ids": list(range(10_000))}
    first, second = row["_comments"]
    first |= {"plain_body": "x" * 600_000, "html_body": "<script>evil()</script>", "created_at": "1969-01-01T00:00:00Z"}
    second |= {"created_at": "2999-01-01T00:00:00Z", "author_id": -1, "via": {"channel": "rule", "source": []}}
    staging = read(sandbox, tmp_path)
    ticket = one(staging, Ticket, key)
    assert (ticket.subject, ticket.tags, len(ticket.copied)) == ("ab", ("t",), 48)
    old, robots = staging.all(Comment, order="at")
    assert (len(old.body), old.created.at) == (600_000, "1969-01-01T00:00:00Z")
    assert robots.automatic and one(staging, Person, "-1").side == "tool"
    assert {what for _, what in staging.remarks()} == {"odd characters", "odd time", "many receivers"}


def test_a_reading_that_stops_after_every_page_comes_to_the_same(
    sandbox: LiveSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("PAGE", 2), ("PEOPLE", 2), ("TICKETS_IN_PAGE", 1), ("CHARACTERS_IN_PAGE", 1)):
        monkeypatch.setattr(f"migrations.sources.zendesk.api.{name}", value)
    cleo = person(sandbox, "Cleo")
    for number in range(5):
        sandbox.zendesk("POST", "organizations", {"organization": {"name": f"Org {number}"}})
        sandbox.forward(number % 2)
        token = uploaded(sandbox, "a.pdf", b"%d" % number)["token"]
        comments = [said_by(cleo, f"{number}.{place}") for place in range(number + 1)]
        comments[0]["uploads"] = [token]
        imported(sandbox, comments=comments, updated_at=f"2024-03-0{2 + number // 2}T00:00:00Z")
    target, source = imported(sandbox, status="open"), imported(sandbox, status="open")
    sandbox.zendesk("POST", f"tickets/{target}/merge", {"ids": [source], "source_comment": f"Closed: #{target}"})
    sandbox.zendesk("DELETE", f"tickets/{imported(sandbox)}")
    sandbox.forward(120)
    whole = read(sandbox, tmp_path / "whole")

    def in_pieces(staging: Staging) -> Any:
        return reading(staging, sandbox.url, stopped=lambda: True)

    assert content(read_in_pieces(SOURCE, tmp_path / "pieces", in_pieces)) == content(whole)
    assert (whole.count("tickets"), whole.count("organizations"), whole.count("attachments")) == (7, 6, 5)
    assert one(whole, Ticket, source).merged_into == str(target)


def test_what_was_not_changed_since_a_day_is_not_read_again(sandbox: LiveSandbox, tmp_path: Path) -> None:
    imported(sandbox, updated_at="2024-03-02T08:15:00Z")
    new = imported(sandbox, updated_at="2024-05-02T08:15:00Z")
    staging = read(sandbox, tmp_path, since="2024-05-01")
    assert [each.id for each in staging.all(Ticket)] == [str(new)]


def test_organizations_of_one_second_that_are_on_two_pages_are_all_kept(
    sandbox: LiveSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether a page may end within a second, the vendor's pages do not say."""
    pages = [([1, 2], False), ([2, 3], True)]
    get = OldZendesk.get

    def cut(account: OldZendesk, path: str, **query: Any) -> Any:
        if path != "incremental/organizations":
            return get(account, path, **query)
        numbers, is_last = pages[query["start_time"] == "1700000000"]
        named = [{"id": number, "name": f"Org {number}"} for number in numbers]
        return {"organizations": named, "end_time": 1_700_000_000, "end_of_stream": is_last}

    monkeypatch.setattr(OldZendesk, "get", cut)
    assert read(sandbox, tmp_path).count("organizations") == 3
