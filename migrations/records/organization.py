"""A customer's company."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from migrations.records.moment import Moment
from migrations.records.record import Record, RecordType, Value


@dataclass(frozen=True, slots=True)
class Organization(Record):
    """domains: of its people's addresses."""

    type: ClassVar[RecordType] = "organizations"
    name: str = ""
    domains: tuple[str, ...] = ()
    notes: str = ""
    tags: tuple[str, ...] = ()
    values: dict[str, Value] = field(default_factory=dict)
    created: Moment | None = None
