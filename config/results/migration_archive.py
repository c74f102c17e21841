"""`--json` of `golive migrate archive`: one file with everything of an old tool."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error


@dataclass(frozen=True)
class ArchiveDocument:
    """file: where it is. digest: SHA-256 of the whole file. files: how many it holds. checked: whether each of them was
    compared with the manifest."""

    name: str = ""
    file: str = ""
    keep_until: str = ""
    files: int = 0
    size: int = 0
    digest: str = ""
    checked: bool = False
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)
    schema: Literal["golive/migrate-archive/1"] = "golive/migrate-archive/1"

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
