"""Tickets out of event logs: what only shows once every row was read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from migrations.records.comment import Comment
from migrations.records.record import Record
from migrations.sources.spreadsheet.entry import Entry, Folding, comments_of
from migrations.staging.staging import Staging

EVENT, NOTE = "event", "note"
"""In the ids of comments: from a row of an event log, from the row that is the ticket."""
_RECORDS_AT_ONCE, _LETTERS_AT_ONCE = 4_000, 8_000_000


def settle(staging: Staging) -> None:
    """Fold all rows of a ticket into it. A ticket that has a row of its own in another file keeps what stands there,
    and gets the comments. It is whole, or not there at all; done again, it writes the same records anew."""
    database = staging.database
    database.execute("CREATE INDEX IF NOT EXISTS spreadsheet_by_ticket ON spreadsheet_events (ticket, at, part, line)")
    with staging.transaction():
        for page in _pages(_folded(staging)):
            staging.put_all(page)
        for file, number in database.execute("SELECT file, number FROM spreadsheet_empty").fetchall():
            staging.set_note(f"spreadsheet:{file}:empty_rows", str(number))


def _folded(staging: Staging) -> Iterator[Record]:
    said = """
        SELECT ticket, data, EXISTS (SELECT 1 FROM spreadsheet_tickets WHERE id = ticket)
        FROM spreadsheet_events ORDER BY ticket, at, part, line
    """
    for (_, is_there), rows in groupby(staging.database.execute(said), key=lambda row: (row[0], row[2])):
        number, folding = 0, None
        for row in rows:
            entry = Entry.from_json(row[1])
            comments = comments_of(entry, EVENT, number)
            number += len(comments)
            yield from comments
            if folding is None:
                folding = Folding(entry)
            else:
                folding.add(entry)
        if folding is not None and not is_there:
            yield folding.ticket()


def _pages(records: Iterator[Record]) -> Iterator[list[Record]]:
    page: list[Record] = []
    size = 0
    for record in records:
        page.append(record)
        size += len(record.body) if isinstance(record, Comment) else 0
        if len(page) == _RECORDS_AT_ONCE or size > _LETTERS_AT_ONCE:
            yield page
            page, size = [], 0
    yield page
