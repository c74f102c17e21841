"""When a schedule is open: its week in its time zone, without its holidays.

Intervals are minutes since Sunday 00:00 on the clocks of the schedule's zone, so that they keep their times when
clocks are put forward or back. Source: developer.zendesk.com, “Schedules”.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sandbox.store import Row
from sandbox.zendesk.account import Account
from sandbox.zendesk.time_zones import zone_of

DAY = 24 * 60
LOOK_AHEAD = 800
"""Days within which a schedule must open once to be worth waiting for: holidays lie within two years."""


@dataclass(frozen=True)
class Calendar:
    """A schedule to calculate with. holidays: first and last day, in the schedule's zone."""

    zone: ZoneInfo
    intervals: tuple[tuple[int, int], ...]
    holidays: tuple[tuple[date, date, str], ...]

    def holiday(self, at: float) -> str | None:
        """The name of the holiday at a moment (seconds since the epoch), None where it is none."""
        day = datetime.fromtimestamp(at, self.zone).date()
        return self._holiday_of(day)

    def _holiday_of(self, day: date) -> str | None:
        return next((name for first, last, name in self.holidays if first <= day <= last), None)

    def is_open(self, at: float) -> bool:
        """Whether it is open at a moment, in seconds since the epoch."""
        day = datetime.fromtimestamp(at, self.zone).date()
        return any(start <= at < end for start, end in self._spans_of(day))

    def _spans_of(self, day: date) -> list[tuple[float, float]]:
        """When it opens and closes on a day, in seconds since the epoch."""
        if self._holiday_of(day) is not None:
            return []
        weekday = (day.weekday() + 1) % 7  # the vendor's week begins on Sunday
        spans = []
        for start, end in self.intervals:
            if start // DAY == weekday:
                spans.append((self._moment(day, start % DAY), self._moment(day, end - weekday * DAY)))
        return spans

    def _moment(self, day: date, minute: int) -> float:
        midnight = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
        return midnight.replace(tzinfo=self.zone).timestamp()

    def _spans(self, after: float) -> Iterator[tuple[float, float]]:
        day = datetime.fromtimestamp(after, self.zone).date()
        for number in range(LOOK_AHEAD):
            for start, end in self._spans_of(day + timedelta(days=number)):
                if end > after:
                    yield max(start, after), end

    def seconds_between(self, start: float, end: float) -> float:
        """How long it is open between two moments."""
        total = 0.0
        for opens, closes in self._spans(start):
            if opens >= end:
                break
            total += min(closes, end) - opens
        return total

    def moment_after(self, start: float, seconds: float) -> float | None:
        """When it has been open for so long since `start`; None where that never comes."""
        left = seconds
        for opens, closes in self._spans(start):
            if closes - opens >= left:
                return opens + left
            left -= closes - opens
        return None


def calendar_of(account: Account, schedule: Row) -> Calendar:
    """What to calculate a schedule with."""
    holidays = tuple(
        (date.fromisoformat(one["start_date"]), date.fromisoformat(one["end_date"]), str(one["name"]))
        for one in account.rows("holidays").values()
        if one["_parent"] == str(schedule["id"])
    )
    intervals = tuple((one["start_time"], one["end_time"]) for one in schedule["intervals"])
    return Calendar(zone_of(schedule["time_zone"]), intervals, holidays)


def schedule_of(account: Account, ticket: Row) -> Row | None:
    """The schedule that holds for a ticket: the one that a rule has set, else the account's first."""
    schedules = account.rows("schedules")
    own = schedules.get(str(ticket.get("_schedule_id")))
    return own or next(iter(schedules.values()), None)


def seconds_of(text: str) -> float:
    """Seconds since the epoch of a time as the vendor writes it."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def text_of(at: float) -> str:
    """A moment as the vendor writes it."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
