"""A page in the making."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from migrations.records.record import Record, RecordType
from migrations.sources.freshdesk.values import identifier, text
from migrations.staging.page import LeftOut, Page, Raw, Remark

_RECORDS: Mapping[str, RecordType] = {
    "group": "groups", "company": "organizations", "agent": "people", "contact": "people", "ticket": "tickets",
    "conversation": "comments", "canned_response": "macros", "scenario": "macros", "article": "articles",
    "rule": "rules",
}  # fmt: skip
"""What things of Freshdesk's become, by what they are called in the raw records."""
MOST_THINGS = 500
MOST_BYTES = 16_000_000


class Gathering:
    """Takes what is read, until there is enough of it for a page."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._records: list[Record] = []
        self._raw: list[Raw] = []
        self._left: list[LeftOut] = []
        self._remarks: list[Remark] = []
        self._own: dict[str, list[tuple[object, ...]]] = {}
        self._bytes = 0
        self._read = 0

    @property
    def is_full(self) -> bool:
        return len(self._records) + len(self._left) >= MOST_THINGS or self._bytes >= MOST_BYTES

    @property
    def is_empty(self) -> bool:
        return not (self._records or self._left or self._remarks or self._own or self._raw)

    def add(self, record: Record) -> None:
        self._records.append(record)
        self._read += 1

    def add_raw(self, type_: str, identifier: str, document: Any) -> None:
        """A thing as the old tool gave it."""
        content = json.dumps(document, ensure_ascii=False)
        self._bytes += 3 * len(content)  # itself, and its text in a record, once as a page and once without tags
        self._raw.append(Raw(type_, identifier, content))

    def leave_out(self, left: LeftOut) -> None:
        self._left.append(left)
        self._read += 1

    def remark(self, type_: RecordType, identifier: str, what: str, detail: object = "") -> None:
        self._remarks.append(Remark(type_, identifier, what, text(detail)[:300]))

    def note(self, statement: str, *values: object) -> None:
        """A row of the source's own tables."""
        self._own.setdefault(statement, []).append(values)

    def noted(self, statement: str) -> list[tuple[object, ...]]:
        """The rows of a statement that are in no page yet."""
        return self._own.get(statement, [])

    def take(
        self, type_: str, document: Any, make: Callable[[Mapping[str, Any]], Record], remark: tuple[str, str] = ("", "")
    ) -> None:
        """A thing of a list. type_: one of `_RECORDS`. remark: what a person should know of it, and a detail. What has
        no id cannot be named, and is put aside."""
        if not isinstance(document, Mapping) or not identifier(document.get("id")):
            self.put_aside(type_, document, "it has no id")
            return
        record = make(document)
        self.add_raw(type_, identifier(document["id"]), document)
        self.add(record)
        if remark[0]:
            self.remark(record.type, record.id, *remark)

    def put_aside(self, type_: str, document: Any, reason: str) -> None:
        """Something that cannot be named. It stays in the raw records, by its content."""
        own = f"{type_}-{hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()[:12]}"
        self.add_raw(type_, own, document)
        self.leave_out(LeftOut(_RECORDS[type_], own, "quarantined", reason))

    def rest(self, checkpoint: str) -> Iterator[Page]:
        """What was taken so far, if there is anything: a part that was read to its end gives nothing again."""
        if not self.is_empty:
            yield self.page(checkpoint)

    def page(self, checkpoint: str) -> Page:
        """What was taken so far. The next one begins empty."""
        own = [*self._own.items()]
        page = Page(
            self._records, self._raw, self._left, self._remarks, own=own, read=self._read, checkpoint=checkpoint
        )
        self._begin()
        return page
