"""Placeholders of canned responses, by what stands for them in the new helpdesk.

Source: support.freshdesk.com, “Understanding dynamic content and placeholders”.
"""

from __future__ import annotations

from collections.abc import Mapping

from migrations.sources.source import FIELD

_FIELDS = "ticket."
_OWN = "ticket.cf_"
"""With this begins a field of the account's own."""
PLACEHOLDERS: Mapping[str, str] = {
    "ticket.id": "ticket.id",
    "ticket.subject": "ticket.title",
    "ticket.description": "ticket.description",
    "ticket.url": "ticket.link",
    "ticket.portal_url": "ticket.url_with_protocol",
    "ticket.tags": "ticket.tags",
    "ticket.status": "ticket.status",
    "ticket.priority": "ticket.priority",
    "ticket.ticket_type": "ticket.ticket_type",
    "ticket.latest_public_comment": "ticket.latest_public_comment",
    "ticket.group.name": "ticket.group.name",
    "ticket.agent.name": "ticket.assignee.name",
    "ticket.agent.email": "ticket.assignee.email",
    "ticket.requester.name": "ticket.requester.name",
    "ticket.requester.firstname": "ticket.requester.first_name",
    "ticket.requester.lastname": "ticket.requester.last_name",
    "ticket.requester.email": "ticket.requester.email",
    "ticket.requester.phone": "ticket.requester.phone",
    "ticket.requester.company_name": "ticket.organization.name",
    "ticket.requester.company.name": "ticket.organization.name",
}


def placeholder(name: str) -> str:
    """See `Source.placeholder`."""
    return f"{FIELD}{name.removeprefix(_FIELDS)}" if name.startswith(_OWN) else PLACEHOLDERS.get(name, "")
