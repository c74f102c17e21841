"""Pages out of what rows say and what is there already."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from migrations.records.comment import Comment
from migrations.records.ticket import Ticket
from migrations.sources.source import Reading
from migrations.sources.spreadsheet.batches import Batch, TicketRow
from migrations.sources.spreadsheet.people import People
from migrations.staging.page import Fate, LeftOut, Page, Remark
from migrations.staging.rows import row_of

_TICKETS = "INSERT INTO spreadsheet_tickets VALUES (?, ?, ?)"
_EVENTS = "INSERT INTO spreadsheet_events VALUES (?, ?, ?, ?, ?)"
_SAME = """INSERT INTO spreadsheet_same VALUES (?, ?)
ON CONFLICT (id) DO UPDATE SET number = number + excluded.number"""
_EMPTY = """INSERT INTO spreadsheet_empty VALUES (?, ?)
ON CONFLICT (file) DO UPDATE SET number = number + excluded.number"""


class Pages:
    """Of one file. said: what the migration calls it."""

    def __init__(self, reading: Reading, said: str) -> None:
        self._database = reading.staging.database
        self._said = said
        self._people = People(reading.staging, reading.own)

    def of(self, batch: Batch) -> Page:
        left, remarks = [*batch.left], [*batch.remarks]
        tickets = [*self._tickets(batch.tickets, left)]
        for each in tickets:
            remarks += [Remark("tickets", each.id, what, f"{each.place} {how}") for what, how in each.remarks]
        own: list[tuple[str, Sequence[tuple[object, ...]]]] = [
            (_EVENTS, batch.events),
            (_TICKETS, [(each.id, each.digest, each.place) for each in tickets if each.has_number]),
            (_SAME, [(each.id, 1) for each in batch.tickets if not each.has_number]),
            (_EMPTY, [(self._said, batch.empty)] if batch.empty else []),
        ]
        return Page(
            records=[*self._people.taken(batch.named)],
            rows={
                "tickets": [each.ticket for each in tickets],
                "comments": [comment for each in tickets for comment in each.comments],
            },
            raw=batch.raw,
            left_out=left,
            remarks=remarks,
            own=own,
            read=batch.read,
            checkpoint=batch.checkpoint,
        )

    def _tickets(self, rows: Sequence[TicketRow], left: list[LeftOut]) -> Iterator[TicketRow]:
        """Those that are kept, each under an id of its own. left: to which the others are added."""
        there = self._numbers_there([each.id for each in rows if each.has_number])
        same = self._rows_there([each.id for each in rows if not each.has_number])
        for each in rows:
            if not each.has_number:
                same[each.id] = same.get(each.id, 0) + 1
                yield each if same[each.id] == 1 else _again(each, same[each.id])
            elif each.id in there:
                left.append(_left_again(each, *there[each.id]))
            else:
                there[each.id] = (each.digest, each.place)
                yield each

    def _numbers_there(self, ids: list[str]) -> dict[str, tuple[str, str]]:
        """Tickets of a page's numbers that are there already → digest and place of their row."""
        said = "SELECT id, digest, place FROM spreadsheet_tickets WHERE id IN (SELECT value FROM JSON_EACH(?))"
        return {str(row[0]): (str(row[1]), str(row[2])) for row in self._database.execute(said, (json.dumps(ids),))}

    def _rows_there(self, ids: list[str]) -> dict[str, int]:
        """The same of rows without a number → how many there are."""
        said = "SELECT id, number FROM spreadsheet_same WHERE id IN (SELECT value FROM JSON_EACH(?))"
        return {str(row[0]): int(row[1]) for row in self._database.execute(said, (json.dumps(ids),))}


def _again(row: TicketRow, number: int) -> TicketRow:
    """A row that is there so many times already, as a ticket of its own."""
    identifier = f"{row.id}-{number}"
    ticket = replace(Ticket.from_json(row.ticket[-1]), id=identifier)
    comments = [
        replace(each, id=f"{identifier}{each.id.removeprefix(row.id)}", ticket=identifier)
        for each in (Comment.from_json(data) for *_, data in row.comments)
    ]
    return row._replace(
        id=identifier,
        ticket=row_of(ticket),
        comments=[row_of(each) for each in comments],
        remarks=[*row.remarks, ("the same row more than once", row.place)],
    )


def _left_again(row: TicketRow, digest: str, place: str) -> LeftOut:
    """A row whose number an earlier one has. digest, place: of that one."""
    fate: Fate = "skipped" if digest == row.digest else "quarantined"
    why = "the same row again" if digest == row.digest else "a ticket number that an earlier row has"
    detail = f"{row.place} ticket {row.id} stands in {place}"
    return LeftOut("tickets", row.place, fate, why, detail, row.month, row.status, row.channel)
