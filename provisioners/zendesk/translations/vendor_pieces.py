"""Conditions and actions in Zendesk's own words, in both directions: only ids become keys of what is declared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from config.model import VendorPiece
from provisioners.resource import Payload, Text
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import CannotSend
from provisioners.zendesk.translations.vendor_fields import CUSTOM, FIELDS

_KIND_OF = {
    "zendesk:Group": "groups",
    "zendesk:User": "people",
    "zendesk:Webhook": "webhooks",
    "zendesk:Schedule": "schedules",
    "zendesk:TicketField": "ticket_fields",
    "zendesk:CustomStatus": "ticket_statuses",
    "zendesk:Brand": "brands",
    "zendesk:TicketForm": "ticket_forms",
}
_KEYED = re.compile(rf"(?P<kind>{'|'.join(_KIND_OF.values())})/(?P<key>[a-z][a-z0-9_]*)")
_TYPES = {
    **{field.name: field.type_ for field in FIELDS.values() if field.type_ in _KIND_OF},
    "notification_group": "zendesk:Group",
    "notification_user": "zendesk:User",
    "notification_webhook": "zendesk:Webhook",
    "set_schedule": "zendesk:Schedule",
    "within_schedule": "zendesk:Schedule",
    "follower": "zendesk:User",
    "cc": "zendesk:User",
}
"""What a field's values are ids of; of a message's, the first one."""
_MESSAGE = "notification_"


def sent_piece(piece: VendorPiece, what: str, context: Context) -> Payload:
    """A condition or an action as it is sent. Raises CannotSend where it is in another system's words."""
    if "zendesk" not in piece.vendor:
        raise CannotSend(f"{what} in the words of {', '.join(piece.vendor)}")
    return {name: _sent(value, context, name) for name, value in piece.vendor["zendesk"].items()}


def _sent(value: Any, context: Context, name: str = "") -> Any:
    if isinstance(value, list):
        return [_sent(each, context) for each in value]
    found = _KEYED.fullmatch(value) if isinstance(value, str) else None
    if found is None or context.declared.get(found["kind"], found["key"]) is None:
        return value
    reference = context.ref(found["kind"], found["key"])
    return Text((CUSTOM, reference)) if name == "field" else reference


def vendor_words_of(piece: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """What stands under `zendesk:` for a live condition or action."""
    field = str(piece["field"])
    said: dict[str, Any] = {"field": _keyed("zendesk:TicketField", field.removeprefix(CUSTOM), names) or field}
    if not field.startswith(CUSTOM):
        said["field"] = field
    if "operator" in piece:
        said["operator"] = piece["operator"] or ""
    type_ = _TYPES.get(field, "")
    value = piece.get("value")
    if isinstance(value, list):
        ids = 1 if field.startswith(_MESSAGE) else len(value)
        said["value"] = [*(_keyed(type_, each, names) or each for each in value[:ids]), *value[ids:]]
    else:
        said["value"] = (_keyed(type_, value, names) if isinstance(value, (str, int)) else None) or value
    return said


def _keyed(type_: str, identifier: Any, names: Names) -> str:
    """`kind/key` of what an id is of; empty where it is nothing that is declared."""
    address = names.address(type_, identifier) if type_ else "#"
    found = _KEYED.fullmatch(address)
    return address if found and found["kind"] == _KIND_OF.get(type_) else ""
