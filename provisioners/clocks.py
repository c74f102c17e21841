"""The SLA clocks of a helpdesk's tickets, for a watch: which run, until when, and what was promised."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from provisioners.opening_hours import OpeningHours

Stage = Literal["active", "paused", "achieved"]
UNSOLVED = frozenset({"new", "open", "pending", "on_hold"})
"""Our words for the statuses of tickets that somebody still waits for."""


@dataclass(frozen=True)
class Target:
    """What was promised for one metric: so much time, on all hours of the day or on business hours."""

    time: timedelta
    business: bool


@dataclass(frozen=True)
class Clock:
    """One metric of one ticket. metric: our word. breach_at: when its time is or was over; None while it stands still
    and the vendor says none. target: None where it is not known."""

    metric: str
    stage: Stage
    breach_at: datetime | None = None
    target: Target | None = None


@dataclass(frozen=True)
class TicketClocks:
    """A ticket as a watch knows it.

    status, priority: our words. replies: how many public answers of agents it has had, by which one answer that is
    waited for is told from the next. policy: the vendor's id of its SLA policy, empty for none. settled: policy and
    targets are known for certain; where False, `Clocks.settled` finds out. subject: for people, and kept nowhere.
    """

    id: str
    status: str
    priority: str
    made_at: datetime
    changed_at: datetime
    replies: int
    policy: str = ""
    settled: bool = True
    clocks: tuple[Clock, ...] = ()
    subject: str = ""

    @property
    def is_open(self) -> bool:
        return self.status in UNSOLVED


@dataclass(frozen=True)
class Sighted:
    """What one reading came to. at: the helpdesk's own time. newest: when the ticket that was changed last was changed,
    None where there is none. whole: all open tickets are in it, so that any other is not open any more."""

    at: datetime
    tickets: Mapping[str, TicketClocks]
    newest: datetime | None = None
    whole: bool = False


@dataclass(frozen=True)
class Promises:
    """What the account promises now. policies: id → name, as people see it. schedules: id → hours, the account's first
    one first: it counts for every ticket for which no rule has set another."""

    policies: Mapping[str, str] = field(default_factory=dict)
    schedules: Mapping[str, OpeningHours] = field(default_factory=dict)


class Clocks(ABC):
    """The clocks of one helpdesk. Reads only. Every method raises SystemFault."""

    @abstractmethod
    def promises(self) -> Promises:
        """Read policies and schedules; what is sighted from then on is judged by them."""

    @abstractmethod
    def all_open(self) -> Sighted:
        """Every open ticket, in as few calls as the vendor has; `promises` first."""

    @abstractmethod
    def changed(self, since: datetime) -> Sighted | None:
        """Tickets that were made or changed since then (the helpdesk's time), solved ones too. None where these are
        more than the vendor lists."""

    @abstractmethod
    def again(self, ids: Iterable[str]) -> Sighted:
        """These tickets as they are now; those that are gone are not in it."""

    @abstractmethod
    def settled(self, ticket: TicketClocks) -> TicketClocks:
        """The ticket with its policy and targets as the vendor has written them down."""

    @abstractmethod
    def page(self, ticket: str) -> str:
        """The ticket's page for agents."""
