"""`--json` of `golive gate diff`: how gates, and what was noted about them, differ from a revision of git."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error

ItemChange = Literal["added", "gone", "dropped", "taken_up", "changed", "reworded"]
SettingSort = Literal["condition", "decision", "figure", "profile", "person", "waivers", "signatures"]


@dataclass(frozen=True)
class DiffItem:
    """One item. change: `added` and `gone` from the files, `dropped` with a reason and `taken_up` again; `changed`: it
    asks for something else, so that what was signed or attached is out of date; `reworded`: it does not. said: what
    differs, in words. gates: those that ask for it now."""

    key: str
    id: str
    name: str
    change: ItemChange
    said: list[str] = field(default_factory=list)
    gates: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class DiffSetting:
    """Something that the project says: a condition or the deciders of a gate, a figure, a profile, a person. old and
    new: in words; empty where it is not said."""

    sort: SettingSort
    key: str
    old: str
    new: str


@dataclass(frozen=True)
class DiffSignature:
    """Something that was good at the revision and is out of date by what changed since. sort: as the log calls it.
    subject: the item, or the gate of a decision. at: ISO 8601, UTC."""

    sort: Literal["signed", "attached", "decided"]
    subject: str
    name: str
    by: str
    at: str
    why: str


@dataclass(frozen=True)
class DiffEntry:
    """Something that was noted since. at: ISO 8601, UTC."""

    at: str
    by: str
    entry: str
    said: str
    digest: str


@dataclass(frozen=True)
class GateDiffDocument:
    """revision: as it was asked for; commit: its full id. lacks: how many entries of the revision's log are not in the
    log now, which must never be. phase_then, phase: the environment's, by the log."""

    environment: str = ""
    revision: str = ""
    commit: str = ""
    phase_then: str = ""
    phase: str = ""
    items: list[DiffItem] = field(default_factory=list)
    settings: list[DiffSetting] = field(default_factory=list)
    signatures: list[DiffSignature] = field(default_factory=list)
    entries: list[DiffEntry] = field(default_factory=list)
    lacks: int = 0
    schema: Literal["golive/gate-diff/1"] = "golive/gate-diff/1"
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
