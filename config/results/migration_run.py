"""`--json` of `golive migrate run` and `rollback`: what was sent or taken away, and what was refused. A delta has it
inside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error


@dataclass(frozen=True)
class RefusedRecord:
    """Records that the helpdesk did not take. examples: ids of the old tool, a few."""

    type: str
    reason: str
    number: int
    examples: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class MigrationRunDocument:
    """run: its number in the ledger; 0 for a rollback that took nothing away. trial: whether it was one. is_whole:
    whether all that was selected is there, or taken away. made: by type, what this run made (or took away). there: all
    that the ledger knows to be there now; matched: what of it was there before, and is not golive's. purged: what was
    deleted for good, so that nobody can bring it back. misfits: values that stayed behind. recovered: calls of an
    earlier run of which nobody knew the end. seconds and calls: of this run."""

    source: str = ""
    name: str = ""
    environment: str | None = None
    verb: Literal["run", "delta", "rollback"] = "run"
    run: int = 0
    is_whole: bool = False
    trial: bool = False
    made: dict[str, int] = field(default_factory=dict)
    there: dict[str, int] = field(default_factory=dict)
    refused: list[RefusedRecord] = field(default_factory=list)
    purged: dict[str, int] = field(default_factory=dict)
    misfits: int = 0
    recovered: int = 0
    seconds: float = 0.0
    calls: dict[str, int] = field(default_factory=dict)
    matched: dict[str, int] = field(default_factory=dict)
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)
    schema: Literal["golive/migrate-run/1", "golive/migrate-rollback/1"] = "golive/migrate-run/1"

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
