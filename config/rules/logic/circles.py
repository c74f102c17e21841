"""Triggers that undo each other, or that lead a field round in a circle, from one update of a ticket to the next.

Two undo each other where whatever one of them acts on is also what the other one waits for, and nothing that either
does makes their other conditions false. A circle of three or more is told where all ask for the same, but for the one
field that they change. What agents change in between is not seen and not needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

from config.findings import Finding
from config.kinds.conditions import EventCondition, FieldCondition, HoursCondition
from config.rules.logic.line import UNKNOWN, Line, RunningRule, field_of, plain
from config.rules.logic.situation import Situation, Values, same, values_of
from config.rules.rule import Rule
from config.vocabulary import CHANGES, TICKET

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
_SEVERAL = object()
_THERE, _GONE = Values(frozenset(("there",))), Values(frozenset(("gone",)))


@dataclass(frozen=True)
class _Step:
    """What a trigger does to one field: from values that it asks for to another one. moment: it asks for the change
    itself, and so acts only while the update that makes it goes on. rest: what else it asks for."""

    name: str
    asks: Values
    after: Hashable
    moment: bool
    rest: list[Any]
    rule: RunningRule

    @property
    def rest_said(self) -> frozenset[str]:
        return frozenset(map(same, self.rest))

    @property
    def before(self) -> Hashable:
        """The one value that it asks for; `_SEVERAL` where there are more."""
        return next(iter(self.asks.named)) if len(self.asks.named) == 1 and not self.asks.others else _SEVERAL

    def starts_at(self, value: Hashable) -> bool:
        return Values(frozenset((value,))).within(self.asks)


def check(line: Line) -> Iterator[Finding]:
    by_name: dict[str, list[_Step]] = defaultdict(list)
    groups: dict[tuple[str, frozenset[str]], list[_Step]] = defaultdict(list)
    for rule in line.triggers:
        if rule.when_any or not rule.asks.possible:
            continue
        for step in _steps(rule):
            by_name[step.name].append(step)
            if not step.moment and step.before is not _SEVERAL:
                groups[step.name, step.rest_said].append(step)
    for steps in by_name.values():
        yield from _undone(steps)
    for (name, _), steps in groups.items():
        if len(steps) > 2:
            yield from _circles(name, steps)


def _steps(rule: RunningRule) -> Iterator[_Step]:
    for index, condition in enumerate(rule.when):
        if not isinstance(condition, FieldCondition):
            continue
        rest = [each for place, each in enumerate(rule.when) if place != index]
        if any(_changes(rule, each) for each in rest):
            continue  # what it does ends what it waits for
        if condition.field == "tags" and len(condition.values) == 1:
            tag = str(condition.values[0])
            if condition.operator in ("has", "has_all", "has_any") and tag in rule.does.removes:
                yield _Step(f"the tag `{tag}`", _THERE, "gone", False, rest, rule)
            elif condition.operator == "has_none" and tag in rule.does.adds:
                yield _Step(f"the tag `{tag}`", _GONE, "there", False, rest, rule)
            continue
        after = rule.own_sets.get(condition.field, UNKNOWN)
        moment = condition.operator == "changed_to"
        asked = values_of(condition, rule.domains) if moment or condition.operator not in CHANGES else None
        if after is not UNKNOWN and asked is not None and not Values(frozenset((plain(after),))).within(asked):
            yield _Step(f"`{condition.field}`", asked, plain(after), moment, rest, rule)


def _undone(steps: list[_Step]) -> Iterator[Finding]:
    """Pairs of which each leaves what the other one waits for; each rule is told of once."""
    by_after: dict[Hashable, list[_Step]] = defaultdict(list)
    for step in steps:
        by_after[step.after].append(step)
    told: set[str] = set()
    for later in steps:
        if later.rule.item.key in told:
            continue
        leading = (each for after, found in by_after.items() if later.starts_at(after) for each in found)
        for first in leading:
            if first.rule.place < later.rule.place and first.starts_at(later.after) and _both_go_on(first, later):
                told.add(later.rule.item.key)
                names = f"“{first.rule.item.name}” ({first.rule.item.position})"
                message = f"it and {names} undo each other: {later.name} goes back and forth"
                yield UNDO.found(later.rule.item, (), message, of_key=True)
                break


def _both_go_on(first: _Step, later: _Step) -> bool:
    """Whether what one of the two acts on is what the other one waits for, from one update to the next. One that asks
    for the change itself sees it only if it stands behind the other."""
    if first.moment or not first.rule.meets(later.rule):
        return False
    pairs = ((first.rule, later.rest), (later.rule, first.rest))
    if any(_changes(rule, each) for rule, rest in pairs for each in rest):
        return False
    if first.rest_said == later.rest_said:
        return True
    return _covers(first, later) or _covers(later, first)


def _changes(rule: RunningRule, condition: Any) -> bool:
    """Whether what a rule does may make a condition false."""
    name, does = field_of(condition), rule.does
    if name != "tags" or not does.touches(name):
        return does.touches(name)
    only_tags = not does.vendor and all(each in TICKET for each in does.sets)
    return not only_tags or bool((does.adds | does.removes) & set(map(str, condition.values)))


def _covers(wide: _Step, narrow: _Step) -> bool:
    """Whether one acts on all that the other one leaves, again and again: what only the narrow one asks lasts."""
    known = Situation.of(narrow.rest, narrow.rule.domains)
    if not all(known.implies(each) for each in wide.rest):
        return False
    return all(_lasts(each) for each in narrow.rest if same(each) not in wide.rest_said)


def _lasts(condition: Any) -> bool:
    """Whether a condition can hold at one update and at the next."""
    if isinstance(condition, EventCondition):
        return condition.event != "created"
    return isinstance(condition, HoursCondition) or (
        isinstance(condition, FieldCondition) and condition.operator not in CHANGES
    )


def _circles(name: str, steps: list[_Step]) -> Iterator[Finding]:
    told: set[frozenset[str]] = set()
    follow: dict[Hashable, list[_Step]] = defaultdict(list)
    for step in steps:
        follow[step.before].append(step)
    for step in steps:
        way = _way_back(step, follow)
        keys = frozenset(each.rule.item.key for each in way)
        if len(keys) < 3 or keys in told:
            continue
        told.add(keys)
        last = max(way, key=lambda each: each.rule.place)
        others = [each.rule for each in way if each is not last]
        if not all(last.rule.meets(other) for other in others):
            continue
        names = ", ".join(f"“{other.item.name}” ({other.item.position})" for other in others)
        message = f"it leads {name} round in a circle with {names}"
        yield CIRCLE.found(last.rule.item, (), message, of_key=True)


def _way_back(start: _Step, follow: dict[Hashable, list[_Step]]) -> list[_Step]:
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
