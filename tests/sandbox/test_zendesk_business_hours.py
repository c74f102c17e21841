"""What a schedule's week, time zone and holidays make of a span of time."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from sandbox.zendesk.business_hours import DAY, Calendar
from sandbox.zendesk.time_zones import NAMES, zone_of

WEEK = tuple((day * DAY + 9 * 60, day * DAY + 17 * 60) for day in range(1, 6))
BERLIN = Calendar(zone_of("Berlin"), WEEK, ((date(2026, 4, 3), date(2026, 4, 6), "Easter"),))
HOUR = 3600


def at(text: str) -> float:
    return datetime.fromisoformat(f"{text}:00+00:00").timestamp()


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-03-02T08:00", "2026-03-02T16:00", 8),  # a Monday, 9 to 17 in Berlin
        ("2026-03-02T00:00", "2026-03-03T00:00", 8),
        ("2026-03-06T15:00", "2026-03-09T09:00", 2),  # over a weekend
        ("2026-03-27T15:00", "2026-03-30T08:00", 2),  # the clocks go forward in between
        ("2026-04-02T14:00", "2026-04-07T08:00", 2),  # over Easter
        ("2026-03-07T08:00", "2026-03-07T16:00", 0),  # a Saturday
    ],
)
def test_the_hours_between_two_moments(start: str, end: str, hours: float) -> None:
    assert BERLIN.seconds_between(at(start), at(end)) == hours * HOUR


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-03-02T08:00", 8, "2026-03-02T16:00"),
        ("2026-03-06T15:00", 2, "2026-03-09T09:00"),
        ("2026-03-27T15:00", 2, "2026-03-30T08:00"),
        ("2026-04-02T14:00", 2, "2026-04-07T08:00"),
        ("2026-03-07T08:00", 1, "2026-03-09T09:00"),
        ("2026-03-02T08:00", 41, "2026-03-09T09:00"),
    ],
)
def test_the_moment_after_some_hours(start: str, hours: float, end: str) -> None:
    assert BERLIN.moment_after(at(start), hours * HOUR) == at(end)


def test_a_schedule_that_never_opens_has_no_such_moment() -> None:
    assert Calendar(zone_of("UTC"), (), ()).moment_after(at("2026-03-02T08:00"), HOUR) is None


def test_a_day_can_last_until_midnight() -> None:
    always = Calendar(zone_of("Tokyo"), tuple((day * DAY, (day + 1) * DAY) for day in range(7)), ())
    start = at("2026-03-02T08:00")
    assert always.seconds_between(start, start + 30 * DAY * 60) == 30 * DAY * 60
    assert always.is_open(start)


def test_every_time_zone_of_the_vendor_is_known() -> None:
    assert len(NAMES) == 151
    assert {zone_of(name).key for name in ("Kyiv", "Pacific Time (US & Canada)", "Tokelau Is.")} == {
        "Europe/Kyiv",
        "America/Los_Angeles",
        "Pacific/Fakaofo",
    }
    assert not [name for name in NAMES - {"UTC"} if zone_of(name).key == "Etc/UTC"]
