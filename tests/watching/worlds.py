"""Tickets, clocks and rules for the tests of a watch."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from golive.watching.memory import Memory
from golive.watching.promises import Rules, Watched
from provisioners.clocks import Clock, Sighted, Stage, Target, TicketClocks
from provisioners.opening_hours import DAY, OpeningHours

MONDAY = datetime(2026, 9, 21, 8, tzinfo=UTC)
"""9:00 in London, where the office opens and closes at 17:00."""
OFFICE = OpeningHours(ZoneInfo("Europe/London"), tuple((day * DAY + 540, day * DAY + 1020) for day in range(1, 6)))
LATE = OpeningHours(ZoneInfo("Europe/London"), tuple((day * DAY + 720, day * DAY + 1320) for day in range(1, 6)))
"""12:00 to 22:00."""
CHANNEL, ADA = "slack_channels/alerts", "people/ada"
ALL = frozenset({"first_reply", "next_reply", "periodic_update", "requester_wait", "total_resolution"})
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def watched(at: int = 75, warned: Iterable[str] = ALL, warn_to: tuple[str, ...] = (CHANNEL,)) -> Watched:
    return Watched("all", "All", at, frozenset(warned), warn_to, (CHANNEL, ADA))


RULES = Rules({"1": watched()}, {"51": OFFICE})


def clock(
    metric: str = "first_reply",
    over: datetime | None = MONDAY + 4 * HOUR,
    stage: Stage = "active",
    target: timedelta | None = 4 * HOUR,
    business: bool = False,
) -> Clock:
    return Clock(metric, stage, over, Target(target, business) if target else None)


def ticket(
    *clocks: Clock,
    id: str = "35",
    status: str = "open",
    replies: int = 0,
    changed: datetime = MONDAY,
    made: datetime = MONDAY,
    policy: str = "1",
    settled: bool = True,
    priority: str = "high",
) -> TicketClocks:
    return TicketClocks(id, status, priority, made, changed, replies, policy, settled, clocks or (clock(),), "Subject")


def seen(at: datetime, *tickets: TicketClocks, whole: bool = False) -> Sighted:
    newest = max((each.changed_at for each in tickets), default=None)
    return Sighted(at, {each.id: each for each in tickets}, newest, whole)


def remembering(*tickets: TicketClocks) -> Memory:
    newest = max((each.changed_at for each in tickets), default=MONDAY)
    return Memory("w", 1, newest, MONDAY, {each.id: each for each in tickets})
