"""One look after another, with a helpdesk of the test's own: what is read when, and what goes wrong in between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest

from checklists.item import Metric
from golive.watching.course import Course
from golive.watching.judging import Event
from golive.watching.looking import SETTLED_AT_ONCE, Watcher
from golive.watching.memory import Memory
from golive.watching.notes import Notes
from golive.watching.numbers import NUMBERS, Threshold
from golive.watching.promises import Rules
from golive.watching.telling import AGAIN_AFTER, Teller
from golive.watching.texts import Wording
from provisioners.clocks import Clocks, Promises, Sighted, TicketClocks
from provisioners.errors import SystemFault
from tests.watching.test_telling import DOWN, Chat
from tests.watching.worlds import CHANNEL, HOUR, MINUTE, MONDAY, RULES, clock, ticket

QUEUE = Threshold(
    "queue",
    NUMBERS["open_tickets"],
    Metric.model_validate({"name": "open_tickets", "window": "2d", "good": {"at_most": 1}, "red": {"more_than": 2}}),
)


@dataclass
class Desk(Clocks):
    """A helpdesk that notes how it is read. fails: method → the fault that it ends with."""

    at: datetime = MONDAY
    tickets: dict[str, TicketClocks] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    fails: dict[str, SystemFault] = field(default_factory=dict)

    def _called(self, name: str) -> None:
        self.calls.append(name)
        if name in self.fails:
            raise self.fails[name]

    def _sighted(self, found: Iterable[TicketClocks], *, whole: bool = False) -> Sighted:
        chosen = {each.id: each for each in found}
        return Sighted(self.at, chosen, max((each.changed_at for each in chosen.values()), default=None), whole)

    def promises(self) -> Promises:
        self._called("promises")
        return Promises({"1": "All"}, {})

    def all_open(self) -> Sighted:
        self._called("all")
        return self._sighted((each for each in self.tickets.values() if each.is_open), whole=True)

    def changed(self, since: datetime) -> Sighted | None:
        self._called("changed")
        return self._sighted(each for each in self.tickets.values() if each.changed_at >= since)

    def again(self, ids: Iterable[str]) -> Sighted:
        self._called("again")
        return self._sighted(self.tickets[each] for each in ids if each in self.tickets)

    def settled(self, one: TicketClocks) -> TicketClocks:
        self._called(f"settled {one.id}")
        return replace(one, settled=True)

    def page(self, number: str) -> str:
        return f"https://acme.example/{number}"


@dataclass
class Day:
    """A watch on that desk."""

    folder: Path
    desk: Desk = field(default_factory=Desk)
    chat: Chat = field(default_factory=Chat)
    said: list[str] = field(default_factory=list)
    thresholds: Sequence[Threshold] = ()
    course: Course = field(default_factory=lambda: Course.beginning(MONDAY, "48h", "1m", CHANNEL))
    memory: Memory = field(default_factory=Memory)

    def __post_init__(self) -> None:
        wording = Wording("Acme", "production", {}, {}, {}, self.desk.page)
        teller = Teller(self.chat, {CHANNEL: "C1"}, {}, None, True, self.said.append)
        notes = Notes.read(self.folder, self.folder / "now.jsonl")
        notes.settle(self.desk.at)
        rules = Rules(RULES.policies, {})
        self.watcher = Watcher(
            self.desk, lambda live: (rules, wording, self.thresholds), teller, notes, self.course, self.memory
        )

    def look(self, minutes: float = 0) -> list[str]:
        """So many minutes later; how the desk was read."""
        self.desk.at += MINUTE * minutes
        self.desk.calls.clear()
        self.watcher.look(self.desk.at, MINUTE)
        return list(self.desk.calls)

    def has(self, *tickets: TicketClocks) -> None:
        self.desk.tickets = {each.id: each for each in tickets}

    def again(self) -> Day:
        """golive is started again, with what it has kept."""
        return Day(self.folder, self.desk, self.chat, self.said, self.thresholds, self.watcher.course)


@pytest.fixture
def day(tmp_path: Path) -> Day:
    made = Day(tmp_path)
    quiet = ticket(clock(over=None, stage="paused"), id="90", changed=MONDAY + 2 * MINUTE)
    made.has(ticket(clock(over=MONDAY + 4 * HOUR + 10 * MINUTE)), quiet)
    return made


def test_what_is_read_when(day: Day) -> None:
    assert day.look() == ["promises", "all"]
    assert day.look(1) == ["changed"]
    assert day.look(57) == ["changed"]
    assert day.look(2) == ["changed", "promises", "all"]
    assert day.look(1) == ["changed"]
    assert day.look(119) == ["changed", "promises", "all"]
    assert day.watcher.next_due() == 10 * MINUTE
    assert day.look(9) == ["changed"]
    assert day.look(1) == ["changed", "again"]
    assert len(day.chat.heard) == 1
    assert day.look(1) == ["changed"]


def test_a_ticket_that_was_read_just_now_is_not_read_again(day: Day) -> None:
    day.look()
    day.has(ticket(clock(over=MONDAY + MINUTE), changed=MONDAY + MINUTE))
    assert day.look(1) == ["changed"]
    assert len(day.chat.heard) == 1


def test_what_is_not_certain_is_asked_singly_what_is_due_first(day: Day) -> None:
    doubtful = [ticket(clock(over=MONDAY + number * HOUR), id=str(number), settled=False) for number in range(2, 101)]
    day.has(*doubtful, ticket(clock(over=MONDAY), id="0", settled=False))
    found = day.look()
    assert found[2] == "settled 0"
    assert len(found) == 3 + SETTLED_AT_ONCE
    assert found[3] == "settled 2", "the one that is over first"
    assert len([each for each in day.look(1) if each.startswith("settled")]) == 99 - SETTLED_AT_ONCE


def test_a_ticket_that_is_gone_is_forgotten(day: Day) -> None:
    day.has(ticket(clock(over=MONDAY), settled=False))
    day.desk.fails["settled 35"] = SystemFault("not_found", "GET tickets/35/audits", "gone")
    day.look()
    assert (day.chat.heard, day.watcher.memory.tickets) == ([], {})


def test_where_audits_cannot_be_read_the_guess_has_to_do(day: Day) -> None:
    day.has(*(ticket(clock(over=MONDAY), id=each, settled=False) for each in ("35", "36")))
    for each in ("35", "36"):
        day.desk.fails[f"settled {each}"] = SystemFault("refused", "GET audits", "You lack the scope")
    day.look()
    assert len(day.chat.heard) == 2
    assert day.said == ["Tickets' audits cannot be read, so that their policy is a guess: You lack the scope."]


@pytest.mark.parametrize("where", ["changed", "promises", "all", "settled 36"])
def test_a_look_that_breaks_off_loses_nothing_and_is_none(day: Day, where: str) -> None:
    day.has(ticket(clock(over=MONDAY + 2 * HOUR)), ticket(clock(over=MONDAY + 2 * HOUR), id="36", settled=False))
    day.desk.fails["settled 36"] = SystemFault("unreachable", "desk", "no answer")
    with pytest.raises(SystemFault):
        day.look()
    assert day.watcher.course.looks == 0
    day.desk.fails.clear()
    day.look()
    day.look(30)
    changed = MONDAY + 59 * MINUTE
    day.desk.tickets["36"] = ticket(clock(over=MONDAY + 2 * HOUR), id="36", settled=False, changed=changed)
    day.desk.tickets["37"] = ticket(clock(over=MONDAY + 9 * HOUR), id="37", changed=changed)
    day.desk.fails[where] = SystemFault("unreachable", "desk", "no answer")
    with pytest.raises(SystemFault):
        day.look(30)
    assert (day.watcher.course.looks, day.chat.heard) == (2, [])
    day.desk.fails.clear()
    day.look(1)
    assert len(day.chat.heard) == 2
    assert (day.watcher.course.looks, len(day.watcher.memory.tickets)) == (3, 3)


def test_promises_that_end_are_counted_once_also_where_everything_is_read(day: Day) -> None:
    day.look()
    day.has(ticket(clock(stage="achieved"), changed=MONDAY + 59 * MINUTE, status="solved"))
    assert "all" in day.look(60)
    assert (day.watcher.course.kept, day.watcher.broken) == (1, 0)
    day.look(1)
    assert day.watcher.course.kept == 1


def test_what_was_broken_before_it_began_is_told_and_not_counted(day: Day) -> None:
    day.has(ticket(clock(over=MONDAY - HOUR)), ticket(clock(over=MONDAY + MINUTE, target=None), id="36"))
    day.look()
    day.look(1)
    assert len(day.chat.heard) == 2
    assert day.watcher.broken == 1


# ------------------------------------------------------------ numbers


@pytest.fixture
def queue(tmp_path: Path) -> Day:
    made = Day(tmp_path, thresholds=[QUEUE])
    made.has(ticket(id="1"), ticket(id="2"))
    return made


def test_a_number_that_could_not_be_posted_is_posted_later_and_noted_then(queue: Day) -> None:
    queue.chat.troubles = [DOWN]
    queue.look()
    queue.look(1)
    assert (queue.chat.heard, queue.watcher.notes.bands) == ([], {})
    queue.look(AGAIN_AFTER / MINUTE)
    queue.look(1)
    assert queue.chat.heard == ["Open tickets: 2. That is a warning."]
    assert queue.watcher.notes.bands == {"queue": "warning"}


@pytest.mark.parametrize("lines", [0, 1, 2, 3])
def test_wherever_it_is_cut_off_a_number_is_posted_at_most_once(queue: Day, lines: int) -> None:
    """Before anybody was told, while somebody was, after it, and once that was noted."""
    queue.look()
    path = queue.watcher.notes.path
    whole = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert len(whole) == 3
    path.write_text("".join(whole[:lines]), encoding="utf-8")
    if lines == 0:
        queue.chat.heard.clear()  # it was cut off before
    after = queue.again()
    after.look(1)
    after.look(1)
    assert queue.chat.heard == ["Open tickets: 2. That is a warning."]
    assert after.watcher.notes.bands == {"queue": "warning"}


def test_since_when_it_is_better_outlives_a_restart(queue: Day) -> None:
    queue.look()
    queue.has(ticket(id="1"))
    queue.look(61)
    assert len(queue.chat.heard) == 1
    after = queue.again()
    after.look(10)
    assert queue.chat.heard[1:] == ["Open tickets: 1. That is good, before it was a warning."]


def test_without_a_channel_numbers_are_noted_only(queue: Day) -> None:
    queue.watcher.course = replace(queue.watcher.course, post="")
    queue.look()
    assert queue.chat.heard == []
    assert queue.watcher.notes.bands == {"queue": "warning"}
    assert queue.watcher.values == {"queue": "2"}


def test_events_know_themselves() -> None:
    event = Event("breach", "35", "next_reply", 2, "all", "high", MONDAY, MONDAY, (CHANNEL,))
    assert event.key_for(CHANNEL) == "breach/35/next_reply/2>slack_channels/alerts"
