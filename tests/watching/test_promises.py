"""Warning points: to the minute, on all hours and on business hours, after pauses, with several schedules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.duration import minutes
from golive.watching.promises import Rules, rules_of, schedules_of, warning_at, watched_policies
from provisioners.clocks import Promises
from provisioners.opening_hours import DAY, OpeningHours
from sandbox.zendesk.business_hours import Calendar
from tests.config.samples import declared
from tests.watching.worlds import CHANNEL, HOUR, LATE, MINUTE, MONDAY, OFFICE, RULES, clock, ticket, watched


@pytest.mark.parametrize(
    ("target", "warned_after"),
    [("2m", 90), ("5m", 225), ("10m", 450), ("1h", 2700), ("2h", 5400), ("4h", 10800), ("8h", 21600), ("24h", 64800),
     ("48h", 129600), ("72h", 194400)],
)  # fmt: skip
def test_the_points_that_the_method_names(target: str, warned_after: int) -> None:
    time = timedelta(minutes=minutes(target))
    one = ticket(clock(over=MONDAY + time, target=time))
    assert warning_at(one, one.clocks[0], RULES) == MONDAY + timedelta(seconds=warned_after)


def test_a_pause_moves_it_as_it_moves_the_breach() -> None:
    one = ticket(clock("requester_wait", over=MONDAY + 7 * HOUR, target=4 * HOUR))  # three hours spent pending
    assert warning_at(one, one.clocks[0], RULES) == MONDAY + 6 * HOUR


@pytest.mark.parametrize(
    ("over", "wanted"),
    [
        (MONDAY + 4 * HOUR, MONDAY + 3 * HOUR),
        (MONDAY + 24 * HOUR + 30 * MINUTE, MONDAY + 7 * HOUR + 30 * MINUTE),  # Tuesday 9:30, back to Monday 16:30
        (MONDAY + 25 * HOUR, MONDAY + 8 * HOUR),  # three quarters were gone when it closed
    ],
)
def test_on_business_hours_what_is_left_is_counted_in_open_hours(over: datetime, wanted: datetime) -> None:
    one = ticket(clock(over=over, business=True))
    assert warning_at(one, one.clocks[0], RULES) == wanted


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["Europe/London", "Europe/Berlin", "America/New_York", "Australia/Sydney"]),
    st.integers(0, 220 * DAY),
    st.integers(1, 4 * 480),
    st.integers(1, 99),
)
def test_counted_back_it_is_the_same_minute_as_counted_forward_from_the_start(
    zone: str, minute: int, target: int, share: int
) -> None:
    """The sandbox counts forward, with code of its own, over both nights in which clocks change."""
    start = datetime(2026, 3, 20, tzinfo=UTC) + MINUTE * minute
    week = tuple((day * DAY + 540, day * DAY + 1020) for day in range(1, 6))
    calendar = Calendar(ZoneInfo(zone), week, ())
    over = calendar.moment_after(start.timestamp(), target * 60)
    gone = calendar.moment_after(start.timestamp(), target * 60 * share / 100)
    assert over is not None and gone is not None
    rules = Rules({"1": watched(at=share)}, {"51": OpeningHours(ZoneInfo(zone), week)})
    one = ticket(
        clock(over=datetime.fromtimestamp(over, UTC), target=MINUTE * target, business=True), made=start, changed=start
    )
    found = warning_at(one, one.clocks[0], rules)
    assert found is not None
    assert abs(found.timestamp() - gone) < 1


def test_nobody_is_warned_who_did_not_ask() -> None:
    one = ticket(clock(), clock("next_reply"), clock("total_resolution", target=None))
    rules = Rules({"1": watched(warned=["next_reply", "total_resolution"])}, {})
    assert [warning_at(one, each, rules) is not None for each in one.clocks] == [False, True, False]
    assert warning_at(ticket(policy="9"), clock(), rules) is None
    assert warning_at(ticket(), clock(over=None), RULES) is None


# ------------------------------------------------------------ which schedule

BOTH = {"51": OFFICE, "60": LATE}


def test_the_schedule_is_told_by_the_times_that_come_out_right() -> None:
    made = MONDAY + 2 * HOUR
    by_office = ticket(clock(over=made + 4 * HOUR, business=True), made=made)
    assert list(schedules_of(by_office, BOTH)) == [OFFICE]
    by_late = ticket(clock(over=MONDAY + 7 * HOUR, business=True), made=made)  # 12:00 to 16:00
    assert list(schedules_of(by_late, BOTH)) == [LATE]


def test_a_target_that_was_reached_tells_it_too() -> None:
    made = MONDAY + 2 * HOUR
    one = ticket(
        clock(over=MONDAY + 7 * HOUR, stage="achieved", business=True),
        clock("next_reply", over=MONDAY + 9 * HOUR, business=True),
        made=made,
    )
    assert list(schedules_of(one, BOTH)) == [LATE]


def test_where_it_cannot_be_told_the_earlier_moment_counts() -> None:
    one = ticket(clock("next_reply", over=MONDAY + 27 * HOUR, business=True), made=MONDAY)  # Tuesday, 12:00
    assert list(schedules_of(one, BOTH)) == [OFFICE, LATE]
    late = LATE.before(MONDAY + 27 * HOUR, HOUR)
    assert late == MONDAY + 12 * HOUR, "Monday, 21:00"
    assert warning_at(one, one.clocks[0], Rules(RULES.policies, BOTH)) == late
    assert warning_at(one, one.clocks[0], Rules(RULES.policies, {"51": OFFICE})) == MONDAY + 26 * HOUR


def test_without_a_schedule_business_hours_are_all_hours() -> None:
    one = ticket(clock(business=True))
    assert warning_at(one, one.clocks[0], Rules(RULES.policies, {})) == MONDAY + 3 * HOUR


# ------------------------------------------------------------ what is declared

FILES = """
company: {name: Acme, default_locale: en-US}
people: {ada: {name: Ada Lo, email: ada@acme.example, role: agent}}
roles: {agent: {name: Agent, like: agent}}
integrations: {slack: {channels: {alerts: {name: alerts}}}}
sla_policies:
  all:
    name: All
    targets:
      first_reply: {urgent: 1h, high: 1h, normal: 1h, low: none}
      next_reply: {urgent: 1h, high: 1h, normal: 1h, low: none}
    hours: calendar
    warn: {at: 60%, to: [slack_channels/alerts], how: HOW}
    breach: {to: [people/ada]}
  silent: {name: Silent, targets: {first_reply: {urgent: 1h, high: none, normal: none, low: none}}, hours: calendar}
"""


@pytest.mark.parametrize(
    ("how", "warned", "told"),
    [
        ("watch", {"first_reply", "next_reply"}, (CHANNEL, "people/ada")),
        ("none", set(), ("people/ada",)),
        ("{first_reply: watch, next_reply: none}", {"first_reply"}, (CHANNEL, "people/ada")),
    ],
)
def test_what_is_declared(how: str, warned: set[str], told: tuple[str, ...]) -> None:
    found = watched_policies(declared(FILES.replace("HOW", how)).declaration)
    assert (found["all"].at, found["all"].warned, found["all"].told) == (60, warned, told)
    assert found["silent"].told == ()


def test_live_policies_are_known_by_their_ids_and_else_by_their_names() -> None:
    found = watched_policies(declared(FILES.replace("HOW", "watch")).declaration)
    live = Promises({"11": "Renamed by hand", "12": "Silent", "13": "Somebody else's"})
    rules = rules_of(found, {"all": "11"}, live)
    assert {identifier: each.key for identifier, each in rules.policies.items()} == {"11": "all", "12": "silent"}
