"""What is told, and when: as a table, and over any course of tickets, looks and restarts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golive.watching.judging import Ended, Event, due, events, merged, next_due, unsettled, without
from golive.watching.memory import Memory
from golive.watching.promises import Rules
from provisioners.clocks import Clock, Sighted, Target, TicketClocks
from provisioners.opening_hours import DAY, OpeningHours
from sandbox.zendesk.business_hours import Calendar
from sandbox.zendesk.sla_clock import CLOCKS, History, reached_at
from tests.watching.worlds import ADA, CHANNEL, HOUR, MINUTE, MONDAY, RULES, clock, remembering, seen, ticket, watched

NOTHING: frozenset[str] = frozenset()


def told_of(found: list[Event]) -> set[str]:
    """Everything that is known to be told after these events."""
    return {event.key for event in found} | {event.key_for(each) for event in found for each in event.to}


def sorts(found: list[Event]) -> list[tuple[str, tuple[str, ...]]]:
    return [(event.what, event.to) for event in found]


# ------------------------------------------------------------ a table


@pytest.mark.parametrize(
    ("one", "wanted"),
    [
        (ticket(clock(over=MONDAY + 4 * HOUR)), []),
        (ticket(clock(over=MONDAY + 3 * HOUR + MINUTE)), []),
        (ticket(clock(over=MONDAY + 3 * HOUR)), [("warning", (CHANNEL,))]),
        (ticket(clock(over=MONDAY + 2 * HOUR + MINUTE)), [("warning", (CHANNEL,))]),
        (ticket(clock(over=MONDAY + 2 * HOUR)), [("breach", (CHANNEL, ADA))]),
        (ticket(clock(over=MONDAY)), [("breach", (CHANNEL, ADA))]),
        (ticket(clock(over=MONDAY, stage="achieved")), []),
        (ticket(clock(over=None, stage="paused")), []),
        (ticket(clock(over=MONDAY, stage="paused")), []),
        (ticket(clock(over=MONDAY), policy="9"), [("breach", ())]),
        (ticket(clock(over=MONDAY), settled=False), []),
        (ticket(clock(over=MONDAY + 2 * HOUR + MINUTE, target=None)), []),
    ],
)
def test_a_ticket_at_ten(one: TicketClocks, wanted: list[tuple[str, tuple[str, ...]]]) -> None:
    """Two hours after its beginning."""
    assert sorts(events(remembering(one), NOTHING, RULES, MONDAY + 2 * HOUR, MONDAY)) == wanted


def test_what_was_told_is_not_told_again_and_each_hears_once() -> None:
    memory = remembering(ticket(clock(over=MONDAY)))
    (event,) = events(memory, NOTHING, RULES, MONDAY, MONDAY)
    half = {event.key, event.key_for(CHANNEL)}
    assert sorts(events(memory, half, RULES, MONDAY, MONDAY)) == [("breach", (ADA,))]
    assert events(memory, told_of([event]), RULES, MONDAY, MONDAY) == []


def test_nobody_is_warned_of_what_is_broken() -> None:
    """Not even when a lower priority moves the time into the future again."""
    broken = events(remembering(ticket(clock(over=MONDAY))), NOTHING, RULES, MONDAY, MONDAY)
    later = remembering(ticket(clock(over=MONDAY + HOUR)))
    assert events(later, told_of(broken), RULES, MONDAY + 30 * MINUTE, MONDAY) == []


def test_a_priority_that_is_raised_later_counts_from_then_on() -> None:
    quiet = ticket(clock(over=MONDAY + 8 * HOUR, target=8 * HOUR), priority="low")
    assert events(remembering(quiet), NOTHING, RULES, MONDAY + HOUR, MONDAY) == []
    raised = ticket(clock(over=MONDAY + HOUR + MINUTE, target=HOUR), priority="urgent", changed=MONDAY + HOUR)
    (event,) = events(remembering(raised), NOTHING, RULES, MONDAY + HOUR, MONDAY)
    assert (event.what, event.priority, event.due) == ("warning", "urgent", MONDAY + 46 * MINUTE)


def test_the_next_answer_is_another_clock_and_a_reopened_ticket_is_not() -> None:
    def memory(metric: str, replies: int) -> Memory:
        return remembering(ticket(clock(metric, over=MONDAY), replies=replies))

    first = events(memory("next_reply", 1), NOTHING, RULES, MONDAY, MONDAY)
    assert events(memory("next_reply", 1), told_of(first), RULES, MONDAY, MONDAY) == []
    assert len(events(memory("next_reply", 2), told_of(first), RULES, MONDAY, MONDAY)) == 1
    solved = events(memory("total_resolution", 1), NOTHING, RULES, MONDAY, MONDAY)
    assert events(memory("total_resolution", 5), told_of(solved), RULES, MONDAY, MONDAY) == []


def test_somebody_new_hears_of_what_others_were_told() -> None:
    memory = remembering(ticket(clock(over=MONDAY)))
    told = told_of(events(memory, NOTHING, RULES, MONDAY, MONDAY))
    other = Rules({"1": replace(watched(), breach_to=(CHANNEL, "slack_channels/critical"))})
    assert sorts(events(memory, told, other, MONDAY, MONDAY)) == [("breach", ("slack_channels/critical",))]


def test_tickets_that_come_due_are_read_again_before_anything_is_told() -> None:
    doubtful = ticket(clock(over=MONDAY), id="36", settled=False)
    memory = remembering(ticket(clock(over=MONDAY)), doubtful, ticket(id="37"))
    assert due(memory, NOTHING, RULES, MONDAY, MONDAY) == ["35", "36"]
    assert [each.id for each in unsettled(memory)] == ["36"]
    assert [each.ticket for each in events(without(memory, ["35"]), NOTHING, RULES, MONDAY, MONDAY)] == []


def test_what_was_broken_before_and_nobody_asked_for_is_left_alone() -> None:
    """Otherwise a helpdesk of its own policies would be read and noted whole."""
    foreign = remembering(ticket(clock(over=MONDAY), policy="9"))
    assert due(foreign, NOTHING, RULES, MONDAY + HOUR, MONDAY) == ["35"]
    assert due(foreign, NOTHING, RULES, MONDAY + HOUR, MONDAY + MINUTE) == []
    ours = remembering(ticket(clock(over=MONDAY)))
    assert len(events(ours, NOTHING, RULES, MONDAY + HOUR, MONDAY + MINUTE)) == 1


def test_the_next_moment_at_which_there_is_something_to_tell() -> None:
    memory = remembering(ticket(clock(over=MONDAY + 4 * HOUR)), ticket(clock(over=MONDAY + 9 * HOUR), id="36"))
    assert next_due(memory, RULES, MONDAY) == MONDAY + 3 * HOUR
    assert next_due(memory, RULES, MONDAY + 3 * HOUR) == MONDAY + 4 * HOUR
    assert next_due(Memory(), RULES, MONDAY) is None


def test_what_was_found_out_singly_is_kept_while_the_ticket_stays_as_it_is() -> None:
    known = ticket(clock(target=HOUR), policy="1")
    doubtful = ticket(clock(target=2 * HOUR), policy="9", settled=False)
    after, _ = merged(remembering(known), seen(MONDAY, doubtful), NOTHING, MONDAY)
    assert (after.tickets["35"].policy, after.tickets["35"].settled) == ("1", True)
    assert after.tickets["35"].clocks[0].target == Target(HOUR, False)
    changed = replace(doubtful, changed_at=MONDAY + MINUTE)
    after, _ = merged(remembering(known), seen(MONDAY, changed), NOTHING, MONDAY)
    assert not after.tickets["35"].settled
    same_second = replace(doubtful, priority="urgent")
    after, _ = merged(remembering(known), seen(MONDAY, same_second), NOTHING, MONDAY)
    assert not after.tickets["35"].settled


def test_the_memory_keeps_open_tickets_only_and_nothing_that_customers_wrote() -> None:
    memory = remembering(ticket(), ticket(id="36"))
    after, _ = merged(memory, seen(MONDAY, ticket(status="solved"), ticket(id="37")), NOTHING, MONDAY)
    assert set(after.tickets) == {"36", "37"}
    assert after.tickets["37"].subject == ""
    whole, _ = merged(after, seen(MONDAY + HOUR, ticket(id="37"), whole=True), NOTHING, MONDAY)
    assert (set(whole.tickets), whole.whole_at) == ({"37"}, MONDAY + HOUR)


# ------------------------------------------------------------ promises that came to their end

KEPT, LATE, NEITHER = Ended(1, 0), Ended(0, 1), Ended()


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        (clock(), clock(stage="achieved"), KEPT),
        (clock(), clock(over=None, stage="achieved"), KEPT),
        (clock(), clock(), NEITHER),
        (clock(), clock(over=None, stage="paused"), NEITHER),
        (clock(over=MONDAY + MINUTE), clock(stage="achieved"), LATE),
        (clock(over=MONDAY - HOUR), clock(stage="achieved"), NEITHER),
        (clock(over=None, stage="paused"), clock(stage="achieved"), NEITHER),
    ],
)
def test_how_a_clock_ended(before: Clock, after: Clock, wanted: Ended) -> None:
    """The ticket was changed at 10; the watch began at 9."""
    changed = ticket(after, changed=MONDAY + HOUR)
    assert merged(remembering(ticket(before)), seen(MONDAY, changed), NOTHING, MONDAY)[1] == wanted


def test_what_broke_while_somebody_looked_is_not_counted_twice() -> None:
    broken = {"breach/35/first_reply/0"}
    changed = ticket(clock(stage="achieved"), changed=MONDAY + 9 * HOUR)
    assert merged(remembering(ticket()), seen(MONDAY, changed), broken, MONDAY)[1] == NEITHER


def test_the_answer_that_begins_the_next_clock_ends_this_one() -> None:
    before = ticket(clock("periodic_update"), replies=1)
    after = ticket(clock("periodic_update", over=MONDAY + 9 * HOUR), replies=2, changed=MONDAY + HOUR)
    assert merged(remembering(before), seen(MONDAY, after), NOTHING, MONDAY)[1] == KEPT


def test_a_ticket_that_came_and_went_between_two_looks_counts_once() -> None:
    quick = ticket(clock(stage="achieved"), id="40", made=MONDAY + MINUTE, changed=MONDAY + 5 * MINUTE, status="solved")
    memory, ended = merged(remembering(ticket()), seen(MONDAY + HOUR, quick), NOTHING, MONDAY)
    assert ended == KEPT
    assert merged(memory, seen(MONDAY + HOUR, quick), NOTHING, MONDAY)[1] == NEITHER
    assert merged(Memory(), seen(MONDAY + HOUR, quick), NOTHING, MONDAY)[1] == NEITHER


# ------------------------------------------------------------ any course of things

TARGETS = {"low": 480, "normal": 120, "urgent": 9}
"""Minutes, by priority."""
METRICS = ("first_reply", "next_reply", "periodic_update", "pausable_update", "requester_wait", "total_resolution")
WEEK = tuple((day * DAY + 540, day * DAY + 1020) for day in range(1, 6))
ZONE = ZoneInfo("Europe/London")


@dataclass
class Life:
    """One ticket as the helpdesk knows it. Its clocks are played by the sandbox's code, which is not golive's."""

    id: str
    made: datetime
    priority: str
    statuses: list[tuple[float, str]] = field(default_factory=list)
    comments: list[tuple[float, bool, bool]] = field(default_factory=list)
    changed: datetime = MONDAY

    def happens(self, what: str, at: datetime) -> None:
        self.changed, second = at, at.timestamp()
        match what:
            case "ask":
                self.comments.append((second, False, True))
                if self.status in ("pending", "solved"):
                    self.statuses.append((second, "open"))
            case "reply":
                self.comments.append((second, True, True))
            case "pending" | "open" | "solved":
                self.statuses.append((second, what))
            case priority:
                self.priority = priority

    @property
    def status(self) -> str:
        return self.statuses[-1][1]

    @property
    def replies(self) -> int:
        return sum(by_agent for _, by_agent, _ in self.comments)

    def turn(self, metric: str) -> int:
        """Each public answer ends one clock of these, and begins another."""
        return self.replies if metric in ("next_reply", "periodic_update", "pausable_update") else 0

    @property
    def target(self) -> int:
        return TARGETS[self.priority] * 60

    def clocks(self, calendar: Calendar | None) -> list[tuple[str, str, float | None, float]]:
        """(Metric, stage, when its time is over, how long it has run until now) of everything that has begun."""
        history, found = History(tuple(self.statuses), tuple(self.comments)), []
        for metric in METRICS:
            played = CLOCKS[f"{metric}_time"](history)
            if played is not None:
                over = None if played.stage == "achieved" else reached_at(played.spans, self.target, calendar)
                found.append((metric, played.stage, over, played.spans))
        return found  # type: ignore[return-value]

    def shown(self, calendar: Calendar | None) -> TicketClocks:
        clocks = tuple(
            Clock(metric, stage, _moment(over), Target(timedelta(seconds=self.target), calendar is not None))  # type: ignore[arg-type]
            for metric, stage, over, _ in self.clocks(calendar)
        )
        return TicketClocks(
            self.id, self.status, self.priority, self.made, self.changed, self.replies, "1", True, clocks
        )


def _moment(second: float | None) -> datetime | None:
    return None if second is None else datetime.fromtimestamp(second, UTC)


STEPS = st.lists(
    st.tuples(
        st.integers(0, 400),
        st.sampled_from(
            ["ask", "reply", "pending", "open", "solved", "low", "normal", "urgent", "new", "deleted", "-"]
        ),
        st.integers(0, 3),
        st.sampled_from(["look", "look", "look", "whole", "restart", "asleep"]),
    ),
    min_size=5,
    max_size=40,
)


@settings(max_examples=250, deadline=None)
@given(STEPS, st.booleans())
def test_over_any_course_everything_is_told_once_and_rightly(
    steps: list[tuple[int, str, int, str]], business: bool
) -> None:
    calendar = Calendar(ZONE, WEEK, ()) if business else None
    rules = Rules({"1": watched(warned=METRICS)}, {"51": OpeningHours(ZONE, WEEK)} if business else {})
    at, lives, memory, told = MONDAY, {}, Memory(), set()
    heard: Counter[str] = Counter()
    for minutes, what, which, watch in steps:
        at += timedelta(minutes=minutes, seconds=which)
        lives = _lived(lives, what, which, at)
        if watch == "asleep":
            continue
        if watch == "restart":
            memory = Memory()
        shown = {key: life.shown(calendar) for key, life in lives.items()}
        memory = _looked(memory, shown, at, told, rules, whole=watch == "whole")
        found = events(memory, told, rules, at, MONDAY)
        for event in found:
            heard.update(event.key_for(each) for each in event.to)
            _is_right(event, lives[event.ticket], calendar, at)
        told |= told_of(found)
        for life in lives.values():
            _is_complete(life, calendar, at, told)
    assert set(heard.values()) <= {1}


def _lived(lives: dict[str, Life], what: str, which: int, at: datetime) -> dict[str, Life]:
    if what == "new" or not lives:
        number = str(len(lives) + 1) if str(len(lives) + 1) not in lives else f"n{at.timestamp():.0f}"
        priority = list(TARGETS)[which % 3]
        made = Life(number, at, priority, [(at.timestamp(), "new")], [(at.timestamp(), False, True)], at)
        return {**lives, number: made}
    key = sorted(lives)[which % len(lives)]
    if what == "deleted":
        return {name: life for name, life in lives.items() if name != key}
    if what != "-":
        lives[key].happens(what, at)
    return lives


def _looked(
    memory: Memory, shown: dict[str, TicketClocks], at: datetime, told: set[str], rules: Rules, *, whole: bool
) -> Memory:
    """As `Watcher` reads: what has changed, and once more what may be due."""
    newest = max((each.changed_at for each in shown.values()), default=None)
    if whole or memory.newest is None:
        opened = {key: each for key, each in shown.items() if each.is_open}
        memory, _ = merged(memory, Sighted(at, opened, newest, whole=True), told, MONDAY)
    else:
        since = memory.newest - MINUTE
        changed = {key: each for key, each in shown.items() if each.changed_at >= since}
        memory, _ = merged(memory, Sighted(at, changed, newest), told, MONDAY)
    again = due(memory, told, rules, at, MONDAY)
    memory, _ = merged(memory, Sighted(at, {key: shown[key] for key in again if key in shown}), told, MONDAY)
    return without(memory, (key for key in again if key not in shown))


def _is_right(event: Event, life: Life, calendar: Calendar | None, at: datetime) -> None:
    """By how long the clock has run, counted forward: an event is neither too early nor about another clock."""
    (clock_,) = [each for each in life.clocks(calendar) if each[0] == event.metric]
    _, stage, over, spans = clock_
    assert stage == "active"
    now = at.timestamp()
    gone = 0.0
    for start, end in spans:  # type: ignore[attr-defined]
        end = now if end is None else end
        gone += calendar.seconds_between(start, end) if calendar else end - start
    assert over is not None
    if event.what == "breach":
        assert over <= now
    else:
        assert over > now
        assert gone >= life.target * 0.75 - 1
    assert event.turn == life.turn(event.metric)


def _is_complete(life: Life, calendar: Calendar | None, at: datetime, told: set[str]) -> None:
    """Whatever is broken was told; whatever has used up its share was warned of, unless it is broken."""
    shown = life.shown(calendar)
    for metric, stage, over, spans in life.clocks(calendar):
        if stage != "active" or over is None or not shown.is_open:
            continue
        place = f"{life.id}/{metric}/{life.turn(metric)}"
        now = at.timestamp()
        if over <= now:
            assert {f"breach/{place}>{CHANNEL}", f"breach/{place}>{ADA}"} <= told
            continue
        gone = sum(
            calendar.seconds_between(start, now if end is None else end) if calendar else (end or now) - start
            for start, end in spans  # type: ignore[attr-defined]
        )
        if gone > life.target * 0.75 + 1 and f"breach/{place}" not in told:
            assert f"warning/{place}>{CHANNEL}" in told
