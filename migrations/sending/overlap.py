"""While both tools run: what still comes into the old one, and answers to old mails that began a new ticket."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from migrations.declared.migration import Migration
from migrations.ledger.ledger import Ledger
from migrations.records.ticket import Ticket
from migrations.records.topic import topic
from migrations.sending.outgoing import DONE, new_status
from migrations.staging.staging import Staging
from provisioners.imports import Imports


@dataclass(frozen=True)
class StrayReply:
    """A ticket of the new helpdesk that answers an old one. ticket: its id; belongs_to: the id of that one there;
    source: its old id."""

    ticket: str
    belongs_to: str
    source: str
    subject: str


def arrived_since(staging: Staging, moment: str) -> dict[str, int]:
    """How many tickets began in the old tool after a moment, by the address to which they came (empty: not known)."""
    said = "SELECT COALESCE(data ->> '$.address', ''), COUNT(*) FROM tickets WHERE at > ? GROUP BY 1 ORDER BY 2 DESC, 1"
    return {str(address): int(number) for address, number in staging.database.execute(said, (moment,))}


def unfinished(staging: Staging, migration: Migration) -> int:
    """How many tickets of the old tool are neither solved nor closed."""
    return sum(1 for ticket in staging.all(Ticket) if new_status(ticket, migration) not in DONE)


def stray_replies(staging: Staging, migration: Migration, ledger: Ledger, imports: Imports) -> Iterator[StrayReply]:
    """Tickets that somebody began since the first sending, in answer to one that was brought over: of the same
    customer, with the same subject. The new helpdesk knows none of the old mails, so that it cannot tell.

    Raises SystemFault.
    """
    since = ledger.first_sent()
    if not since:
        return
    for ticket in imports.changed_since(since):
        subject = topic(ticket.subject)
        if migration.mark in ticket.tags or ticket.created < since[: len(ticket.created)] or not subject:
            continue
        requester = ledger.source_of("people", ticket.requester)
        if not requester:
            continue
        for old in staging.all(Ticket, "requester = ?", (requester,), "at DESC"):
            target = ledger.targets("tickets", [old.id]).get(old.id, "") if topic(old.subject) == subject else ""
            if target:
                yield StrayReply(ticket.id, target, old.id, ticket.subject)
                break
