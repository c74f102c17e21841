"""Calls under way: written down, waited for, and settled, several at the same time."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from migrations.ledger.ledger import Action, Batch, Ledger, Result
from migrations.records.record import RecordType
from provisioners.errors import SystemFault
from provisioners.imports import BegunJob, Imports, JobState

FIRST_LOOK = 0.2
LONGEST_LOOK = 2.0
"""Seconds between one look at the jobs and the next: short at first, longer while nothing comes. A job takes ten or
fifteen, and whatever is noticed late is time in which the vendor has nothing to do."""
AT_WORK = 10
"""Jobs under way at the same time, where the vendor has not said how many it takes."""
LEFT_TO_OTHERS = 5
"""Of the jobs that an account takes at once, so many stay free for everybody else."""
LONGEST_JOB = 3600.0
"""Seconds after which a job counts as lost."""


class JobLost(Exception):
    """The vendor knows nothing of a job any more, or does not end it: what became of its records must be looked up."""


@dataclass
class Jobs:
    """told: type of record, how many were made, how many were refused. pause: waits so many seconds."""

    imports: Imports
    ledger: Ledger
    run: int
    told: Callable[[RecordType, int, int], None]
    pause: Callable[[float], None]
    trial: bool = False
    lost: list[Batch] = field(default_factory=list)
    """Batches of which nobody knows what became; see `recovery`."""
    _under_way: dict[str, tuple[Batch, float]] = field(default_factory=dict)

    def send(self, type_: RecordType, action: Action, digests: Mapping[str, str], call: Callable[[], BegunJob]) -> None:
        """Write down what is about to be sent, send it, and note the job. digests: source id → digest, in the call's
        order. Raises SystemFault; what was written down before then is settled by `recovery`."""
        self._make_room()
        batch = self.ledger.intend(self.run, type_, action, digests, trial=self.trial)
        try:
            job = call()
        except SystemFault as fault:
            if fault.took_effect is False:
                self._refused(batch, fault)
                return
            raise
        self._under_way[job.id] = (self.ledger.begun(batch, job.id), time.monotonic())

    def _refused(self, batch: Batch, fault: SystemFault) -> None:
        """The vendor took nothing of it. A fault of the batch itself is each record's; any other ends the run."""
        if fault.code == "refused":
            self.ledger.settle(batch, [Result(place, "", fault.why) for place in range(len(batch.sources))])
            self.told(batch.type, 0, len(batch.sources))
            return
        self.ledger.settle(batch, [])
        raise fault

    def follow(self, batch: Batch) -> None:
        """Wait for a job that an earlier run has begun."""
        self._under_way[batch.job] = (batch, time.monotonic())

    def _make_room(self) -> None:
        limits = self.imports.limits()
        most = AT_WORK if limits.jobs_at_once is None else max(1, limits.jobs_at_once - LEFT_TO_OTHERS)
        while len(self._under_way) >= most:
            self._wait()

    def finish(self) -> None:
        """Wait for all that is under way."""
        while self._under_way:
            self._wait()

    def _wait(self) -> None:
        """Until at least one is over."""
        seconds, under_way = FIRST_LOOK, len(self._under_way)
        while len(self._under_way) == under_way:
            self.look()
            if len(self._under_way) == under_way:
                self.pause(seconds)
                seconds = min(seconds * 1.5, LONGEST_LOOK)

    def wait_for_others(self) -> None:
        """Until every job is over that the account has at work now: one of them may be that of a call whose answer was
        lost, and until then look-ups do not show what it makes."""
        waiting = [each.id for each in self.imports.jobs_under_way()]
        seconds = FIRST_LOOK
        while waiting:
            self.pause(seconds)
            seconds = min(seconds * 1.5, LONGEST_LOOK)
            states = self.imports.jobs(waiting)
            waiting = [id_ for id_ in waiting if states[id_].status in ("queued", "working")]

    def look(self) -> None:
        """Settle what is over."""
        for id_, state in self.imports.jobs(list(self._under_way)).items():
            batch, began = self._under_way[id_]
            if state.status in ("completed", "failed"):
                del self._under_way[id_]
                self._settle(batch, state)
            elif state.status == "unknown" or time.monotonic() - began > LONGEST_JOB:
                del self._under_way[id_]
                self.lost.append(batch)

    def _settle(self, batch: Batch, state: JobState) -> None:
        results = results_of(batch, state)
        if results is None:
            self.lost.append(batch)
            return
        self.ledger.settle(batch, results)
        refused = sum(1 for each in results if not each.target)
        self.told(batch.type, len(results) - refused, refused)


def results_of(batch: Batch, state: JobState) -> list[Result] | None:
    """What the vendor says of each record; None where it does not say it of all."""
    if state.status == "failed" and not state.rows:
        return None
    found: dict[int, Result] = {}
    for row in state.rows:
        if row.index is not None and 0 <= row.index < len(batch.sources):
            found[row.index] = Result(row.index, "" if row.error else row.id or "done", row.error)
    if batch.action != "create" and state.status == "completed" and not state.rows:
        return [Result(place, "done") for place in range(len(batch.sources))]
    return list(found.values()) if len(found) == len(batch.sources) else None
