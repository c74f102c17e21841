"""`--json` of `golive migrate report`: everything that has to be known of a migration once it is done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error
from config.results.migration_accept import AcceptDocument
from config.results.migration_map import LossyDecision
from config.results.migration_verify import VerifyDocument


@dataclass(frozen=True)
class RunEntry:
    """One run. mapping: the first characters of the digest of what was decided then. ended: empty for one that died."""

    id: int
    verb: str
    began: str
    ended: str
    version: str
    mapping: str
    calls: int


@dataclass(frozen=True)
class NotBrought:
    """A record that did not come, why, and what can be done. source: the old tool's id."""

    type: str
    source: str
    fate: Literal["skipped", "failed", "quarantined"]
    reason: str
    retry: str = ""


@dataclass(frozen=True)
class MigrationReportDocument:
    """verified: what the last `golive migrate verify` has found; null where there was none. verified_at: when.
    accepted: the sample that people looked at, and what they said; null where none was drawn. window: the days whose
    tickets were meant. left: records that did not come, all of them. made: by type, what a rollback would take away.
    tickets_a_minute: of all runs together, while they were at work. mapping: the first characters of the digest of what
    the file decides now."""

    source: str = ""
    name: str = ""
    environment: str | None = None
    title: str = ""
    version: str = ""
    made_at: str = ""
    mark: str = ""
    window: list[str] = field(default_factory=list)
    read: dict[str, int] = field(default_factory=dict)
    runs: list[RunEntry] = field(default_factory=list)
    decisions: list[LossyDecision] = field(default_factory=list)
    left: list[NotBrought] = field(default_factory=list)
    made: dict[str, int] = field(default_factory=dict)
    matched: dict[str, int] = field(default_factory=dict)
    tickets_a_minute: float = 0.0
    verified: VerifyDocument | None = None
    verified_at: str = ""
    accepted: AcceptDocument | None = None
    mapping: str = ""
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)
    schema: Literal["golive/migrate-report/1"] = "golive/migrate-report/1"

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
