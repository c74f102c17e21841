"""Taking away again what a migration made, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from migrations.ledger.ledger import Ledger
from migrations.records.record import RecordType
from migrations.sending.jobs import Jobs, at_places
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
        former = self.ledger.former_there()
        for targets in chunks(former, self.imports.at_once):  # those of which another has taken the place
            self._check_stopped()
            self._remove_former({target: former[target] for target in targets})
        for type_ in ORDER:
            made = (each for each in list(self.ledger.entries(type_, "made")) if each.trial or not self.trial)
            for chunk in chunks(made, self.imports.at_once):
                self._check_stopped()
                call = partial(at_places, calls[type_], [each.target for each in chunk])
                self.jobs.send(type_, "remove", {each.source: each.digest for each in chunk}, call)
            self.jobs.finish()

    def _remove_former(self, former: Mapping[str, str]) -> None:
        """They have no entry of their own: those that are gone are noted, whoever deleted them."""
        held = self.imports.tickets(list(former))
        if held:
            self.jobs.wait_for(self.imports.delete_tickets(list(held)))
        left = self.imports.tickets(list(held)) if held else {}
        for target, source in former.items():
            if target not in left:
                self.ledger.note_deleted(source, target)

    def remove_for_good(self) -> None:
        """What was deleted, now or by an earlier run or delta, cannot be brought back any more: tickets with what was
        written in them, and people. Raises SystemFault, Stopped."""
        while chunk := self.ledger.unpurged("tickets", self.imports.at_once):
            self._check_stopped()
            call = partial(at_places, self.imports.delete_tickets_for_good, [*chunk.values()])
            self.jobs.send("tickets", "purge", dict.fromkeys(chunk, ""), call)
            self.jobs.finish()
            if chunk == self.ledger.unpurged("tickets", self.imports.at_once):
                break  # the helpdesk refuses them; the reasons are noted
        while people := self.ledger.unpurged("people", self.imports.at_once):
            for source, target in people.items():
                self._check_stopped()
                self.imports.delete_user_for_good(target)
                self.ledger.note_purged("people", source, target)

    def _check_stopped(self) -> None:
        if self.stopped():
            self.jobs.finish()
            raise Stopped
