"""`--json` of `golive cohort`: who is in the soft launch, what they write, and whom `grow` has marked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.cohort import Stage, Why
from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error

CohortAction = Literal["show", "export", "grow"]
MarkStateWord = Literal["made", "missing", "gone", "off"]


@dataclass(frozen=True)
class Counted:
    """Organisations by number. internal, always, drawn, segment: why they are in it; never: in no case; outside: all
    others. marked: those that bear the mark. to_mark: those that `grow` would mark at this stage. kept: marked, though
    nothing chooses them any more; they stay in it. against: marked, and under `never` by now. foreign: something else
    stands in the mark's field, which is left. members: all that are in it at this stage, the marked ones included.
    customers: all but one's own people; share: how large a part of these is in it, from 0 to 1."""

    total: int = 0
    internal: int = 0
    always: int = 0
    drawn: int = 0
    segment: int = 0
    never: int = 0
    outside: int = 0
    marked: int = 0
    to_mark: int = 0
    kept: int = 0
    against: int = 0
    foreign: int = 0
    members: int = 0
    customers: int = 0
    share: float = 0.0


@dataclass(frozen=True)
class SegmentCount:
    """A segment beside all: `segment` is its key, empty for organisations that say none."""

    segment: str
    name: str
    all: int
    members: int


@dataclass(frozen=True)
class TicketCount:
    """Tickets that were made from `since` to `until` (ISO 8601, UTC). members: of organisations that are in it.
    outside: those that the fence has tagged. without: of nobody's organisation. weekly: all and members, week by week,
    the oldest first. way: by which of the vendor's endpoints."""

    since: str
    until: str
    weeks: int
    all: int
    members: int
    outside: int
    without: int
    weekly: list[list[int]] = field(default_factory=list)
    way: str = ""


@dataclass(frozen=True)
class NotFound:
    """An entry of a list that means no organisation of the helpdesk."""

    list: str
    entry: str


@dataclass(frozen=True)
class Member:
    """An organisation that is in it. account_id: by what it was drawn, and what a website's switch asks for."""

    organization: str
    id: str
    account_id: str
    domains: list[str]
    why: Why
    marked: bool | None


@dataclass(frozen=True)
class LeftOut:
    """A domain of a member that no rule of a mail server may name, and why."""

    domain: str
    why: str


@dataclass(frozen=True)
class EntrySteps:
    """What people set up by hand, so that those who are in it, and nobody else, reach a channel."""

    channel: str
    name: str
    way: str
    steps: list[str]


@dataclass(frozen=True)
class Refused:
    """An organisation that the vendor did not mark, and why."""

    id: str
    why: str


@dataclass(frozen=True)
class CohortDocument:
    """declared: who is meant to be in it, in words. phase: that of the environment. at: ISO 8601, UTC. tickets: null
    where they were not asked for, or not_read says why they could not be read. members, domains, account_ids, left_out
    and entry: with `export` only; without_domain, without_account_id: how many members no mail server and no website
    can know. newly_marked and refused: with `grow` only. calls: system → calls made."""

    environment: str = ""
    system: str = ""
    action: CohortAction | None = field(default=None, metadata=ONLY_IF_GIVEN)
    stage: Stage | None = field(default=None, metadata=ONLY_IF_GIVEN)
    declared: str = ""
    phase: str = ""
    at: str = ""
    mark: MarkStateWord | None = field(default=None, metadata=ONLY_IF_GIVEN)
    organizations: Counted | None = field(default=None, metadata=ONLY_IF_GIVEN)
    segments: list[SegmentCount] = field(default_factory=list)
    tickets: TicketCount | None = field(default=None, metadata=ONLY_IF_GIVEN)
    not_read: str = ""
    not_found: list[NotFound] = field(default_factory=list)
    members: list[Member] | None = field(default=None, metadata=ONLY_IF_GIVEN)
    domains: list[str] | None = field(default=None, metadata=ONLY_IF_GIVEN)
    account_ids: list[str] | None = field(default=None, metadata=ONLY_IF_GIVEN)
    without_domain: int | None = field(default=None, metadata=ONLY_IF_GIVEN)
    without_account_id: int | None = field(default=None, metadata=ONLY_IF_GIVEN)
    left_out: list[LeftOut] | None = field(default=None, metadata=ONLY_IF_GIVEN)
    entry: list[EntrySteps] | None = field(default=None, metadata=ONLY_IF_GIVEN)
    newly_marked: int | None = field(default=None, metadata=ONLY_IF_GIVEN)
    refused: list[Refused] | None = field(default=None, metadata=ONLY_IF_GIVEN)
    calls: dict[str, int] = field(default_factory=dict)
    schema: Literal["golive/cohort/1"] = "golive/cohort/1"
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
