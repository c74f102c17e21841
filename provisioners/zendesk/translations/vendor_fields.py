"""The vendor's names and values of fields, both ways: one table for conditions and actions (grammar 16, 22)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from config.declaration import Declaration
from config.vocabulary import SHAPE_OF_TYPE, TICKET, Shape
from provisioners.resource import Ref, Text
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import CannotSend
from provisioners.zendesk.translations.options import TYPE, address_of, customer_field_key, tag_of


@dataclass(frozen=True)
class VendorField:
    """How the vendor has a field. `words`: our word → the vendor's value. `type_`: what its ids are ids of."""

    name: str
    words: Mapping[str, str] = field(default_factory=dict)
    type_: str = ""
    kind: str = ""


_ME = {"me": "current_user", "current_user": "current_user"}

FIELDS: dict[str, VendorField] = {
    "status": VendorField("status", {"on_hold": "hold"}),
    "status_detail": VendorField("custom_status_id", type_="zendesk:CustomStatus", kind="ticket_statuses"),
    "priority": VendorField("priority"),
    "type": VendorField("type"),
    "group": VendorField("group_id", type_="zendesk:Group", kind="groups"),
    "assignee": VendorField("assignee_id", {**_ME, "requester": "requester_id"}, "zendesk:User", "people"),
    "requester": VendorField("requester_id", {**_ME, "assignee": "assignee_id"}, "zendesk:User", "people"),
    "organization": VendorField("organization_id"),
    "brand": VendorField("brand_id", type_="zendesk:Brand", kind="brands"),
    "form": VendorField("ticket_form_id", type_="zendesk:TicketForm", kind="ticket_forms"),
    "subject": VendorField("subject_includes_word"),
    "comment_text": VendorField("comment_includes_word"),
    "tags": VendorField("current_tags"),
    "via": VendorField(
        "via_id",
        {
            "web_form": "0", "email": "4", "api": "5", "rule": "8", "chat": "29", "sms": "57", "whatsapp": "74",
            "messaging": "75",
        },
    ),
    "received_at": VendorField("recipient"),
    "language": VendorField("locale_id"),
    "privacy": VendorField("comment_is_public", {"public": "true", "private": "false"}),
    "satisfaction": VendorField("satisfaction_score"),
    "reopens": VendorField("reopens"),
    "replies": VendorField("replies"),
    "group_changes": VendorField("group_stations"),
    "current_user": VendorField(
        "role",
        {"customer": "end_user", "agent": "agent", "requester": "requester_id", "assignee": "assignee_id"},
        "zendesk:User",
        "people",
    ),
}  # fmt: skip
"""The vocabulary's ticket fields. A language stands in payloads by its code; the vendor's id for it is put in when it
is sent (`collections.languages`)."""

WAYS = {
    "voice": ("33", "34", "35", "44", "45", "46"),
    "social": ("30", "38", "41", "72", "73"),
}
"""Media that are several ways of the vendor's: voicemail and calls of its own and of a partner's telephony; X, Facebook
posts and messages, LINE, WeChat. Source: the vendor's “Via types reference”."""

_BY_VENDOR_NAME = {vendor.name: word for word, vendor in FIELDS.items()}

CUSTOM = "custom_fields_"
_NUMBERS = ("integer", "decimal")
"""Types of fields that hold a number."""

OWNERS = {"organization": "organization.custom_fields.", "requester": "requester.custom_fields."}


def shape_of(name: str, declared: Declaration) -> Shape:
    """How a field behaves in conditions; one that says no type is asked like a choice."""
    if name in TICKET:
        return TICKET[name].shape
    _, dot, key = name.partition(".")
    item = declared.get("customer_fields", key) if dot else declared.get("ticket_fields", name)
    return SHAPE_OF_TYPE[item.value.type] if item is not None and item.value.type else "choice"


def vendor_name(name: str, context: Context) -> str | Text:
    """What the vendor calls a field in conditions and actions. Raises CannotSend."""
    if name in FIELDS:
        return FIELDS[name].name
    owner, dot, key = name.partition(".")
    if dot and owner not in OWNERS:
        raise CannotSend(f"`{name}` is not a field")
    if dot:
        return f"{OWNERS[owner]}{customer_field_key(key, context)}"
    return Text((CUSTOM, context.ref("ticket_fields", name)))


def vendor_value(name: str, value: Any, context: Context) -> str | Ref:
    """One value of a field as the vendor has it. Raises CannotSend."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if name == "received_at":
        return _address(text, context)
    if name == "organization":
        raise CannotSend("an organization is data and has no key", "Ask for one of its fields: `organization.KEY`.")
    known = FIELDS.get(name)
    if known is None:
        is_choice = shape_of(name, context.declared) in ("choice", "multiselect")
        return tag_of(name, text, context) if is_choice else text
    if text in known.words:
        return known.words[text]
    if name == "via":
        raise CannotSend(f"Zendesk has no medium `{text}`", "Leave it out; Slack has an app of its own there.")
    return context.ref(known.kind, text) if known.kind else text


def _address(key: str, context: Context) -> str:
    channel = context.declared.get("channels", key)
    address = address_of(channel) if channel else None
    if channel is not None and not address:
        raise CannotSend(
            f"the channel `{key}` has no mail address, and Zendesk knows only at which address a ticket was received",
            "Ask for the medium: `{field: via, is: …}`.",
        )
    return (address or "").lower()  # as the vendor keeps it


def field_word(vendor: str, names: Names) -> str:
    """Our name of a field that the vendor names in a condition or action."""
    if vendor.startswith(CUSTOM):
        return names.key("zendesk:TicketField", vendor.removeprefix(CUSTOM))
    for owner, prefix in OWNERS.items():
        if vendor.startswith(prefix):
            key = vendor.removeprefix(prefix)
            return f"{owner}.{names.values.get((f'{owner}.', key), key)}"
    return _BY_VENDOR_NAME.get(vendor, vendor)


def value_word(name: str, value: Any, names: Names) -> Any:
    """Our word for one of the vendor's values."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    text = str(value)
    known = FIELDS.get(name)
    if known is None or name == "received_at":
        return _option_back(name, value, names)
    words = {vendor: word for word, vendor in known.words.items()}
    if text in words:
        return words[text]
    if known.type_:
        return names.key(known.type_, value)
    return int(text) if name in ("reopens", "replies", "group_changes") and text.isdigit() else value


def _number_back(value: Any) -> Any:
    """A number as people write it; what would not be sent back as it is stays as it is."""
    text = str(value)
    for kind in (int, float):
        try:
            number = kind(text)
        except ValueError:
            continue
        if str(number) == text:
            return number
    return value


def _option_back(name: str, value: Any, names: Names) -> Any:
    text = str(value).lower() if name == "received_at" else str(value)
    if (name, text) in names.values:
        return names.values[name, text]
    if text in ("true", "false"):
        return text == "true"
    if names.values.get((TYPE, name)) in _NUMBERS:
        return _number_back(value)
    prefix = f"{name.rpartition('.')[2]}_"
    return text.removeprefix(prefix) if isinstance(value, str) else value
