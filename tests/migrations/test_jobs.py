"""Calls under way, with a helpdesk that refuses some of them as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from migrations.ledger.ledger import Ledger
from migrations.sending.jobs import Jobs
from provisioners.errors import FaultCode, SystemFault
from provisioners.imports import BegunJob, Imports, JobState, LiveLimits, RowResult

DIGESTS = {f"t{number}": "" for number in range(9)}


class Helpdesk:
    """Takes tickets, but for some, and says of a call only that it refuses it."""

    def __init__(self, *refuses: int, code: FaultCode = "refused") -> None:
        self.refuses = refuses
        self.code = code
        self.calls: list[tuple[int, ...]] = []

    def limits(self) -> LiveLimits:
        return LiveLimits()

    def call(self, places: Sequence[int]) -> BegunJob:
        self.calls.append(tuple(places))
        if set(places) & set(self.refuses):
            raise SystemFault(self.code, "POST tickets", "the subject is not valid", "", took_effect=False)
        return BegunJob(f"job-{len(self.calls)}")

    def jobs(self, ids: Collection[str]) -> dict[str, JobState]:
        return {each: JobState(each, "completed", self._rows(self.calls[int(each[4:]) - 1])) for each in ids}

    def _rows(self, places: tuple[int, ...]) -> tuple[RowResult, ...]:
        return tuple(RowResult(index, f"90{place}") for index, place in enumerate(places))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = Ledger(tmp_path / "old.production.sqlite")
    yield made
    made.close()


def sent(ledger: Ledger, helpdesk: Helpdesk, action: Any = "create") -> list[tuple[str, int, int]]:
    told: list[tuple[str, int, int]] = []
    jobs = Jobs(
        cast(Imports, helpdesk), ledger, ledger.begin("run", "0", ""), lambda *each: told.append(each),
        lambda seconds: None, counts=action,
    )  # fmt: skip
    jobs.send("tickets", action, DIGESTS, helpdesk.call)
    jobs.finish()
    return told


def test_one_that_is_refused_does_not_hold_up_the_others_of_its_call(ledger: Ledger) -> None:
    helpdesk = Helpdesk(4, 7)
    told = sent(ledger, helpdesk)
    assert {each.source: each.reason for each in ledger.entries("tickets", "failed")} == {
        "t4": "the subject is not valid",
        "t7": "the subject is not valid",
    }
    assert {each.source: each.target for each in ledger.entries("tickets", "made")} == {
        f"t{place}": f"90{place}" for place in (0, 1, 2, 3, 5, 6, 8)
    }
    assert (sum(made for _, made, _ in told), sum(refused for _, _, refused in told)) == (7, 2)
    assert ledger.open_batches() == []


def test_what_is_no_fault_of_a_record_ends_the_run(ledger: Ledger) -> None:
    helpdesk = Helpdesk(4, code="not_allowed")
    with pytest.raises(SystemFault):
        sent(ledger, helpdesk)
    assert len(helpdesk.calls) == 1 and ledger.counts() == {}


def test_what_was_deleted_for_good_by_somebody_else_is_done(ledger: Ledger) -> None:
    sent(ledger, Helpdesk())
    sent(ledger, Helpdesk(), "remove")
    assert ledger.former.count_unpurged() == {"tickets": 9}
    sent(ledger, Helpdesk(2, code="not_found"), "purge")
    assert ledger.former.count_unpurged() == {}
