"""`--json` of `golive migrate accept`: the sample that people look at, and what they say of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error

Judgement = Literal["ok", "cosmetic", "medium", "high", "critical"]


@dataclass(frozen=True)
class SampleSort:
    """A sort of tickets: how many came, and how many were drawn for being of it. A ticket can be of several."""

    name: str
    of: int
    drawn: int


@dataclass(frozen=True)
class JudgementCount:
    """In how many tickets somebody saw a fault of a sort, and in how many there may be one."""

    judgement: Judgement
    number: int
    most: int


@dataclass(frozen=True)
class SampledTicket:
    """source and target: its old and new id. why: the sorts for which it was drawn. differences: what golive itself
    sees that is not as it was sent; null where the helpdesk was not read. verdict: null as long as nobody has said one
    of the ticket as it is now; changed: whether one was said before the ticket changed."""

    source: str
    target: str
    why: list[str] = field(default_factory=list)
    differences: int | None = None
    verdict: Judgement | None = None
    by: str = ""
    at: str = ""
    note: str = ""
    changed: bool = False


@dataclass(frozen=True)
class AcceptDocument:
    """state: `accepted`; `refused`, as more is wrong than may be; or `open`. share: of the closed tickets that were
    drawn; the other sorts follow from it. of: all tickets that came. page: the file in which old and new stand side by
    side; empty where none was written."""

    source: str = ""
    name: str = ""
    environment: str | None = None
    state: Literal["accepted", "open", "refused"] = "open"
    share: float = 0.05
    of: int = 0
    sorts: list[SampleSort] = field(default_factory=list)
    judgements: list[JudgementCount] = field(default_factory=list)
    tickets: list[SampledTicket] = field(default_factory=list)
    page: str = ""
    calls: dict[str, int] = field(default_factory=dict)
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)
    schema: Literal["golive/migrate-accept/1"] = "golive/migrate-accept/1"

    @property
    def open(self) -> int:
        """Tickets without a verdict."""
        return sum(1 for each in self.tickets if each.verdict is None)

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
