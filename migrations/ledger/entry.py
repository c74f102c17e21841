"""What a ledger holds: what became of each record, the calls in which they went, and the runs that made them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from migrations.records.record import RecordType

State = Literal["intended", "made", "matched", "failed", "skipped", "removed"]
"""made: by us, and ours to remove. matched: it was there before, and is never removed. removed: by a rollback,
or by somebody else before it."""
SEATED = "seat"
"""The digest of somebody of the team: the mapping, not an address or an old id, has said which user that is."""
Action = Literal["create", "retire", "remove", "purge"]
"""retire: delete the one that another has taken the place of. purge: delete for good what was deleted."""


@dataclass(frozen=True)
class Entry:
    """What became of one record. source: the old tool's id; target: the new one's, empty for none. digest: of what was
    sent. trial: whether a trial run made it. at: of what was made, just before it was sent; else when it was noted."""

    type: RecordType
    source: str
    state: State
    target: str = ""
    reason: str = ""
    digest: str = ""
    trial: bool = False
    at: str = field(default="", compare=False)


@dataclass(frozen=True)
class Batch:
    """Records that go with one call, in its order. job: the vendor's; empty where none is known."""

    id: int
    type: RecordType
    action: Action
    sources: tuple[str, ...]
    job: str = ""


@dataclass(frozen=True)
class Result:
    """What the vendor says of one record of a batch. place: in the call. target: its id; empty where it was refused,
    and `reason` says why."""

    place: int
    target: str
    reason: str = ""


@dataclass(frozen=True)
class Run:
    """verb: `run`, `rollback` or `delta`. mapping: the digest of what the file said. ended: empty for one that died."""

    id: int = 0
    verb: str = ""
    began: str = ""
    ended: str = ""
    version: str = ""
    mapping: str = ""
    calls: int = 0
