"""A workspace whose promises are watched: time that passes at will, here and in the sandbox alike."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from checklists.moments import written
from golive import clock
from stacks.interruption import Interruption
from tests.cli.gated import Gated
from tests.cli.workspace import Ran

CONFIG = """
people:
  ada: {name: Ada Lo, email: ada@acme.example, role: agent}
integrations:
  slack:
    channels:
      alerts: {name: alerts}
      critical: {name: critical}
schedules:
  office:
    name: Office
    time_zone: Europe/London
    hours: {mon: ["09:00-17:00"], tue: ["09:00-17:00"], wed: ["09:00-17:00"], thu: ["09:00-17:00"],
            fri: ["09:00-17:00"], sat: [], sun: []}
sla_policies:
  vip:
    name: VIP
    when: [{field: tags, has: vip}]
    targets:
      first_reply: {urgent: 30m, high: 1h, normal: 2h, low: none}
    hours: business
    warn: {at: 50%, to: [slack_channels/critical], how: watch}
  all:
    name: Everybody
    targets:
      first_reply: {urgent: 1h, high: 4h, normal: 8h, low: none}
      next_reply: {urgent: 1h, high: 4h, normal: 8h, low: none}
      requester_wait: {urgent: 4h, high: 24h, normal: 48h, low: none}
    hours: calendar
    warn: {at: 75%, to: [slack_channels/alerts], how: {first_reply: watch, next_reply: watch, requester_wait: none}}
    breach: {to: [slack_channels/alerts, people/ada]}
"""
LONDON = ZoneInfo("Europe/London")


def _monday() -> datetime:
    """The Monday after next, at nine in London: everything that is set up by then has been there for a while."""
    today = datetime.now(LONDON)
    day = today.date() + timedelta(days=14 - today.weekday())
    return datetime(day.year, day.month, day.day, 9, tzinfo=LONDON).astimezone(UTC)


MONDAY = _monday()


def moment_at(hours: float) -> str:
    """So many hours after it, as the log writes it."""
    return written(MONDAY + timedelta(hours=hours))


@dataclass
class Watching:
    """A gated workspace, a customer, and a clock. Nothing waits: where golive would, time passes."""

    gated: Gated
    ahead: timedelta = timedelta(0)
    meanwhile: list[tuple[timedelta, Callable[[], Any]]] = field(default_factory=list)
    """What happens once so much time has passed in a watch."""
    waits: int = 0
    passed: timedelta = timedelta(0)

    @property
    def root(self) -> Path:
        return self.gated.root

    def begin(self, patch: pytest.MonkeyPatch) -> None:
        """Set the clocks on a Monday morning, and let golive wait by letting time pass."""
        store = self.gated.workspace.sandbox.store
        self.now = MONDAY
        store.ahead = 0.0
        patch.setattr(store, "_clock", lambda: self.now.timestamp())
        patch.setattr(clock, "now", lambda: self.now)
        watching = self

        class Passing(threading.Event):
            def wait(self, timeout: float | None = None) -> bool:
                watching.waits += 1
                watching.later(timedelta(seconds=timeout or 0))
                return self.is_set()

        class Fast(Interruption):
            def __init__(self, *more: Any, **named: Any) -> None:
                super().__init__(*more, **named)
                self.stopped = Passing()
                watching.interruption = self

        patch.setattr("golive.verbs.watch.Interruption", Fast)

    interruption: Any = None

    def later(self, span: timedelta) -> None:
        """Time passes, and what was to happen meanwhile happens."""
        self.now += span
        self.passed += span
        while self.meanwhile and self.meanwhile[0][0] <= self.passed:
            self.meanwhile.pop(0)[1]()

    def asks(self, **sent: Any) -> str:
        """A customer asks; the number of the ticket."""
        workspace = self.gated.workspace
        known = [each for each in workspace.listed("users") if each["email"] == "zoe@cust.example"]
        zoe = {"name": "Zoe", "email": "zoe@cust.example", "role": "end-user"}
        customer = known[0] if known else workspace.zendesk("POST", "users", {"user": zoe})["user"]
        body = {"priority": "high", "subject": "Card declined", "requester_id": customer["id"],
                "comment": {"body": "Help", "author_id": customer["id"]}, **sent}  # fmt: skip
        return str(workspace.zendesk("POST", "tickets", {"ticket": body})["ticket"]["id"])

    def asks_again(self, ticket: str) -> None:
        customer = self.gated.workspace.zendesk("GET", f"tickets/{ticket}")["ticket"]["requester_id"]
        self.changes(ticket, comment={"body": "And?", "author_id": customer})

    def replies(self, ticket: str, **more: Any) -> None:
        self.changes(ticket, comment={"body": "An answer"}, **more)

    def changes(self, ticket: str, **sent: Any) -> None:
        self.gated.workspace.zendesk("PUT", f"tickets/{ticket}", {"ticket": sent})

    def golive(self, *arguments: str) -> Ran:
        return self.gated.golive("watch", *arguments)

    def looks(self, *more: str) -> dict[str, Any]:
        """One look; its document."""
        ran = self.golive("--once", "--json", *more)
        assert ran.code == 0, ran.err
        return ran.checked("watch")

    @property
    def posts(self) -> list[tuple[str, str]]:
        """(Channel, text) of everything in the chat, the oldest first."""
        names = {each["id"]: name for name, each in self.gated.workspace.channels().items()}
        messages = self.gated.workspace.sandbox.store.table("slack", "messages").values()
        return [(names[each["channel"]], each["text"]) for each in messages]

    @property
    def heard(self) -> list[str]:
        """Channel and the first words of each post: `alerts: Too late #1`."""
        return [f"{channel}: {_short(text)}" for channel, text in self.posts]

    @property
    def notes(self) -> list[dict[str, Any]]:
        """Every line of the notes."""
        files = sorted((self.root / "checklists" / "evidence" / "sandbox" / "watch").glob("*.jsonl"))
        return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]

    @property
    def logged(self) -> list[dict[str, Any]]:
        """What the log says of watches."""
        return [dict(each.data) for each in self.gated.chain.ordered if each.entry == "watched"]


def _short(text: str) -> str:
    """`Too late #1 first reply`."""
    if "|#" not in text:
        return text.splitlines()[0]
    head, _, rest = text.partition(":")
    number = rest.partition("|")[2].partition(">")[0]
    what = next(each for each in ("first reply", "next reply", "time that the customer waits") if each in rest)
    return f"{head} {number} {what}"
