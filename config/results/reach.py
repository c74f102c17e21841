"""Rules that act by themselves on what is there already, as documents tell of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN

Effect = Literal["mails", "closes", "solves", "deletes"]
Mailed = Literal["customers", "agents"]


@dataclass(frozen=True)
class Reach:
    """A rule that a run makes, changes or switches on so that it acts by itself on tickets that are there already.

    name: what people call it. does: what happens to each ticket; mails: to whom. of: what it acts on in place of
    tickets, such as `customers`. when: in words, such as `within the hour`. tickets: how many it fits now; null where
    that could not be counted. at_most: it may be fewer, because the system could not be asked for everything that the
    rule asks. why: why they were not counted, or not exactly.
    """

    system: str
    kind: str
    key: str
    name: str
    does: list[Effect]
    mails: list[Mailed] = field(default_factory=list)
    of: str = "tickets"
    when: str = ""
    tickets: int | None = None
    at_most: bool = False
    why: str | None = field(default=None, metadata=ONLY_IF_GIVEN)
