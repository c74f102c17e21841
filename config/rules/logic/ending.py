"""Automations that end: each must make one of its own conditions false, or it acts again every hour.

Taken as an end: an action after which a condition is false; a time that passes (`is`, `less_than`); a survey where it
asks for tickets that have been offered none; closing, after which no automation runs; and any action after which its
clock begins anew. The vendor's own words are not judged. Alerts mark their tickets by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from config.findings import Finding
from config.kinds.actions import SetAction, SurveyAction
from config.kinds.conditions import ClockCondition, DeadlineCondition, FieldCondition, VendorCondition
from config.rules.logic.line import UNKNOWN, Line, RunningRule, plain
from config.rules.logic.situation import Situation, Values, values_of
from config.rules.rule import Rule

NEVER_ENDS = Rule(
    "LG020",
    "error",
    "Nothing that an automation does makes one of its conditions false.",
    "It acts on the same ticket again every hour, until the helpdesk stops it after a hundred times.",
    "Add a tag, and ask for tickets without it:  {add_tags: [reminded]}  and  {field: tags, has_none: [reminded]}",
    source="the vendor's pages on automations: an automation must end itself; 100 per ticket",
    excused=True,
)
CATALOGUE = (NEVER_ENDS,)
_RESTARTS: dict[str, tuple[str, ...]] = {
    "assigned": ("assignee", "group"),
    "open": ("status",),
    "pending": ("status",),
    "on_hold": ("status",),
    "solved": ("status",),
    "closed": ("status",),
}
"""State of a clock → fields whose change begins or stops it."""


def check(line: Line) -> Iterator[Finding]:
    for rule in line.automations:
        if rule.item.kind == "automations" and not _ends(rule, line) and rule.asks.possible:
            yield NEVER_ENDS.found(
                rule.item, ("then",), "nothing here makes one of its conditions false, so it acts again every hour"
            )


def _ends(rule: RunningRule, line: Line) -> bool:
    does = rule.does
    if does.vendor or does.sets.get("status") in ("closed", UNKNOWN):
        return True
    if any(_is_ended(each, rule, line) for each in rule.when):
        return True
    return bool(rule.when_any) and all(_is_ended(each, rule, line) for each in rule.when_any)


def _is_ended(condition: Any, rule: RunningRule, line: Line) -> bool:
    """Whether a condition is false after the rule has acted, sooner or later."""
    actions = rule.item.value.then
    if isinstance(condition, VendorCondition):
        return True
    if isinstance(condition, ClockCondition):
        return _clock_ends(condition, rule)
    if isinstance(condition, DeadlineCondition):
        return True  # a deadline passes, or is moved
    if not isinstance(condition, FieldCondition):
        return False
    if condition.field == "satisfaction" and any(isinstance(each, SurveyAction) for each in actions):
        return True
    if line.domains.shape(condition.field) in ("tags", "multiselect"):
        if condition.field != "tags":
            return condition.field in rule.does.sets
        after = Situation.of([condition], line.domains)
        after.has.setdefault("tags", set()).update(rule.does.adds)
        after.lacks.setdefault("tags", set()).update(rule.does.removes)
        if after.has["tags"] & after.lacks["tags"]:
            return True
        options = [each.set for each in actions if isinstance(each, SetAction) and line.domains.of(each.set)]
        return (condition.operator == "has_any" and set(condition.values) <= rule.does.removes) or bool(options)
    if condition.field not in rule.does.sets:
        return False
    value = rule.does.sets[condition.field]
    asked = values_of(condition, line.domains)
    if value is UNKNOWN or asked is None:
        return True
    return not Values(frozenset((plain(value),))).within(asked)


def _clock_ends(condition: ClockCondition, rule: RunningRule) -> bool:
    if condition.operator in ("is", "less_than"):
        return True
    state, does = condition.hours_since, rule.does
    if state in ("due", "sla_breach"):
        return True
    fields = _RESTARTS.get(state, ())
    if "status" in fields and does.sets.get("status") == state:
        return False
    return any(name in does.sets for name in fields)
