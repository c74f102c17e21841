"""A page in the making."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from migrations.records.record import Record, RecordType
from migrations.sources.text import plain
from migrations.staging.files import digest_of
from migrations.staging.page import LeftOut, Page, Raw, Remark

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
        self._own: list[tuple[str, tuple[object, ...]]] = []
        self._bytes = 0

    @property
    def is_full(self) -> bool:
        return len(self._records) + len(self._left) >= MOST_THINGS or self._bytes >= MOST_BYTES

    @property
    def is_empty(self) -> bool:
        return not (self._records or self._left or self._remarks or self._own or self._raw)

    def add(self, record: Record) -> None:
        self._records.append(record)

    def add_raw(self, type_: str, identifier: str, document: Any) -> None:
        """A thing as the old tool gave it."""
        content = json.dumps(document, ensure_ascii=False)
        self._bytes += 3 * len(content)  # itself, and its text in a record, once as a page and once without tags
        self._raw.append(Raw(type_, identifier, content))

    def leave_out(self, left: LeftOut) -> None:
        self._left.append(left)

    def leave_out_nameless(self, type_: RecordType, called: str, document: Any) -> None:
        """A thing without an id: nothing can name it, and so nothing is lost with it. called: what it is."""
        content = json.dumps(document, ensure_ascii=False, sort_keys=True)
        own = f"{called}-{digest_of(content.encode('utf-8', 'surrogatepass'))[:12]}"
        self.add_raw(called, "", document)
        self.leave_out(LeftOut(type_, own, "quarantined", "it has no id", plain(content)[0][:200]))

    def remark(self, type_: RecordType, identifier: str, what: str, detail: object = "") -> None:
        said = "" if detail is None else plain(str(detail))[0]
        self._remarks.append(Remark(type_, identifier, what, said[:300]))

    def note(self, statement: str, *values: object) -> None:
        """A row of the source's own tables; statements are carried out in the order of their notes."""
        self._own.append((statement, values))

    def noted(self, statement: str) -> list[tuple[object, ...]]:
        """The rows of a statement that are in no page yet."""
        return [values for said, values in self._own if said == statement]

    def rest(self, checkpoint: str) -> Iterator[Page]:
        """What was taken so far, if there is anything: a part that was read to its end gives nothing again."""
        if not self.is_empty:
            yield self.page(checkpoint)

    def page(self, checkpoint: str) -> Page:
        """What was taken so far. The next one begins empty."""
        read = len(self._records) + len(self._left)
        own = [(statement, [values]) for statement, values in self._own]
        page = Page(self._records, self._raw, self._left, self._remarks, own=own, read=read, checkpoint=checkpoint)
        self._begin()
        return page
