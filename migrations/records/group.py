"""A team of the old tool."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from migrations.records.record import Record, RecordType


@dataclass(frozen=True, slots=True)
class Group(Record):
    """Tickets name it by its name, as people do."""

    type: ClassVar[RecordType] = "groups"
    name: str = ""
