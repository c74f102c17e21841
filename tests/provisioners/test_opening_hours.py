"""Opening hours counted back, against a count of single minutes, over the nights in which clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provisioners.opening_hours import DAY, OpeningHours

MINUTE = timedelta(minutes=1)
ZONES = ("Europe/London", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")
OFFICE = tuple((day * DAY + 9 * 60, day * DAY + 17 * 60) for day in range(1, 6))
"""Monday to Friday, 9 to 17."""


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def is_open(hours: OpeningHours, at: datetime) -> bool:
    """Whether it is open in the minute that begins then, as the clock on the wall shows it."""
    here = at.astimezone(hours.zone)
    if any(first <= here.date() <= last for first, last in hours.holidays):
        return False
    minute = ((here.weekday() + 1) % 7) * DAY + here.hour * 60 + here.minute
    return any(start <= minute < end for start, end in hours.week)


def by_minutes(hours: OpeningHours, start: datetime, end: datetime) -> int:
    """Open minutes between two moments, counted one by one."""
    return sum(is_open(hours, start + MINUTE * number) for number in range(int((end - start) / MINUTE)))


@st.composite
def schedules(draw: st.DrawFn) -> OpeningHours:
    """A week with one or two spans on some days, none between one and four at night, when clocks change."""
    week = []
    for day in range(7):
        morning = draw(st.sampled_from([None, (0, 60), (8 * 60, 12 * 60), (9 * 60 + 15, 17 * 60 + 45), (300, 301)]))
        evening = draw(st.sampled_from([None, (18 * 60, 22 * 60), (23 * 60, DAY)]))
        week += [(day * DAY + start, day * DAY + end) for start, end in filter(None, (morning, evening))]
    week.append((3 * DAY + 10 * 60, 3 * DAY + 11 * 60) if not week else week[0])
    first = draw(st.dates(date(2026, 3, 20), date(2026, 11, 10)))
    holidays = ((first, first + timedelta(days=draw(st.integers(0, 3)))),) if draw(st.booleans()) else ()
    return OpeningHours(ZoneInfo(draw(st.sampled_from(ZONES))), tuple(sorted(set(week))), holidays)


moments = st.integers(0, 230 * DAY).map(lambda minute: utc("2026-03-25T00:00") + MINUTE * minute)


@settings(max_examples=120, deadline=None)
@given(schedules(), moments, st.integers(0, 6 * DAY))
def test_open_time_is_that_of_its_minutes(hours: OpeningHours, end: datetime, back: int) -> None:
    start = end - MINUTE * back
    assert hours.open_between(start, end) == MINUTE * by_minutes(hours, start, end)


@settings(max_examples=120, deadline=None)
@given(schedules(), moments, st.integers(1, 600))
def test_going_back_finds_the_earliest_minute_with_so_much_left(
    hours: OpeningHours, end: datetime, minutes: int
) -> None:
    found = hours.before(end, MINUTE * minutes)
    if found is None:
        assert hours.open_between(end - timedelta(days=700), end) < MINUTE * minutes
        return
    assert by_minutes(hours, found, end) == minutes
    assert is_open(hours, found - MINUTE), "a minute before it more was left"


@pytest.mark.parametrize(
    ("zone", "end", "left", "wanted"),
    [
        ("Europe/London", "2026-09-21T12:00", 60, "2026-09-21T11:00"),
        ("Europe/London", "2026-09-21T08:30", 60, "2026-09-18T15:30"),  # Monday 9:30 in London, back to Friday
        ("Europe/London", "2026-09-21T09:00", 60, "2026-09-18T16:00"),  # all of it was left when Friday closed
        ("Europe/Berlin", "2026-03-30T07:30", 60, "2026-03-27T15:30"),  # over the night in which an hour is lost
        ("Europe/Berlin", "2026-10-26T08:30", 60, "2026-10-23T14:30"),  # and over the one that has it twice
        ("America/New_York", "2026-11-02T14:30", 60, "2026-10-30T20:30"),
    ],
)
def test_hours_keep_their_place_on_the_clock(zone: str, end: str, left: int, wanted: str) -> None:
    assert OpeningHours(ZoneInfo(zone), OFFICE).before(utc(end), MINUTE * left) == utc(wanted)


@pytest.mark.parametrize(("day", "hours_open"), [("2026-03-28", 24), ("2026-03-29", 23), ("2026-10-25", 25)])
def test_a_day_that_is_open_all_round_is_as_long_as_it_is(day: str, hours_open: int) -> None:
    always = OpeningHours(ZoneInfo("Europe/Berlin"), tuple((number * DAY, (number + 1) * DAY) for number in range(7)))
    begins = datetime.fromisoformat(day).replace(tzinfo=always.zone).astimezone(UTC)
    ends = (datetime.fromisoformat(day) + timedelta(days=1)).replace(tzinfo=always.zone).astimezone(UTC)
    assert always.open_between(begins, ends) == timedelta(hours=hours_open)
    assert always.before(ends, timedelta(hours=hours_open - 1)) == begins + timedelta(hours=1)


def test_holidays_are_closed_and_a_schedule_may_never_open() -> None:
    office = OpeningHours(ZoneInfo("Europe/London"), OFFICE, ((date(2026, 12, 25), date(2026, 12, 28)),))
    assert office.before(utc("2026-12-29T10:00"), MINUTE * 120) == utc("2026-12-24T16:00")
    closed = OpeningHours(ZoneInfo("Europe/London"), ())
    assert closed.before(utc("2026-12-29T10:00"), MINUTE) is None
    assert closed.before(utc("2026-12-29T10:00"), timedelta(0)) == utc("2026-12-29T10:00")
