"""`--json` of `golive migrate map`: which words of the old tool have a place, and which do not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error


@dataclass(frozen=True)
class OpenWord:
    """A word that is not settled. lack: `no_place`, `no_such_place` or `no_reason`. path: where it stands in the file.
    line: of the file; 0 where it does not stand there. records: that hold it."""

    lack: Literal["no_place", "no_such_place", "no_reason"]
    path: list[str]
    line: int
    records: int
    said: str


@dataclass(frozen=True)
class LossyDecision:
    """A decision by which something is lost: dropped (to is empty), or the same as other words from then on."""

    path: list[str]
    to: str
    together: list[str]
    records: int
    decision: str


@dataclass(frozen=True)
class OpenDecision:
    """A rule, macro or old page about which a person still has to say something. key: of its row. line: of the file; 0
    where there is no row for it yet."""

    sort: Literal["rules", "macros", "articles"]
    key: str
    name: str
    line: int
    said: str


@dataclass(frozen=True)
class DraftFile:
    """state: `written`, `as_it_was`, `edited` by a person, so that it was left alone, or `nothing` to be drafted.
    macros and articles: that are drafted in it; rules: that are listed."""

    file: str
    state: Literal["written", "as_it_was", "edited", "nothing"]
    macros: int = 0
    articles: int = 0
    rules: int = 0


@dataclass(frozen=True)
class MapDocument:
    """words: how many words of the old tool have a row. written: whether the file was changed; added: rows that are new
    in it, added_open: those of them that wait for a person, renumbered: rows of which only the number is new.
    undecided: rules, macros and old pages. drafts: nothing where only was looked."""

    source: str = ""
    name: str = ""
    file: str = ""
    words: int = 0
    written: bool = False
    added: int = 0
    added_open: int = 0
    renumbered: int = 0
    open: list[OpenWord] = field(default_factory=list)
    lossy: list[LossyDecision] = field(default_factory=list)
    undecided: list[OpenDecision] = field(default_factory=list)
    drafts: DraftFile | None = field(default=None, metadata=ONLY_IF_GIVEN)
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)
    schema: Literal["golive/migrate-map/1"] = "golive/migrate-map/1"

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
