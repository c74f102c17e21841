"""Conditions in the words of people, objects by their names."""

from __future__ import annotations

from provisioners.zendesk.look.conditions import Condition
from provisioners.zendesk.look.discreet import discreet
from provisioners.zendesk.look.inventory import Inventory, custom_field, name_of

KINDS = {
    "group_id": "groups",
    "assignee_id": "people",
    "brand_id": "brands",
    "ticket_form_id": "ticket_forms",
    "custom_status_id": "ticket_statuses",
    "schedule_id": "schedules",
    "within_schedule": "schedules",
    "set_schedule": "schedules",
}
"""Fields whose values are ids, and of what."""
FIELDS = {
    "group_id": "group",
    "assignee_id": "assignee",
    "requester_id": "requester",
    "organization_id": "organization",
    "brand_id": "brand",
    "ticket_form_id": "form",
    "custom_status_id": "ticket status",
    "current_tags": "tags",
    "via_id": "channel",
    "update_type": "ticket",
    "comment_is_public": "comment",
    "ticket_is_public": "privacy",
    "role": "current user",
    "subject_includes_word": "subject",
    "comment_includes_word": "comment text",
    "description_includes_word": "description",
    "NEW": "hours since created",
}
OPERATORS = {
    "is": "is",
    "is_not": "is not",
    "includes": "includes",
    "not_includes": "does not include",
    "less_than": "is less than",
    "greater_than": "is greater than",
    "changed": "changed",
    "not_changed": "did not change",
    "value": "changed to",
    "value_previous": "changed from",
    "not_value": "did not change to",
    "not_value_previous": "did not change from",
    "present": "is filled",
    "not_present": "is empty",
}
VALUES = {
    ("update_type", "create"): "created",
    ("update_type", "change"): "updated",
    ("comment_is_public", "true"): "public",
    ("comment_is_public", "false"): "private",
    ("role", "end_user"): "a customer",
    ("role", "agent"): "an agent",
}
MOST_VALUES = 3


def said(one: Condition, inventory: Inventory) -> str:
    """`group is Billing`."""
    operator = OPERATORS.get(one.operator, one.operator.replace("_", " "))
    values = "" if one.operator in ("changed", "not_changed", "present", "not_present") else _values(one, inventory)
    return " ".join(part for part in (field_name(one.field, inventory), operator, values) if part)


def field_name(name: str, inventory: Inventory) -> str:
    """What people call a field."""
    identifier = custom_field(name)
    if identifier is not None:
        body = inventory.find("ticket_fields", identifier)
        return f"“{name_of('ticket_fields', body)}”" if body else f"field {identifier}"
    if name.isupper():
        return FIELDS.get(name, f"hours since {name.lower()}")
    return FIELDS.get(name, name.rpartition(".")[2].replace("_", " "))


def _values(one: Condition, inventory: Inventory) -> str:
    values = [_value(one.field, each, inventory) for each in one.values[:MOST_VALUES]]
    more = len(one.values) - MOST_VALUES
    return ", ".join(values) + (f" or {more} more" if more > 0 else "")


def _value(name: str, value: str, inventory: Inventory) -> str:
    kind = KINDS.get(name)
    if not value:
        return "empty"
    if kind and value.isdigit():
        return inventory.name(kind, value)
    return VALUES.get((name, value.casefold())) or discreet(value)
