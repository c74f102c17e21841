"""Taking away again what a migration made, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from migrations.ledger.entry import Entry
from migrations.ledger.ledger import Ledger
from migrations.records.record import RecordType
from migrations.sending.chunks import chunks
from migrations.sending.external_ids import external_id
from migrations.sending.jobs import Jobs, at_places
from migrations.sending.sending import Stopped
from migrations.sending.worked_on import was_worked_on
from provisioners.errors import SystemFault
from provisioners.imports import BegunJob, Imports

ORDER: tuple[RecordType, ...] = ("tickets", "people", "organizations")
"""Tickets first: nobody who still asks for something is deleted."""
_WORKED_ON = "somebody has worked on it since it was sent, so it stays"
_STAYED = "the user who was made for them before could not be deleted"


def going(ledger: Ledger, *, trial: bool) -> dict[RecordType, int]:
    """By type, what a rollback takes away, also what another has taken the place of and that is still there.

    trial: only what trial runs made.
    """
    found = {type_: sum(1 for each in ledger.entries(type_, "made") if each.trial or not trial) for type_ in ORDER}
    found["tickets"] += 0 if trial else len(ledger.former.there("tickets"))
    found["people"] += len(ledger.former.there("people", trial=trial))
    return {type_: number for type_, number in found.items() if number}


@dataclass
class Removing:
    """key: the migration's. stopped: whether somebody wants an end. trial: only what trial runs made. worked_on: also
    tickets that somebody has worked on since they were sent."""

    key: str
    imports: Imports
    ledger: Ledger
    jobs: Jobs
    trial: bool = False
    worked_on: bool = False
    stopped: Callable[[], bool] = lambda: False

    def remove(self) -> None:
        """Delete what was made, type by type; what was there before is never touched. People and organizations stay as
        long as a ticket stays, which may name them. Raises SystemFault, Stopped."""
        if not self.trial:
            self._remove_former("tickets", self.imports.delete_tickets, self._tickets_there)
        for chunk in self._made("tickets"):
            self._remove("tickets", self.imports.delete_tickets, self._going(chunk))
        self.jobs.finish()
        if next(self.ledger.entries("tickets", "made"), None) is not None:
            return
        self._remove_former("people", self.imports.delete_users, self._users_there)
        for chunk in self._made("people"):
            self._remove("people", self.imports.delete_users, chunk)
        self.jobs.finish()
        for chunk in self._made("organizations"):
            self._remove("organizations", self.imports.delete_organizations, chunk)
        self.jobs.finish()

    def _made(self, type_: RecordType) -> Iterator[list[Entry]]:
        """What was made, so many at a time, by the old ids."""
        after = ""
        while chunk := self.ledger.page(type_, "made", after, self.imports.at_once):
            after = chunk[-1].source
            yield [each for each in chunk if each.trial or not self.trial]

    def _going(self, chunk: list[Entry]) -> list[Entry]:
        """Those that are there and that nobody has worked on; of the others it is noted what became of them."""
        held = self.imports.tickets([each.target for each in chunk])
        going = []
        for each in chunk:
            live = held.get(each.target)
            if live is None:
                self.ledger.note_gone("tickets", each.source)
            elif was_worked_on(live, each.at) and not self.worked_on:
                self.ledger.note_reason("tickets", each.source, _WORKED_ON)
            else:
                going.append(each)
        return going

    def _remove(self, type_: RecordType, call: Callable[[Sequence[str]], BegunJob], chunk: list[Entry]) -> None:
        self._check_stopped()
        if chunk:
            sends = partial(at_places, call, [each.target for each in chunk])
            self.jobs.send(type_, "remove", {each.source: each.digest for each in chunk}, sends)

    def _remove_former(
        self,
        type_: RecordType,
        call: Callable[[Sequence[str]], BegunJob],
        there: Callable[[Mapping[str, str]], set[str]],
    ) -> None:
        """Those of which another has taken the place. They have no entry of their own: those that are gone are noted,
        whoever deleted them. there: of former ids with their old ones, those that are."""
        every = self.ledger.former.there(type_, trial=self.trial)
        for chunk in chunks(every, self.imports.at_once):
            self._check_stopped()
            former = {target: every[target] for target in chunk}
            held = there(former)
            if held:
                self.jobs.wait_for(call(sorted(held)))
            left = there({target: former[target] for target in held}) if held else set()
            for target, source in former.items():
                if target not in left:
                    self.ledger.former.note_deleted(type_, source, target)
                if type_ == "people":
                    self.ledger.note_reason(type_, source, _STAYED if target in left else "")
            self.jobs.told(type_, len(held - left), len(left))

    def _tickets_there(self, former: Mapping[str, str]) -> set[str]:
        return {*self.imports.tickets(list(former))}

    def _users_there(self, former: Mapping[str, str]) -> set[str]:
        found = self.imports.users_by_external_id([external_id(self.key, source) for source in former.values()])
        return {each.id for each in found.values()} & {*former}

    def remove_for_good(self) -> None:
        """What was deleted, now or by an earlier run or delta, cannot be brought back any more: tickets with what was
        written in them, and people. Raises SystemFault, Stopped."""
        while chunk := self.ledger.former.unpurged("tickets", self.imports.at_once):
            self._check_stopped()
            call = partial(at_places, self.imports.delete_tickets_for_good, [*chunk.values()])
            self.jobs.send("tickets", "purge", dict.fromkeys(chunk, ""), call)
            self.jobs.finish()
            if chunk == self.ledger.former.unpurged("tickets", self.imports.at_once):
                break  # the helpdesk refuses them; the reasons are noted
        people = self.ledger.former.unpurged("people", self.imports.at_once)
        while people:
            for source, target in people.items():
                self._check_stopped()
                self._remove_person_for_good(source, target)
            before, people = people, self.ledger.former.unpurged("people", self.imports.at_once)
            if people == before:
                break

    def _remove_person_for_good(self, source: str, target: str) -> None:
        """Somebody whom the helpdesk does not give up does not hold up the others."""
        try:
            self.imports.delete_user_for_good(target)
        except SystemFault as fault:
            if fault.code != "refused":
                raise
            self.ledger.note_reason("people", source, fault.why)
        else:
            self.ledger.former.note_purged("people", source, target)
            self.jobs.purged["people"] += 1

    def _check_stopped(self) -> None:
        if self.stopped():
            self.jobs.finish()
            raise Stopped
