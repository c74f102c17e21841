"""Whatever a clock shows, in whatever zone, and whether it is put forward or back: what has ended stays ended."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklists.judging import judge
from checklists.verdict import State
from tests.checklists.judged import NOW, Project

ZONES = (
    "UTC", "Europe/Dublin", "Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe",
    "Pacific/Apia", "Pacific/Kiritimati", "Asia/Kathmandu", "Africa/Casablanca",
)  # fmt: skip
"""Zones with and without summer time, with half and quarter hours, with thirty minutes of summer time, on both sides of
the date line."""
WAIVED = Project().waives("probed", days=7)
SIGNED = Project().signs("ana").signs("ben")
WAIVER_ENDS = (NOW + timedelta(days=7)).replace(hour=23, minute=59, second=59)
SIGNATURE_ENDS = NOW + timedelta(days=30)
TURNS = [
    datetime(2026, 12, 6, 23, 59, 59, tzinfo=UTC),
    datetime(2027, 3, 14, 7, tzinfo=UTC),
    datetime(2027, 3, 28, 1, tzinfo=UTC),
    datetime(2026, 12, 29, 12, tzinfo=UTC),
]
"""Last seconds of what ends here, and the nights in which clocks are put forward."""

moments = st.one_of(
    st.datetimes(NOW.replace(tzinfo=None), datetime(2027, 12, 1)).map(lambda at: at.replace(tzinfo=UTC, microsecond=0)),
    st.builds(lambda at, seconds: at + timedelta(seconds=seconds), st.sampled_from(TURNS), st.integers(-7200, 7200)),
)


@contextmanager
def machine_in(zone: str) -> Iterator[None]:
    """The machine's own clock shows the time of a zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


def waived(at: datetime, project: Project = WAIVED) -> State:
    """What an item that fails, and whose risk is accepted, is at a time."""
    return replace(project.seen(probed="fail"), now=at).verdict("probed").state


def signed(at: datetime, project: Project = SIGNED) -> State:
    return replace(project, now=at).verdict("signed").state


@settings(deadline=None, max_examples=60)
@given(moments, st.sampled_from(ZONES), st.sampled_from(ZONES))
def test_no_zone_makes_anything_valid(at: datetime, machine: str, said: str) -> None:
    with machine_in(machine):
        there = at.astimezone(ZoneInfo(said))
        assert waived(there) == ("waived" if at <= WAIVER_ENDS else "fail")
        assert signed(there) == ("pass" if at <= SIGNATURE_ENDS else "out_of_date")


@settings(deadline=None, max_examples=60)
@given(moments, moments)
def test_what_has_ended_does_not_begin_again(one: datetime, other: datetime) -> None:
    first, second = sorted((one, other))
    assert not (waived(first) == "fail" and waived(second) == "waived")
    assert not (signed(first) == "out_of_date" and signed(second) == "pass")


@settings(deadline=None, max_examples=60)
@given(moments, moments)
def test_a_clock_that_is_put_back_is_not_believed(shown: datetime, noted: datetime) -> None:
    """The newest entry of the log is a time that has been, whatever a clock shows now."""
    later = max(shown, noted)
    assert waived(shown, WAIVED.attaches("done", at=noted)) == waived(later)
    assert signed(shown, SIGNED.attaches("done", at=noted)) == signed(later)


@settings(deadline=None, max_examples=40)
@given(moments, moments)
def test_what_was_seen_in_the_future_is_not_fresh(at: datetime, shown: datetime) -> None:
    """What a probe saw counts for an hour; before it was seen it counts as far only as two clocks may differ."""
    project = Project().seen(probed="pass")
    (observation,) = project.observations["probed"]
    project = replace(project, observations={"probed": (replace(observation, at=at),)}, now=shown)
    state = judge(project.listed("probed"), project.known).state
    assert state == ("pass" if -timedelta(minutes=5) <= shown - at <= timedelta(hours=1) else "out_of_date")


@pytest.mark.parametrize("zone", ZONES)
def test_a_day_that_somebody_writes_ends_in_utc(zone: str) -> None:
    with machine_in(zone):
        assert waived(WAIVER_ENDS) == "waived"
        assert waived(WAIVER_ENDS + timedelta(seconds=1)) == "fail"
