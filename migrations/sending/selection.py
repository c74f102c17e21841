"""Which tickets go, in which order, and why the others stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from migrations.declared.migration import Migration
from migrations.records.ticket import Ticket
from migrations.sending.outgoing import left_out_because, new_status
from migrations.sending.sample import is_in_sample
from migrations.staging.staging import Staging


@dataclass(frozen=True)
class Selection:
    """limit: so many tickets at most; 0 for all. sample: a share from 0 to 1, always the same tickets."""

    limit: int = 0
    sample: float = 1.0

    @property
    def is_trial(self) -> bool:
        return bool(self.limit) or self.sample < 1


def selected(staging: Staging, migration: Migration, selection: Selection) -> Iterator[Ticket]:
    """The tickets that go: closed ones first, as nothing can happen to them any more, and the oldest of them first."""
    number = 0
    for closed in (True, False):
        for ticket in staging.all(Ticket, order="at, id"):
            if is_closed(ticket, migration) != closed or left_out_because(ticket, migration):
                continue
            if not is_in_sample(ticket.id, selection.sample):
                continue
            number += 1
            if selection.limit and number > selection.limit:
                return
            yield ticket


def is_closed(ticket: Ticket, migration: Migration) -> bool:
    """Whether it comes as one to which nothing can happen any more."""
    return new_status(ticket, migration) == "closed"


def staying(staging: Staging, migration: Migration) -> Iterator[tuple[Ticket, str]]:
    """The tickets that do not go, each with why."""
    for ticket in staging.all(Ticket):
        why = left_out_because(ticket, migration)
        if why:
            yield ticket, why
