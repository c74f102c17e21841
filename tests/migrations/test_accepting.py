"""The sample that people look at: everything that can go wrong is in it, and it is always the same one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from migrations.accepting.drawing import Sample, draw
from migrations.declared.migration import Migration, migration_model
from migrations.ledger.ledger import Entry, Ledger
from migrations.records.attachment import Attachment
from migrations.records.comment import Comment
from migrations.records.moment import Moment
from migrations.records.person import Person
from migrations.records.record import Record
from migrations.records.ticket import Ticket
from migrations.staging.page import Page, Remark
from migrations.staging.staging import Staging

CLOSED, OPEN = 400, 60


def day(number: int) -> Moment:
    at = f"2024-{1 + number // 28 % 12:02}-{1 + number % 28:02}T09:00:00Z"
    return Moment(at, at)


def history() -> Iterator[Record]:
    yield Person("vip", email="ceo@big.example")
    yield Person("someone", email="a@shop.example", language="de")
    for number in range(CLOSED + OPEN):
        is_open, name = number >= CLOSED, f"t{number}"
        who = "vip" if number % 40 == 0 else "someone"
        yield Ticket(name, subject=name, requester=who, status="open" if is_open else "done", created=day(number % 300),
                     updated=day(number % 300), language="fr" if number == 77 else "")  # fmt: skip
        yield Comment(f"{name}.1", ticket=name, author=who, public=True, body="Hello", created=day(number % 300))
    yield Comment("long", ticket="t3", author="vip", public=True, body="x" * 9_000, created=day(3))
    yield Comment("note", ticket="t5", author="vip", public=False, body="x", created=day(3))
    yield Attachment("lost", ticket="t7", comment="t7.1", name="a.pdf")
    yield Ticket("merged", status="done", requester="someone", created=day(1), merged_into="t1")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[tuple[Staging, Ledger]]:
    staging, ledger = Staging(tmp_path / "staging"), Ledger(tmp_path / "ledger.sqlite")
    staging.checkpoint("all")
    staging.take("all", Page(list(history()), remarks=[Remark("comments", "t9.1", "a bad encoding")]))
    sent = [*(f"t{number}" for number in range(CLOSED + OPEN)), "merged"]
    ledger.note_entries(Entry("tickets", each, "made", f"9{place}", "", "d") for place, each in enumerate(sent))
    yield staging, ledger
    ledger.close()
    staging.close()


def migration(**more: Any) -> Migration:
    said = {"name": "x", "source": {"mailbox": {"paths": ["x"]}},
            "mapping": {"statuses": {"open": {"to": "open"}, "done": {"to": "closed"}}}}  # fmt: skip
    return migration_model().model_validate({**said, **more})


def strata(sample: Sample) -> dict[str, tuple[int, int]]:
    return {each.name: (each.of, each.drawn) for each in sample.strata}


def test_of_each_sort_as_many_are_drawn_as_the_method_asks(world: tuple[Staging, Ledger]) -> None:
    sample = draw(*world, migration(accept={"vip": ["big.example"], "golden": ["t8", "nowhere"]}), 0.05)
    found = strata(sample)
    assert found["always looked at"] == (1, 1)
    assert found["matters most"] == (12, 6)
    assert found["open"] == (OPEN, 9)
    assert found["closed"] == (CLOSED + 1, 21)
    assert (found["language fr"], found["language de"]) == ((1, 1), (448, 5))
    odd = ("a long text", "private comments", "a file that is lost", "merged", "a bad encoding")
    assert {found[each] for each in odd} == {(1, 1)}
    why = {each.source: each.why for each in sample.tickets}
    assert {"t3", "t5", "t7", "t8", "t9", "t77", "merged"} <= why.keys()
    assert sample.of == CLOSED + OPEN + 1


def test_the_sample_is_the_same_again_and_a_larger_one_holds_it(world: tuple[Staging, Ledger]) -> None:
    first = draw(*world, migration(), 0.05)
    assert draw(*world, migration(), 0.05) == first
    assert set(first.digests) <= set(draw(*world, migration(), 0.10).digests)


def test_who_is_in_flight_wrote_shortly_before_the_end(world: tuple[Staging, Ledger]) -> None:
    staging, _ = world
    staging.put(Ticket("t450", status="open", requester="someone", created=day(3), updated=day(299)))
    assert strata(draw(*world, migration(), 0.05))["in flight"] == (1, 1)


@pytest.mark.parametrize("changes", ["comment", "target", "file"])
def test_a_ticket_that_changes_has_another_digest(world: tuple[Staging, Ledger], changes: str) -> None:
    staging, ledger = world
    before = draw(*world, migration(accept={"golden": ["t7"]}), 0.01).digests
    lost = Attachment("lost", ticket="t7", comment="t7.1", name="a.pdf", address="https://signed.example/anew")
    staging.put(lost)
    assert draw(*world, migration(accept={"golden": ["t7"]}), 0.01).digests == before  # it is signed anew each time
    match changes:
        case "comment":
            staging.put(Comment("t7.1", ticket="t7", author="someone", public=True, body="Hello!", created=day(7)))
        case "target":
            ledger.note_entries([Entry("tickets", "t7", "made", "77", "", "d")])
        case "file":
            staging.put(replace(lost, digest="ab", size=3))
    after = draw(*world, migration(accept={"golden": ["t7"]}), 0.01).digests
    assert {each for each in before if after[each] != before[each]} == {"t7"}


def test_what_is_not_there_is_not_drawn(world: tuple[Staging, Ledger]) -> None:
    _, ledger = world
    ledger.note_entries(Entry("tickets", f"t{number}", "removed", f"9{number}") for number in range(CLOSED + OPEN))
    assert list(draw(*world, migration(), 0.5).digests) == ["merged"]
