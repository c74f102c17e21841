"""A page of Freshdesk's things in the making."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from migrations.records.record import Record, RecordType
from migrations.sources import gathering
from migrations.sources.freshdesk.values import identifier
from migrations.staging.page import LeftOut

_RECORDS: Mapping[str, RecordType] = {
    "group": "groups", "company": "organizations", "agent": "people", "contact": "people", "ticket": "tickets",
    "conversation": "comments", "canned_response": "macros", "scenario": "macros", "article": "articles",
    "rule": "rules",
}  # fmt: skip
"""What things of Freshdesk's become, by what they are called in the raw records."""


class Gathering(gathering.Gathering):
    """A page that knows what Freshdesk's things become."""

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
