"""`--json` of `golive history`: which run changed what, when, by whom, from which commit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error
from config.results.plan import Difference, Result


@dataclass(frozen=True)
class HistoryChange:
    """What a run did to one object. action: as plans call it; `adopt` for one that was taken over, `noted` where
    nothing was sent. diff: as far as it is known; left: how many differences are known on the machine that ran only."""

    system: str
    kind: str
    key: str
    action: str
    result: Result
    diff: list[Difference] = field(default_factory=list)
    left: int = 0


@dataclass(frozen=True)
class HistoryRun:
    """One run. at, ended: ISO 8601, UTC; ended is empty where nobody noted the end. result: `open` for a run that is at
    work or ended in the middle, `unknown` where the answer to its only call did not come. about: the reason that
    somebody gave, or the copy of the state that was put back. commit: of the workspace, empty where there was none;
    dirty: the files differed from it. more: how many objects are not named. here: whether this machine has everything
    of it, so that it can be undone from here; copy: the copy of the state that was made before it, if it is here."""

    number: int
    at: str
    ended: str
    verb: str
    result: str
    by: str
    host: str
    commit: str
    dirty: bool
    about: str
    undoes: int | None
    changes: list[HistoryChange]
    more: int
    here: bool
    copy: str


@dataclass(frozen=True)
class HistoryDocument:
    """The runs, the newest first. object: `kind/key` where only its runs were asked for."""

    environment: str = ""
    object: str = ""
    runs: list[HistoryRun] = field(default_factory=list)
    schema: Literal["golive/history/1"] = "golive/history/1"
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
