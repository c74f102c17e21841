"""Whether the account's own definitions have what rules ask and do: its plan and features decide that, no page does.

Source: developer.zendesk.com, “List Trigger Action and Condition Definitions” and its like for views, macros and SLA
policies; automations have none. SLA policies list `all` and `any` with `value`, the others `conditions_all` and
`conditions_any` with `subject`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from provisioners.errors import SystemFault
from provisioners.resource import Resource
from provisioners.zendesk.client import ZendeskClient

OF_TICKETS = frozenset(
    {
        "status", "custom_status_id", "priority", "type", "group_id", "assignee_id", "requester_id", "brand_id",
        "ticket_form_id", "current_tags", "via_id", "recipient", "satisfaction_score", "reopens", "replies",
        "group_stations",
    }
)  # fmt: skip
"""Fields of conditions that the vendor's lists name as conditions do. Others are named by ids, or in a way that is not
documented."""
WITH_VALUES = frozenset({"status", "priority", "type", "satisfaction_score"})
"""Of these, those whose values are words."""
DONE = frozenset(
    {
        "status", "priority", "type", "group_id", "assignee_id", "brand_id", "ticket_form_id", "custom_status_id",
        "current_tags", "remove_tags", "set_tags", "set_schedule", "notification_user", "notification_group",
        "notification_webhook", "side_conversation", "side_conversation_slack", "side_conversation_ticket",
        "deflection", "add_skills", "set_skills", "share_ticket", "notification_messaging_csat",
    }
)  # fmt: skip
"""Actions that the vendor's lists name as rules do."""


@dataclass(frozen=True)
class Asked:
    """A type of rules. path: where the account lists what they know. attribute: what of their payload asks."""

    path: str
    attribute: str
    many: str


ASKED: dict[str, Asked] = {
    "zendesk:Trigger": Asked("triggers/definitions", "conditions", "triggers"),
    "zendesk:View": Asked("views/definitions", "conditions", "views"),
    "zendesk:Macro": Asked("macros/definitions", "", "macros"),
    "zendesk:SlaPolicy": Asked("slas/policies/definitions", "filter", "SLA policies"),
}


@dataclass
class Known:
    """What the account lists: field → operators, field → values, actions. Empty where it lists nothing."""

    operators: dict[str, set[str]] = field(default_factory=dict)
    values: dict[str, set[str]] = field(default_factory=dict)
    actions: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Known:
        """From the vendor's JSON."""
        found = cls()
        for group in ("conditions_all", "conditions_any", "all", "any"):
            for one in body.get(group) or []:
                name = str(one.get("subject") or one.get("value"))
                found.operators.setdefault(name, set()).update(_values(one.get("operators")))
                values = one.get("values")
                listed = values.get("list") if isinstance(values, Mapping) else values
                found.values.setdefault(name, set()).update(_values(listed))
        found.actions = {str(one.get("subject") or one.get("value")) for one in body.get("actions") or []}
        return found


def unknown_in_account(client: ZendeskClient, changed: list[Resource]) -> Iterator[str]:
    """A line for each condition, value or action that the account does not list. One call per sort of rule."""
    for type_, asked in ASKED.items():
        rules = [each for each in changed if each.type == type_]
        if not rules:
            continue
        try:
            known = Known.of(client.get(asked.path).body.get("definitions") or {})
        except SystemFault as fault:
            yield f"What {asked.many} can ask in this account could not be read: {fault.why}"
            continue
        for rule in rules:
            yield from _conditions(rule, asked, known)
            yield from _actions(rule, asked, known)


def _conditions(rule: Resource, asked: Asked, known: Known) -> Iterator[str]:
    if not known.operators:
        return
    groups = rule.payload.get(asked.attribute) or {}
    for condition in (*(groups.get("all") or ()), *(groups.get("any") or ())):
        name, operator, value = condition.get("field"), condition.get("operator"), condition.get("value")
        if name not in OF_TICKETS:
            continue
        operators, values = known.operators.get(name), known.values.get(name)
        who = f"This account's {asked.many} cannot ask `{name}`"
        if operators is None:
            yield f"{who}, as {rule.source.key} does: look at its plan."
        elif operators and operator not in operators:
            yield f"{who} for `{operator}`, as {rule.source.key} does."
        elif name in WITH_VALUES and values and isinstance(value, str) and value and value not in values:
            yield f"{who} for the value `{value}`, as {rule.source.key} does: look whether the account has it."


def _actions(rule: Resource, asked: Asked, known: Known) -> Iterator[str]:
    for action in rule.payload.get("actions") or () if known.actions else ():
        name = action.get("field")
        if name in DONE and name not in known.actions:
            yield (
                f"This account's {asked.many} cannot do `{name}`, as {rule.source.key} does: look at its plan, and "
                "whether the feature is switched on."
            )


def _values(listed: Any) -> set[str]:
    return {
        str(each.get("value")) for each in listed or [] if isinstance(each, Mapping) and each.get("value") is not None
    }
