"""What one customer wanted: its facts, without what was written, which are its comments."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from migrations.records.moment import Moment
from migrations.records.record import Record, RecordType, Value

MOST_COPIED = 48
"""People in copy that a ticket keeps: as many as Zendesk takes."""


@dataclass(frozen=True, slots=True)
class Ticket(Record):
    """Words such as `status`, `priority`, `group` and `channel` are the old tool's own; the mapping translates them.

    number: as people know it. requester, assignee and copied: ids of people. values: of the old tool's
    own fields. address: to which the customer wrote.
    merged_into: the id of the ticket that it became part of; it has no life of its own then.
    """

    type: ClassVar[RecordType] = "tickets"
    number: str = ""
    subject: str = ""
    requester: str = ""
    assignee: str = ""
    group: str = ""
    status: str = ""
    priority: str = ""
    kind: str = ""
    channel: str = ""
    language: str = ""
    organization: str = ""
    address: str = ""
    copied: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    values: dict[str, Value] = field(default_factory=dict)
    created: Moment | None = None
    updated: Moment | None = None
    solved: Moment | None = None
    merged_into: str = ""
    url: str = ""
