"""Trying a channel: a customer's message that is sent, found again in the helpdesk, and taken away."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field


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


class Trials(ABC):
    """What a helpdesk needs to be tried. Every method may raise SystemFault."""

    @abstractmethod
    def request(self, mail: TrialMail) -> None:
        """Send it through the vendor's API as a customer does who fills in a form."""

    @abstractmethod
    def find(self, mark: str) -> TrialTicket | None:
        """The ticket with the mark in its subject, with what has happened to it so far; None while there is none."""

    @abstractmethod
    def clean_up(self, ticket: TrialTicket, address: str) -> str:
        """Delete the ticket for good, and the customer if nobody else knows them. Returns what was left, in words."""
