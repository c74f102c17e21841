"""What an active trigger changes, and which later trigger it therefore keeps from ever acting.

Triggers run one after the other, and later ones see what earlier ones have set. Whether a change lets the pass begin
anew is documented nowhere, so only what holds either way is told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from provisioners.zendesk.look.conditions import ORDERED, TAGS, Condition, excludes
from provisioners.zendesk.look.inventory import BusinessRule, custom_field

SET = frozenset({"status", "priority", "type", "group_id", "assignee_id", "brand_id", "ticket_form_id"})
"""Fields of which an action says the value outright."""
BOUND = {
    "status": "custom_status_id",
    "custom_status_id": "status",
    "group_id": "assignee_id",
    "assignee_id": "group_id",
    "brand_id": "ticket_form_id",
    "ticket_form_id": "brand_id",
}
"""Fields of which one may change when the other is set."""
TAG_ACTIONS = frozenset({"set_tags", "current_tags", "remove_tags"})
STATE = frozenset({"is", "is_not", "less_than", "greater_than", "includes", "not_includes", "present", "not_present"})
"""Operators that ask what a field is, not what an update has done to it."""
WORK = 1_000_000
"""So many comparisons are made at most; then nothing more is looked for."""


def touched(rule: BusinessRule) -> set[str]:
    """The fields that a rule may change, as conditions name them. Options are tags, and tags are options."""
    found: set[str] = set()
    for action in rule.actions:
        name = action.field
        if name in TAG_ACTIONS:
            found |= {TAGS, OPTION}
        elif custom_field(name) is not None:
            found |= {name, TAGS}
        else:
            found |= {name, BOUND.get(name, name)}
    return found


OPTION = "custom_fields_"
"""Any field of the account's own."""


def is_touched(asked: Condition, fields: set[str]) -> bool:
    """Whether what a condition asks of is among changed fields."""
    return asked.field in fields or (OPTION in fields and custom_field(asked.field) is not None)


def ends_itself(rule: BusinessRule) -> bool:
    """Whether a rule changes something that it asks for, so that it acts once."""
    fields = touched(rule)
    return any(is_touched(each, fields) for each in rule.conditions)


SOMETHING = "*"
"""A value that cannot be known, and that is certainly not empty."""


def set_value(rule: BusinessRule, name: str) -> str | None:
    """The value to which a rule sets a field, `SOMETHING` where it depends on who acts; None where it may be emptied.

    Whoever is given a ticket brings a group along, never none.
    """
    for action in rule.does(name):
        value = action.first
        known = value in ORDERED.get(name, ()) or value.isdigit() or (name == "type" and value.isalpha())
        return (value if known and len(action.values) == 1 else SOMETHING) if value else None
    gives = name == "group_id" and any(action.first for action in rule.does("assignee_id"))
    return SOMETHING if gives else None


class Defeat(NamedTuple):
    """A trigger that can never act, the earlier one that sees to that, and the condition that is never true."""

    rule: BusinessRule
    by: BusinessRule
    because: Condition


@dataclass
class _Order:
    """Active triggers in their order, with where conditions stand and where fields are changed."""

    rules: list[BusinessRule]
    asking: dict[Condition, list[int]] = field(default_factory=dict)
    changing: dict[str, list[int]] = field(default_factory=dict)
    left: int = WORK

    def __post_init__(self) -> None:
        for place, rule in enumerate(self.rules):
            for each in set(rule.asked):
                self.asking.setdefault(each, []).append(place)
            for name in touched(rule):
                self.changing.setdefault(name, []).append(place)

    def changes_between(self, fields: set[str], first: int, last: int) -> bool:
        """Whether a trigger strictly between two others changes one of these fields."""
        for name in fields:
            places = self.changing.get(name, [])
            at = bisect_right(places, first)
            if at < len(places) and places[at] < last:
                return True
        return False


def defeats(rules: list[BusinessRule]) -> Iterator[Defeat]:
    """Triggers that a former one always keeps from acting. rules: active triggers in their order."""
    order = _Order(rules)
    values = {name: _values_set(rules, name) for name in SET}
    found: set[int] = set()
    for place, rule in enumerate(rules):
        if rule.one_of or not rule.asked:
            continue
        for name in SET & {each.field for each in rule.actions}:
            if set_value(rule, name) is None or values[name] is None:
                continue
            for later in _candidates(order, rule, place):
                order.left -= 1
                if order.left < 0:
                    return
                guard = _guard(rules[later], name, values[name] or set())
                if guard is None or later in found or not set(rule.asked) <= set(rules[later].asked):
                    continue
                asked = {each.field for each in rule.asked}
                options = {OPTION} if any(custom_field(each) is not None for each in asked) else set()
                if not order.changes_between(asked | options, place, later):
                    found.add(later)
                    yield Defeat(rules[later], rule, guard)


def _values_set(rules: list[BusinessRule], name: str) -> set[str] | None:
    """Every value to which a trigger sets a field; None where one of them cannot be known."""
    found: set[str] = set()
    for rule in rules:
        if {name, BOUND.get(name)} & {each.field for each in rule.actions}:
            value = set_value(rule, name)
            if value is None:
                return None
            found.add(value)
    return found


def _candidates(order: _Order, rule: BusinessRule, place: int) -> list[int]:
    """Later triggers that ask the rarest of the rule's conditions."""
    places = min((order.asking[each] for each in rule.asked), key=len)
    return places[bisect_right(places, place) :]


def _guard(rule: BusinessRule, name: str, values: set[str]) -> Condition | None:
    """A condition on the field that is not true for any value that a trigger sets."""
    for each in rule.asked:
        asks = each.field == name and each.operator in STATE
        if asks and all(_never(each, value) for value in values):
            return each
    return None


def _never(guard: Condition, value: str) -> bool:
    """Whether a condition is false once its field has a value."""
    if value == SOMETHING:
        return guard.operator == "not_present" or (guard.operator, guard.values) == ("is", ("",))
    return excludes(Condition(guard.field, "is", (value,)), guard)


def overruled(rules: list[BusinessRule]) -> Iterator[tuple[BusinessRule, BusinessRule, str]]:
    """(Earlier trigger, later one, field): the later one acts whenever the earlier one does, and sets the same field to
    something else."""
    order = _Order(rules)
    last: dict[object, list[int]] = {}
    for place, rule in enumerate(rules):
        same = last.setdefault(rule.asks_the_same, [])
        for earlier in same[-1:]:
            field_set = _set_anew(rules[earlier], rule)
            asked = {each.field for each in rule.conditions}
            steady = not any(is_touched(each, touched(rules[earlier])) for each in rule.conditions)
            options = {OPTION} if any(custom_field(each) is not None for each in asked) else set()
            if field_set and steady and not order.changes_between(asked | options, earlier, place):
                yield rules[earlier], rule, field_set
        same.append(place)


def _set_anew(earlier: BusinessRule, later: BusinessRule) -> str | None:
    first = {each.field: each.values for each in earlier.actions if each.field in SET}
    return next((each.field for each in later.actions if first.get(each.field, each.values) != each.values), None)
