"""What was read until a page is full."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from migrations.records.record import Record, RecordType
from migrations.sources.zendesk.json_values import without_odd_characters
from migrations.staging.page import LeftOut, Page, Raw, Remark

_GONE = (
    "DELETE FROM tickets WHERE id = ?",
    "DELETE FROM comments WHERE ticket = ?",
    "DELETE FROM attachments WHERE ticket = ?",
)
_BACK = "DELETE FROM left_out WHERE type = 'tickets' AND id = ?"


@dataclass
class Gathered:
    """size: characters of the raw records, which stand for what it takes in memory."""

    records: list[Record] = field(default_factory=list)
    raw: list[Raw] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    own: list[tuple[str, list[tuple[object, ...]]]] = field(default_factory=list)
    read: int = 0
    size: int = 0

    def page(self, checkpoint: str) -> Page:
        return Page(
            self.records, self.raw, self.left_out, self.remarks, own=self.own, read=self.read, checkpoint=checkpoint
        )

    def take(self, other: Gathered) -> None:
        """What was gathered elsewhere, behind what is here."""
        self.records += other.records
        self.raw += other.raw
        self.left_out += other.left_out
        self.remarks += other.remarks
        self.own += other.own
        self.read += other.read
        self.size += other.size

    def keep_raw(self, sort: str, identifier: str, body: Any) -> None:
        content = json.dumps(body, separators=(",", ":"))
        self.raw.append(Raw(sort, identifier, content))
        self.size += len(content)

    def keep_body(self, type_: RecordType, identifier: str, body: Any) -> Any:
        """Keep the raw record; the body without odd characters, of which it is said that there were some."""
        self.keep_raw(type_, identifier, body)
        plain, odd = without_odd_characters(body)
        if odd:
            self.remark(type_, identifier, "odd characters", "left out")
        return plain

    def remark(self, type_: RecordType, identifier: str, what: str, detail: str = "") -> None:
        self.remarks.append(Remark(type_, identifier, what, detail[:500]))

    def do(self, statement: str, *values: object) -> None:
        """Have a statement carried out with the page."""
        self.own.append((statement, [values]))

    def ticket_is_gone(self, left: LeftOut) -> None:
        """A ticket that is not carried over, whatever was read of it before."""
        self.left_out.append(left)
        for statement in _GONE:
            self.do(statement, left.id)

    def ticket_is_there(self, identifier: str) -> None:
        """A ticket that is carried over, even where it was not at an earlier reading."""
        self.do(_BACK, identifier)
