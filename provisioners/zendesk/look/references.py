"""What business rules name: groups, people, fields and their options, forms, webhooks, …, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from provisioners.zendesk.look.conditions import Condition
from provisioners.zendesk.look.inventory import Action, BusinessRule, custom_field
from provisioners.zendesk.look.wording import KINDS

NOTIFIED = {
    "notification_user": "people",
    "notification_sms_user": "people",
    "notification_group": "groups",
    "notification_sms_group": "groups",
    "notification_webhook": "webhooks",
}
"""Actions whose first value says who or what is told."""
CUSTOMERS = {
    "organization.custom_fields.": "organization_fields",
    "requester.custom_fields.": "requester_fields",
    "user.custom_fields.": "requester_fields",
}
OF_OPTIONS = frozenset(
    {"is", "is_not", "value", "value_previous", "not_value", "not_value_previous", "includes", "not_includes"}
)
_PLACEHOLDER = re.compile(r"\{\{\s*(?P<name>[^{}|]{1,200}?)\s*(?:\||\}\})")
_FIELD_PLACEHOLDER = re.compile(r"ticket\.ticket_field_(?:option_title_)?(\d+)")


class Reference(NamedTuple):
    """Something that a rule names. `id`: the vendor's, or a field's key. acts: by an action, not by a condition."""

    kind: str
    id: str
    acts: bool


def references(rule: BusinessRule) -> Iterator[Reference]:
    """Everything that a rule names and that is in one of the account's lists. Requesters are customers."""
    for each in rule.conditions:
        yield from _in(each.field, each.values, acts=False)
    for action in rule.actions:
        if action.field in NOTIFIED:
            yield from _ids(NOTIFIED[action.field], (action.first,), acts=True)
        else:
            yield from _in(action.field, action.values, acts=True)
    restriction = rule.body.get("restriction")
    if isinstance(restriction, dict) and restriction.get("type") == "Group":
        among = restriction.get("ids") or [restriction.get("id")]
        yield from _ids("groups", tuple(map(str, among)), acts=False)


def _in(name: str, values: tuple[str, ...], *, acts: bool) -> Iterator[Reference]:
    if name in KINDS:
        yield from _ids(KINDS[name], values, acts=acts)
        return
    identifier = custom_field(name)
    if identifier is not None:
        yield Reference("ticket_fields", identifier, acts)
    for prefix, kind in CUSTOMERS.items():
        if name.startswith(prefix):
            yield Reference(kind, name.removeprefix(prefix), acts)


def _ids(kind: str, values: tuple[str, ...], *, acts: bool) -> Iterator[Reference]:
    """Ids among the values; the others are words such as `current_user`. Webhooks have ids of letters."""
    for value in values:
        if value.isdigit() or (kind == "webhooks" and value):
            yield Reference(kind, value, acts)


def options(rule: BusinessRule) -> Iterator[tuple[str, str]]:
    """(Id of a ticket field, value) of every option that a rule names by its tag.

    SLA policies are left out: how they name options is not documented.
    """
    if rule.kind == "sla_policies":
        return
    named: list[Condition | Action] = [each for each in rule.conditions if each.operator in OF_OPTIONS]
    for each in (*named, *rule.actions):
        identifier = custom_field(each.field)
        if identifier is not None:
            for value in each.values:
                yield from ((identifier, one) for one in value.split() if one)


def placeholders(rule: BusinessRule) -> Iterator[str]:
    """The names between double braces in everything that a rule writes."""
    for action in rule.actions:
        for value in action.values:
            if "{{" in value:
                yield from (found["name"] for found in _PLACEHOLDER.finditer(value))


def field_of_placeholder(name: str) -> str | None:
    """The id of the ticket field that a placeholder shows; None for any other."""
    found = _FIELD_PLACEHOLDER.fullmatch(name)
    return found[1] if found else None
