"""What a source gives at once: so much is kept, or nothing of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from migrations.records.record import Record, RecordType
from migrations.staging.rows import Row

Fate = Literal["skipped", "quarantined"]
"""skipped: left out by a rule that somebody can read. quarantined: it could not be understood or carried safely."""


@dataclass(frozen=True)
class Raw:
    """A record as the old tool gave it. content: text; bytes stand in it as Latin-1, so that none is lost."""

    type: str
    id: str
    content: str


@dataclass(frozen=True)
class LeftOut:
    """A record that is not carried over, and why. reason: in few words, the same for all of a sort; detail: of this
    one. month: YYYY-MM, where it is known."""

    type: RecordType
    id: str
    fate: Fate
    reason: str
    detail: str = ""
    month: str = ""
    status: str = ""
    channel: str = ""


@dataclass(frozen=True)
class Remark:
    """What a person should know of a record that is carried over: a bad encoding, an odd time."""

    type: RecordType
    id: str
    what: str
    detail: str = ""


@dataclass(frozen=True)
class Page:
    """Records, and where reading goes on after them.

    rows: records that are rows already, as `row_of` gives them. raw: records, or what `compressed` makes of them.
    files: the content of attachments, by digest. own: statements for the source's own tables, each with its rows.
    read: how many things of the source it took, whatever became of them. checkpoint: where the next page begins, in the
    source's own words; it is given back to the source as it is.
    """

    records: Sequence[Record] = ()
    raw: Sequence[Raw] | bytes = ()
    left_out: Sequence[LeftOut] = ()
    remarks: Sequence[Remark] = ()
    files: dict[str, bytes] = field(default_factory=dict)
    own: Sequence[tuple[str, Sequence[tuple[object, ...]]]] = ()
    rows: Mapping[RecordType, Sequence[Row]] = field(default_factory=dict)
    read: int = 0
    checkpoint: str = ""
