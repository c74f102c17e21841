"""What a list of conditions says of a ticket: which values its fields can have, which tags it has, what has happened.

It errs in one direction only: a situation is called impossible, or a condition implied, where that is certain. Values
that depend on who looks (`me`, `current_user`), vendors' own words and what changes with the clock are taken as open.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from config.declaration import Declared
from config.duration import minutes
from config.kinds.conditions import ClockCondition, DeadlineCondition, EventCondition, FieldCondition, HoursCondition
from config.rules.field_values import shape_of
from config.rules.naming import option_tags
from config.rules.scope import Scope
from config.vocabulary import CHANGES, CURRENT_USER, PRIORITIES, STATUSES, TICKET

SCALES: dict[str, tuple[str, ...]] = {"status": STATUSES, "priority": PRIORITIES}
_NEVER_EMPTY = ("status", "privacy", "current_user", "via")
NOTHING = None
"""The value of a field that is empty."""


@dataclass(frozen=True)
class Values:
    """The values that a field can have: only those named, or all but those named."""

    named: frozenset[Hashable]
    others: bool = False

    def both(self, other: Values) -> Values:
        """What both allow."""
        if self.others and other.others:
            return Values(self.named | other.named, True)
        if self.others:
            return Values(other.named - self.named)
        if other.others:
            return Values(self.named - other.named)
        return Values(self.named & other.named)

    def within(self, other: Values) -> bool:
        """Whether the other allows all of these."""
        if self.others:
            return other.others and other.named <= self.named
        return not (self.named & other.named) if other.others else self.named <= other.named

    @property
    def impossible(self) -> bool:
        return not self.others and not self.named


@dataclass
class Domains:
    """The values that fields can have at all, as far as the files say it."""

    scope: Scope
    situations: dict[tuple[str, str], Situation] = field(default_factory=dict)
    """What the conditions under `when` of objects say, by kind and key."""
    _known: dict[str, Values | None] = field(default_factory=dict)
    _shapes: dict[str, str] = field(default_factory=dict)

    def of(self, name: str) -> Values | None:
        """None for a field of open values."""
        if name not in self._known:
            self._known[name] = self._found(name)
        return self._known[name]

    def _found(self, name: str) -> Values | None:
        if name == "current_user":
            return Values(frozenset(CURRENT_USER))
        if name in TICKET:
            known = TICKET[name]
            if not known.values or known.kind or name == "via":
                return None
            return Values(frozenset((*known.values, *(() if name in _NEVER_EMPTY else (NOTHING,)))))
        found = shape_of(name, self.scope)
        shape, item = found if found is not None else ("", None)
        if item is None or item.value.existing:
            return None
        if shape == "checkbox":
            return Values(frozenset((True, False)))
        if shape == "choice":
            return Values(frozenset((*option_tags(item, self.scope), NOTHING)))
        return None

    def asked_by(self, item: Declared) -> Situation:
        """What all conditions under `when` of an object say."""
        key = (item.kind, item.key)
        if key not in self.situations:
            self.situations[key] = Situation.of(item.value.when, self)
        return self.situations[key]

    def shape(self, name: str) -> str:
        if name not in self._shapes:
            self._shapes[name] = self._shape(name)
        return self._shapes[name]

    def _shape(self, name: str) -> str:
        found = shape_of(name, self.scope)
        return found[0] if found else ""


def same(condition: Any) -> str:
    """A condition as a text that is equal for equal conditions."""
    if isinstance(condition, FieldCondition):
        value = condition.value
        said = sorted(map(str, value)) if isinstance(value, list) else value
        return f"{condition.field} {condition.operator} {said!r}"
    return repr(condition.model_dump(exclude_none=True, by_alias=True))


def values_of(condition: FieldCondition, domains: Domains) -> Values | None:
    """The values of its field with which a condition holds; None where that cannot be said."""
    name, operator = condition.field, condition.operator
    if operator == "empty":
        return Values(frozenset((NOTHING,)), others=not condition.value)
    if operator in ("changed", "not_changed", "not_changed_to", "not_changed_from"):
        return None
    values = condition.values
    known = TICKET.get(name)
    if name == "current_user":
        if not set(values) <= set(CURRENT_USER):
            return None
    elif known and known.words and set(values) & set(known.words):
        return None
    if operator in ("before", "after", "at_least", "at_most"):
        return _on_scale(name, operator, condition.value)
    if operator in ("is", "is_one_of", "changed_to"):
        found = Values(frozenset(map(_plain, values)))
    elif operator in ("is_not", "is_none_of", "changed_from"):
        found = Values(frozenset(map(_plain, values)), others=True)
    else:
        return None
    domain = domains.of(name)
    return found if domain is None else found.both(domain)


def _plain(value: Any) -> Hashable:
    return value if isinstance(value, bool) else str(value)


def _on_scale(name: str, operator: str, value: str) -> Values | None:
    """A part of a scale. Whether an empty priority counts as low the vendor does not say, so it stays in from below."""
    scale = SCALES.get(name)
    if scale is None or value not in scale:
        return None
    at = scale.index(value)
    match operator:
        case "before":
            part: Sequence[str] = scale[:at]
        case "at_most":
            part = scale[: at + 1]
        case "after":
            part = scale[at + 1 :]
        case _:
            part = scale[at:]
    empty: tuple[None, ...] = (NOTHING,) if operator in ("before", "at_most") and name not in _NEVER_EMPTY else ()
    return Values(frozenset((*part, *empty)))


@dataclass
class Situation:
    """All that some conditions say together. `possible` is False once they contradict each other."""

    domains: Domains
    possible: bool = True
    values: dict[str, Values] = field(default_factory=dict)
    has: dict[str, set[str]] = field(default_factory=dict)
    lacks: dict[str, set[str]] = field(default_factory=dict)
    any_of: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    least: dict[str, float] = field(default_factory=dict)
    most: dict[str, float] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, conditions: Iterable[Any], domains: Domains) -> Situation:
        made = cls(domains)
        for condition in conditions:
            made.add(condition)
        return made

    def add(self, condition: Any) -> None:
        """One more condition that must hold."""
        self.said.add(same(condition))
        if isinstance(condition, FieldCondition):
            shape = self.domains.shape(condition.field)
            if shape in ("tags", "multiselect"):
                self._tags(condition)
            elif shape == "number":
                self._number(condition)
            elif shape == "text":
                self._text(condition)
            else:
                found = values_of(condition, self.domains)
                if found is not None:
                    self._narrow(condition.field, found)
        elif isinstance(condition, EventCondition):
            self._narrow("event", Values(frozenset((condition.event,))))
        elif isinstance(condition, HoursCondition):
            self._narrow(f"hours {condition.schedule}", Values(frozenset((condition.in_hours is not None,))))
        elif isinstance(condition, ClockCondition | DeadlineCondition):
            self._clock(condition)
        self._clauses()

    def _narrow(self, name: str, found: Values) -> None:
        before = self.values.get(name)
        now = found if before is None else before.both(found)
        self.values[name] = now
        self.possible &= not now.impossible

    def _tags(self, condition: FieldCondition) -> None:
        name = condition.field
        has, lacks = self.has.setdefault(name, set()), self.lacks.setdefault(name, set())
        match condition.operator:
            case "has" | "has_all" | "is":
                has.update(map(str, condition.values))
            case "has_none":
                lacks.update(map(str, condition.values))
            case "has_any":
                self.any_of.append((name, frozenset(map(str, condition.values))))
            case "empty":
                self._narrow(f"{name} empty", Values(frozenset((bool(condition.value),))))
        if has:
            self._narrow(f"{name} empty", Values(frozenset((False,))))
        self.possible &= not (has & lacks)

    def _clauses(self) -> None:
        for name, tags in self.any_of:
            self.possible &= not tags <= self.lacks.get(name, set())

    def _number(self, condition: FieldCondition) -> None:
        if condition.operator in ("is", "more_than", "less_than"):
            self._between(condition.field, condition.operator, float(condition.value))
        elif condition.operator in ("empty", "is_not"):
            found = values_of(condition, self.domains)
            if condition.operator == "empty" and found is not None:
                self._narrow(f"{condition.field} empty", Values(frozenset((bool(condition.value),))))

    def _between(self, name: str, operator: str, value: float) -> None:
        """Numbers are compared as they are; between 2 and 3 there may be another one, as far as this knows."""
        low, high = self.least.get(name, float("-inf")), self.most.get(name, float("inf"))
        if operator == "more_than":
            low = max(low, value)
            self._narrow(f"{name} above", Values(frozenset((True,))))
        elif operator == "less_than":
            high = min(high, value)
        else:
            self._narrow(f"{name} is", Values(frozenset((value,))))
        exact = self.values.get(f"{name} is")
        self.least[name], self.most[name] = low, high
        self.possible &= low < high
        if exact is not None and len(exact.named) == 1:
            (only,) = exact.named
            self.possible &= isinstance(only, float) and low < only < high

    def _text(self, condition: FieldCondition) -> None:
        name, words = condition.field, {str(value).casefold() for value in condition.values}
        match condition.operator:
            case "contains":
                self.has.setdefault(name, set()).update(words)
            case "contains_not":
                self.lacks.setdefault(name, set()).update(words)
            case "has_word":
                self.any_of.append((name, frozenset(words)))
            case "has_no_word":
                self.lacks.setdefault(f"{name} words", set()).update(words)
            case "empty":
                self._narrow(f"{name} empty", Values(frozenset((bool(condition.value),))))
        has, lacks = self.has.get(name, set()), self.lacks.get(name, set())
        self.possible &= not any(part in whole for whole in has for part in lacks)
        for field_name, clause in self.any_of:
            if field_name == name:
                self.possible &= not clause <= self.lacks.get(f"{name} words", set())

    def _clock(self, condition: ClockCondition | DeadlineCondition) -> None:
        """Hours since a status are counted only while the ticket stays in it. Source: the vendor's “Automation
        conditions and actions reference”."""
        if isinstance(condition, ClockCondition):
            name = f"since {condition.hours_since} {condition.clock}"
            if condition.hours_since in STATUSES:
                self._narrow("status", Values(frozenset((condition.hours_since,))))
        else:
            name = f"until {condition.hours_until}"
        self._between(name, condition.operator, float(minutes(condition.duration)))

    def implies(self, condition: Any) -> bool:
        """Whether a condition holds for every ticket in this situation."""
        if same(condition) in self.said:
            return True
        if not isinstance(condition, FieldCondition) or condition.operator in CHANGES:
            return False
        name, shape = condition.field, self.domains.shape(condition.field)
        if shape in ("tags", "multiselect"):
            has, lacks = self.has.get(name, set()), self.lacks.get(name, set())
            said = set(map(str, condition.values))
            match condition.operator:
                case "has" | "has_all":
                    return said <= has
                case "has_any":
                    return bool(said & has)
                case "has_none":
                    return said <= lacks
            return False
        if shape in ("number", "text"):
            return False
        known, asked = self.values.get(name), values_of(condition, self.domains)
        return known is not None and asked is not None and known.within(asked)
