"""Lists that go by cursor, page by page, and what has changed while they were read.

Which order the vendor's lists have stands nowhere. Where the last changed comes first, what changes meanwhile moves to
where the reading has been already. So what has changed since a list was begun is asked for once more behind it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from migrations.records.record import RecordType
from migrations.sources.gathering import Gathering
from migrations.sources.intercom.client import Client, Listed, Refused
from migrations.sources.intercom.seen import Seen
from migrations.sources.intercom.values import Document, identifier
from migrations.sources.source import Reading, SourceFault
from migrations.staging.page import Page

_DAY = 86_400
"""Some searches take times by the day only."""
_MARK = "INSERT OR REPLACE INTO intercom_marks VALUES (?, ?)"


@dataclass(frozen=True)
class CursorList:
    """type: what its objects are called. record: what they become. name: under which they stand in an answer. take:
    puts one into a gathering.
    is_search: whether there is no list, and all has to be searched for, with everything that belongs to each."""

    type: str
    record: RecordType
    path: str
    name: str
    take: Callable[[Document], None]
    is_search: bool = False


class CursorLists:
    """Reads them into a gathering. A row that was read in the same state is known and left."""

    def __init__(self, reading: Reading, client: Client, gathering: Gathering, seen: Seen) -> None:
        self._since = reading.since
        self._database = reading.staging.database
        self._client = client
        self._gathering = gathering
        self._seen = seen

    def every(self, checkpoint: str, of: CursorList) -> Iterator[Page]:
        """All of a list; with a day to begin with, only what has changed since."""

        def fetch(after: str) -> Listed:
            if self._since:
                above = int(datetime.fromisoformat(f"{self._since}T00:00:00+00:00").timestamp()) - _DAY
                return self._client.search(f"{of.path}/search", of.name, "updated_at", above, after, few=of.is_search)
            if of.is_search:
                return self._client.search(f"{of.path}/search", of.name, "created_at", 0, after, few=True)
            return self._client.page(of.path, of.name, after)

        yield from self._walk(checkpoint, of, fetch, marks=True)

    def changed(self, checkpoint: str, of: CursorList) -> Iterator[Page]:
        """What has changed since `every` began with a list."""
        row = self._database.execute("SELECT at FROM intercom_marks WHERE name = ?", (of.type,)).fetchone()
        if row is None:
            return

        def fetch(after: str) -> Listed:
            return self._client.search(
                f"{of.path}/search", of.name, "updated_at", int(row[0]) - _DAY, after, few=of.is_search
            )

        yield from self._walk(checkpoint, of, fetch, marks=False)

    def _walk(self, checkpoint: str, of: CursorList, fetch: Callable[[str], Listed], *, marks: bool) -> Iterator[Page]:
        """marks: whether it is noted when this began, by the vendor's clock."""
        after = str(json.loads(checkpoint)["after"]) if checkpoint else ""
        tries_again = is_of_this_run = not checkpoint
        while True:
            try:
                listed = fetch(after)
            except Refused as refused:
                if refused.status != 400 or not after or is_of_this_run:
                    raise
                after = ""  # the cursor of an earlier run is worth nothing any more; what was read is known
                continue
            is_of_this_run = True
            if marks and not checkpoint:
                self._gathering.note(_MARK, of.type, listed.at)
                self._seen.forget_unread(of.type)
            for row in listed.rows:
                self._row(of, row, tries_again=tries_again)
                if self._gathering.is_full:
                    checkpoint = _place(after)
                    yield self._gathering.page(checkpoint)
            if listed.after and listed.after == after:
                why = f"its list of {of.name} comes to the same place again and again"
                raise SourceFault(self._client.where, why, "Please report it: some of them would be missing.")
            after = listed.after or after
            checkpoint = _place(after)
            yield from self._gathering.rest(checkpoint)
            if not listed.after:
                return

    def _row(self, of: CursorList, row: Any, *, tries_again: bool) -> None:
        """tries_again: whether what could not be read by an earlier run is asked for once more."""
        if not isinstance(row, Mapping) or not identifier(row.get("id")):
            self._gathering.leave_out_nameless(of.record, of.type, row)
        elif not self._seen.has(of.type, row) and (tries_again or not self._seen.is_unread(of.type, row)):
            of.take(row)


def _place(after: str) -> str:
    """Where a list goes on; never empty, as an empty one is the beginning."""
    return json.dumps({"after": after})
