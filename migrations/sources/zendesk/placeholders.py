"""Placeholders of an old Zendesk's macros: the new helpdesk's own words, but for fields, which have ids there.

Source: support.zendesk.com, “Zendesk Support placeholders reference”.
"""

from __future__ import annotations

import re

from migrations.sources.source import FIELD
from migrations.sources.zendesk.account import OldAccount
from migrations.staging.staging import Staging

_FIELD = re.compile(r"ticket\.ticket_field_(?:option_title_)?(?P<id>\d+)")
_OF_FIELDS = ("ticket.ticket_field", "ticket.requester.custom_fields.", "ticket.organization.custom_fields.")
"""What names a field in other ways: customers' fields have keys of the account's own."""
_ROOTS = ("ticket.", "current_user.", "satisfaction.", "agent.", "account.")


def placeholder(name: str, staging: Staging) -> str:
    """See `Source.placeholder`. Dynamic content is the old account's own, and unknown in the new one."""
    field = _FIELD.fullmatch(name)
    if field is not None:
        held = OldAccount.of(staging.database).ticket_fields.get(field["id"])
        return f"{FIELD}{held.name}" if held is not None else ""
    if name.startswith(_OF_FIELDS):
        return ""
    return name if name.startswith(_ROOTS) else ""
