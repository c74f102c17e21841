"""What people are told, in the chat and by mail."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from golive.watching.judging import Event
from golive.watching.numbers import BandChange, said

METRICS = {
    "first_reply": "first reply",
    "next_reply": "next reply",
    "periodic_update": "update",
    "pausable_update": "update",
    "requester_wait": "time that the customer waits",
    "agent_work": "time of work",
    "total_resolution": "solution",
}
"""What people call the metrics."""
MOST_LINES = 40
"""Events in one message; a chat takes no text of any length."""
_BANDS = {"good": "good", "warning": "a warning", "red": "red"}


@dataclass(frozen=True)
class Markup:
    """How a way of telling writes links, plain texts and times."""

    link: Callable[[str, str], str]
    plain: Callable[[str], str]
    moment: Callable[[datetime], str]


MAIL = Markup(
    lambda url, text: f"{text} ({url})", lambda text: text, lambda at: f"{at.astimezone(UTC):%d %b %H:%M} UTC"
)


@dataclass(frozen=True)
class Wording:
    """What is known for the texts. client: as people know it. policies: key → name. priorities: ours → the client's.
    subjects: ticket → subject. page: ticket → its address."""

    client: str
    environment: str
    policies: Mapping[str, str]
    priorities: Mapping[str, str]
    subjects: Mapping[str, str]
    page: Callable[[str], str]

    def line(self, event: Event, at: datetime, markup: Markup) -> str:
        """One event."""
        subject = self.subjects.get(event.ticket, "")
        number = markup.link(self.page(event.ticket), f"#{event.ticket}")
        ticket = f"{number} “{markup.plain(subject)}”" if subject else number
        priority = self.priorities.get(event.priority, event.priority)
        place = ", ".join(markup.plain(each) for each in (self.policies.get(event.policy, ""), priority) if each)
        what, over = METRICS.get(event.metric, event.metric), markup.moment(event.breach_at)
        if event.what == "warning":
            return f"Time is running out: {ticket}, {what} until {over}, {_span(event.breach_at - at)} left ({place})"
        return f"Too late: {ticket}, {what} was promised until {over}, {_span(at - event.breach_at)} ago ({place})"

    def text(self, events: Sequence[Event], at: datetime, markup: Markup) -> str:
        """Several events in one message, or one by itself."""
        if len(events) == 1:
            return self.line(events[0], at, markup)
        lines = [f"• {self.line(each, at, markup)}" for each in events[:MOST_LINES]]
        more = [f"… and {len(events) - MOST_LINES} more"] if events[MOST_LINES:] else []
        return "\n".join([f"{len(events)} promises at once:", *lines, *more])

    def subject(self, events: Sequence[Event]) -> str:
        """The subject of a mail."""
        first = events[0]
        if len(events) > 1:
            return f"{len(events)} promises are running out or broken ({self.client})"
        what = METRICS.get(first.metric, first.metric)
        return f"{'Running out' if first.what == 'warning' else 'Too late'}: #{first.ticket}, {what} ({self.client})"

    def footer(self) -> str:
        """Who sends it, below a mail."""
        return f"\n\nSent by golive watch: {self.client}, {self.environment}. Who is told stands in the SLA policies."


def band_text(change: BandChange) -> str:
    """A number that is in another band."""
    number, value = change.threshold.number, said(change.threshold.number, change.value)
    was = f", before it was {_BANDS[change.was]}" if change.was else ""
    return f"{number.called[:1].upper()}{number.called[1:]}: {value}. That is {_BANDS[change.now]}{was}."


def silence_text(client: str, environment: str, last: datetime, until: datetime, markup: Markup) -> str:
    """That nobody looks."""
    return (
        f"Nobody watches: golive has not looked at the promises of {markup.plain(client)} ({environment}) since "
        f"{markup.moment(last)}, and is to do so until {markup.moment(until)}. Until it looks again, nobody is warned."
    )


def _span(length: timedelta) -> str:
    """`45 s`, `12 min`, `3 h 5 min`, `2 days`."""
    seconds = max(0, round(length.total_seconds()))
    if seconds < 90:
        return f"{seconds} s"
    minutes = seconds // 60
    if minutes < 120:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes // 1440} days"
