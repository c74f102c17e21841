"""What became of each ticket in the old tool since it was sent, and whether it can be made anew in the new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from config.declaration import Declaration
from migrations.declared.migration import Migration
from migrations.ledger.entry import Entry
from migrations.ledger.ledger import Ledger
from migrations.records.record import RecordType
from migrations.records.ticket import Ticket
from migrations.sending.contents import with_contents
from migrations.sending.outgoing import digest_of, left_out_because, new_status, outgoing
from migrations.sending.worked_on import was_worked_on
from migrations.staging.staging import Staging
from provisioners.imports import Imports

Fate = Literal["new", "changed", "same", "worked_on", "left_out", "deleted", "vanished"]
"""new: not sent yet, or refused. All others were sent; of those that are other in the old tool by now: changed: nobody
has touched it in the new one; worked_on: somebody, or some rule, has; left_out: by the file's decisions it would not be
sent any more; deleted: it is gone in the new one. vanished: it is not in the old tool any more."""
_TABLE = "sending_changes"
_TO_SEND = ("new", "changed")


@dataclass(frozen=True)
class Change:
    """source: the old id; target: the new one, empty for none."""

    source: str
    target: str
    fate: Fate


def find_changes(
    staging: Staging,
    migration: Migration,
    declared: Declaration,
    ledger: Ledger,
    imports: Imports,
    also: Sequence[str] = (),
    told: Callable[[int], None] = lambda number: None,
) -> None:
    """Compare what was read with what was sent, and keep the findings for `changed_tickets`. Reads only.

    also: old ids of tickets that are made anew although they were worked on. told: how many more were looked at.
    Raises SystemFault.
    """
    staging.database.execute(
        f"CREATE TEMP TABLE IF NOT EXISTS {_TABLE} (id TEXT PRIMARY KEY, fate TEXT, target TEXT, closed INTEGER)"
    )
    staging.database.execute(f"DELETE FROM {_TABLE}")
    chunk: list[Ticket] = []
    for ticket in staging.all(Ticket):
        chunk.append(ticket)
        if len(chunk) == imports.at_once:
            _keep(staging, _changes(chunk, staging, migration, declared, ledger, imports, also), migration, chunk)
            told(len(chunk))
            chunk = []
    _keep(staging, _changes(chunk, staging, migration, declared, ledger, imports, also), migration, chunk)
    told(len(chunk))
    _keep(staging, _vanished(staging, ledger), migration, ())


def _changes(
    tickets: Sequence[Ticket],
    staging: Staging,
    migration: Migration,
    declared: Declaration,
    ledger: Ledger,
    imports: Imports,
    also: Sequence[str],
) -> Iterator[Change]:
    entries = ledger.entries_of("tickets", [each.id for each in tickets])
    other: list[tuple[Entry, bool]] = []
    for ticket in tickets:
        entry = entries.get(ticket.id)
        stays = bool(left_out_because(ticket, migration))
        if entry is None or entry.state != "made":
            if not stays:
                yield Change(ticket.id, "", "new")
        elif entry.digest == digest_of(outgoing(ticket, staging, migration, declared)):
            yield Change(ticket.id, entry.target, "same")
        else:
            other.append((entry, stays))
    held = imports.tickets([entry.target for entry, _ in other]) if other else {}
    for entry, stays in other:
        live = held.get(entry.target)
        fate: Fate = "changed"
        if live is None:
            fate = "deleted"
        elif stays:
            fate = "left_out"
        elif was_worked_on(live, entry.at) and entry.source not in also:
            fate = "worked_on"
        yield Change(entry.source, entry.target, fate)


def _vanished(staging: Staging, ledger: Ledger) -> Iterator[Change]:
    known = "SELECT 1 FROM tickets WHERE id = ?"
    for entry in ledger.entries("tickets", "made"):
        if not staging.database.execute(known, (entry.source,)).fetchone():
            yield Change(entry.source, entry.target, "vanished")


def _keep(staging: Staging, found: Iterator[Change], migration: Migration, tickets: Sequence[Ticket]) -> None:
    closed = {each.id: new_status(each, migration) == "closed" for each in tickets}
    rows = [(each.source, each.fate, each.target, closed.get(each.source, True)) for each in found]
    with staging.transaction():
        staging.database.executemany(f"INSERT OR REPLACE INTO {_TABLE} VALUES (?, ?, ?, ?)", rows)


def counted_changes(staging: Staging) -> dict[Fate, int]:
    """What `find_changes` has found: fate → how many."""
    said = f"SELECT fate, COUNT(*) FROM {_TABLE} GROUP BY 1"
    return {fate: int(number) for fate, number in staging.database.execute(said)}


def records_to_send(staging: Staging) -> Counter[RecordType]:
    """How many tickets, comments and files that is, by type."""
    return with_contents(staging, f"(SELECT id FROM {_TABLE} WHERE fate IN {_TO_SEND})")


def changes_of(staging: Staging, fate: Fate) -> Iterator[Change]:
    """Those of one fate, by their old ids."""
    said = f"SELECT id, target, fate FROM {_TABLE} WHERE fate = ? ORDER BY id"
    return (Change(*row) for row in staging.database.execute(said, (fate,)))


def changed_tickets(staging: Staging) -> Iterator[tuple[Ticket, str]]:
    """What is to be sent, each with the id that it had when it was compared; closed tickets first, and the oldest of
    them first."""
    said = (
        f"SELECT data, one.target FROM tickets JOIN {_TABLE} AS one USING (id) WHERE one.fate IN {_TO_SEND} "
        "ORDER BY one.closed DESC, tickets.at, tickets.id"
    )
    for data, target in staging.database.execute(said):
        yield Ticket.from_json(data), str(target)
