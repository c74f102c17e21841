"""Whether tickets leave a trace in the CRM: at the customer's account stands something that names the ticket."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from config.results.context import TicketTraces, UntracedTicket
from golive import clock
from provisioners.accounts import Accounts
from provisioners.organizations import CustomerTicket, Organizations

OF_LATE = timedelta(days=30)
_SUBJECT_SAYS_ENOUGH = 12
"""A subject that is shorter may stand in a text by chance."""


def ticket_traces(accounts: Accounts, organizations: Organizations) -> TicketTraces | None:
    """The latest tickets of customers whom both systems know, looked for at their accounts; None where golive does not
    know how this CRM keeps what happens. Only reads. Raises SystemFault."""
    since = (clock.now() - OF_LATE).date().isoformat()
    tickets = {
        each: account
        for each in organizations.latest_tickets(since)
        if (account := accounts.id_of(each.account))
    }  # fmt: skip
    known = list(dict.fromkeys(tickets.values()))
    texts = accounts.happened(known, since)
    if texts is None:
        return None
    untraced = [
        UntracedTicket(ticket.id, ticket.subject, account, ticket.customer)
        for ticket, account in tickets.items()
        if not _is_named(ticket, texts.get(account, ()))
    ]
    return TicketTraces(len(known), len(tickets), len(tickets) - len(untraced), untraced)


def _is_named(ticket: CustomerTicket, texts: Sequence[str]) -> bool:
    """Whether one of the texts says the ticket's number as people and links do, or its whole subject."""
    number = re.compile(rf"(#|/tickets/|\bticket\s+(no\.?\s*|id:?\s*)?){re.escape(ticket.id)}\b", re.IGNORECASE)
    subject = ticket.subject.strip()
    return any(
        number.search(text) or (len(subject) >= _SUBJECT_SAYS_ENOUGH and subject.lower() in text.lower())
        for text in texts
    )
