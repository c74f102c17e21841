"""What is sent to the vendor, in its JSON.

Source: developer.zendesk.com, “Ticket Import”, “Users”, “Organizations”, “Creating and managing tickets”.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from provisioners.history import NewComment, NewOrganization, NewTicket, NewUser

UNKNOWN_TYPE = "application/octet-stream"
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]+")


def organization_body(organization: NewOrganization) -> dict[str, Any]:
    return _sent(
        external_id=organization.external_id,
        name=organization.name,
        domain_names=list(organization.domains),
        notes=organization.notes,
        tags=list(organization.tags),
        organization_fields=dict(organization.values),
    )


def user_body(user: NewUser) -> dict[str, Any]:
    """A customer, of whom the vendor asks no confirmation of the address."""
    return _sent(
        external_id=user.external_id,
        name=user.name,
        email=user.email,
        phone=user.phone,
        organization_id=_id(user.organization),
        locale=user.language,
        notes=user.notes,
        tags=list(user.tags),
        user_fields=dict(user.values),
        role="end-user",
        skip_verify_email=True,
    )


def ticket_body(ticket: NewTicket) -> dict[str, Any]:
    return _sent(
        external_id=ticket.external_id,
        subject=ticket.subject,
        requester_id=_id(ticket.requester),
        submitter_id=_id(ticket.submitter),
        assignee_id=_id(ticket.assignee),
        group_id=_id(ticket.group),
        organization_id=_id(ticket.organization),
        brand_id=_id(ticket.brand),
        ticket_form_id=_id(ticket.form),
        status=ticket.status,
        custom_status_id=_id(ticket.custom_status),
        priority=ticket.priority,
        type=ticket.kind,
        via={"channel": ticket.channel} if ticket.channel else {},
        recipient=ticket.recipient,
        email_ccs=[{"user_id": each, "action": "put"} for each in ticket.copied],
        tags=list(ticket.tags),
        custom_fields=[{"id": _id(key), "value": value} for key, value in ticket.values.items()],
        created_at=ticket.created,
        updated_at=ticket.updated,
        solved_at=ticket.solved,
        comments=[_comment(each) for each in ticket.comments],
    )


def _comment(comment: NewComment) -> dict[str, Any]:
    """Whether it is public is said in any case: what is not said is public."""
    text = {"html_body": comment.html} if comment.html else {"body": comment.body}
    said = {**text, "author_id": _id(comment.author), "created_at": comment.created, "uploads": list(comment.uploads)}
    return {**_sent(**said), "public": comment.public}


def media_type(said: str) -> str:
    """A media type that a header can carry."""
    kind = said.partition(";")[0].strip()
    return kind if _MEDIA_TYPE.fullmatch(kind) else UNKNOWN_TYPE


def file_name(said: str) -> str:
    """A name that an address can carry; the vendor takes no file without one."""
    return _UNPRINTABLE.sub("_", sendable(said)).strip() or "attachment"


def _sent(**attributes: Any) -> dict[str, Any]:
    """What says something, in text that can be sent."""
    return {name: sendable(value) for name, value in attributes.items() if value not in ("", None, [], {})}


def sendable(value: Any) -> Any:
    """The same with a sign for what is unknown in place of half a character, which nobody can store."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [sendable(each) for each in value]
    if isinstance(value, Mapping):
        return {name: sendable(each) for name, each in value.items()}
    return value


def _id(text: str) -> int | None:
    return int(text) if text else None
