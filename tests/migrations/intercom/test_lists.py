"""Nothing is lost or read twice, whatever the lists do meanwhile; and reading goes on from wherever it stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from migrations.extracting import extract
from migrations.records.comment import Comment
from migrations.records.organization import Organization
from migrations.records.person import Person
from migrations.records.ticket import Ticket
from migrations.sources.http_client import HttpClient
from migrations.sources.intercom import SOURCE
from migrations.sources.intercom.client import Client
from migrations.sources.intercom.companies import PATH
from migrations.sources.source import SourceFault
from migrations.staging.raw_file import raw_records
from migrations.staging.staging import Staging
from tests.live_sandbox import LiveSandbox
from tests.migrations.intercom.desk import (
    ANN,
    GRACE,
    NOW,
    SEED,
    SINCE,
    intercom,
    reading,
    run_again,
    staged,
    without_ends,
)
from tests.migrations.staged import content, read_in_pieces


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three of a list at once, five things in a page of the staging."""
    monkeypatch.setattr("migrations.sources.intercom.client.IN_PAGE", 3)
    monkeypatch.setattr("migrations.sources.intercom.knowledge_lists._IN_PAGE", 2)
    monkeypatch.setattr("migrations.sources.intercom.gone._AT_ONCE", 1)
    monkeypatch.setattr("migrations.sources.gathering.MOST_THINGS", 5)


