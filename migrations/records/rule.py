"""A rule of the old tool. It is listed for people to decide about, and never carried over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from migrations.records.record import Record, RecordType


@dataclass(frozen=True, slots=True)
class Rule(Record):
    """sort: the old tool's word, such as `trigger`. asks and does: in its words, a line each."""

    type: ClassVar[RecordType] = "rules"
    sort: str = ""
    name: str = ""
    active: bool = True
    asks: tuple[str, ...] = ()
    does: tuple[str, ...] = ()
