"""Trying a channel: a customer's message that is sent, found again in the helpdesk, and taken away."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class TrialMail:
    """Somebody's message as a customer writes it. mark: a word that stands in its subject and nowhere else. to: the
    support address; empty for a form."""

    mark: str
    subject: str
    text: str
    name: str
    address: str
    to: str = ""


@dataclass(frozen=True)
class TrialTicket:
    """What the helpdesk made of it. group: its name, empty for none. replies: subject of each mail that rules sent to
    the customer → the rule. values: our fields by the vendor's id, as far as they have a value."""

    id: str
    channel: str
    status: str
    requester_id: str
    group: str = ""
    priority: str = ""
    recipient: str = ""
    tags: tuple[str, ...] = ()
    replies: Mapping[str, str] = field(default_factory=dict)
    page: str = ""


@dataclass(frozen=True)
class TrialRule:
    """A live rule that calls a webhook. waits: the helpdesk runs it by the hour, and not at a change. webhook: its id.
    tag: what the rule gives a ticket that it has acted on. unmet: what it asks for and no trial brings about, in words,
    beside the hours. ticket: what a ticket must be, for `open_ticket`. id: the vendor's."""

    title: str
    active: bool
    waits: bool
    webhook: str
    tag: str
    unmet: tuple[str, ...] = ()
    ticket: Any = None
    id: str = ""

    @property
    def needs_stand_in(self) -> bool:
        """Whether no ticket can have the rule itself act now."""
        return not self.active or self.waits or bool(self.unmet)


@dataclass(frozen=True)
class TrialCall:
    """A call of a webhook, as the helpdesk's own log has it. status: of HTTP. answer: what came back. sent: what
    was sent."""

    status: int
    answer: str
    sent: str = ""


class Trials(ABC):
    """What a helpdesk needs to be tried. Every method may raise SystemFault."""

    @abstractmethod
    def request(self, mail: TrialMail) -> None:
        """Send it through the vendor's API as a customer does who fills in a form."""

    @abstractmethod
    def find(self, mark: str) -> TrialTicket | None:
        """The ticket with the mark in its subject, with what has happened to it so far; None while there is none."""

    def rule(self, identifier: str, *, waits: bool) -> TrialRule | None:
        """A live rule with what a ticket must be that it acts on; None where it is not there, or where this helpdesk
        cannot say it."""
        return None

    def stand_in(self, rule: TrialRule, tag: str) -> TrialRule:
        """Make a copy of a rule that does the same at once, and only with tickets that have this tag; what no trial
        brings about is left out of it. It stays until `dismiss`."""
        raise NotImplementedError

    def dismiss(self, stand_in: TrialRule) -> None:
        """Delete a copy."""
        raise NotImplementedError

    def stray(self, tag: str) -> TrialRule | None:
        """A copy that was made for this tag, where nobody was told that it was; None where there is none."""
        return None

    def open_ticket(self, mail: TrialMail, rule: TrialRule) -> None:
        """Make a ticket that the rule acts on, as an agent does who writes down what a customer said."""
        raise NotImplementedError

    def calls(self, webhook: str, since: datetime, words: Sequence[str]) -> list[TrialCall]:
        """What came of calls of a webhook since then whose body has one of these words."""
        return []

    @abstractmethod
    def clean_up(self, ticket: TrialTicket, address: str, since: datetime) -> str:
        """Delete the ticket for good, and the customer with this address if the trial made them: nobody who was known
        before it began. Returns what was left, in words."""
