"""Somebody who wrote: a customer, or one of the client's own people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from migrations.records.moment import Moment
from migrations.records.record import Record, RecordType, Value


@dataclass(frozen=True, slots=True)
class Person(Record):
    """email: in small letters; empty where the old tool knows none. more_emails: others of the same person. side:
    `customer`, `team` (one of the client's own) or `tool` (the old tool itself, such as its robot)."""

    type: ClassVar[RecordType] = "people"
    name: str = ""
    email: str = ""
    more_emails: tuple[str, ...] = ()
    phone: str = ""
    side: Literal["customer", "team", "tool"] = "customer"
    organization: str = ""
    active: bool = True
    language: str = ""
    notes: str = ""
    tags: tuple[str, ...] = ()
    values: dict[str, Value] = field(default_factory=dict)
    created: Moment | None = None
