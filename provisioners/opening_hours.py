"""Opening hours to calculate with: how long a schedule is open between two moments, and when so much of it is left.

A week is kept as minutes on the clocks of its time zone, so that it opens at the same hour in summer and in winter, and
a night in which clocks are put forward has an hour less. Where a time of day does not exist or comes twice in such a
night, the first one counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = 24 * 60
LOOK_BACK = 800
"""Days within which a schedule must have been open: holidays lie within two years."""
_MOST = 100_000
"""Results that are kept: a watch asks for the same ones every minute."""


@dataclass(frozen=True, eq=False)
class OpeningHours:
    """A schedule. week: from and to, in minutes since Sunday 00:00 in its zone; no span crosses midnight. holidays:
    first and last day of each, in its zone. Only equal to itself, so that results are found again quickly."""

    zone: ZoneInfo
    week: tuple[tuple[int, int], ...]
    holidays: tuple[tuple[date, date], ...] = ()

    def open_between(self, start: datetime, end: datetime) -> timedelta:
        """How long it is open between two moments."""
        return _open_between(self, start, end)

    def before(self, end: datetime, open_time: timedelta) -> datetime | None:
        """The earliest moment from which on it is open for so long until `end`, so the one at which so much was left.

        At a closing time rather than at the next opening, for nothing passes in between. None where it has never been
        open for so long.
        """
        return _before(self, end, open_time)

    def _spans_of(self, day: date) -> list[tuple[datetime, datetime]]:
        """From when to when it is open on a day, in UTC, the earliest first."""
        if any(first <= day <= last for first, last in self.holidays):
            return []
        weekday = (day.weekday() + 1) % 7  # the week begins on Sunday
        midnight = datetime(day.year, day.month, day.day)
        found = []
        for start, end in sorted(self.week):
            if start // DAY == weekday:
                opens, closes = (self._moment(midnight, minute - weekday * DAY) for minute in (start, end))
                if closes > opens:
                    found.append((opens, closes))
        return found

    def _moment(self, midnight: datetime, minutes: int) -> datetime:
        return (midnight + timedelta(minutes=minutes)).replace(tzinfo=self.zone).astimezone(UTC)

    def _spans_before(self, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Open spans up to a moment, the latest first, as far as they lie before it."""
        day = end.astimezone(self.zone).date()
        for number in range(LOOK_BACK):
            for opens, closes in reversed(self._spans_of(day - timedelta(days=number))):
                if opens < end:
                    yield opens, min(closes, end)


@lru_cache(_MOST)
def _open_between(hours: OpeningHours, start: datetime, end: datetime) -> timedelta:
    total = timedelta()
    for opens, closes in hours._spans_before(end):
        if closes <= start:
            break
        total += closes - max(opens, start)
    return total


@lru_cache(_MOST)
def _before(hours: OpeningHours, end: datetime, open_time: timedelta) -> datetime | None:
    if not open_time:
        return end
    left = open_time
    for opens, closes in hours._spans_before(end):
        if not left:
            return closes
        if closes - opens > left:
            return closes - left
        left -= closes - opens
    return None
