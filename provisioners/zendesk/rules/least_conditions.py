"""The fields of which an automation and a view must ask at least one, and what fits one that asks for none of them.

Source: developer.zendesk.com, “Views” and “Automations”: among the conditions that all must hold, one on status, type,
group, assignee or requester. A status of the account's own is another field, and does not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from config.declaration import Declared
from config.kinds.actions import SetAction
from config.kinds.conditions import ClockCondition, FieldCondition, VendorCondition
from config.rules.logic.situation import Domains, Situation
from config.rules.scope import Scope
from config.vocabulary import STATUSES

FIELDS = ("status", "type", "group", "assignee", "requester")
_VENDOR_FIELDS = ("status", "type", "group_id", "assignee_id", "requester_id")
_BEFORE = {"closed": "solved", "solved": "pending"}
"""What an automation sets tickets to → the status that they should have until then."""


def asks_enough(item: Declared) -> bool:
    """Whether an automation or a view asks for one of the fields under `when`."""
    return any(_counts(each) for each in item.value.when)


def _counts(condition: Any) -> bool:
    if isinstance(condition, FieldCondition):
        return condition.field in FIELDS
    return isinstance(condition, VendorCondition) and condition.vendor.get("zendesk", {}).get("field") in _VENDOR_FIELDS


def what_to_add(item: Declared, scope: Scope) -> str:
    """A hint: a condition that goes together with all that an automation or a view asks for already."""
    for said in _candidates(item, scope):
        if _fits(item, said, scope):
            ((operator, value),) = ((word, value) for word, value in said.items() if word != "field")
            return f"Say under `when`  {{field: status, {operator}: {value}}}"
    return f"Ask under `when` for one of {', '.join(FIELDS)}."


def _candidates(item: Declared, scope: Scope) -> Iterator[dict[str, str]]:
    """Conditions on the status, the one that says least more than the rest of them first."""
    for each in item.value.when:
        if isinstance(each, ClockCondition) and each.hours_since in STATUSES:
            yield {"field": "status", "is": each.hours_since}
        if isinstance(each, FieldCondition) and each.field == "status_detail" and each.operator == "is":
            own = scope.declaration.get("ticket_statuses", str(each.value))
            if own is not None and not own.value.existing:
                yield {"field": "status", "is": own.value.category}
    for action in getattr(item.value, "then", None) or ():
        if isinstance(action, SetAction) and action.set == "status" and action.to in _BEFORE:
            yield {"field": "status", "is": _BEFORE[str(action.to)]}
    yield {"field": "status", "before": "solved"}
    yield {"field": "status", "before": "closed"}


def _fits(item: Declared, said: dict[str, str], scope: Scope) -> bool:
    added, domains = FieldCondition.model_validate(said), Domains(scope)
    ways = [[each] for each in item.value.when_any] or [[]]
    return all(Situation.of((*item.value.when, *way, added), domains).possible for way in ways)
