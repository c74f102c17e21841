"""Days on which nothing may change: when they begin and end, and how they are written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.environment import Environment, read_environment
from config.freeze import Freeze, FrozenDays

FILE = """\
config:
  golive:environment:
    production: false
    state: local
    systems: {{helpdesk: {{type: zendesk, url: https://halden.example, token: env:ZENDESK_TOKEN}}}}
    freeze: {freeze}
"""
FRIDAY = "{from: 2026-11-25, until: 2026-12-01, why: Black Friday}"


def environment(tmp_path: Path, freeze: str) -> tuple[Environment | None, list[str]]:
    """What a file with this freeze is, and what is said of it."""
    path = tmp_path / "Pulumi.production.yaml"
    path.write_text(FILE.format(freeze=freeze))
    found, findings = read_environment(path, "stacks/Pulumi.production.yaml")
    return found, [f"{each.rule} {each.path.rpartition('.')[2]}: {each.message}" for each in findings]


@pytest.mark.parametrize(
    ("freeze", "at", "frozen"),
    [
        (FRIDAY, "2026-11-24T23:59:59+00:00", False),
        (FRIDAY, "2026-11-25T00:00:00+00:00", True),
        (FRIDAY, "2026-12-01T23:59:59+00:00", True),
        (FRIDAY, "2026-12-02T00:00:00+00:00", False),
        # The same moments, as clocks elsewhere show them: the day of UTC decides.
        (FRIDAY, "2026-11-24T19:00:00-05:00", True),
        (FRIDAY, "2026-11-25T05:29:59+05:30", False),
        (FRIDAY, "2026-12-02T12:59:59+13:00", True),
        (FRIDAY, "2026-12-01T19:00:00-05:00", False),
        ("2026-12-01 Black Friday", "2020-01-01T00:00:00+00:00", True),
        ("2026-12-01", "2026-12-01T23:59:59+00:00", True),
        ("2026-12-01", "2026-12-02T00:00:00+00:00", False),
        ("{from: 2026-03-29, until: 2026-03-29, why: One day}", "2026-03-28T23:59:59+00:00", False),
        ("{from: 2026-03-29, until: 2026-03-29, why: One day}", "2026-03-29T12:00:00+00:00", True),
    ],
)
def test_edges(tmp_path: Path, freeze: str, at: str, frozen: bool) -> None:
    found, said = environment(tmp_path, freeze)
    assert found is not None, said
    assert bool(found.frozen(datetime.fromisoformat(at))) is frozen


@pytest.mark.parametrize(
    ("zone", "freeze"),
    [
        ("Europe/Berlin", Freeze(**{"from": "2026-03-28", "until": "2026-03-30", "why": "spring"})),
        ("Europe/Berlin", Freeze(**{"from": "2026-10-24", "until": "2026-10-26", "why": "autumn"})),
        ("America/Toronto", Freeze(**{"from": "2026-10-31", "until": "2026-11-02", "why": "autumn"})),
    ],
)
def test_daylight_saving_makes_no_day_longer(zone: str, freeze: Freeze) -> None:
    """A machine whose clock is moved in the night sees the same moments frozen as one that knows UTC only."""
    days = FrozenDays.of(freeze)
    assert days.begins is not None
    moment, frozen = days.begins - timedelta(hours=30), 0
    while moment < days.ends + timedelta(hours=30):
        there = moment.astimezone(ZoneInfo(zone))
        assert days.holds(there) == days.holds(moment) == (days.begins <= moment <= days.ends), there
        frozen += days.holds(there)
        moment += timedelta(minutes=30)
    assert frozen == 3 * 48


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), st.integers(-14 * 60, 14 * 60))
def test_no_time_zone_changes_what_is_frozen(naive: datetime, minutes: int) -> None:
    days = FrozenDays.of(Freeze(**{"from": "2026-06-10", "until": "2026-06-20", "why": "audit"}))
    at = naive.replace(tzinfo=UTC)
    assert days.holds(at.astimezone(timezone(timedelta(minutes=minutes)))) == days.holds(at)


def test_what_people_are_told() -> None:
    assert FrozenDays.of("2026-12-31 year's end").said == "2026-12-31 (UTC): year's end"
    assert FrozenDays.of("2026-12-31").said == "2026-12-31 (UTC)"
    days = FrozenDays.of(Freeze(**{"from": "2026-11-25", "until": "2026-12-01", "why": "Black Friday"}))
    assert (days.said, str(days.first)) == ("2026-12-01 (UTC): Black Friday", "2026-11-25")


@pytest.mark.parametrize(
    ("freeze", "said"),
    [
        ("{from: 2026-11-25, until: 2026-12-01}", ["schema.missing freeze: `why` is missing"]),
        ("{until: 2026-12-01, why: x}", ["schema.missing freeze: `from` is missing"]),
        ("{}", ["schema.missing freeze: `from`, `until` and `why` are missing"]),
        ("{from: 2026-12-02, until: 2026-12-01, why: x}", ["schema.freeze until: `until` is before `from`"]),
        (
            "{from: 2026-02-30, until: 2026-12-01, why: x}",
            ["schema.date from: `2026-02-30` is not a day of the calendar"],
        ),
        ("2026-02-30 x", ["schema.date freeze: `2026-02-30` is not a day of the calendar"]),
        (
            "{from: 2026-11-25, to: 2026-12-01, why: x}",
            ["schema.unknown-attribute to: `to` is not an attribute here, and `until` is missing"],
        ),
        ("next week", ["schema.form freeze: `next week` has the wrong form"]),
    ],
)
def test_one_mistake_is_one_finding(tmp_path: Path, freeze: str, said: list[str]) -> None:
    found, findings = environment(tmp_path, freeze)
    assert found is None
    assert findings == said
