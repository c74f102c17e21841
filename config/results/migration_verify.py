"""`--json` of `golive migrate verify`: the sum, and what was compared with the helpdesk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error
from config.results.shown_number import ShownNumber


@dataclass(frozen=True)
class SumLine:
    """One line of the sum: source = imported + skipped + failed + quarantined + waiting + unexplained. by: `type`, or
    `month`, `status`, `channel` of tickets, whose word stands in `word`. waiting: not sent yet. unexplained: it was
    sent and is not there any more, or the old tool gave it out and nothing became of it."""

    type: str
    by: Literal["type", "month", "status", "channel"]
    word: str
    source: int
    imported: int
    skipped: int
    failed: int
    quarantined: int
    waiting: int
    unexplained: int


@dataclass(frozen=True)
class ReasonLine:
    """Why so many records are not there. fate: `skipped`, `failed` or `quarantined`."""

    type: str
    fate: str
    reason: str
    number: int


@dataclass(frozen=True)
class LostRecord:
    """A record that the old tool gave out and that nothing became of."""

    type: str
    id: str


@dataclass(frozen=True)
class WrongTicket:
    """source and target: the ticket's old and new id."""

    source: str
    target: str
    said: str


@dataclass(frozen=True)
class WorkedOnTicket:
    """source and target: the ticket's old and new id."""

    source: str
    target: str


@dataclass(frozen=True)
class CheckResult:
    """A check over all tickets that were looked at. means: what holds where nothing is wrong. examples: a few."""

    check: str
    means: str
    looked_at: int
    wrong: int
    examples: list[WrongTicket] = field(default_factory=list)


@dataclass(frozen=True)
class VerifyDocument:
    """is_right: whether the sum closes and no check found anything. share: of the tickets that were looked at.
    placeholders: comments of an author whom the old tool does not know, either. worked_on: tickets on which
    somebody has worked since they were sent, which is no mistake as long as all that was sent is there;
    worked_on_tickets: the first of them. files_by_content: files that were loaded again and compared; files_by_size:
    those of which only the size was. shown: the numbers that the old tool shows itself, with what was read of them;
    where they differ, it is not right. reasons: the most frequent first. lost: a few of what nothing became of."""

    source: str = ""
    name: str = ""
    environment: str | None = None
    is_right: bool = False
    share: float = 1.0
    sums: list[SumLine] = field(default_factory=list)
    checks: list[CheckResult] = field(default_factory=list)
    placeholders: int = 0
    calls: dict[str, int] = field(default_factory=dict)
    worked_on: int = 0
    worked_on_tickets: list[WorkedOnTicket] = field(default_factory=list)
    files_by_content: int = 0
    files_by_size: int = 0
    shown: list[ShownNumber] = field(default_factory=list)
    reasons: list[ReasonLine] = field(default_factory=list)
    lost: list[LostRecord] = field(default_factory=list)
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)
    schema: Literal["golive/migrate-verify/1"] = "golive/migrate-verify/1"

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
