"""Whether the account's own definitions have what rules ask and do: its plan and features decide that, no page does.

Source: developer.zendesk.com, “List Trigger Action and Condition Definitions” and its like for views, macros, SLA
policies, group SLA policies and queues; automations have none. SLA policies of both sorts list `all` and `any` with
`value`, the others `conditions_all` and `conditions_any` with `subject`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from config.findings import Finding
from provisioners.errors import SystemFault
from provisioners.intent import Intent, PlannedChange
from provisioners.zendesk.asking.asked_account import AskedAccount
from provisioners.zendesk.asking.question import Question, rule_of_account
from provisioners.zendesk.asking.rule_entries import conditions_of
from provisioners.zendesk.replies import NOT_GIVEN

UNKNOWN = rule_of_account(
    "ZD105",
    "error",
    "A rule asks for, or does, something that this account does not list.",
    "Its plan or a feature that is off decides that; Zendesk refuses the rule.",
    "Turn the feature on in the Admin Center, or leave it out of the rule.",
    source="the account's own definitions",
    excused=True,
)
CATALOGUE = (UNKNOWN,)

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
        "notification_webhook", "deflection", "add_skills", "set_skills", "share_ticket",
        "notification_messaging_csat",
    }
)  # fmt: skip
"""Actions that the vendor's lists name as rules do. Side conversations have a rule of their own, which is clearer."""
_CUSTOM = re.compile(r"custom_fields_(?P<id>[0-9]+)")


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
    "zendesk:GroupSlaPolicy": Asked("group_slas/policies/definitions", "filter", "group SLA policies"),
    "zendesk:Queue": Asked("queues/definitions", "definition", "queues"),
}
PLAN_DECIDES = frozenset({"zendesk:GroupSlaPolicy", "zendesk:Queue"})
"""Of these, an account that has none refuses its definitions too, which is told once, by the kind."""


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

    @property
    def lists_own_fields(self) -> bool:
        """Whether it names ticket fields of the account's own, as conditions do."""
        return any(_CUSTOM.fullmatch(name) for name in self.operators)


def vocabulary(type_: str) -> Question:
    """What one type of rules asks and does: one call."""

    def check(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
        rules = list(intent.of(type_))
        if not rules:
            return
        try:
            known = Known.of(account.definitions(ASKED[type_].path))
        except SystemFault as refused:
            if type_ in PLAN_DECIDES and refused.status in NOT_GIVEN:
                return
            raise
        touched = {each.id for each in intent.of("zendesk:TicketField")}
        for rule in rules:
            for message in (*_conditions(rule, intent, known, touched), *_actions(rule, known)):
                yield intent.found(UNKNOWN, rule.name, f"this account's {ASKED[type_].many} cannot {message}")

    return Question(f"what {ASKED[type_].many} can ask and do", check)


def _conditions(rule: PlannedChange, intent: Intent, known: Known, touched: set[str]) -> Iterator[str]:
    """touched: ids of ticket fields that the run itself changes."""
    if not known.operators:
        return
    for condition in conditions_of((rule.will or {}).get(ASKED[rule.type].attribute)):
        name = str(intent.resolved(condition.get("field")))
        operator, value = condition.get("operator"), condition.get("value")
        own = _CUSTOM.fullmatch(name)
        if name not in OF_TICKETS and not (own and known.lists_own_fields and own["id"] not in touched):
            continue
        operators, values = known.operators.get(name), known.values.get(name)
        if operators is None:
            yield f"ask `{name}`"
        elif operators and operator not in operators:
            yield f"ask `{name}` for `{operator}`"
        elif name in WITH_VALUES and values and isinstance(value, str) and value and value not in values:
            yield f"ask `{name}` for the value `{value}`"


def _actions(rule: PlannedChange, known: Known) -> Iterator[str]:
    for action in (rule.will or {}).get("actions") or () if known.actions else ():
        name = action.get("field")
        if name in DONE and name not in known.actions:
            yield f"do `{name}`"


def _values(listed: Any) -> set[str]:
    return {
        str(each.get("value")) for each in listed or [] if isinstance(each, Mapping) and each.get("value") is not None
    }


QUESTIONS = tuple(vocabulary(type_) for type_ in ASKED)
