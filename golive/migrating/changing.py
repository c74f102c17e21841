"""What has changed in an old tool since it was sent, as a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Literal

from config.results.migration_delta import FoundTicket, LeftTicket, MigrationDeltaDocument, StrayTicket
from config.results.migration_plan import MigrationPlanDocument
from golive.migrating.opening import OpenedMigration
from golive.migrating.planning import calls_per_minute
from golive.migrating.rereading import read_before
from golive.migrating.target import Target
from migrations.ledger.ledger import Ledger
from migrations.records.record import RecordType
from migrations.records.ticket import Ticket
from migrations.sending.amounts import named_to_make
from migrations.sending.changes import changed_tickets, changes_of, counted_changes, find_changes, records_to_send
from migrations.sending.estimate import estimate
from migrations.sending.named import named_people
from migrations.sending.outgoing import WAITS
from migrations.sending.overlap import arrived_since, stray_replies, unfinished
from migrations.staging.staging import Staging
from provisioners.imports import Imports

_LEFT: tuple[Literal["worked_on", "left_out", "deleted", "vanished"], ...] = (
    "worked_on", "left_out", "deleted", "vanished",
)  # fmt: skip
_SENT: tuple[Literal["new", "changed"], ...] = ("new", "changed")
_READ: tuple[RecordType, ...] = ("tickets", "comments")
FEW = 50
"""Tickets of one fate that are named."""


def changed(
    opened: OpenedMigration,
    staging: Staging,
    ledger: Ledger,
    target: Target,
    imports: Imports,
    plan: MigrationPlanDocument,
    also: Sequence[str],
    told: Callable[[int], None],
    *,
    since: str,
    cutover: bool,
    decided_anew: bool,
) -> MigrationDeltaDocument:
    """Reads only. plan: what stands against sending. also: old ids that are made anew although they were worked on.
    told: how many more tickets were compared. Raises SystemFault."""
    if ledger.account():  # something was sent: there is something to compare with
        ledger.note_comparing(also)
    find_changes(staging, opened.declared, target.declared, ledger, imports, also, told)
    records = records_to_send(staging)
    if records["tickets"]:
        named = named_people(staging, (ticket for ticket, _ in changed_tickets(staging)))
        records += named_to_make(staging, opened.declared, ledger, target.places, named)
    first = ledger.first_sent()
    minute = calls_per_minute(target, imports)
    expected = estimate(records["tickets"], records["people"], records["organizations"], records["attachments"], minute)
    return MigrationDeltaDocument(
        opened.key,
        opened.declared.name,
        target.reading.opened.environment_name,
        target.account,
        since,
        cutover,
        decided_anew,
        {str(fate): number for fate, number in counted_changes(staging).items()},
        {type_: number for type_, number in records.items() if number},
        plan.staying.get(WAITS, 0),
        unfinished(staging, opened.declared),
        [*_left(staging, imports)],
        arrived_since(staging, first) if first else {},
        [
            StrayTicket(each.ticket, each.belongs_to, each.source, each.subject, imports.ticket_page(each.ticket))
            for each in stray_replies(staging, opened.declared, ledger, imports)
        ],
        plan.blocked,
        [round(expected.least_minutes, 1), round(expected.most_minutes, 1)],
        found=[*_found(staging)],
        read={type_: staging.count(type_) for type_ in _READ},
        read_before={type_: number for type_, number in read_before(staging).items() if type_ in _READ},
    )


def _found(staging: Staging) -> Iterator[FoundTicket]:
    for fate in _SENT:
        for each in islice(changes_of(staging, fate), FEW):
            ticket = staging.get(Ticket, each.source)
            yield FoundTicket(each.source, each.target, fate, ticket.subject if ticket is not None else "")


def _left(staging: Staging, imports: Imports) -> Iterator[LeftTicket]:
    for fate in _LEFT:
        for each in islice(changes_of(staging, fate), FEW):
            ticket = staging.get(Ticket, each.source)
            subject = ticket.subject if ticket is not None else ""
            yield LeftTicket(each.source, each.target, fate, subject, imports.ticket_page(each.target))
