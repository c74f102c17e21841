"""A helpdesk's customers, as far as a soft launch is about them: who they are, who is marked, what they write."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Literal

from config.cohort import Organization

MarkState = Literal["made", "missing", "gone", "off"]
"""missing: golive has not made the mark yet. gone: it was made and is there no more. off: somebody switched it off."""


@dataclass(frozen=True)
class Ticket:
    """One ticket. organization: the helpdesk's id, empty where it has none. outside: the fence has tagged it."""

    organization: str
    made_at: datetime
    outside: bool


@dataclass(frozen=True)
class Marking:
    """What came of one bulk call. refused: id → the vendor's reason; all others of the call bear the mark now."""

    marked: int
    refused: dict[str, str] = field(default_factory=dict)


class Customers(ABC):
    """The customers of one helpdesk in one run. All lists are read on as they are gone through, and kept nowhere.

    Every method raises SystemFault.
    """

    outside_tag: ClassVar[str]
    """The tag of tickets that the fence has seen come in from outside."""
    tickets_way: ClassVar[str]
    """What people call the vendor's way of telling of tickets."""
    segment_field: str = ""
    """What people call the field that says which segment an organisation is in; empty where none does."""

    @abstractmethod
    def mark(self) -> MarkState:
        """How it is with golive's mark. Reads only."""

    @abstractmethod
    def organizations(self) -> Iterator[Organization]:
        """All of them, in ⌈n/100⌉ calls. Reads only."""

    @abstractmethod
    def tickets(self, since: datetime) -> Iterator[Ticket]:
        """Every ticket that was made since then, in as few calls as the vendor has. Reads only."""

    @abstractmethod
    def mark_many(self, ids: Iterable[str]) -> Iterator[Marking]:
        """Set the mark on organisations, as many with one call as the vendor takes; never takes one away."""
