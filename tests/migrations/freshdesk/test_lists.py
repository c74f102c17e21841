"""No ticket is lost or read twice, whatever the list does meanwhile; and reading goes on from wherever it stopped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from migrations.extracting import extract
from migrations.records.comment import Comment
from migrations.records.ticket import Ticket
from migrations.sources.freshdesk import SOURCE
from migrations.sources.freshdesk.client import Client, Reply
from migrations.sources.source import SourceFault
from migrations.staging.raw_file import raw_records
from migrations.staging.staging import Staging
from tests.migrations.freshdesk.desk import SEED, freshdesk, reading, staged
from tests.migrations.staged import content, read_in_pieces


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three of a list at once, five things in a page of the staging."""
    for module in ("client", "ticket_lists", "api"):
        monkeypatch.setattr(f"migrations.sources.freshdesk.{module}.IN_PAGE", 3)
    monkeypatch.setattr("migrations.sources.freshdesk.ticket_lists._TRIED_AT_ONCE", 2)
    monkeypatch.setattr("migrations.sources.freshdesk.gone._AT_ONCE", 1)
    monkeypatch.setattr("migrations.sources.gathering.MOST_THINGS", 5)


def tickets(number: int, *, seconds: int = 60, first: int = 1) -> list[dict[str, Any]]:
    """So many, each changed so many seconds after the one before."""
    return [
        {"id": each, "description": f"<p>{each}</p>", "created_at": "2026-01-01T00:00:00Z",
         "updated_at": f"2026-09-01T00:{each * seconds // 60:02}:{each * seconds % 60:02}Z"}
        for each in range(first, first + number)
    ]  # fmt: skip


def ids(staging: Staging) -> list[int]:
    return sorted(int(each.id) for each in staging.all(Ticket))


def raw_ids(staging: Staging) -> list[str]:
    raw = raw_records(staging.folder / "raw" / "tickets.jsonl.gz")
    return [each.id for each in raw if each.type == "ticket"]


@pytest.mark.parametrize("exclusive", [False, True])
@pytest.mark.parametrize("seconds", [60, 1, 0])
def test_every_ticket_comes_once_past_the_end_of_the_list(exclusive: bool, seconds: int, tmp_path: Path) -> None:
    many = {"tickets": tickets(20, seconds=seconds)}
    with freshdesk(many, most_pages=7, since_is_exclusive=exclusive) as sandbox:
        staging = staged(sandbox, tmp_path)
    assert ids(staging) == [*range(1, 21)] and sorted(raw_ids(staging), key=int) == [str(n) for n in range(1, 21)]


def test_a_full_page_without_a_next_one_is_not_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Client.get

    def without_link(self: Client, path: str, **query: Any) -> Reply:
        return replace(real(self, path, **query), has_next=False)

    monkeypatch.setattr(Client, "get", without_link)
    with freshdesk({"tickets": tickets(8)}) as sandbox:
        assert ids(staged(sandbox, tmp_path)) == [*range(1, 9)]


def test_more_changes_in_one_second_than_the_list_shows_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("migrations.sources.freshdesk.ticket_lists.MOST_PAGES", 2)
    with freshdesk({"tickets": tickets(7, seconds=0)}, most_pages=2) as sandbox, pytest.raises(SourceFault) as raised:
        staged(sandbox, tmp_path)
    assert "more than 6 tickets were changed at 2026-09-01T00:00:00Z" in raised.value.why
    assert "export" in raised.value.do


def test_a_ticket_that_changes_meanwhile_is_neither_lost_nor_old(tmp_path: Path) -> None:
    """The first one moves to the list's other end while the list is read, and all others move up."""
    with freshdesk({"tickets": tickets(9)}) as sandbox:
        rows = sandbox.store.table("freshdesk", "tickets")

        def changes(part: str, read: int) -> None:
            if part == "tickets" and rows["1"]["subject"] == "":
                rows["1"] |= {"subject": "New", "updated_at": "2026-09-02T00:00:00Z"}

        staging = Staging(tmp_path)
        assert extract(SOURCE, reading(sandbox, staging), changes).is_whole
    first = staging.get(Ticket, "1")
    assert ids(staging) == [*range(1, 10)] and first is not None and first.subject == "New"
    assert sorted(raw_ids(staging)) == sorted(["1", *(str(n) for n in range(1, 10))])


def test_a_list_in_another_order_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.freshdesk.tickets._one_of", lambda query, name, known, usual: usual)
    with freshdesk({"tickets": tickets(5)}) as sandbox, pytest.raises(SourceFault, match="not in the order"):
        staged(sandbox, tmp_path)


