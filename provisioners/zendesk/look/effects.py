"""What an active trigger changes, and which later trigger it therefore keeps from ever acting.

Triggers run one after the other, and later ones see what earlier ones have set. Whether a change lets the pass begin
anew is documented nowhere, so only what holds either way is told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
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
WORK = 2_000_000
"""So many comparisons are made at most, about two seconds; then nothing more is looked for."""


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


class _Order:
    """Active triggers in their order, with where conditions stand and where fields are changed."""

    def __init__(self, rules: list[BusinessRule]) -> None:
        self.rules = rules
        self.asked = [frozenset(rule.asked) for rule in rules]
        self._asking: dict[Condition, list[int]] = {}
        self._changing: dict[str, list[int]] = {}
        for place, rule in enumerate(rules):
            for each in self.asked[place]:
                self._asking.setdefault(each, []).append(place)
            for name in touched(rule):
                self._changing.setdefault(name, []).append(place)

    def first_change(self, asked: Iterable[Condition], place: int) -> int:
        """The place of the first trigger behind another one that changes what is asked of."""
        names = {each.field for each in asked}
        if any(custom_field(name) is not None for name in names):
            names.add(OPTION)
        behind = (_behind(self._changing.get(name, []), place) for name in names)
        return min((places[0] for places in behind if places), default=len(self.rules))

    def asking_all(self, asked: frozenset[Condition], first: int, last: int) -> Iterator[int]:
        """The places, from behind `first` to `last`, of triggers that ask all this and perhaps more."""
        rarest = min((self._asking[each] for each in asked), key=len)
        for place in _behind(rarest, first):
            if place > last:
                return
            yield place


def _behind(places: list[int], place: int) -> list[int]:
    return places[bisect_right(places, place) :]


def defeats(rules: list[BusinessRule]) -> Iterator[Defeat]:
    """Triggers that a former one always keeps from acting. rules: active triggers in their order."""
    order = _Order(rules)
    values = {name: _values_set(rules, name) for name in SET}
    guards = {name: _guards(rules, name, found) for name, found in values.items() if found}
    found: set[int] = set()
    covered: dict[tuple[frozenset[Condition], str], int] = {}
    left = WORK
    for place, rule in enumerate(rules):
        asked = order.asked[place]
        if rule.one_of or not asked:
            continue
        end = order.first_change(asked, place)
        for name in SET & {each.field for each in rule.actions}:
            if name not in guards or place < covered.get((asked, name), 0):
                continue  # an earlier one that asks the same has met the same triggers
            covered[asked, name] = end
            for later in order.asking_all(asked, place, end):
                left -= 1
                if left < 0:
                    return
                if later in guards[name] and later not in found and asked <= order.asked[later]:
                    found.add(later)
                    yield Defeat(rules[later], rule, guards[name][later])


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


def _guards(rules: list[BusinessRule], name: str, values: set[str]) -> dict[int, Condition]:
    """Place → a condition on the field that is not true for any value that a trigger sets."""
    found: dict[int, Condition] = {}
    for place, rule in enumerate(rules):
        for each in rule.asked:
            asks = each.field == name and each.operator in STATE
            if asks and all(_never(each, value) for value in values):
                found[place] = each
                break
    return found


def _never(guard: Condition, value: str) -> bool:
    """Whether a condition is false once its field has a value."""
    if value == SOMETHING:
        return guard.operator == "not_present" or (guard.operator, guard.values) == ("is", ("",))
    return excludes(Condition(guard.field, "is", (value,)), guard)


def overruled(rules: list[BusinessRule]) -> Iterator[tuple[BusinessRule, BusinessRule, str]]:
    """(Earlier trigger, later one, field): the later one acts whenever the earlier one does, and sets the same field to
    something else."""
    order = _Order(rules)
    last: dict[object, int] = {}
    for place, rule in enumerate(rules):
        before = last.get(rule.asks_the_same)
        last[rule.asks_the_same] = place
        if before is None:
            continue
        earlier = rules[before]
        name = _set_anew(earlier, rule)
        steady = not any(is_touched(each, touched(earlier)) for each in rule.conditions)
        if name and steady and order.first_change(rule.conditions, before) >= place:
            yield earlier, rule, name


def _set_anew(earlier: BusinessRule, later: BusinessRule) -> str | None:
    first = {each.field: each.values for each in earlier.actions if each.field in SET}
    return next((each.field for each in later.actions if first.get(each.field, each.values) != each.values), None)
