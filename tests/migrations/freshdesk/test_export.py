"""The account export: the same history as over the API, and what an archive can be that is none."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from migrations.records.article import Article
from migrations.records.attachment import Attachment
from migrations.records.comment import Comment
from migrations.records.macro import Macro
from migrations.records.person import Person
from migrations.records.ticket import Ticket
from migrations.sources.freshdesk import SOURCE
from migrations.sources.source import Reading, SourceFault
from migrations.staging.staging import Staging
from tests.live_sandbox import LiveSandbox
from tests.migrations.freshdesk.desk import OWN, SEED, freshdesk, staged
from tests.migrations.staged import content, read_in_pieces, read_whole


def exported(sandbox: LiveSandbox, path: Path) -> None:
    """What a person does: ask for the export, wait, download it."""
    api, key = f"{sandbox.url}/freshdesk/api/v2/account/export", ("sandbox", "X")
    job = requests.post(api, json={}, auth=key, timeout=5).json()["id"]
    link = requests.get(f"{api}/{job}", auth=key, timeout=5).json()["download_url"]
    path.write_bytes(requests.get(link, timeout=5).content)


def reading(staging: Staging, root: Path, url: str | None = None, **more: Any) -> Reading:
    export = {"path": "export.zip", **({"url": url} if url else {})}
    own = {name: more.pop(name) for name in ("spam", "deleted") if name in more}
    settings = SOURCE.Settings.model_validate({"export": export, **own})
    return Reading(settings, root, staging, own=lambda address: address.rpartition("@")[2] in OWN, **more)


def from_files(root: Path, files: dict[str, Any], **more: Any) -> Staging:
    """What becomes of an archive with these files: lists as JSON, texts as they are."""
    with zipfile.ZipFile(root / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in files.items():
            archive.writestr(name, held if isinstance(held, str | bytes) else json.dumps(held))
    return read_whole(SOURCE, reading(Staging(root / "staging"), root, **more))


def ticket(number: int, **more: Any) -> dict[str, Any]:
    at = "2026-03-01T10:00:00+05:30"
    return {"helpdesk_ticket": {"id": 9_000 + number, "display_id": number, "subject": f"{number}", "status": 2,
                                "description": "Hello", "created_at": at, "updated_at": at, "requester_id": 7,
                                "spam": False, "deleted": False, **more}}  # fmt: skip


def test_it_holds_what_the_api_gives_and_the_archived_tickets(tmp_path: Path) -> None:
    with freshdesk() as sandbox:
        exported(sandbox, tmp_path / "export.zip")
        api = staged(sandbox, tmp_path / "api", archived=["5"])
        url = f"{sandbox.url}/freshdesk"
        export = read_whole(SOURCE, reading(Staging(tmp_path / "staging"), tmp_path, url))
    for kind in (Ticket, Comment, Attachment, Macro, Article):
        first, second = ({each.id: each for each in found.all(kind)} for found in (api, export))
        if kind is Macro:
            first = {number: each for number, each in first.items() if each.folder != "Scenarios"}
        if kind is Article:
            first = {number: each for number, each in first.items() if "/" not in number}
        assert first.keys() == second.keys(), kind
    for each in export.all(Ticket):
        same = api.get(Ticket, each.id)
        assert same is not None
        for name in ("subject", "status", "priority", "channel", "group", "requester", "merged_into", "values", "url"):
            assert getattr(each, name) == getattr(same, name), name
    for said in export.all(Comment):
        same_said = api.get(Comment, said.id)
        assert same_said is not None
        assert (said.body, said.public, said.author, said.html) == (
            same_said.body, same_said.public, same_said.author, same_said.html,
        )  # fmt: skip
    assert {each.digest for each in export.all(Attachment)} == {each.digest for each in api.all(Attachment)}
    assert export.reasons() == api.reasons()
    assert {each.email for each in export.all(Person) if each.email} == {
        each.email for each in api.all(Person) if each.email
    }


def test_a_reading_that_stops_after_every_page_comes_to_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("migrations.sources.gathering.MOST_THINGS", 2)
    monkeypatch.setattr("sandbox.freshdesk.account_export.IN_ONE_FILE", 3)
    with freshdesk({**SEED, "tickets": [*SEED["tickets"], *({"id": n} for n in range(10, 20))]}) as sandbox:
        exported(sandbox, tmp_path / "export.zip")
        url = f"{sandbox.url}/freshdesk"
        whole = read_whole(SOURCE, reading(Staging(tmp_path / "whole"), tmp_path, url))
        pieces = read_in_pieces(
            SOURCE, tmp_path / "pieces", lambda staging: reading(staging, tmp_path, url, stopped=lambda: True)
        )
    assert content(pieces) == content(whole) and whole.count("tickets") == 13


def test_numbers_are_those_that_people_know_and_times_are_in_utc(tmp_path: Path) -> None:
    staging = from_files(tmp_path, {"data/Tickets0.json": [ticket(1)]})
    [found] = staging.all(Ticket)
    assert found.id == "1" and found.created is not None
    assert (found.created.at, found.created.said) == ("2026-03-01T04:30:00Z", "2026-03-01T10:00:00+05:30")
    assert [each.name for each in staging.all(Person)] == ["Somebody who is gone from Freshdesk (7)"]


def test_what_was_deleted_and_what_has_no_link_says_so(tmp_path: Path) -> None:
    notes = [
        {"id": 1, "body": "A", "private": False, "attachments": [{"id": 5, "content_file_name": "a.txt"}]},
        {"id": 2, "body": "B", "deleted": True},
        {"id": None, "body": "C"},
        "nonsense",
    ]
    staging = from_files(tmp_path, {"Tickets0.json": [ticket(1, notes=notes)]})
    assert staging.reasons() == {
        ("comments", "quarantined", "it has no id"): 1, ("comments", "skipped", "deleted in Freshdesk"): 1,
    }  # fmt: skip
    [file] = staging.all(Attachment)
    assert file.missing == "there is no link to it"


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        ('[{"helpdesk_ticket": {"display_id": 2', "it is broken"),
        ("nonsense", "it is broken"),
        (b"\xff\xfe\x00", "it is broken"),
        ('{"no": "list"}', "it is no list"),
        ("", "it is broken"),
        ("[" * 5_000, "it is broken"),
    ],
)
def test_a_file_that_breaks_off_ends_nothing(rest: str | bytes, reason: str, tmp_path: Path) -> None:
    staging = from_files(tmp_path, {"Tickets0.json": [ticket(1)], "Tickets1.json": rest, "Tickets2.json": [ticket(3)]})
    assert [each.id for each in staging.all(Ticket)] == ["1", "3"]
    [(detail,)] = staging.database.execute("SELECT detail FROM left_out").fetchall()
    assert reason in detail


def test_what_stands_before_the_break_is_kept(tmp_path: Path) -> None:
    text = json.dumps([ticket(1), ticket(2)])
    staging = from_files(tmp_path, {"Tickets0.json": text[:-30]})
    assert [each.id for each in staging.all(Ticket)] == ["1"]
    assert staging.reasons() == {("tickets", "quarantined", "the export's file cannot be read from here on"): 1}


@pytest.mark.parametrize("item", [1, "x", None, [], {}, {"helpdesk_ticket": 1}, {"helpdesk_ticket": {"id": 4}}])
def test_what_is_no_ticket_is_put_aside(item: Any, tmp_path: Path) -> None:
    staging = from_files(tmp_path, {"Tickets0.json": [item, ticket(2)]})
    assert [each.id for each in staging.all(Ticket)] == ["2"]
    assert [fate for _, fate, _ in staging.reasons()] == ["quarantined"]


def bomb(root: Path) -> None:
    with zipfile.ZipFile(root / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Tickets0.json", json.dumps([ticket(1)]))
        archive.writestr("Tickets1.json", '["' + "x" * 12_000_000 + '"]')


def large_item(root: Path) -> None:
    with zipfile.ZipFile(root / "export.zip", "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("Tickets0.json", json.dumps([ticket(1)]))
        archive.writestr("Tickets1.json", json.dumps([ticket(2, description="x" * 400_000)]))


def flipped(root: Path) -> None:
    large_item(root)
    raw = bytearray((root / "export.zip").read_bytes())
    raw[raw.index(b"Tickets1.json") + 200_000] ^= 1
    (root / "export.zip").write_bytes(raw)


@pytest.mark.parametrize(
    ("make", "why"),
    [(bomb, "unpacked it would be larger"), (large_item, "something in it is larger"), (flipped, "it is broken")],
)
def test_bombs_and_broken_archives_are_put_aside(
    make: Callable[[Path], None], why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("migrations.sources.freshdesk.archive.LARGEST_ITEM", 900_000 if make is flipped else 300_000)
    make(tmp_path)
    staging = read_whole(SOURCE, reading(Staging(tmp_path / "staging"), tmp_path))
    assert "1" in {each.id for each in staging.all(Ticket)}
    [(type_, fate, detail)] = staging.database.execute("SELECT type, fate, detail FROM left_out").fetchall()
    assert (type_, fate) == ("tickets", "quarantined") and why in detail


def test_no_name_in_an_archive_becomes_a_path(tmp_path: Path) -> None:
    staging = from_files(tmp_path, {"../../../Tickets0.json": [ticket(1)], "/etc/Tickets1.json": [ticket(2)]})
    assert staging.count("tickets") == 2
    raw = {each.name for each in (tmp_path / "staging" / "raw").iterdir()}
    assert raw == {f"{part}.jsonl.gz" for part in ("tickets-0000", "tickets-0001")}


@pytest.mark.parametrize(
    ("held", "why"),
    [
        (None, "there is no such file"),
        (b"no archive", "it is no ZIP file"),
        ({"Tickets0.xml": "<x/>"}, "XML, not JSON"),
        ({"Users0.json": []}, "no Tickets0.json"),
    ],
)
def test_what_is_no_export_is_said(held: Any, why: str, tmp_path: Path) -> None:
    with pytest.raises(SourceFault) as raised:
        if isinstance(held, dict):
            from_files(tmp_path, held)
        else:
            if held:
                (tmp_path / "export.zip").write_bytes(held)
            read_whole(SOURCE, reading(Staging(tmp_path / "staging"), tmp_path))
    assert why in raised.value.why and raised.value.where == "export.zip"
