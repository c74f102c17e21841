"""What a live rule points to, and what it does without its texts: for plans that must say what they leave alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_GROUP, _USER, _FIELD = "zendesk:Group", "zendesk:User", "zendesk:TicketField"
_TYPES = {
    "group_id": _GROUP,
    "notification_group": _GROUP,
    "assignee_id": _USER,
    "requester_id": _USER,
    "role": _USER,
    "notification_user": _USER,
    "notification_webhook": "zendesk:Webhook",
    "within_schedule": "zendesk:Schedule",
    "set_schedule": "zendesk:Schedule",
}
"""A condition's or action's field → the type of the object whose id is its value."""
_CUSTOM = "custom_fields_"
_RESTRICTED = {"Group": _GROUP, "User": _USER}
_WITH_TEXTS = ("notification_user", "notification_group", "notification_webhook", "notification_target")
"""Actions whose value is a list that begins with an id, and goes on with texts."""
_ONLY_TEXT = ("comment_value", "comment_value_html", "side_conversation")


def points_to(body: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(type, id) of each object that a rule's conditions, actions or readers name, in their order."""
    return list(dict.fromkeys(_pointed(body)))


def _pointed(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    groups = body.get("conditions") or body.get("filter") or {}
    conditions = [each for name in ("all", "any") for each in groups.get(name) or []]
    for entry in [*conditions, *(body.get("actions") or [])]:
        name = str(entry.get("field"))
        value = entry.get("value")
        first = value[0] if isinstance(value, list) and value else value
        if name.startswith(_CUSTOM):
            yield _FIELD, name.removeprefix(_CUSTOM)
        elif name in _TYPES and first not in (None, ""):
            yield _TYPES[name], str(first)
    restriction = body.get("restriction") or {}
    type_ = _RESTRICTED.get(str(restriction.get("type")))
    for identifier in restriction.get("ids") or [restriction.get("id")]:
        if type_ and identifier:
            yield type_, str(identifier)


def without_texts(actions: Any) -> list[dict[str, Any]]:
    """A rule's actions without what people read in them."""
    found = []
    for each in actions or []:
        name, value = each.get("field"), each.get("value")
        if name in _WITH_TEXTS and isinstance(value, list):
            value = value[:1]
        elif name in _ONLY_TEXT:
            value = ""
        found.append({"field": name, "value": value})
    return found