def passing_time(sandbox: LiveSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting moves the sandbox's time on, and takes none of ours."""
    now = [NOW]
    sandbox.store.clock = lambda: now[0]
    monkeypatch.setattr("migrations.sources.http_client.sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))


def many(number: int, first: int = 1) -> list[dict[str, Any]]:
    """So many, each changed a minute after the one before."""
    return [
        {"id": str(each), "from": ANN, "body": f"{each}", "created_at": SINCE, "updated_at": SINCE + 60 * each,
         "parts": [{"from": GRACE, "body": "Yes"}, {"type": "assignment", "from": GRACE}]}
        for each in range(first, first + number)
    ]  # fmt: skip


def ids(staging: Staging) -> list[int]:
    return sorted(int(each.id) for each in staging.all(Ticket))


def raw_ids(staging: Staging, part: str, type_: str) -> list[str]:
    path = staging.folder / "raw" / f"{part}.jsonl.gz"
    return [each.id for each in raw_records(path) if each.type == type_] if path.exists() else []


def test_a_conversation_that_changes_meanwhile_is_neither_lost_nor_old(tmp_path: Path) -> None:
    """The last one moves to the list's beginning, where the reading has been already."""
    with intercom({"conversations": many(9)}) as sandbox:
        rows = sandbox.store.table("intercom", "conversations")

        def changes(part: str, read: int) -> None:
            if part == "conversations":
                rows["1"] |= {"title": "New", "updated_at": int(NOW)}
                rows["9"] |= {"title": "Old no more", "updated_at": int(NOW) + 1}

        staging = Staging(tmp_path)
        assert extract(SOURCE, reading(sandbox, staging), changes).is_whole
    found = {each.id: each.subject for each in staging.all(Ticket)}
    assert ids(staging) == [*range(1, 10)] and (found["1"], found["9"]) == ("New", "Old no more")
    assert raw_ids(staging, "changed_conversations", "conversation") == ["9", "1"]


def test_a_contact_that_changes_meanwhile_is_not_lost(tmp_path: Path) -> None:
    people = [{"email": f"p{each}@x.example", "created_at": SINCE + each} for each in range(8)]
    with intercom({"contacts": people}) as sandbox:
        [first, *_] = sandbox.store.table("intercom", "contacts").values()
        staging = Staging(tmp_path)
        extract(SOURCE, reading(sandbox, staging), lambda part, _: first.update(updated_at=int(NOW)))
    assert {each.email for each in staging.all(Person)} >= {f"p{each}@x.example" for each in range(8)}


def after_a_page(staging: Staging) -> Callable[[], bool]:
    """Wants an end as soon as a page more is kept."""

    def progress() -> Any:
        kept = "SELECT SUM(taken), SUM(raw_length), SUM(LENGTH(checkpoint)) FROM parts"
        return staging.database.execute(kept).fetchone()

    began = progress()
    return lambda: progress() != began


def big_seed() -> dict[str, Any]:
    said = [{"from": ANN, "body": f"{each}"} for each in range(14)]
    companies = [{"name": f"C{each}"} for each in range(5)]
    contacts = [{"email": f"p{each}@x.example", "created_at": SINCE + each} for each in range(7)]
    tickets = [{"id": f"5{each}", "type": "Inside", "from": ANN, "created_at": SINCE} for each in range(4)]
    return {
        **SEED,
        "companies": [*SEED["companies"], *companies],
        "contacts": [*SEED["contacts"], *contacts],
        "conversations": [*SEED["conversations"], *many(7, first=20), {"id": "40", "from": ANN, "parts": said}],
        "tickets": [*SEED["tickets"], *tickets],
    }


def test_a_reading_that_stops_after_every_page_comes_to_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with intercom(big_seed(), scroll_page=2) as sandbox:
        passing_time(sandbox, monkeypatch)
        sandbox.fault(kind="error_500", path="/conversations/22$")
        whole = staged(sandbox, tmp_path / "whole")
        pieces = read_in_pieces(
            SOURCE, tmp_path / "pieces", lambda staging: reading(sandbox, staging, stopped=after_a_page(staging))
        )
    assert without_ends(pieces) == without_ends(whole)
    assert whole.count("organizations") == 7 and whole.count("comments", "ticket = '40'") == 14
    assert whole.reasons()["tickets", "quarantined", "Intercom fails over it each time"] == 1


def test_a_reading_that_dies_at_any_call_comes_to_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with intercom(big_seed(), scroll_page=2) as sandbox:
        passing_time(sandbox, monkeypatch)
        whole = without_ends(staged(sandbox, tmp_path / "whole"))
        real, left = HttpClient._send, [0]

        def dies(self: HttpClient, asked: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                raise MemoryError
            return real(self, asked)

        monkeypatch.setattr(HttpClient, "_send", dies)
        for first in (4, 7, 12):  # each reading dies at several calls, the first at this one
            folder, dead = tmp_path / f"{first}", 0
            for left[0] in (first, 11, 17, 23, 29, 1_000):
                staging = Staging(folder)
                try:
                    extract(SOURCE, reading(sandbox, staging))
                    break
                except MemoryError:
                    dead += 1
                    staging.close()
            assert dead > 2 and without_ends(staging) == whole


def test_a_cursor_of_an_earlier_run_may_be_worth_nothing_any_more(tmp_path: Path) -> None:
    with intercom({"conversations": many(7)}) as sandbox:
        staging = Staging(tmp_path)
        extract(SOURCE, reading(sandbox, staging, stopped=lambda: staging.count("tickets") > 3))
        assert 3 < staging.count("tickets") < 7
        staging.database.execute("UPDATE parts SET checkpoint = ? WHERE name = 'conversations'", ('{"after": "old"}',))
        assert extract(SOURCE, reading(sandbox, staging)).is_whole
    assert ids(staging) == [*range(1, 8)]
    assert sorted(raw_ids(staging, "conversations", "conversation")) == [f"{each}" for each in range(1, 8)]


def test_a_list_that_does_not_go_on_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    same = {"type": "pages", "next": {"starting_after": "x"}}
    monkeypatch.setattr("migrations.sources.intercom.client._pages", lambda document: same)
    monkeypatch.setattr("sandbox.intercom.paging._read", lambda cursor: (1, (10**12, "")))
    with intercom({}) as sandbox, pytest.raises(SourceFault, match="to the same place again"):
        staged(sandbox, tmp_path)


def test_a_cursor_that_is_refused_at_once_is_no_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.intercom.paging._written", lambda number, last: "worth nothing")
    with intercom({"conversations": many(7)}) as sandbox, pytest.raises(SourceFault, match="Invalid starting_after"):
        staged(sandbox, tmp_path)


def test_what_takes_several_pages_is_whole(tmp_path: Path) -> None:
    notes = [{"body": f"note {each}", "created_at": SINCE + each} for each in range(7)]
    contact = {"email": ANN, "tags": [f"t{each}" for each in range(12)], "notes": notes}
    seed = {"contacts": [contact], "articles": [{"title": f"A{each}"} for each in range(5)]}
    with intercom(seed) as sandbox:
        staging = staged(sandbox, tmp_path)
    [ann] = staging.all(Person, "email = ?", (ANN,))
    assert len(ann.tags) == 12 and all(f"note {each}" in ann.notes for each in range(7))
    assert staging.count("articles") == 5


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    with intercom({**SEED, "conversations": [*SEED["conversations"], *many(4, first=20)]}) as sandbox:
        staging = staged(sandbox, tmp_path)
        before = content(staging)
        sandbox.store.table("intercom", "conversations")["21"] |= {"title": "New", "updated_at": int(NOW)}
        sandbox.store.table("intercom", "conversations")["3"]["updated_at"] = int(NOW)
        sandbox.clear_log()
        run_again(sandbox, staging, since="2026-09-01")
        asked = [each["path"] for each in sandbox.log() if each["path"].startswith("/conversations/")]
    assert sorted(asked) == ["/conversations/21", "/conversations/3", "/conversations/search", "/conversations/search"]
    found, both = staging.get(Ticket, "21"), staging.get(Ticket, "3")
    assert found is not None and found.subject == "New"
    assert both is not None and (both.status, both.kind) == ("With the bank", "Bug")  # its ticket is in no search
    assert len(before["tickets"]) == staging.count("tickets")


def test_a_ticket_that_is_gone_leaves_its_conversation(tmp_path: Path) -> None:
    with intercom() as sandbox:
        del sandbox.store.table("intercom", "tickets")["9"]
        sandbox.fault(kind="omit", path="/tickets/search", value="3")
        sandbox.fault(kind="forbidden", path="/tickets/3$")
        staging = staged(sandbox, tmp_path)
    found = staging.get(Ticket, "3")
    assert found is not None and (found.status, found.kind) == ("open", "")
    assert ("tickets", "its ticket cannot be read: state and fields are those of the conversation") in staging.remarks()


def test_a_ticket_stays_one_with_its_conversation_when_that_changes(tmp_path: Path) -> None:
    with intercom() as sandbox:
        staging = staged(sandbox, tmp_path)
        sandbox.store.table("intercom", "conversations")["3"]["updated_at"] = int(NOW)
        run_again(sandbox, staging)
    found = staging.get(Ticket, "3")
    assert found is not None and (found.status, found.kind) == ("With the bank", "Bug")


@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "truncated", "error_500"])
def test_a_part_of_the_companies_that_is_lost_on_the_way_is_asked_for_again(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    companies = [{"name": f"C{each}"} for each in range(9)]
    with intercom({"companies": companies}, scroll_page=2) as sandbox:
        passing_time(sandbox, monkeypatch)
        sandbox.fault(kind=kind, path="/companies/scroll", after=2, times=1)
        staging = staged(sandbox, tmp_path)
        assert sandbox.fired() == 1
    assert sorted(each.name for each in staging.all(Organization)) == [f"C{each}" for each in range(9)]
    assert len(raw_ids(staging, "companies", "company")) == 9


def test_somebody_else_who_scrolls_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with intercom({"companies": [{"name": "A"}]}) as sandbox:
        passing_time(sandbox, monkeypatch)
        Client(f"{sandbox.url}/intercom", "sandbox").get(PATH)
        assert staged(sandbox, tmp_path).count("organizations") == 1


def test_somebody_else_who_never_ends_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with intercom({"companies": [{"name": "A"}]}) as sandbox:
        other = Client(f"{sandbox.url}/intercom", "sandbox")
        mine = str(other.get(PATH)["scroll_param"])
        monkeypatch.setattr("migrations.sources.http_client.sleep", lambda _: other.get(PATH, {"scroll_param": mine}))
        with pytest.raises(SourceFault, match="somebody else goes through its list of companies"):
            staged(sandbox, tmp_path)


@pytest.mark.parametrize(("number", "missing"), [(4, ""), (5, "may be"), (6, "1 of 6"), (1_005, "1,000 of 1,005")])
def test_older_messages_that_are_kept_back_are_said(
    number: int, missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("migrations.sources.intercom.messages.MOST_PARTS", 5)
    said = [{"from": ANN, "body": f"{each}", "created_at": SINCE + each} for each in range(number)]
    with intercom(
        {"conversations": [{"id": "1", "from": ANN, "body": "first", "parts": said}]}, most_parts=5
    ) as sandbox:
        staging = staged(sandbox, tmp_path)
    bodies = [each.body for each in staging.all(Comment, order="at, LENGTH(id), id")]
    assert len(bodies) == 1 + min(5, number) and "first" in bodies and f"{number - 1}" in bodies
    remarks = staging.database.execute("SELECT what, detail FROM remarks WHERE type = 'tickets'").fetchall()
    assert len(remarks) == bool(missing) and all(missing in f"{what} {detail}" for what, detail in remarks)
