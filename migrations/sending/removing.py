"""Taking away again what a migration made, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from migrations.ledger.ledger import Ledger
from migrations.records.record import RecordType
from migrations.sending.jobs import Jobs
from migrations.sending.sending import Stopped, chunks
from provisioners.imports import Imports

ORDER: tuple[RecordType, ...] = ("tickets", "people", "organizations")
"""Tickets first: nobody who still asks for something is deleted."""


@dataclass
class Removing:
    """stopped: whether somebody wants an end. trial: only what trial runs made."""

    imports: Imports
    ledger: Ledger
    jobs: Jobs
    trial: bool = False
    stopped: Callable[[], bool] = lambda: False

    def remove(self) -> None:
        """Delete what was made, type by type; what was there before is never touched. Raises SystemFault, Stopped."""
        calls = {
            "tickets": self.imports.delete_tickets,
            "people": self.imports.delete_users,
            "organizations": self.imports.delete_organizations,
        }
        for type_ in ORDER:
            made = (each for each in list(self.ledger.entries(type_, "made")) if each.trial or not self.trial)
            for chunk in chunks(made, self.imports.at_once):
                if self.stopped():
                    self.jobs.finish()
                    raise Stopped
                targets = [each.target for each in chunk]
                self.jobs.send(
                    type_, "remove", {each.source: each.digest for each in chunk}, partial(calls[type_], targets)
                )
            self.jobs.finish()
