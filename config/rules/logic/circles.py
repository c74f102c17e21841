"""Triggers that undo each other, or that lead a field round in a circle, from one update of a ticket to the next.

Compared are triggers that ask for the same, but for the one field or tag that they change. That agents change
something in between, and that a rule's other conditions end the circle by themselves, is not seen and not needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from config.findings import Finding
from config.kinds.conditions import FieldCondition
from config.rules.logic.line import Line, RunningRule
from config.rules.logic.situation import same
from config.rules.rule import Rule

UNDO = Rule(
    "LG013",
    "warning",
    "Two triggers undo each other.",
    "Each sets the field, or the tag, to what the other one waits for: the ticket goes back and forth with updates.",
    "Let one of them ask for something that tells their tickets apart.",
)
CIRCLE = Rule(
    "LG014",
    "warning",
    "Three or more triggers lead a field round in a circle.",
    "Each leaves what the next one waits for, and the last what the first one does: it never comes to rest.",
    "Take one of them out of the circle.",
)
CATALOGUE = (UNDO, CIRCLE)


@dataclass(frozen=True)
class _Step:
    """What a trigger does to one field: from a value that it asks for to another one."""

    before: str
    after: str
    rule: RunningRule


def check(line: Line) -> Iterator[Finding]:
    groups: dict[tuple[str, frozenset[str]], list[_Step]] = defaultdict(list)
    for rule in line.triggers:
        if rule.when_any or not rule.asks.possible:
            continue
        for name, step, rest in _steps(rule):
            groups[name, rest].append(step)
    for (name, _), steps in groups.items():
        if len(steps) > 1:
            yield from _circles(name, steps)


def _steps(rule: RunningRule) -> Iterator[tuple[str, _Step, frozenset[str]]]:
    """(What is changed, from what to what, what else is asked for)."""
    whole = [same(each) for each in rule.when]
    for index, condition in enumerate(rule.when):
        if not isinstance(condition, FieldCondition):
            continue
        rest = frozenset(each for place, each in enumerate(whole) if place != index)
        if condition.field == "tags" and len(condition.values) == 1:
            tag = str(condition.values[0])
            if condition.operator in ("has", "has_all", "has_any") and tag in rule.does.removes:
                yield f"the tag `{tag}`", _Step("there", "gone", rule), rest
            elif condition.operator == "has_none" and tag in rule.does.adds:
                yield f"the tag `{tag}`", _Step("gone", "there", rule), rest
        elif condition.operator == "is" and isinstance(rule.does.sets.get(condition.field), str | bool):
            after = str(rule.does.sets[condition.field])
            if after != str(condition.value):
                yield f"`{condition.field}`", _Step(str(condition.value), after, rule), rest


def _circles(name: str, steps: list[_Step]) -> Iterator[Finding]:
    told: set[frozenset[str]] = set()
    follow: dict[str, list[_Step]] = defaultdict(list)
    for step in steps:
        follow[step.before].append(step)
    for step in steps:
        way = _way_back(step, follow)
        keys = frozenset(each.rule.item.key for each in way)
        if len(way) < 2 or keys in told:
            continue
        told.add(keys)
        last = max(way, key=lambda each: each.rule.place)
        others = [each.rule for each in way if each is not last]
        if not all(last.rule.meets(other) for other in others):
            continue
        names = ", ".join(f"“{other.item.name}” ({other.item.position})" for other in others)
        if len(way) == 2:
            message = f"it and {names} undo each other: {name} goes back and forth"
            yield UNDO.found(last.rule.item, (), message, of_key=True)
        else:
            message = f"it leads {name} round in a circle with {names}"
            yield CIRCLE.found(last.rule.item, (), message, of_key=True)


def _way_back(start: _Step, follow: dict[str, list[_Step]]) -> list[_Step]:
    """The shortest way from what a step leaves to what it asks for, itself first; empty where there is none."""
    seen, ways = {start.after}, [[start]]
    while ways:
        way = ways.pop(0)
        if way[-1].after == start.before:
            return way
        for step in follow.get(way[-1].after, ()):
            if step.after not in seen or step.after == start.before:
                seen.add(step.after)
                ways.append([*way, step])
    return []
