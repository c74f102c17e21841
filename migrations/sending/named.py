"""Whom tickets name: people go, and their organizations, because something of them does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrations.records.ticket import Ticket
from migrations.sending.chunks import chunks
from migrations.staging.staging import Staging


def named_people(staging: Staging, tickets: Iterator[Ticket]) -> str:
    """The name of a table with the old ids of everybody whom the tickets name."""
    table = table_of_people(staging, "sending_people")
    for chunk in chunks(tickets, 500):
        add_named(staging, table, chunk)
    return table


def table_of_people(staging: Staging, name: str) -> str:
    """An empty table of old ids, for as long as the staging is open."""
    staging.database.execute(f"CREATE TEMP TABLE IF NOT EXISTS {name} (id TEXT PRIMARY KEY) WITHOUT ROWID")
    staging.database.execute(f"DELETE FROM temp.{name}")
    return f"temp.{name}"


def add_named(staging: Staging, table: str, tickets: Sequence[Ticket]) -> None:
    """Note everybody whom these tickets name."""
    named = {each for ticket in tickets for each in (ticket.requester, ticket.assignee, *ticket.copied)}
    marks = ", ".join("?" * len(tickets))
    authors = staging.database.execute(
        f"SELECT DISTINCT author FROM comments WHERE ticket IN ({marks})", [ticket.id for ticket in tickets]
    )
    named |= {str(row[0]) for row in authors}
    with staging.transaction():
        staging.database.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?)", [(each,) for each in named if each])


def homes_of(people: str) -> str:
    """The organizations to which somebody belongs who is named, as a condition. people: a table of `named_people`."""
    return f"id IN (SELECT data ->> '$.organization' FROM people WHERE id IN (SELECT id FROM {people}))"
