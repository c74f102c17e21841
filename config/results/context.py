"""`--json` of `golive context`: how full the CRM's fields are, and what goes from its accounts to the helpdesk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error

ContextAction = Literal["check", "sync"]


@dataclass(frozen=True)
class FieldFill:
    """How full a field of the CRM is. field: as the mapping names it; name: as people do. filled and share: null where
    `not_counted` says why nobody can know. decides: whether the line is asked of it. enough: whether it reaches the
    line; null where that is not asked, or not known. stand_in: what the files say that people go by meanwhile, owner:
    who has it filled; empty for nothing. called_too_empty: whether rules sleep because of it."""

    field: str
    name: str
    helpdesk: str
    filled: int | None
    share: float | None
    decides: bool
    enough: bool | None
    not_counted: str = ""
    stand_in: str = ""
    owner: str = ""
    called_too_empty: bool = False


@dataclass(frozen=True)
class SegmentFill:
    """A segment's accounts. segment: its key, or the CRM's own value; empty for accounts that say none. fields: field →
    the share of them that hold something, from 0 to 1."""

    segment: str
    name: str
    total: int
    fields: dict[str, float]


@dataclass(frozen=True)
class IncompleteAccount:
    """An account that lacks values, with the fields that it lacks."""

    id: str
    name: str
    missing: list[str]
    page: str


@dataclass(frozen=True)
class DependentRule:
    """A rule of the files that asks for values of the CRM. object: `kind/key`. fields: those that it asks for."""

    object: str
    name: str
    fields: list[str]


@dataclass(frozen=True)
class ValueCompared:
    """A value of a sampled account that is another in the helpdesk. crm: what it should be; billed: by billing, where
    the CRM holds nothing."""

    account: str
    name: str
    field: str
    crm: Any
    helpdesk: Any
    billed: bool = False


@dataclass(frozen=True)
class Sampled:
    """Organizations compared with their accounts, value by value. compared: how many; gone: of these, whose account is
    no more in the CRM. billed: values that were compared with the export from billing, because the CRM holds none;
    billing_not_read: why none could be."""

    compared: int
    values: int
    gone: int
    different: list[ValueCompared]
    billed: int = 0
    billing_not_read: str = ""


@dataclass(frozen=True)
class BillingSeen:
    """What an export from billing came to. subscriptions: lines that were read. without_account, unknown_account: those
    that bring revenue and name no account, or one that the CRM does not have (accounts: the first of those names);
    not_counted: their yearly revenue. unknown_statuses: status that golive does not know → subscriptions, of which
    nothing was counted. lines: where all of these stand in the file, the first of them."""

    subscriptions: int
    without_account: int
    unknown_account: int
    accounts: list[str]
    not_counted: float
    unknown_statuses: dict[str, int]
    lines: list[int]


@dataclass(frozen=True)
class UntracedTicket:
    """A ticket that nothing at the customer's account names. account: its id, name: the customer's."""

    ticket: str
    subject: str
    account: str
    name: str


@dataclass(frozen=True)
class TicketTraces:
    """Tickets of the last 30 days of some customers, looked for at their accounts in the CRM. traced: how many of them
    something there names, by number or subject."""

    customers: int
    tickets: int
    traced: int
    untraced: list[UntracedTicket]


@dataclass(frozen=True)
class AccountChange:
    """What becomes of one account in the helpdesk. differences: field → [before, after]. billed: fields of these whose
    value comes from billing."""

    verdict: str
    account: str
    name: str
    organization: str
    differences: dict[str, list[Any]]
    why: str = ""
    billed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ContextDocument:
    """at: ISO 8601, UTC. line: the share that is asked for, from 0 to 1. complete: whether every field that decides
    reaches it; null where that is not known. calls: instance → calls made.

    With `check`: fields, segments, worst, rules, sample, traces.
    With `sync`: counts (verdict → accounts), changes (the first of them), written, refused (account → the vendor's
    reason, the first of them), dry_run, billing (where the files name an export)."""

    environment: str = ""
    action: ContextAction | None = field(default=None, metadata=ONLY_IF_GIVEN)
    crm: str = ""
    helpdesk: str = ""
    at: str = ""
    accounts: int = 0
    line: float | None = field(default=None, metadata=ONLY_IF_GIVEN)
    complete: bool | None = None
    fields: list[FieldFill] = field(default_factory=list)
    segments: list[SegmentFill] = field(default_factory=list)
    worst: list[IncompleteAccount] = field(default_factory=list)
    rules: list[DependentRule] = field(default_factory=list)
    sample: Sampled | None = field(default=None, metadata=ONLY_IF_GIVEN)
    traces: TicketTraces | None = field(default=None, metadata=ONLY_IF_GIVEN)
    organizations: int | None = field(default=None, metadata=ONLY_IF_GIVEN)
    without_account: int | None = field(default=None, metadata=ONLY_IF_GIVEN)
    counts: dict[str, int] | None = field(default=None, metadata=ONLY_IF_GIVEN)
    changes: list[AccountChange] | None = field(default=None, metadata=ONLY_IF_GIVEN)
    written: int | None = field(default=None, metadata=ONLY_IF_GIVEN)
    refused: dict[str, str] | None = field(default=None, metadata=ONLY_IF_GIVEN)
    dry_run: bool | None = field(default=None, metadata=ONLY_IF_GIVEN)
    billing: BillingSeen | None = field(default=None, metadata=ONLY_IF_GIVEN)
    calls: dict[str, int] = field(default_factory=dict)
    schema: Literal["golive/context/1"] = "golive/context/1"
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
