"""Whether somebody, or a rule, has changed a ticket that was brought over.

An import sets the time of the last change to that of the old tool (developer.zendesk.com, “Ticket Import”), so a later
one is somebody's.
"""

from __future__ import annotations

from datetime import datetime

from migrations.ledger.ledger import CLOCKS_DIFFER
from provisioners.history import HeldTicket

_SECONDS = len("2024-03-01T08:15:00")


def was_changed_since(ticket: HeldTicket, moment: str) -> bool:
    """moment: UTC, to the second or finer."""
    return bool(moment) and ticket.updated[:_SECONDS] >= moment[:_SECONDS]


def was_worked_on(ticket: HeldTicket, sent: str) -> bool:
    """sent: when it was sent, by this machine's clock."""
    since = datetime.fromisoformat(sent) - CLOCKS_DIFFER
    return was_changed_since(ticket, since.strftime("%Y-%m-%dT%H:%M:%S"))
