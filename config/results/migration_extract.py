"""`--json` of `golive migrate extract`: how much of an old tool was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error


@dataclass(frozen=True)
class ExtractDocument:
    """is_whole: whether the source was read to its end. read: how many things of it were read by this run. records: by
    type, all that is there now. left_out: `skipped` and `quarantined` → how many records; left_by_type: the same, each
    by type. read_before: after --again, what the fullest reading before had."""

    source: str = ""
    name: str = ""
    is_whole: bool = False
    read: int = 0
    records: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    left_by_type: dict[str, dict[str, int]] = field(default_factory=dict)
    read_before: dict[str, int] = field(default_factory=dict)
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)
    schema: Literal["golive/migrate-extract/1"] = "golive/migrate-extract/1"

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
