"""`--json` of `golive pull`: what was changed by hand, on its way into the files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error
from config.results.plan import Difference, NotRead


@dataclass(frozen=True)
class BothChanged:
    """A value that changed in the files and by hand: what the last run left, what the files say, what is live."""

    path: str
    base: Any
    file: Any
    live: Any


@dataclass(frozen=True)
class Pulled:
    """An object that was changed by hand. diff: what is written into the files (`old` stood there). conflicts: what a
    person has to decide. remark: what does not come back, and why; `refused`: nothing of it is written."""

    system: str
    kind: str
    key: str
    name: str
    file: str
    line: int
    diff: list[Difference] = field(default_factory=list)
    conflicts: list[BothChanged] = field(default_factory=list)
    remark: str = ""
    refused: bool = False


@dataclass(frozen=True)
class PullDocument:
    """deleted: `kind/key` of objects that somebody has deleted. undeclared: of objects that were changed and that the
    files do not send now. files: those that change. not_read: systems that do not answer."""

    environment: str
    dry_run: bool = False
    pulled: list[Pulled] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    undeclared: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    schema: Literal["golive/pull/1"] = "golive/pull/1"
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
