"""Users who were made for people that have a seat by now: taken away, and named where the helpdesk keeps them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import cast

import pytest

from migrations.ledger.entry import Result
from migrations.ledger.ledger import Ledger
from migrations.sending.jobs import Jobs
from migrations.sending.removing import Removing, going
from provisioners.history import FoundUser
from provisioners.imports import BegunJob, Imports, JobState


class Helpdesk:
    """Has one user, and gives it up or not."""

    at_once = 100

    def __init__(self, *, keeps: bool) -> None:
        self.keeps = keeps
        self.there = {"7"}

    def users_by_external_id(self, external_ids: Collection[str]) -> dict[str, FoundUser]:
        found = FoundUser("7", "P (has left)", "", "old:p", team=False)
        return {"old:p": found} if "7" in self.there else {}

    def delete_users(self, ids: Sequence[str]) -> BegunJob:
        assert set(ids) == {"7"}
        if not self.keeps:
            self.there.clear()
        return BegunJob("job")

    delete_tickets = delete_organizations = delete_users

    def jobs(self, ids: Collection[str]) -> dict[str, JobState]:
        return {each: JobState(each, "completed") for each in ids}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = Ledger(tmp_path / "old.production.sqlite")
    yield made
    made.close()


def removed(ledger: Ledger, helpdesk: Helpdesk) -> list[tuple[str, int, int]]:
    told: list[tuple[str, int, int]] = []
    imports = cast(Imports, helpdesk)
    jobs = Jobs(imports, ledger, 0, lambda *each: told.append(each), lambda seconds: None, counts="remove")
    Removing("old", imports, ledger, jobs).remove()
    return told


def test_a_user_whom_the_helpdesk_keeps_is_named_until_it_gives_them_up(ledger: Ledger) -> None:
    run = ledger.begin("run", "1.0", "m")
    ledger.settle(ledger.intend(run, "people", "create", {"p": ""}), [Result(0, "7")])
    ledger.note_seats({"p": "50"})
    assert going(ledger, trial=False) == {"people": 1}
    assert removed(ledger, Helpdesk(keeps=True)) == [("people", 0, 1)]
    assert [*ledger.reasons("people", "matched")] == ["the user who was made for them before could not be deleted"]
    assert removed(ledger, Helpdesk(keeps=False)) == [("people", 1, 0)]
    assert (going(ledger, trial=False), [*ledger.reasons("people", "matched")]) == ({}, [""])
    assert ledger.targets("people", ["p"]) == {"p": "50"} and ledger.former.unpurged("people", 9) == {"p": "7"}
