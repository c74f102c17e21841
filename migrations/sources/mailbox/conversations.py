"""Tickets out of conversations: what only shows once every mail was read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from migrations.records.moment import Moment
from migrations.records.ticket import Ticket
from migrations.sources.mailbox.threads import Threads
from migrations.staging.page import LeftOut
from migrations.staging.staging import Staging

NO_SUBJECT = "(no subject)"
_NAMED = "mailbox_named"
_COLUMNS = (
    "thread, position, id, at, author, own, automatic, bounced, receivers, address, subject, labels, language, chat"
)


@dataclass(frozen=True, slots=True)
class _Row:
    thread: int
    position: int
    id: str
    at: str
    author: str
    own: bool
    automatic: bool
    bounced: bool
    receivers: str
    address: str
    subject: str
    labels: str
    language: str
    chat: bool


def settle(staging: Staging, same_subject_days: int, own: Callable[[str], bool]) -> None:
    """Put together what belongs together, and write the tickets. It is whole, or not there at all. own: whether an
    address is one of the client's own people's."""
    with staging.transaction():
        staging.database.execute("DELETE FROM tickets")
        staging.database.execute("DELETE FROM left_out WHERE type = 'tickets'")
        _merge(staging)
        if same_subject_days:
            _merge_by_subject(staging, same_subject_days, own)
        _name(staging, (_write(staging, list(rows)) for _, rows in groupby(_rows(staging), key=lambda row: row.thread)))


def _merge(staging: Staging) -> None:
    """Bring mails to the conversation that theirs has become part of."""
    threads = Threads(staging.database)
    merged = [int(row[0]) for row in staging.database.execute("SELECT thread FROM mailbox_merges")]
    for thread in merged:
        _move(staging, thread, threads.root(thread), "")


def _move(staging: Staging, thread: int, into: int, why: str) -> None:
    """why: for the comments of the moved conversation; empty where what stands there holds."""
    first = staging.database.execute("SELECT id FROM mailbox_mails WHERE position = ?", (into,)).fetchone()
    ticket = str(first[0])
    said = "json_set(data, '$.ticket', ?2, '$.belongs', ?3)" if why else "json_set(data, '$.ticket', ?2)"
    of_thread = "(SELECT id FROM mailbox_mails WHERE thread = ?1)"
    values = (thread, ticket, why) if why else (thread, ticket)
    staging.database.execute(f"UPDATE comments SET ticket = ?2, data = {said} WHERE id IN {of_thread}", values)
    staging.database.execute(
        f"UPDATE attachments SET ticket = ?2, data = json_set(data, '$.ticket', ?2) WHERE comment IN {of_thread}",
        (thread, ticket),
    )
    staging.database.execute("UPDATE mailbox_mails SET thread = ?2 WHERE thread = ?1", (thread, into))


def _merge_by_subject(staging: Staging, days: int, own: Callable[[str], bool]) -> None:
    """An answer that names no earlier mail belongs to the latest one of the same subject and people. The client's own
    people are in everybody's mails, so only customers count: else one would read what was written to another."""
    alone = """
        SELECT thread, at, topic, author, receivers FROM mailbox_mails AS mine
        WHERE position = thread AND is_reply = 1 AND topic <> '' AND at <> ''
        ORDER BY at, position
    """
    before = """
        SELECT thread, author, receivers FROM mailbox_mails
        WHERE topic = ? AND at < ? AND at >= ? AND thread <> ? ORDER BY at DESC, position DESC LIMIT 50
    """
    for thread, at, topic, author, receivers in staging.database.execute(alone).fetchall():
        since = (datetime.fromisoformat(at) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
        customers = {each for each in (author, *json.loads(receivers)) if each and not own(each)}
        for other, his, theirs in staging.database.execute(before, (topic, at, since, thread)):
            if customers & {his, *json.loads(theirs)}:
                _move(staging, thread, other, f"the same subject and people within {days} days")
                break


def _rows(staging: Staging) -> Iterator[_Row]:
    said = f"SELECT {_COLUMNS} FROM mailbox_mails ORDER BY thread, at, position"
    for row in staging.database.execute(said):
        yield _Row(*row)


def _name(staging: Staging, conversations: Iterable[tuple[int, str, bool]]) -> None:
    """Bring comments and files to the tickets that are named after the earliest mail. conversations: each with its
    ticket's id, and whether it is named after that mail already."""
    database = staging.database
    database.execute(f"CREATE TEMP TABLE IF NOT EXISTS {_NAMED} (thread INTEGER PRIMARY KEY, ticket TEXT)")
    database.execute(f"DELETE FROM {_NAMED}")
    other = ((thread, ticket) for thread, ticket, is_named in conversations if not is_named)
    database.executemany(f"INSERT INTO {_NAMED} VALUES (?, ?)", other)
    if not database.execute(f"SELECT 1 FROM {_NAMED}").fetchone():  # in most files the earliest mail stands first
        return
    for table, mail in (("comments", "id"), ("attachments", "comment")):
        database.execute(f"""
            UPDATE {table} SET ticket = new.ticket, data = json_set(data, '$.ticket', new.ticket)
            FROM mailbox_mails AS mine JOIN {_NAMED} AS new USING (thread)
            WHERE mine.id = {table}.{mail} AND {table}.ticket <> new.ticket
        """)


def _write(staging: Staging, rows: list[_Row]) -> tuple[int, str, bool]:
    """Write a conversation's ticket. It has the id of its earliest mail, wherever in the file that stands: a later
    export may have another order. The conversation, the ticket's id, whether its comments have it."""
    first = min(rows, key=lambda row: (row.at, row.id))
    named = first.thread, first.id, first.position == first.thread
    people = [row for row in rows if not row.automatic]
    channel = "chat" if first.chat else "email"
    if not people:
        why = "only bounced mails" if any(row.bounced for row in rows) else "only automatic mails"
        left = LeftOut("tickets", first.id, "skipped", why, first.subject[:200], first.at[:7], "", channel)
        staging.leave_out(left)
        return named
    outside = [row.author for row in people if not row.own] or [
        each for row in people for each in json.loads(row.receivers)
    ]
    requester = outside[0] if outside else people[0].author
    labels = sorted({label for row in rows for label in json.loads(row.labels)})
    times = [row.at for row in rows if row.at]
    staging.put(
        Ticket(
            id=first.id,
            subject=first.subject or NO_SUBJECT,
            requester=requester,
            assignee=next((row.author for row in reversed(people) if row.own), ""),
            status="answered" if people[-1].own else "unanswered",
            channel=channel,
            language=next((row.language for row in rows if row.language), ""),
            address=next((row.address for row in rows if row.address), ""),
            copied=tuple(dict.fromkeys(each for each in outside if each != requester)),
            values={"labels": labels} if labels else {},
            created=Moment(times[0], times[0]),
            updated=Moment(times[-1], times[-1]),
        )
    )
    return named
