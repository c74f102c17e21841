"""`--json` of `golive due`: what comes up, the nearest first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error

DueSort = Literal[
    "milestone", "waiver", "condition", "sign_off", "evidence", "glass", "lent_role", "holiday", "clean_up", "freeze",
    "credential",
]  # fmt: skip


@dataclass(frozen=True)
class DueEntry:
    """One date. at: ISO 8601, UTC; of a whole day (`whole_day`, a day of UTC) its last second, or its first where
    something begins. overdue: it lies behind us. who: who can do something about it, by name. ref: what it is about,
    the same whenever it is asked."""

    sort: DueSort
    at: str
    whole_day: bool
    what: str
    why: str = ""
    do: str = ""
    who: list[str] = field(default_factory=list)
    ref: str = ""
    overdue: bool = False


@dataclass(frozen=True)
class DueDocument:
    """entries: what is overdue, and what comes up within so many days. following: the next one after these. notes:
    what has no date of its own. time_zone: in which people read times; all times here are UTC. phase: the one that the
    environment is in; rollout: when the rollout began, from which milestones are counted; empty before."""

    environment: str = ""
    days: int = 0
    now: str = ""
    phase: str = ""
    rollout: str = ""
    time_zone: str = ""
    entries: list[DueEntry] = field(default_factory=list)
    following: DueEntry | None = field(default=None, metadata=ONLY_IF_GIVEN)
    notes: list[str] = field(default_factory=list)
    schema: Literal["golive/due/1"] = "golive/due/1"
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
