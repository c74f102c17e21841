"""A run of a migration: sent, or taken away again, with the ledger beside it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import Literal

from config.results.migration_run import MigrationRunDocument, RefusedRecord
from golive.migrating.opening import OpenedMigration
from golive.migrating.target import Target
from migrations.ledger.entry import Action, State
from migrations.ledger.ledger import Ledger
from migrations.records.record import TYPES, RecordType
from migrations.sending.jobs import Jobs
from migrations.sending.recovery import recover
from migrations.sending.removing import Removing, going
from migrations.sending.selection import Selection
from migrations.sending.sending import Sending, Stopped
from migrations.staging.staging import Staging
from stacks.interruption import Interruption

EXAMPLES = 5
_REFUSED: Mapping[str, tuple[State, ...]] = {
    "run": ("failed",),
    "delta": ("failed", "made"),
    "rollback": ("made", "matched", "removed"),
}
"""Verb → states in which a record with a reason is one that the helpdesk did not take, or did not give up."""


@dataclass
class Carrying:
    """told: type, made, refused, as it happens. calls: made so far, by event."""

    migration: OpenedMigration
    target: Target
    ledger: Ledger
    interruption: Interruption
    told: Callable[[RecordType, int, int], None]
    calls: Mapping[str, int]
    made: Counter[RecordType] = field(default_factory=Counter)

    def send(self, staging: Staging, selection: Selection) -> MigrationRunDocument:
        """Send what is selected and not there yet. Raises SystemFault; what was sent until then is written down."""
        return self._send("run", staging, lambda sending: sending.send(selection), trial=selection.is_trial)

    def send_changes(self, staging: Staging) -> MigrationRunDocument:
        """Send what `changes.find_changes` has found in this staging; what is there of it is made anew. Raises
        SystemFault."""
        return self._send("delta", staging, Sending.send_changes, trial=False)

    def _send(
        self, verb: Literal["run", "delta"], staging: Staging, send: Callable[[Sending], None], *, trial: bool
    ) -> MigrationRunDocument:
        misfits = 0

        def work(jobs: Jobs) -> None:
            nonlocal misfits
            sending = Sending(
                self.migration.key,
                staging,
                self.migration.declared,
                self.target.declared,
                self.target.places,
                jobs.imports,
                self.ledger,
                jobs,
                self.interruption.stopped.is_set,
                lambda: recover(jobs.imports, self.ledger, jobs, self.migration.key),
            )
            try:
                send(sending)
            finally:
                misfits = sending.misfits

        document = self._run(verb, work, trial=trial)
        return replace(document, misfits=misfits)

    def remove(self, *, trial: bool, worked_on: bool, for_good: bool) -> MigrationRunDocument:
        """Take away what was made. trial: only what trial runs made. worked_on: also tickets that somebody has worked
        on since. for_good: so that it cannot be brought back, also what was taken away before. Where nothing is taken
        away, it is no run. Raises SystemFault."""
        deleted = self.ledger.former.count_unpurged() if for_good else {}
        if not (going(self.ledger, trial=trial) or deleted or self.ledger.open_batches()):
            return self._document("rollback", trial=trial)

        def work(jobs: Jobs) -> None:
            stopped = self.interruption.stopped.is_set
            removing = Removing(self.migration.key, jobs.imports, self.ledger, jobs, trial, worked_on, stopped)
            removing.remove()
            if for_good:
                removing.remove_for_good()

        return self._run("rollback", work, trial=trial)

    def look_up(self) -> int:
        """Settle what an earlier run has left open, without sending anything; how many calls those were. Raises
        SystemFault."""
        imports = self.target.imports(writes=False)
        return recover(imports, self.ledger, Jobs(imports, self.ledger, 0, self._told, time.sleep), self.migration.key)

    def _run(
        self, verb: Literal["run", "delta", "rollback"], work: Callable[[Jobs], None], *, trial: bool
    ) -> MigrationRunDocument:
        began, before = time.monotonic(), self.ledger.changes()
        imports = self.target.imports(writes=True)
        if not self.ledger.account():
            self.ledger.set_account(self.target.account)
        run = self.ledger.begin(verb, version("golive"), self.migration.decisions)
        counted: Action = "remove" if verb == "rollback" else "create"
        jobs = Jobs(imports, self.ledger, run, self._told, time.sleep, trial=trial, counts=counted)
        is_whole = True
        try:
            recovered = recover(imports, self.ledger, jobs, self.migration.key)
            work(jobs)
            jobs.reopened = 0  # what was open before was sent by now
            recovered += recover(imports, self.ledger, jobs, self.migration.key)
        except Stopped:
            is_whole, recovered = False, 0
        finally:
            if verb == "rollback" and self.ledger.changes() == before:
                self.ledger.forget_run(run)
                run = 0
            else:
                self.ledger.end(run, self.calls.get("call", 0))
                self.ledger.back_up()
        document = self._document(verb, trial=trial)
        return replace(
            document,
            run=run,
            is_whole=is_whole,
            refused=[*_again(jobs.reopened), *document.refused],
            purged={type_: jobs.purged[type_] for type_ in TYPES if jobs.purged[type_]},
            recovered=recovered,
            seconds=round(time.monotonic() - began, 1),
        )

    def _document(self, verb: Literal["run", "delta", "rollback"], *, trial: bool) -> MigrationRunDocument:
        """What was made, and what is there now."""
        counts = self.ledger.counts()
        there = {type_: held.get("made", 0) + held.get("matched", 0) for type_, held in counts.items()}
        return MigrationRunDocument(
            self.migration.key,
            self.migration.declared.name,
            self.target.reading.opened.environment_name,
            verb,
            is_whole=True,
            trial=trial,
            made={type_: self.made[type_] for type_ in TYPES if self.made[type_]},
            there={type_: there[type_] for type_ in TYPES if there.get(type_)},
            refused=[each for state in _REFUSED[verb] for each in self._refused(state)],
            calls=dict(self.calls),
            matched={type_: held["matched"] for type_, held in counts.items() if held.get("matched")},
            schema="golive/migrate-rollback/1" if verb == "rollback" else "golive/migrate-run/1",
        )

    def _told(self, type_: RecordType, made: int, refused: int) -> None:
        self.made[type_] += made
        self.told(type_, made, refused)

    def _refused(self, state: State) -> list[RefusedRecord]:
        """What the helpdesk did not take, or (`made`) did not give up again, with its reasons."""
        found = []
        for type_ in TYPES:
            for reason, number in self.ledger.reasons(type_, state).items():
                if reason:
                    few = self.ledger.examples(type_, state, reason, EXAMPLES)
                    found.append(RefusedRecord(type_, reason, number, few))
        return found


def _again(number: int) -> list[RefusedRecord]:
    """Records of calls that the helpdesk took, and of which nothing came."""
    why = "the helpdesk took the call, and nothing came of it; the same command sends it again"
    return [RefusedRecord("tickets", why, number)] if number else []
