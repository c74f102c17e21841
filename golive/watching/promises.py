"""Which promises are watched, whom each is told to, and when one comes due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from config.declaration import Declaration, Declared
from config.kinds.sla import SlaPolicy
from config.share import percent
from provisioners.clocks import Clock, Promises, TicketClocks
from provisioners.opening_hours import OpeningHours

SAME = timedelta(minutes=1)
"""Vendors say whole seconds and count targets in minutes."""
FROM_THE_BEGINNING = frozenset({"first_reply", "total_resolution"})
"""Metrics whose clock begins with the ticket and does not stand still while somebody waits."""


@dataclass(frozen=True)
class Watched:
    """What a declared SLA policy asks of a watch. at: percent of a target's time after which it warns. warned: the
    metrics of which it warns. warn_to, breach_to: `slack_channels/KEY` and `people/KEY`."""

    key: str
    name: str
    at: int = 100
    warned: frozenset[str] = frozenset()
    warn_to: tuple[str, ...] = ()
    breach_to: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """Everybody who is told anything."""
        return tuple(dict.fromkeys([*(self.warn_to if self.warned else ()), *self.breach_to]))


@dataclass(frozen=True)
class Rules:
    """policies: the vendor's id of a policy → what is declared of it; one that is not ours is not in it. schedules: id
    → hours, the one first that counts where no rule has set another."""

    policies: Mapping[str, Watched] = field(default_factory=dict)
    schedules: Mapping[str, OpeningHours] = field(default_factory=dict)

    def of(self, ticket: TicketClocks) -> Watched | None:
        """What is declared of a ticket's policy."""
        return self.policies.get(ticket.policy)


def watched_policies(declaration: Declaration) -> dict[str, Watched]:
    """Every declared SLA policy by key, whether or not it asks for anything."""
    return {key: _watched(item) for key, item in declaration.of("sla_policies").items()}


def _watched(item: Declared) -> Watched:
    policy: SlaPolicy = item.value
    breach_to = tuple(policy.breach.to) if policy.breach else ()
    if policy.warn is None:
        return Watched(item.key, item.name, breach_to=breach_to)
    how = policy.warn.how
    ways = how if isinstance(how, dict) else dict.fromkeys(policy.targets or {}, how)
    warned = frozenset(str(metric) for metric, way in ways.items() if way == "watch")
    return Watched(item.key, item.name, percent(policy.warn.at), warned, tuple(policy.warn.to), breach_to)


def rules_of(declared: Mapping[str, Watched], ids: Mapping[str, str], live: Promises) -> Rules:
    """What is declared of each live policy. ids: key of a policy → its id, as the state knows it; one that the state
    does not know under its live id is known by its name, where only one has it."""
    found = {identifier: declared[key] for key, identifier in ids.items() if key in declared}
    names = [each.name for each in declared.values()]
    for identifier, name in live.policies.items():
        if identifier not in found and names.count(name) == 1:
            found[identifier] = next(each for each in declared.values() if each.name == name)
    return Rules(found, live.schedules)


def warning_at(ticket: TicketClocks, clock: Clock, rules: Rules) -> datetime | None:
    """When the declared share of a clock's time is gone; None where nobody wants to know, or nobody can tell.

    It is counted back from the vendor's own `breach_at`, over what is left of the target by then: that holds after
    pauses, too, because these move `breach_at`. On business hours it is counted over the open hours of the ticket's
    schedule. Where it cannot be told which of several schedules that is, the earliest moment counts.
    """
    watched = rules.of(ticket)
    if watched is None or clock.metric not in watched.warned or clock.breach_at is None or clock.target is None:
        return None
    left = clock.target.time * (100 - watched.at) / 100
    schedules = list(schedules_of(ticket, rules.schedules)) if clock.target.business else []
    if not schedules:
        return clock.breach_at - left
    return min((at for hours in schedules if (at := hours.before(clock.breach_at, left))), default=None)


def schedules_of(ticket: TicketClocks, schedules: Mapping[str, OpeningHours]) -> Iterator[OpeningHours]:
    """The schedules by which a ticket may count: those by which the times that it shows come out right.

    The vendor does not say which one holds for a ticket. But a target that begins with the ticket must be over after
    just as many open hours.
    """
    if len(schedules) < 2:
        yield from schedules.values()
        return
    proofs = [
        (clock.breach_at, clock.target.time)
        for clock in ticket.clocks
        if clock.metric in FROM_THE_BEGINNING and clock.breach_at and clock.target and clock.target.business
    ]
    fitting = [
        hours
        for hours in schedules.values()
        if all(abs(hours.open_between(ticket.made_at, over) - time) <= SAME for over, time in proofs)
    ]
    yield from fitting or schedules.values()
