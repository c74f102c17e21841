"""`--json` of `golive migrate plan`: what would be sent, what stays behind, and what stands against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error
from config.results.migration_map import LossyDecision, OpenWord


@dataclass(frozen=True)
class MetRule:
    """A live rule that would act on what is brought over. does: in words. mails: `customers`, `agents`, `others`."""

    sort: Literal["automation", "trigger", "deletion schedule"]
    id: str
    title: str
    does: list[str]
    mails: list[str]
    why: str
    do: str


@dataclass(frozen=True)
class MigrationPlanDocument:
    """records: by type, what is selected. there: how many of them were sent before, or found there. staying: reason →
    tickets. to_send: by type, what a run makes now, with the one person who stands for everybody who is not known.
    seats: people who have a seat there, of whom nothing is sent. behind: by type, what was read and belongs to no
    ticket that is sent; nothing for a trial.
    undecided: `rules`, `macros` and `articles` → how many a person has still to decide about; nothing waits for them.
    rules: live ones that would act on it; allowed: triggers that may, by the file's decision.
    without_agent: solved and closed tickets of nobody with a seat, which the helpdesk makes the importing admin's.
    blocked: why nothing can be sent now; empty where it can. calls: about how many; minutes: the least and the most
    that they take, by the limits of the account."""

    source: str = ""
    name: str = ""
    environment: str | None = None
    account: str = ""
    mark: str = ""
    records: dict[str, int] = field(default_factory=dict)
    there: dict[str, int] = field(default_factory=dict)
    staying: dict[str, int] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    without_agent: int = 0
    first: str = ""
    last: str = ""
    open: list[OpenWord] = field(default_factory=list)
    lossy: list[LossyDecision] = field(default_factory=list)
    undecided: dict[str, int] = field(default_factory=dict)
    rules: list[MetRule] = field(default_factory=list)
    allowed: list[MetRule] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)
    calls: int = 0
    minutes: list[float] = field(default_factory=list)
    to_send: dict[str, int] = field(default_factory=dict)
    seats: int = 0
    behind: dict[str, int] = field(default_factory=dict)
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)
    schema: Literal["golive/migrate-plan/1"] = "golive/migrate-plan/1"

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