@pytest.mark.parametrize("number", [0, 9, 10, 31])
def test_a_conversation_of_any_length_is_whole(number: int, tmp_path: Path) -> None:
    said = [{"from": "a@b.example", "body": f"{each}"} for each in range(number)]
    with freshdesk({"tickets": [{"id": 1, "conversations": said}]}) as sandbox:
        staging = staged(sandbox, tmp_path)
    assert [each.body for each in staging.all(Comment, order="CAST(id AS INTEGER)")] == [f"{n}" for n in range(number)]


def big_seed() -> dict[str, Any]:
    said = [{"from": "a@b.example", "body": f"{each}"} for each in range(14)]
    more = [
        *tickets(8, first=20),
        {**tickets(1, first=30)[0], "conversations": said},
        {**tickets(1, first=31)[0], "spam": True},
        {"id": 40, "status": "Closed", "created_at": "2025-01-01T00:00:00Z", "conversations": said},
        {"id": 41, "status": "Closed", "created_at": "2025-01-01T00:00:00Z", "from": 99},
        {**tickets(1, first=33)[0], "merged_into": 41, "from": 98},
    ]  # fmt: skip
    return {**SEED, "tickets": [*SEED["tickets"], *more]}


def test_a_reading_that_stops_after_every_page_comes_to_the_same(tmp_path: Path) -> None:
    with freshdesk(big_seed(), plan="enterprise") as sandbox:
        sandbox.settings("freshdesk", calls_per_minute=100_000, ticket_lists_per_minute=100_000)
        whole = staged(sandbox, tmp_path / "whole", archived=["4-6", "39-39", 40])

        def in_pieces(staging: Staging) -> object:
            return reading(sandbox, staging, archived=["4-6", "39-39", 40], stopped=lambda: True)

        pieces = read_in_pieces(SOURCE, tmp_path / "pieces", in_pieces)
    assert content(pieces) == content(whole)
    assert {"5", "40", "41"} <= {each.id for each in whole.all(Ticket)}
    assert whole.count("comments", "ticket = '40'") == 14 and whole.count("people", "id IN ('98', '99')") == 2
    merged = whole.get(Ticket, "33")
    assert merged is not None and merged.merged_into == "41"


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    with freshdesk({"tickets": tickets(4)}) as sandbox:
        staging = staged(sandbox, tmp_path)
        sandbox.store.table("freshdesk", "tickets")["2"]["updated_at"] = "2026-09-10T00:00:00Z"
        staging.database.execute("UPDATE parts SET is_read = 0, checkpoint = ''")
        sandbox.clear_log()
        assert extract(SOURCE, reading(sandbox, staging, since="2026-08-01")).is_whole
        asked = [each["path"] for each in sandbox.log() if each["path"].startswith("/api/v2/tickets/")]
    assert asked == ["/api/v2/tickets/2"]


def test_what_was_deleted_since_is_gone(tmp_path: Path) -> None:
    said = [{"from": "a@b.example", "body": f"{each}"} for each in range(2)]
    with freshdesk({"tickets": [{"id": 1, "conversations": said}]}) as sandbox:
        staging = staged(sandbox, tmp_path)
        row = sandbox.store.table("freshdesk", "tickets")["1"]
        row["updated_at"] = "2026-09-22T00:00:00Z"
        del row["_conversations"][0]
        staging.database.execute("UPDATE parts SET is_read = 0, checkpoint = ''")
        assert extract(SOURCE, reading(sandbox, staging)).is_whole
    assert [each.body for each in staging.all(Comment)] == ["1"]


def test_a_ticket_into_which_one_was_merged_and_that_is_nowhere(tmp_path: Path) -> None:
    with freshdesk({"tickets": [{"id": 1, "merged_into": 7}]}, archive_after_days=0) as sandbox:
        staging = staged(sandbox, tmp_path)
    assert staging.remarks() == {("tickets", "other tickets were merged into it, and it cannot be found"): 1}


def test_a_merger_into_one_that_was_merged_itself(tmp_path: Path) -> None:
    """20 into 30, that one into 10; both are archived, and the last one has the lowest number."""
    old = {"status": "Closed", "created_at": "2025-01-01T00:00:00Z"}
    chain = [{"id": 10, **old}, {"id": 20, "merged_into": 30}, {"id": 30, "merged_into": 10, **old}]
    with freshdesk({"tickets": chain}) as sandbox:
        staging = staged(sandbox, tmp_path)
    assert {each.id: each.merged_into for each in staging.all(Ticket)} == {"10": "", "20": "30", "30": "10"}


def test_a_customer_cannot_write_a_merger(tmp_path: Path) -> None:
    note = "This ticket is closed and merged into ticket 1"
    said = [{"from": "a@b.example", "body": note, "source": 2}, {"from": 5, "body": note, "source": 0}]
    with freshdesk({"tickets": [{"id": 1}, {"id": 2, "from": "a@b.example", "conversations": said}]}) as sandbox:
        staging = staged(sandbox, tmp_path)
    assert {each.merged_into for each in staging.all(Ticket)} == {""}
