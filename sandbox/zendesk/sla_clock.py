"""The clocks of SLA targets: which spans of a ticket's life count, and when a target is reached.

Source: developer.zendesk.com, “SLA Policies” and “Ticket metric event types reference”. Policies' advanced settings,
which change what starts and ends the reply and update clocks, are not played.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.store import Row
from sandbox.zendesk.account import Account
from sandbox.zendesk.actor import is_agent
from sandbox.zendesk.business_hours import Calendar, seconds_of

Spans = list[tuple[float, float | None]]
"""From and to, in seconds since the epoch; the last may not have ended."""
UNSOLVED = frozenset({"new", "open", "pending", "hold"})


@dataclass(frozen=True)
class History:
    """What clocks look at. statuses: since when which; comments: when, by an agent, public; oldest first."""

    statuses: tuple[tuple[float, str], ...]
    comments: tuple[tuple[float, bool, bool], ...]

    @property
    def begins(self) -> float:
        """When the ticket was made."""
        return self.statuses[0][0]

    @property
    def status(self) -> str:
        """The status now."""
        return self.statuses[-1][1]

    def replies(self) -> list[float]:
        """When agents wrote publicly."""
        return [at for at, by_agent, public in self.comments if by_agent and public]

    def in_statuses(self, counted: frozenset[str], since: float) -> Spans:
        """The spans after a moment in which it had one of these statuses."""
        spans: Spans = []
        ends = [at for at, _ in self.statuses[1:]]
        for (start, status), end in zip(self.statuses, [*ends, None], strict=True):
            if status in counted and (end is None or end > since):
                spans.append((max(start, since), end))
        return spans

    def solved_at(self) -> float | None:
        """When it was solved, None while it is not."""
        since = None
        for at, status in self.statuses:
            if status in UNSOLVED:
                since = None
            elif since is None:
                since = at
        return since


def history_of(account: Account, ticket: Row) -> History:
    """A ticket's history as its audits and comments tell it; of an imported one, which has none from its old life, what
    was said of it then."""
    statuses: list[tuple[float, str]] = []
    imported = ticket.get("_imported")
    if imported:
        was = "open" if imported["solved_at"] else imported["status"]
        statuses.append((seconds_of(ticket["created_at"]), was))
    if imported and imported["solved_at"]:
        statuses.append((seconds_of(imported["solved_at"]), imported["status"]))
    for audit in ticket["_audits"]:
        for event in audit["events"]:
            if event.get("field_name") == "status":
                statuses.append((seconds_of(audit["created_at"]), str(event["value"])))
    users = account.rows("users")
    comments = []
    for comment in ticket["_comments"]:
        author = users.get(str(comment["author_id"]))
        comments.append((seconds_of(comment["created_at"]), author is not None and is_agent(author), comment["public"]))
    return History(tuple(statuses), tuple(comments))


@dataclass(frozen=True)
class Clock:
    """What a target measures. spans: what counts; stage: `active`, `paused` or `achieved`."""

    spans: Spans
    stage: str


def _reply(history: History, starts: float | None, answered: float | None) -> Clock | None:
    if starts is None:
        return None
    end = answered if answered is not None else history.solved_at()
    return Clock([(starts, end)], "achieved" if end is not None else "active")


def _first_reply(history: History) -> Clock | None:
    """From the beginning to the first public comment of an agent."""
    return _reply(history, history.begins, next(iter(history.replies()), None))


def _next_reply(history: History) -> Clock | None:
    """From the oldest comment of a customer that nobody has answered, once there was a first reply."""
    replied, waits, last = False, None, None
    for at, by_agent, public in history.comments:
        if by_agent and public:
            if waits is not None:
                last = (waits, at)
            replied, waits = True, None
        elif replied and not by_agent and waits is None:
            waits = at
    if waits is not None:
        return _reply(history, waits, None)
    return _reply(history, *last) if last else None


def _update(history: History, counted: frozenset[str]) -> Clock | None:
    """Since an agent last wrote publicly."""
    replies = history.replies()
    if not replies:
        return None
    return _in_statuses(history, counted, replies[-1])


def _in_statuses(history: History, counted: frozenset[str], since: float) -> Clock:
    running = "active" if history.status in counted else "paused"
    return Clock(history.in_statuses(counted, since), running if history.status in UNSOLVED else "achieved")


CLOCKS: dict[str, Callable[[History], Clock | None]] = {
    "first_reply_time": _first_reply,
    "next_reply_time": _next_reply,
    "periodic_update_time": lambda history: _update(history, UNSOLVED),
    "pausable_update_time": lambda history: _update(history, UNSOLVED - {"pending"}),
    "requester_wait_time": lambda history: _in_statuses(history, UNSOLVED - {"pending"}, history.begins),
    "agent_work_time": lambda history: _in_statuses(history, frozenset({"new", "open"}), history.begins),
    "total_resolution_time": lambda history: _in_statuses(history, UNSOLVED, history.begins),
}
"""Metric → its clock; None where nothing has started it."""


def reached_at(spans: Spans, target: float, calendar: Calendar | None) -> float | None:
    """When so many seconds have counted; None where they have not and nothing counts now. calendar: None for all
    hours of the day."""
    counted = 0.0
    for start, end in spans:
        if end is None:
            left = target - counted
            return start + left if calendar is None else calendar.moment_after(start, left)
        here = end - start if calendar is None else calendar.seconds_between(start, end)
        if counted + here > target:
            left = target - counted
            return start + left if calendar is None else calendar.moment_after(start, left)
        counted += here
    return None
