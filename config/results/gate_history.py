"""`--json` of `golive gate history`: what the log of an environment says, the newest first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error
from config.results.log_entry import EntrySort, LogEntry


@dataclass(frozen=True)
class GateActor:
    """Who did it. key: under which the project's people have them; empty for somebody whom they do not have."""

    name: str
    email: str
    roles: list[str]
    key: str


@dataclass(frozen=True)
class GateEntry:
    """One entry. at: ISO 8601, UTC. data: what it says, by its sort. digest: SHA-256 (hex) by which later entries name
    it."""

    entry: EntrySort
    at: str
    by: GateActor
    data: dict[str, Any]
    digest: str

    @classmethod
    def of(cls, entry: LogEntry) -> GateEntry:
        """An entry of the log."""
        by = GateActor(entry.by.name, entry.by.email, list(entry.by.roles), entry.by.key)
        return cls(entry.entry, entry.at, by, dict(entry.data), entry.digest)


@dataclass(frozen=True)
class GateHistoryDocument:
    """head: the digests of the entries that no other follows, joined by `+`. item: the one whose entries were asked
    for; empty for all."""

    schema: Literal["golive/gate-history/1"] = "golive/gate-history/1"
    environment: str = ""
    item: str = ""
    head: str = ""
    entries: list[GateEntry] = field(default_factory=list)
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    def to_json(self) -> Json:
        return as_json(self)
