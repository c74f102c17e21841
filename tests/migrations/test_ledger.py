"""The ledger: what was intended, begun and settled, and what a process that died leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from migrations.ledger.database import BACKUPS, AtWork
from migrations.ledger.entry import Batch, Entry, Result
from migrations.ledger.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = Ledger(tmp_path / "old.production.sqlite")
    yield made
    made.close()


def reopened(ledger: Ledger) -> Ledger:
    ledger.close()
    return Ledger(ledger.path)


def test_what_was_intended_and_no_more_is_open_after_a_crash(ledger: Ledger) -> None:
    run = ledger.begin("run", "1.0", "m")
    ledger.intend(run, "tickets", "create", {"a": "1", "b": "2"})
    begun = ledger.begun(ledger.intend(run, "people", "create", {"p": "3"}), "job-1")
    again = reopened(ledger)
    try:
        assert again.open_batches() == [Batch(1, "tickets", "create", ("a", "b")), begun]
        assert again.entry("tickets", "a") == Entry("tickets", "a", "intended", digest="1")
        assert again.targets("tickets", ["a", "b"]) == {}
    finally:
        again.close()


def test_each_record_of_a_batch_gets_its_own_end(ledger: Ledger) -> None:
    run = ledger.begin("run", "1.0", "m")
    batch = ledger.intend(run, "tickets", "create", {"a": "1", "b": "2", "c": "3"})
    ledger.settle(batch, [Result(1, "", "too long"), Result(0, "900")])
    assert ledger.open_batches() == []
    assert ledger.entry("tickets", "a") == Entry("tickets", "a", "made", "900", digest="1")
    assert ledger.entry("tickets", "b") == Entry("tickets", "b", "failed", reason="too long", digest="2")
    assert ledger.entry("tickets", "c") is None  # nobody knows of it, so it is sent anew
    assert ledger.counts() == {"tickets": {"failed": 1, "made": 1}}
    assert ledger.reasons("tickets", "failed") == {"too long": 1}
    assert ledger.targets("tickets", ["a", "b", "c"]) == {"a": "900"}


def test_what_is_removed_keeps_the_id_that_it_had(ledger: Ledger) -> None:
    run = ledger.begin("run", "1.0", "m")
    ledger.settle(ledger.intend(run, "tickets", "create", {"a": "1", "b": "2"}), [Result(0, "900"), Result(1, "901")])
    removal = ledger.intend(run, "tickets", "remove", {"a": "", "b": ""})
    ledger.settle(removal, [Result(0, "900"), Result(1, "901", "it is locked")])
    assert [each.state for each in ledger.entries("tickets", "made", "removed")] == ["removed", "made"]
    ledger.settle(ledger.intend(run, "tickets", "create", {"a": "4"}), [Result(0, "950")])
    assert ledger.former.ids("tickets", "a") == ["900"] and ledger.former.ids("tickets", "b") == []
    assert ledger.entry("tickets", "a") == Entry("tickets", "a", "made", "950", digest="4")


def test_what_was_there_before_is_told_apart(ledger: Ledger) -> None:
    ledger.note_entries([Entry("people", "p", "matched", "7"), Entry("people", "q", "skipped", reason="no address")])
    assert [each.source for each in ledger.entries("people", "made")] == []
    assert ledger.targets("people", ["p", "q"]) == {"p": "7"}


def test_one_process_at_a_time(ledger: Ledger) -> None:
    ledger.begin("run", "1.0", "m")
    with pytest.raises(AtWork):
        Ledger(ledger.path)


def test_a_ledger_is_made_with_the_first_thing_that_is_written(tmp_path: Path) -> None:
    first, second = (Ledger(tmp_path / "ledger" / "old.production.sqlite") for _ in range(2))
    assert (first.counts(), first.account(), first.path.parent.exists()) == ({}, "", False)
    first.set_account("acme")
    with pytest.raises(AtWork):  # it was made meanwhile
        second.set_account("other")
    first.close()
    second.set_account("other")
    second.close()


def test_whoever_reads_has_it_alone_and_changes_no_byte_of_it(ledger: Ledger) -> None:
    ledger.set_account("acme")
    ledger.close()
    before = ledger.path.read_bytes()
    reading = Ledger(ledger.path)
    with pytest.raises(AtWork):
        Ledger(ledger.path)
    reading.close()
    assert ledger.path.read_bytes() == before


def test_who_was_made_for_somebody_with_a_seat_is_a_former_one(ledger: Ledger) -> None:
    run = ledger.begin("run", "1.0", "m")
    ledger.settle(
        ledger.intend(run, "people", "create", {"p": "", "q": ""}, trial=True), [Result(0, "7"), Result(1, "8")]
    )
    ledger.note_seats({"p": "50", "q": "8"})  # the second one was given that seat
    assert ledger.seated() == ["p", "q"] and ledger.former.there("people") == {"7": "p"}
    assert ledger.former.there("people", trial=True) == {"7": "p"}
    ledger.note_seats({"p": "51"})
    assert ledger.targets("people", ["p"]) == {"p": "51"} and ledger.former.ids("people", "p") == ["7"]
    ledger.end_trials()
    assert ledger.former.there("people", trial=True) == {}
    ledger.note_made_again({"p": "7"})
    assert ledger.entry("people", "p") == Entry("people", "p", "made", "7") and ledger.seated() == ["q"]
    assert ledger.former.ids("people", "p") == []


def test_copies_are_whole_and_the_oldest_go(ledger: Ledger) -> None:
    ledger.set_account("acme")
    ledger.note_entries([Entry("people", "p", "matched", "7")])
    copies = [ledger.back_up() for _ in range(BACKUPS + 2)]
    assert [path for path in copies if path.exists()] == copies[-BACKUPS:]
    copied = Ledger(copies[-1])
    assert copied.account() == "acme" and copied.targets("people", ["p"]) == {"p": "7"}
    copied.close()


def test_what_is_made_anew_is_never_missing(ledger: Ledger) -> None:
    run = ledger.begin("run", "1.0", "m")
    ledger.settle(ledger.intend(run, "tickets", "create", {"a": "1", "b": "2", "c": "3"}),
                  [Result(0, "900"), Result(1, "901"), Result(2, "902")])  # fmt: skip
    again = ledger.intend(run, "tickets", "create", {"a": "4", "b": "5", "c": "6"})
    ledger.settle(again, [Result(0, "950"), Result(1, "", "too long")])
    assert ledger.entry("tickets", "a") == Entry("tickets", "a", "made", "950", digest="4")
    assert ledger.entry("tickets", "b") == Entry("tickets", "b", "made", "901", "too long")
    assert ledger.entry("tickets", "c") == Entry("tickets", "c", "made", "902")  # its digest is open: it goes anew
    assert ledger.former.superseded(10) == {"a": ("900", "")} and ledger.former.there("tickets") == {"900": "a"}
    retiring = ledger.intend(run, "tickets", "retire", {"a": ""})
    assert ledger.former.superseded(10) == {}  # it is under way
    ledger.settle(retiring, [])
    assert ledger.former.superseded(10) == {"a": ("900", "")}
    ledger.settle(ledger.intend(run, "tickets", "retire", {"a": ""}), [Result(0, "done")])
    assert (ledger.former.superseded(10), ledger.former.there("tickets", kept=True)) == ({}, {})
    assert ledger.former.ids("tickets", "a") == ["900"]
    assert ledger.former.unpurged("tickets", 10) == {"a": "900"} and ledger.former.count_unpurged() == {"tickets": 1}


def test_what_stays_behind_is_not_forgotten_where_it_is_there(ledger: Ledger) -> None:
    run = ledger.begin("run", "1.0", "m")
    ledger.settle(
        ledger.intend(run, "tickets", "create", {"a": "1", "b": "2"}), [Result(0, "900"), Result(1, "", "no")]
    )
    ledger.note_skipped([("tickets", "a", "before 2024"), ("tickets", "b", "before 2024")])
    assert {each.source: each.state for each in ledger.entries("tickets", "made", "skipped", "failed")} == {
        "a": "made",
        "b": "skipped",
    }
