"""Reading an administrator's JSON export."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from migrations.declared.reading import read_migration
from migrations.records.attachment import Attachment
from migrations.records.comment import Comment
from migrations.records.organization import Organization
from migrations.records.person import Person
from migrations.records.ticket import Ticket
from migrations.sources.source import Reading, SourceFault
from migrations.sources.zendesk import SOURCE
from migrations.staging.staging import Staging
from tests.live_sandbox import running_sandbox
from tests.migrations.staged import content, read_in_pieces, read_whole
from tests.migrations.zendesk.old_account import SEED, found_id, uploaded

PAST = "2024-03-01T08:15:00Z"
CLEO = {"id": 11, "name": "Cleo", "email": "CLEO@ferry.example", "role": "end-user", "locale": "de"}
GRACE = {"id": 12, "name": "Grace", "email": "grace@quayside.example", "role": "agent", "active": False}
FERRY = {"id": 21, "name": "Ferry Ltd", "domain_names": ["Ferry.example"], "organization_fields": {"size": "s_l"}}
LISTS = {
    "ticket_fields": [
        {"id": 31, "title": "Area", "removable": True, "custom_field_options": [{"name": "Cards", "value": "a_c"}]}
    ]
}


def ticket(key: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "subject": "Broken",
        "status": "solved",
        "requester_id": 11,
        "created_at": PAST,
        "updated_at": PAST,
        "via": {"channel": "email"},
        "comments": [{"id": 100 + key, "author_id": 11, "public": True, "body": "Hello", "created_at": PAST}],
        **more,
    }


def written(root: Path, name: str, *records: Any) -> str:
    (root / name).write_bytes(b"".join(each if isinstance(each, bytes) else lined(each) for each in records))
    return name


def lined(record: Any) -> bytes:
    return json.dumps(record).encode() + b"\n"


def reading(staging: Staging, root: Path, *paths: str, **more: Any) -> Reading:
    return Reading(SOURCE.Settings.model_validate({"export": {"paths": list(paths)}}), root, staging, **more)


def staged(root: Path, *paths: str) -> Staging:
    return read_whole(SOURCE, reading(Staging(root / "staging"), root, *paths))


def one(staging: Staging) -> Ticket:
    [found] = staging.all(Ticket)
    return found


def test_the_files_are_read_in_the_order_in_which_they_need_each_other(tmp_path: Path) -> None:
    held = ticket(custom_fields=[{"id": 31, "value": "a_c"}, {"id": 32, "value": "x"}], tags=["a_c", "vip"])
    with zipfile.ZipFile(tmp_path / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../1_tickets.json", b"\xef\xbb\xbf" + lined(held))
        archive.writestr("2_users.json", lined(CLEO) + b"\r\n\n" + lined(GRACE))
        archive.writestr("3_organizations.json", lined(FERRY))
        archive.writestr("readme.pdf", b"x")
    staging = staged(tmp_path, "export.zip", written(tmp_path, "fields.json", LISTS))
    found = one(staging)
    assert (found.values, found.tags) == ({"Area": "Cards", "Field 32": "x"}, ("vip",))
    assert (found.language, found.channel, found.requester) == ("de", "email", "11")
    assert {each.id: (each.email, each.side, each.active) for each in staging.all(Person)} == {
        "11": ("cleo@ferry.example", "customer", True),
        "12": ("grace@quayside.example", "team", False),
    }
    [ferry] = staging.all(Organization)
    assert (ferry.domains, ferry.values) == (("ferry.example",), {"size": "s_l"})
    [comment] = staging.all(Comment)
    assert (comment.body, comment.public, comment.author) == ("Hello", True, "11")


def test_who_stands_in_a_ticket_is_kept_where_nothing_better_is_there(tmp_path: Path) -> None:
    held = ticket(
        requester_id=None,
        requester={"id": 11, "name": "Another name", "email": "cleo@ferry.example"},
        assignee={"id": 12, "name": "Grace", "email": "grace@quayside.example", "role": "agent"},
        organization={"id": 21, "name": "Ferry Ltd"},
        group={"id": 41, "name": "Billing"},
        collaborator=[{"id": 13, "name": "Jo"}],
    )
    staging = staged(tmp_path, written(tmp_path, "tickets.json", held), written(tmp_path, "users.json", CLEO))
    found = one(staging)
    assert (found.requester, found.assignee, found.organization, found.group) == ("11", "12", "21", "Billing")
    assert found.copied == ("13",)
    assert {each.id: each.name for each in staging.all(Person)} == {"11": "Cleo", "12": "Grace", "13": "Jo"}
    assert [each.name for each in staging.all(Organization)] == ["Ferry Ltd"]


def test_a_comment_that_does_not_say_that_it_is_public_is_private(tmp_path: Path) -> None:
    comments = [{"id": 1, "body": "a"}, {"id": 2, "body": "b", "public": None}, {"id": 3, "body": "c", "public": True}]
    staging = staged(tmp_path, written(tmp_path, "tickets.json", ticket(comments=comments)))
    assert [each.public for each in staging.all(Comment)] == [False, False, True]


def test_a_ticket_without_comments_keeps_its_description(tmp_path: Path) -> None:
    held = ticket(comments=[], description="It is broken")
    staging = staged(tmp_path, written(tmp_path, "tickets.json", held))
    [comment] = staging.all(Comment)
    assert (comment.body, comment.public) == ("It is broken", False)
    assert staging.remarks() == {("tickets", "not all comments"): 1}


def test_deleted_ones_are_counted_and_of_one_that_comes_twice_the_later_one_is_kept(tmp_path: Path) -> None:
    first = written(tmp_path, "1_tickets.json", ticket(1), ticket(2, status="deleted"))
    later = written(tmp_path, "2_tickets.json", ticket(1, subject="Mended"))
    staging = staged(tmp_path, first, later)
    assert one(staging).subject == "Mended" and staging.count("comments") == 1
    assert staging.reasons() == {("tickets", "skipped", "deleted in the old Zendesk"): 1}


def test_files_of_comments_come_from_the_account_or_are_named_as_missing(tmp_path: Path) -> None:
    with running_sandbox(SEED) as sandbox:
        file = uploaded(sandbox, "a.pdf", b"abc")["attachment"]
        area = found_id(sandbox, "ticket_fields", "ticket_fields", "Area")
        held = ticket(custom_fields=[{"id": area, "value": "area_c"}])
        held["comments"][0]["attachments"] = [file]
        name = written(tmp_path, "tickets.json", held)
        [alone] = staged(tmp_path, name).all(Attachment)
        assert not alone.digest and "api" in alone.missing
        api = {"url": f"{sandbox.url}/zendesk", "token": "sandbox"}
        settings = SOURCE.Settings.model_validate({"export": {"paths": [name]}, "api": api})
        both = read_whole(SOURCE, Reading(settings, tmp_path, Staging(tmp_path / "both")))
        [loaded] = both.all(Attachment)
        assert both.files.content(loaded.digest) == b"abc" and both.count("macros") and both.count("articles")
        assert one(both).values == {"Area": "Cards"}
        assert not any("incremental" in each["path"] for each in sandbox.log())


DEEP = b'{"id": 5, "subject": "x", "status": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"
HOSTILE: dict[str, bytes] = {
    "no json": b"{broken\n",
    "not utf-8": lined({"id": 5}).replace(b"5", b"\xff\xfe"),
    "a number": b"17\n",
    "unknown": lined({"id": 5, "thing": 1}),
    "without an id": lined({"subject": "x", "status": "open", "requester_id": 1}),
    "an odd id": lined(ticket(5) | {"id": {"a": 1}}),
    "deep": DEEP,
}
ODD: dict[str, Any] = {
    "half characters": {"subject": "a\ud800b", "tags": ["\udfff"], "custom_fields": [{"id": 1, "value": "\ud800"}]},
    "nothing is what it should be": {
        "via": [], "tags": "x", "custom_fields": {"a": 1}, "comments": "none", "satisfaction_rating": 3,
        "created_at": 17, "email_cc_ids": {}, "requester": [], "metric_set": "x", "group": 5,
    },
    "no numbers": {"custom_fields": [{"id": 1, "value": float("nan")}, {"id": 2, "value": float("inf")}]},
    "times": {"created_at": "0001-01-01T00:00:00+14:00", "updated_at": "9999-12-31T23:59:59-14:00"},
    "long": {"comments": [{"id": 9, "body": "x" * 600_000, "attachments": [{"file_name": "../../etc/passwd\x00"}]}]},
    "many": {"email_cc_ids": list(range(10_000))},
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_line_that_is_no_record_is_put_aside(name: str, tmp_path: Path) -> None:
    staging = staged(tmp_path, written(tmp_path, "tickets.json", ticket(1), HOSTILE[name], ticket(2)))
    assert [each.id for each in staging.all(Ticket)] == ["1", "2"]
    assert {fate for _, fate, _ in staging.reasons()} == {"quarantined"} and sum(staging.reasons().values()) == 1


@pytest.mark.parametrize("name", ODD)
def test_an_odd_record_is_carried(name: str, tmp_path: Path) -> None:
    staging = staged(tmp_path, written(tmp_path, "tickets.json", ticket(1, **ODD[name]), ticket(2)))
    assert [each.id for each in staging.all(Ticket)] == ["1", "2"] and not staging.reasons()
    assert staging.database.execute("SELECT SUM(JSON_VALID(data)) FROM tickets").fetchone() == (2,)
    assert all("/" not in each.name and "\x00" not in each.name for each in staging.all(Attachment))


def test_a_record_that_is_too_long_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migrations.sources.zendesk.export.LARGEST_LINE", 1000)
    long = lined(ticket(2, subject="x" * 5000))
    staging = staged(tmp_path, written(tmp_path, "tickets.json", ticket(1), long, ticket(3)))
    assert [each.id for each in staging.all(Ticket)] == ["1", "3"]
    assert sum(staging.reasons().values()) == 1


@pytest.mark.parametrize(
    ("held", "why"),
    [(b'[{"id": 1}]', "one list"), (b"id;subject\n1;x\n", "no ticket"), (b"", "no ticket"), (None, "no such file")],
)
def test_a_file_that_is_another_thing_is_said(held: bytes | None, why: str, tmp_path: Path) -> None:
    if held is not None:
        (tmp_path / "tickets.json").write_bytes(held)
    with pytest.raises(SourceFault, match=why) as raised:
        staged(tmp_path, "tickets.json")
    assert raised.value.where == "tickets.json" and raised.value.do


def test_a_reading_that_stops_after_every_page_comes_to_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("migrations.sources.zendesk.export.LINES_IN_PAGE", 2)
    requesters = [{"requester": {"id": 11 + number % 3, "name": f"C{number}"}} for number in range(9)]
    tickets = [ticket(number + 1, **more, requester_id=None) for number, more in enumerate(requesters)]
    names = [
        written(tmp_path, "1.json", *tickets[:5], b"{broken\n"),
        written(tmp_path, "2.json", *tickets[5:], ticket(1, status="deleted")),
        written(tmp_path, "3.json", CLEO),
    ]
    whole = read_whole(SOURCE, reading(Staging(tmp_path / "whole"), tmp_path, *names))

    def in_pieces(staging: Staging) -> Reading:
        return reading(staging, tmp_path, *names, stopped=lambda: True)

    assert content(read_in_pieces(SOURCE, tmp_path / "pieces", in_pieces)) == content(whole)
    assert whole.count("tickets") == 8 and sum(whole.reasons().values()) == 2


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"api": {"url": "https://old.zendesk.com"}},
        {"api": {"url": "https://old.zendesk.com", "token": "sandbox"}},
        {"api": {"url": "http://old.zendesk.com", "token": "env:OLD"}},
        {"api": {"url": "https://old.zendesk.com", "token": "secret"}},
        {"export": {"paths": []}},
    ],
)
def test_settings_that_cannot_be(settings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        SOURCE.Settings.model_validate(settings)


def test_a_file_that_is_not_there_is_found_before_anything_is_read(tmp_path: Path) -> None:
    path = tmp_path / "migrations" / "old.yaml"
    path.parent.mkdir()
    written(tmp_path, "tickets.json", ticket())
    path.write_text("name: Old\nsource:\n  zendesk:\n    export:\n      paths: [tickets.json, ticket.json]\n")
    [finding] = read_migration(path, "migrations/old.yaml").findings
    assert (finding.rule, finding.position.line, finding.path) == (
        "migration.path",
        5,
        "source.zendesk.export.paths[1]",
    )
    assert "tickets.json" in finding.hint
