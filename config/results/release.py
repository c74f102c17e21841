"""`--json` of `golive release`: what golive no longer looks after."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error

InFiles = Literal["removed", "existing", "absent"]
"""existing: others name it. absent: it was not in the files any more."""


@dataclass(frozen=True)
class Released:
    """An object that stays live as it is. in_files: what became of it there; `file` says where that was."""

    kind: str
    key: str
    name: str
    in_files: InFiles
    file: str = ""


@dataclass(frozen=True)
class ReleaseDocument:
    """Everything that was let go, or would be (`dry_run`)."""

    environment: str
    dry_run: bool = False
    released: list[Released] = field(default_factory=list)
    schema: Literal["golive/release/1"] = "golive/release/1"
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
