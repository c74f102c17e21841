"""The account export speaks as the API's first version did; here in the words of the second.

Source: developer.freshdesk.com/api/v1, “View a Ticket”; that the export keeps to it is known from public tools that
read one. `id` is the database's own there; people, the API and this source know a ticket by its `display_id`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from migrations.sources.freshdesk.values import inner, objects

Document = Mapping[str, Any]
_OF_ACCOUNT = re.compile(r"_\d+$")
"""Fields end in the account's number there."""


def ticket(older: Document) -> dict[str, Any]:
    """Without its notes. Raises KeyError where there is no number."""
    fields = inner(older, "custom_field")
    return {
        **{name: older.get(name) for name in (
            "subject", "status", "status_name", "priority", "source", "requester_id", "responder_id", "group_id",
            "company_id", "product_id", "spam", "deleted", "created_at", "updated_at", "tags",
        )},
        "id": older["display_id"],
        "type": older.get("ticket_type"),
        "description": older.get("description_html"),
        "description_text": older.get("description"),
        "to_emails": older.get("to_emails") or [older.get("to_email")],
        "cc_emails": inner(older, "cc_email").get("cc_emails"),
        "custom_fields": {f"cf_{_OF_ACCOUNT.sub('', str(name))}": value for name, value in fields.items()},
        "stats": older.get("ticket_states"),
        "attachments": attachments(older),
    }  # fmt: skip


def conversation(older: Document) -> dict[str, Any]:
    """A note."""
    return {**older, "body": older.get("body_html"), "body_text": older.get("body"), "attachments": attachments(older)}


def notes(older: Document) -> list[Document]:
    """A ticket's notes."""
    return objects(older, "notes")


def attachments(older: Document) -> list[dict[str, Any]]:
    """The files of a ticket or a note."""
    return [
        {
            "id": each.get("id"),
            "name": each.get("content_file_name"),
            "content_type": each.get("content_content_type"),
            "size": each.get("content_file_size"),
            "attachment_url": each.get("attachment_url"),
        }
        for each in objects(older, "attachments")
    ]
