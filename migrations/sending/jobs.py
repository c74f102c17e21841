"""Calls under way: written down, waited for, and settled, several at the same time."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from migrations.ledger.entry import Action, Batch, Result
from migrations.ledger.ledger import Ledger
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
_OF_RECORDS: Mapping[Action, tuple[str, ...]] = {
    "create": ("refused",), "retire": ("refused",), "remove": ("refused",), "purge": ("refused", "not_found"),
}  # fmt: skip
"""Faults of a call that are those of a record in it; any other ends the run."""
LONGEST_JOB = 3600.0
"""Seconds after which a job counts as lost."""

Item = TypeVar("Item")


class JobLost(Exception):
    """The vendor knows nothing of a job any more, or does not end it: what became of its records must be looked up."""


@dataclass
class Jobs:
    """told: type of record, how many were made, or what `counts` says, and how many were refused. pause: waits so many
    seconds."""

    imports: Imports
    ledger: Ledger
    run: int
    told: Callable[[RecordType, int, int], None]
    pause: Callable[[float], None]
    trial: bool = False
    counts: Action = "create"
    purged: Counter[RecordType] = field(default_factory=Counter)
    """What was deleted for good, so that nobody can bring it back."""
    lost: list[Batch] = field(default_factory=list)
    """Batches of which nobody knows what became; see `recovery`."""
    reopened: int = 0
    """Records of calls of which nobody knew the end, and that turned out not to be done: they are to be sent again."""
    _under_way: dict[str, tuple[Batch, float]] = field(default_factory=dict)

    def send(
        self, type_: RecordType, action: Action, digests: Mapping[str, str], call: Callable[[Sequence[int]], BegunJob]
    ) -> None:
        """Write down what is about to be sent, send it, and note the job. digests: source id → digest, in the call's
        order. call: sends those of these places. Raises SystemFault; what was written down before then is settled by
        `recovery`."""
        self._send(type_, action, list(digests.items()), range(len(digests)), call)

    def _send(
        self,
        type_: RecordType,
        action: Action,
        rows: Sequence[tuple[str, str]],
        places: Sequence[int],
        call: Callable[[Sequence[int]], BegunJob],
    ) -> None:
        self._make_room()
        batch = self.ledger.intend(self.run, type_, action, dict(rows[place] for place in places), trial=self.trial)
        try:
            job = call(places)
        except SystemFault as fault:
            if fault.took_effect is not False:
                raise
            if fault.code not in _OF_RECORDS[action]:
                self.ledger.settle(batch, [])
                raise
            if len(places) == 1:
                self._refused(batch, fault)
                return
            self.ledger.settle(batch, [])  # one of them is why: the halves say which
            half = len(places) // 2
            for part in (places[:half], places[half:]):
                self._send(type_, action, rows, part, call)
            return
        self._under_way[job.id] = (self.ledger.begun(batch, job.id), time.monotonic())

    def _refused(self, batch: Batch, fault: SystemFault) -> None:
        """The vendor does not take one record by itself; what is to be deleted for good and is not there is done."""
        is_done = fault.code == "not_found"
        self.ledger.settle(batch, [Result(0, "done") if is_done else Result(0, "", fault.why)])
        self._tell(batch, int(is_done), int(not is_done))

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

    def wait_for(self, job: BegunJob) -> None:
        """Until a job is over whose end is looked up afterwards."""
        seconds = FIRST_LOOK
        while self.imports.jobs([job.id])[job.id].status in ("queued", "working"):
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
        self._tell(batch, len(results) - refused, refused)

    def _tell(self, batch: Batch, done: int, refused: int) -> None:
        if batch.action == "purge":
            self.purged[batch.type] += done
        if batch.action == self.counts:
            self.told(batch.type, done, refused)


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


def at_places(call: Callable[[Sequence[Item]], BegunJob], items: Sequence[Item], places: Sequence[int]) -> BegunJob:
    """Call with the items at these places."""
    return call([items[place] for place in places])
