"""From what is remembered, what was sighted and the time to what is to be told. Pure: every function of the same gives
the same."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from golive.watching.memory import Memory
from golive.watching.promises import Rules, warning_at
from provisioners.clocks import Clock, Sighted, TicketClocks

What = Literal["warning", "breach"]
AGAIN_AND_AGAIN = frozenset({"next_reply", "periodic_update", "pausable_update"})
"""Metrics whose clock begins anew with each public answer: which one it is, the number of answers says."""


@dataclass(frozen=True)
class Event:
    """A promise that comes due, or that is broken. turn: which of the clocks of this metric it is. policy: the key of
    the declared policy, empty where it is not ours. due: when it came to it. to: who has not been told yet."""

    what: What
    ticket: str
    metric: str
    turn: int
    policy: str
    priority: str
    due: datetime
    breach_at: datetime
    to: tuple[str, ...]

    @property
    def key(self) -> str:
        """By which it is known that it was noted."""
        return f"{self.what}/{self.ticket}/{self.metric}/{self.turn}"

    def key_for(self, recipient: str) -> str:
        """By which it is known that somebody was told."""
        return f"{self.key}>{recipient}"


@dataclass(frozen=True)
class Ended:
    """Clocks that came to their end between two looks. late: answered after their time, before anybody looked."""

    kept: int = 0
    late: int = 0

    def __add__(self, other: Ended) -> Ended:
        return Ended(self.kept + other.kept, self.late + other.late)


def turn_of(ticket: TicketClocks, metric: str) -> int:
    """Which of the clocks of a metric a ticket is at."""
    return ticket.replies if metric in AGAIN_AND_AGAIN else 0


def merged(memory: Memory, seen: Sighted, told: Container[str], since: datetime) -> tuple[Memory, Ended]:
    """The memory with what was sighted, and how the clocks ended that are not running any more.

    told: what was noted already. since: clocks whose time was over before the watch began do not count.
    """
    tickets = {} if seen.whole else dict(memory.tickets)
    ended = Ended()
    for ticket in seen.tickets.values():
        before = memory.tickets.get(ticket.id)
        if before is not None:
            ended += _ended(before, ticket, told, since)
            ticket = _remembered(before, ticket)
        elif memory.newest is not None and ticket.made_at > max(memory.newest, since):
            ended += _ended_at_once(ticket)
        if ticket.is_open:
            tickets[ticket.id] = replace(ticket, subject="")
        else:
            tickets.pop(ticket.id, None)
    newest = max((at for at in (memory.newest, seen.newest) if at), default=None)
    whole_at = seen.at if seen.whole else memory.whole_at
    return replace(memory, newest=newest, whole_at=whole_at, tickets=tickets), ended


def without(memory: Memory, gone: Iterable[str]) -> Memory:
    """The memory without tickets that are not there any more."""
    left = set(gone)
    return replace(memory, tickets={key: each for key, each in memory.tickets.items() if key not in left})


def due(memory: Memory, told: Container[str], rules: Rules, at: datetime, since: datetime) -> list[str]:
    """Tickets about which there may be something to tell or to note; see `events`."""
    return [
        ticket.id
        for ticket in memory.tickets.values()
        if any(True for _ in _events(replace(ticket, settled=True), told, rules, at, since))
    ]


def unsettled(memory: Memory) -> list[TicketClocks]:
    """Tickets whose policy is not certain, that which is over first at the head."""
    found = [each for each in memory.tickets.values() if not each.settled]
    return sorted(found, key=lambda ticket: (min(_running(ticket), default=ticket.changed_at), ticket.id))


def events(memory: Memory, told: Container[str], rules: Rules, at: datetime, since: datetime) -> list[Event]:
    """What is to be told now, and what is only to be noted, because nobody asked for it. Nothing that was told is in it
    again, and of what is broken nobody is warned.

    since: what was broken before and is told to nobody is not noted either.
    """
    found = [event for ticket in memory.tickets.values() for event in _events(ticket, told, rules, at, since)]
    return sorted(found, key=lambda event: (event.due, event.key))


def next_due(memory: Memory, rules: Rules, at: datetime) -> datetime | None:
    """The next moment after this one at which there will be something to tell."""
    moments = (
        moment
        for ticket in memory.tickets.values()
        for clock in ticket.clocks
        if clock.stage == "active" and clock.breach_at
        for moment in (clock.breach_at, warning_at(ticket, clock, rules))
        if moment is not None and moment > at
    )
    return min(moments, default=None)


def _events(ticket: TicketClocks, told: Container[str], rules: Rules, at: datetime, since: datetime) -> Iterator[Event]:
    watched = rules.of(ticket)
    if not ticket.settled:
        return
    for clock in ticket.clocks:
        if clock.stage != "active" or clock.breach_at is None:
            continue
        warning = warning_at(ticket, clock, rules)
        policy = watched.key if watched else ""
        place = (ticket.id, clock.metric, turn_of(ticket, clock.metric), policy, ticket.priority)
        breach = Event("breach", *place, clock.breach_at, clock.breach_at, watched.breach_to if watched else ())
        if clock.breach_at <= at:
            left = _not_told(breach, told)
            if left or (breach.key not in told and clock.breach_at >= since):
                yield replace(breach, to=left)
        elif warning is not None and warning <= at and watched is not None and breach.key not in told:
            event = Event("warning", *place, warning, clock.breach_at, watched.warn_to)
            left = _not_told(event, told)
            if left:
                yield replace(event, to=left)


def _not_told(event: Event, told: Container[str]) -> tuple[str, ...]:
    return tuple(each for each in event.to if event.key_for(each) not in told)


def _running(ticket: TicketClocks) -> Iterator[datetime]:
    return (clock.breach_at for clock in ticket.clocks if clock.stage == "active" and clock.breach_at)


def _remembered(before: TicketClocks, now: TicketClocks) -> TicketClocks:
    """The ticket with what was found out about it before, as long as it has not changed."""
    if now.settled or not before.settled or _shown(before) != _shown(now):
        return now
    targets = {clock.metric: clock.target for clock in before.clocks}
    clocks = tuple(replace(clock, target=targets.get(clock.metric, clock.target)) for clock in now.clocks)
    return replace(now, policy=before.policy, settled=True, clocks=clocks)


def _shown(ticket: TicketClocks) -> tuple[object, ...]:
    clocks = tuple((clock.metric, clock.stage, clock.breach_at) for clock in ticket.clocks)
    return ticket.changed_at, ticket.status, ticket.priority, ticket.replies, clocks


def _ended_at_once(ticket: TicketClocks) -> Ended:
    """The clocks of a ticket that was made and answered between two looks."""
    ended = [clock for clock in ticket.clocks if clock.stage == "achieved"]
    late = sum(clock.breach_at is not None and _is_over(clock.breach_at, ticket) for clock in ended)
    return Ended(len(ended) - late, late)


def _is_over(breach_at: datetime, ticket: TicketClocks) -> bool:
    """Whether a time was over when the ticket was changed last, which is when it was answered."""
    return breach_at < ticket.changed_at - timedelta(seconds=1)


def _ended(before: TicketClocks, now: TicketClocks, told: Container[str], since: datetime) -> Ended:
    """How the clocks ended that ran before."""
    stages: Mapping[str, Clock] = {clock.metric: clock for clock in now.clocks}
    kept = late = 0
    for clock in before.clocks:
        if clock.stage != "active" or clock.breach_at is None or clock.breach_at < since:
            continue
        after = stages.get(clock.metric)
        turn = turn_of(before, clock.metric)
        goes_on = now.is_open and after is not None and after.stage != "achieved"
        if goes_on and turn == turn_of(now, clock.metric):
            continue
        if f"breach/{before.id}/{clock.metric}/{turn}" in told:
            continue  # it was counted when it broke
        over = _is_over(clock.breach_at, now)
        kept, late = kept + (not over), late + over
    return Ended(kept, late)
