"""One look: the helpdesk is read, people are told what has come due, and numbers are judged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from checklists.moments import moment, written
from golive.watching.course import Course
from golive.watching.judging import due, events, merged, next_due, unsettled, without
from golive.watching.memory import Memory
from golive.watching.notes import Notes
from golive.watching.numbers import BandChange, Counted, Standing, Threshold, judged, said
from golive.watching.promises import Rules
from golive.watching.telling import Teller
from golive.watching.texts import MAIL, Wording, band_text
from provisioners.clocks import Clocks, Promises, Sighted, TicketClocks
from provisioners.errors import SystemFault

WHOLE_AFTER = timedelta(hours=1)
"""So often everything is read again, whatever changes were seen in between."""
OVERLAP = timedelta(minutes=1)
"""So much is read twice, because a vendor may show a change a moment late."""
SETTLED_AT_ONCE = 60
"""So many tickets are asked singly for their policy in one look, besides those that are due."""


@dataclass(frozen=True)
class Looked:
    """What a look has come to. lines: what came due, as sentences. changes: numbers in another band."""

    lines: list[str]
    changes: list[BandChange]


@dataclass
class Watcher:
    """What a look needs, and what stays between two looks. rules_for: what is declared, for what is promised live; it
    is asked anew whenever everything is read."""

    clocks: Clocks
    rules_for: Callable[[Promises], tuple[Rules, Wording, Sequence[Threshold]]]
    teller: Teller
    notes: Notes
    course: Course
    memory: Memory = field(default_factory=Memory)
    rules: Rules | None = None
    wording: Wording | None = None
    thresholds: Sequence[Threshold] = ()
    at: datetime | None = None
    """The helpdesk's time at the last look."""
    values: dict[str, str] = field(default_factory=dict)
    """Threshold → its number as people write it, at the last look."""

    def look(self, now: datetime, every: timedelta) -> Looked:
        """Read, tell, judge. now: this machine's time. Raises SystemFault before anything was told, and then it was no
        look."""
        seen, subjects = self._read()
        at = self.at = seen.at
        assert self.rules is not None and self.wording is not None  # noqa: S101 - `_read` has asked for them
        self._read_again(seen, subjects)
        found = events(self.memory, self.notes.said, self.rules, at, self.course.counts_from)
        wording = replace(self.wording, subjects=subjects)
        lines = [wording.line(event, at, MAIL) for event in found if event.key not in self.notes.said]
        self.teller.tell(found, wording, self.notes, at, now)
        self.course = self.course.looked(now, every)
        changes = self._judge(at, now)
        self.memory = replace(self.memory, looks=self.course.looks)
        return Looked(lines, changes)

    def next_due(self) -> timedelta | None:
        """How long after the last look there will be something to tell."""
        if self.at is None or self.rules is None:
            return None
        following = next_due(self.memory, self.rules, self.at)
        return None if following is None else following - self.at

    @property
    def broken(self) -> int:
        """Promises that were broken while it watched."""
        since = self.course.counts_from
        return self.course.late + sum(at >= since for at in self.notes.breaches_at)

    def _read(self) -> tuple[Sighted, dict[str, str]]:
        """What has changed; then everything, where that is not known, or where it has not been read for an hour. Beside
        it the subjects of all tickets that were read."""
        memory, seen = self.memory, None
        subjects: dict[str, str] = {}
        fresh = self.rules is None
        if fresh:
            self._ask_for_rules()
        if memory.newest is not None and memory.whole_at is not None:
            seen = self.clocks.changed(memory.newest - OVERLAP)
            if seen is not None:
                self._merge(seen, subjects)
        if seen is None or memory.whole_at is None or seen.at - memory.whole_at >= WHOLE_AFTER:
            if not fresh:
                self._ask_for_rules()
            seen = self.clocks.all_open()
            self._merge(seen, subjects)
        return seen, subjects

    def _ask_for_rules(self) -> None:
        self.rules, self.wording, self.thresholds = self.rules_for(self.clocks.promises())

    def _merge(self, seen: Sighted, subjects: dict[str, str]) -> None:
        """Remember what was sighted, and count what came to its end."""
        if not self.course.since:
            self.course = replace(self.course, since=written(seen.at))
        self.memory, ended = merged(self.memory, seen, self.notes.said, self.course.counts_from)
        self.course = replace(self.course, kept=self.course.kept + ended.kept, late=self.course.late + ended.late)
        subjects |= {each.id: each.subject for each in seen.tickets.values()}

    def _read_again(self, seen: Sighted, subjects: dict[str, str]) -> None:
        """Read once more what there may be something to tell of, unless it was read just now, and settle what is not
        certain."""
        assert self.rules is not None  # noqa: S101 - the caller has seen to it
        ids = due(self.memory, self.notes.said, self.rules, seen.at, self.course.counts_from)
        stale = [each for each in ids if each not in seen.tickets]
        if stale:
            fresh = self.clocks.again(stale)
            self._merge(fresh, subjects)
            self.memory = without(self.memory, (each for each in stale if each not in fresh.tickets))
        doubtful = unsettled(self.memory)
        now_due = [each for each in doubtful if each.id in ids]
        others = [each for each in doubtful if each.id not in ids][:SETTLED_AT_ONCE]
        for ticket in (*now_due, *others):
            self._settle(ticket)

    def _settle(self, ticket: TicketClocks) -> None:
        """Find out policy and targets of one ticket. Where the vendor does not let us, the guess has to do."""
        try:
            found = self.clocks.settled(ticket)
        except SystemFault as fault:
            if fault.code == "not_found":
                self.memory = without(self.memory, [ticket.id])
                return
            if fault.code != "refused":
                raise
            self.teller.trouble(f"tickets' audits cannot be read, so that their policy is a guess: {fault.why}")
            found = replace(ticket, settled=True)
        self.memory = replace(self.memory, tickets={**self.memory.tickets, ticket.id: found})

    def _judge(self, at: datetime, now: datetime) -> list[BandChange]:
        """Tell of numbers that are in another band."""
        since = self.course.better_since
        before = {
            key: Standing(band, moment(since[key]) if key in since else None) for key, band in self.notes.bands.items()
        }
        counted = Counted(self.course.kept, self.broken, self.memory, at)
        standings, changes = judged(before, self.thresholds, counted)
        self.course = self.course.with_standings(standings)
        self.values = {
            each.key: said(each.number, value)
            for each in self.thresholds
            if (value := each.number.count(counted)) is not None
        }
        return [change for change in changes if self._tell_change(change, now)]

    def _tell_change(self, change: BandChange, now: datetime) -> bool:
        """Post and note it; False where it could not be posted and is tried again."""
        post, number = self.course.post, change.threshold.number
        key = f"band/{self.course.began}/{change.threshold.key}/{self.notes.counts['band']}>{post}"
        if post and key not in self.notes.said:
            if self.teller.is_resting(post, now):
                return False
            if self.teller.post([key], post, band_text(change), self.notes, now).result == "later":
                return False
        self.notes.band(change.threshold.key, number.name, said(number, change.value), change.was, change.now, now)
        return True
