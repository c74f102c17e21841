"""Triggers that never act, do again what is done, or are undone at once by a later one.

Only declared rules are compared: what stands in the helpdesk alone may run between them. A trigger may ask for what an
agent changes in the very same moment; that is part of what it is asked with, and so of both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from config.findings import Finding
from config.kinds.conditions import FieldCondition
from config.rules.logic.line import UNKNOWN, Line, RunningRule, field_of, plain
from config.rules.logic.situation import Situation, Values, values_of
from config.rules.rule import Rule
from config.vocabulary import CHANGES

TAKEN_AWAY = Rule(
    "LG010",
    "warning",
    "A trigger never acts, because an earlier one always takes its condition away.",
    "Whenever its conditions hold, the earlier one acts first and sets what it asks for to something else.",
    "Move it before the other one, or ask for what that one leaves behind.",
)
AGAIN = Rule(
    "LG011",
    "warning",
    "A trigger does only what an earlier one has done for each of its tickets.",
    "It changes nothing, and readers look for its effect.",
    "Remove it, or let it do what was meant.",
)
OVERWRITTEN = Rule(
    "LG012",
    "warning",
    "All that a trigger sets is always set to something else by a later one.",
    "The later one acts on each ticket on which it has acted, so that it has no effect.",
    "Move it behind the other one, or let the other one leave its tickets out.",
)
CATALOGUE = (TAKEN_AWAY, AGAIN, OVERWRITTEN)


@dataclass
class _Index:
    """Triggers by what they set and by the tags that they add or remove, each in the order in which they run."""

    setters: dict[str, list[RunningRule]] = field(default_factory=lambda: defaultdict(list))
    by_value: dict[tuple[str, Any], list[RunningRule]] = field(default_factory=lambda: defaultdict(list))
    taggers: dict[str, list[RunningRule]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, rules: list[RunningRule]) -> _Index:
        made = cls()
        for rule in rules:
            for name, value in rule.does.sets.items():
                made.setters[name].append(rule)
                if value is not UNKNOWN:
                    made.by_value[name, value].append(rule)
            for tag in rule.does.adds | rule.does.removes:
                made.taggers[tag].append(rule)
        return made


def check(line: Line) -> Iterator[Finding]:
    index = _Index.of(line.triggers)
    told: set[str] = set()
    for rule in line.triggers:
        found = _taken_away(rule, index, line) or _again(rule, index, line)
        if found is not None and rule.asks.possible:
            told.add(rule.item.key)
            yield found
    for rule in line.triggers:
        overwritten = _overwritten(rule, index, line) if rule.item.key not in told else None
        if overwritten is not None and rule.asks.possible:
            yield overwritten


def _taken_away(rule: RunningRule, index: _Index, line: Line) -> Finding | None:
    for place, condition in enumerate(rule.when):
        if not isinstance(condition, FieldCondition) or condition.operator in CHANGES:
            continue
        for earlier in _who_takes(condition, index, line):
            if earlier.place >= rule.place:
                break
            if _always_before(earlier, rule, line, {condition.field}):
                return TAKEN_AWAY.found(
                    rule.item,
                    ("when", place),
                    f"“{earlier.item.name}” ({earlier.item.position}) acts before on each of these tickets, and then "
                    f"this no longer holds",
                )
    return None


def _who_takes(condition: FieldCondition, index: _Index, line: Line) -> Iterator[RunningRule]:
    """Rules after which a condition is certainly false."""
    if condition.field == "tags":
        wanted = condition.values if condition.operator in ("has", "has_all", "has_none") else []
        for tag in map(str, wanted):
            for rule in index.taggers.get(tag, ()):
                gone = rule.does.removes if condition.operator != "has_none" else rule.does.adds
                if tag in gone:
                    yield rule
        return
    asked = values_of(condition, line.domains)
    if asked is None:
        return
    for rule in index.setters.get(condition.field, ()):
        value = rule.does.sets[condition.field]
        if value is not UNKNOWN and not Values(frozenset((plain(value),))).within(asked):
            yield rule


def _always_before(earlier: RunningRule, rule: RunningRule, line: Line, lasting: set[str]) -> bool:
    """Whether an earlier rule acts on every ticket on which this one would, and what it leaves in the fields `lasting`
    stays until then: it asks only for what this one asks for, too, and nothing between the two changes any of it."""
    if not earlier.awake_whenever(rule) or not earlier.asked_fields <= rule.asked_fields:
        return False
    between = line.triggers[earlier.place + 1 : rule.place]
    needed = lasting | set(earlier.asked_fields) | {field_of(each) for each in earlier.when_any}
    if any(other.does.vendor or any(other.does.touches(name) for name in needed) for other in between):
        return False
    return all(earlier.holds_in(way) for way in rule.ways)


def _again(rule: RunningRule, index: _Index, line: Line) -> Finding | None:
    does, sets = rule.does, rule.own_sets
    if not does.only_these or does.vendor or does.removes or not (sets or does.adds):
        return None
    if any(value is UNKNOWN for value in sets.values()):
        return None
    first = next(iter(sets.items()), None)
    candidates = index.by_value.get(first, ()) if first is not None else index.taggers.get(next(iter(does.adds)), ())
    for earlier in candidates:
        if earlier.place >= rule.place:
            break
        if not earlier.asked_fields <= rule.asked_fields or not does.adds <= earlier.does.adds:
            continue
        if not all(earlier.does.sets.get(name, UNKNOWN) == value for name, value in sets.items()):
            continue
        if _always_before(earlier, rule, line, {*sets, *(["tags"] if does.adds else [])}):
            return AGAIN.found(
                rule.item,
                (),
                f"“{earlier.item.name}” ({earlier.item.position}) has done all of this for each of its tickets",
                of_key=True,
            )
    return None


def _overwritten(rule: RunningRule, index: _Index, line: Line) -> Finding | None:
    sets, does = rule.own_sets, rule.does
    if not sets or not does.only_these or does.vendor or does.adds or does.removes:
        return None
    for later in index.setters.get(next(iter(sets)), ()):
        if later.place <= rule.place or not later.awake_whenever(rule):
            continue
        values = later.own_sets
        if not all(name in values and values[name] is not UNKNOWN for name in sets) or values.items() >= sets.items():
            continue
        if _seen_between(rule, later, line, set(sets)):
            continue
        untouched = [each for each in rule.when if not does.touches(field_of(each))]
        left = Situation.of(untouched, line.domains)
        if later.asked_fields <= {field_of(each) for each in untouched} and later.holds_in(left):
            return OVERWRITTEN.found(
                rule.item,
                (),
                f"“{later.item.name}” ({later.item.position}) acts on each of its tickets afterwards and sets "
                f"{_listed(sets)} to something else",
                of_key=True,
            )
    return None


def _seen_between(rule: RunningRule, later: RunningRule, line: Line, names: set[str]) -> bool:
    """Whether anything between the two might see what the first one sets, or change what the later one asks for."""
    asked = {field_of(each) for each in (*later.when, *later.when_any)}
    for other in line.triggers[rule.place + 1 : later.place]:
        does = other.does
        asks = {field_of(each) for each in (*other.when, *other.when_any)}
        if asks & (names | {"tags"}) or not does.only_these or does.vendor:
            return True
        if any(does.touches(name) for name in asked):
            return True
    return bool(asked & names)


def _listed(names: dict[str, Any]) -> str:
    return ", ".join(f"`{name}`" for name in names)
