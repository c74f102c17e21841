"""Rules in the order in which they run, with what they ask and what they do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from config.declaration import Declared
from config.document import show_path
from config.kinds.actions import (
    AddTagsAction,
    CallAction,
    EmailAction,
    RemoveTagsAction,
    ReplaceTagsAction,
    ReplyAction,
    SetAction,
    SlackAction,
    SurveyAction,
)
from config.kinds.conditions import ClockCondition, DeadlineCondition, FieldCondition
from config.model import Object
from config.ordering import declared_order, orders_that_count
from config.phases import PHASES
from config.rules.logic.situation import Domains, Situation, same
from config.rules.scope import Scope
from config.vocabulary import TICKET

UNKNOWN = object()
"""The value of a field that a rule sets to something that cannot be told."""
_TOGETHER = {"status": "status_detail", "status_detail": "status", "group": "assignee", "form": "brand"}
"""Fields of which the second may change when the first is set."""


@dataclass(frozen=True)
class RunningRule:
    """One rule that is sent and switched on. place: how many run before it."""

    item: Declared
    place: int
    domains: Domains

    @property
    def when(self) -> list[Any]:
        return list(self.item.value.when)

    @property
    def when_any(self) -> list[Any]:
        return list(self.item.value.when_any)

    @cached_property
    def asks(self) -> Situation:
        """What all its conditions under `when` say."""
        return self.domains.asked_by(self.item)

    @cached_property
    def ways(self) -> list[Situation]:
        """Every way in which it can come to act: `when` with one of `when_any`."""
        if not self.when_any:
            return [self.asks]
        return [Situation.of((*self.when, each), self.domains) for each in self.when_any]

    @cached_property
    def asked_fields(self) -> frozenset[str]:
        """The fields under `when`; other conditions by themselves."""
        return frozenset(field_of(each) for each in self.when)

    @cached_property
    def does(self) -> Effects:
        return effects_of(getattr(self.item.value, "then", None) or ())

    @cached_property
    def own_sets(self) -> dict[str, Any]:
        """What its own actions set, without what only changes along with it."""
        named = {each.set for each in getattr(self.item.value, "then", None) or () if isinstance(each, SetAction)}
        return {name: value for name, value in self.does.sets.items() if name in named}

    @cached_property
    def span(self) -> tuple[int, int]:
        """The phases in which it is awake: from one to before another, as numbers."""
        return self.span_of(self.item.value)

    @staticmethod
    def span_of(value: Object) -> tuple[int, int]:
        """The phases in which an object is awake: from one to before another, as numbers."""
        if value.waits_for_crm:
            return len(PHASES), len(PHASES)
        if value.not_before is not None:
            return PHASES.index(value.not_before), len(PHASES)
        start, end = value.span
        return PHASES.index(start), len(PHASES) if end is None else PHASES.index(end)

    def awake_whenever(self, other: RunningRule) -> bool:
        """Whether it is awake in every phase in which another one is."""
        return self.span[0] <= other.span[0] and self.span[1] >= other.span[1]

    def meets(self, other: RunningRule) -> bool:
        """Whether there is a phase in which both are awake."""
        return max(self.span[0], other.span[0]) < min(self.span[1], other.span[1])

    def holds_in(self, situation: Situation) -> bool:
        """Whether it acts on every ticket of a situation."""
        if not all(situation.implies(each) for each in self.when):
            return False
        return not self.when_any or any(situation.implies(each) for each in self.when_any)


@dataclass
class Effects:
    """What actions leave behind. sets: field → its value; `UNKNOWN` where that cannot be told. only_these: whether it
    does nothing else, such as mail."""

    sets: dict[str, Any] = field(default_factory=dict)
    adds: set[str] = field(default_factory=set)
    removes: set[str] = field(default_factory=set)
    only_these: bool = True
    vendor: bool = False

    def touches(self, name: str) -> bool:
        """Whether a field may be another one afterwards."""
        if name == "tags" and any(each not in TICKET for each in self.sets):
            return True  # an option is a tag, too
        return self.vendor or name in self.sets or (name == "tags" and bool(self.adds or self.removes))


def effects_of(actions: Iterable[Any]) -> Effects:
    """What a list of actions does, one after the other."""
    found = Effects()
    for action in actions:
        if isinstance(action, SetAction):
            several = isinstance(action.to, list)
            found.sets[action.set] = UNKNOWN if several else action.to
            if action.set in _TOGETHER:
                found.sets[_TOGETHER[action.set]] = UNKNOWN
        elif isinstance(action, AddTagsAction):
            found.adds |= set(action.add_tags)
            found.removes -= set(action.add_tags)
        elif isinstance(action, RemoveTagsAction):
            found.removes |= set(action.remove_tags)
            found.adds -= set(action.remove_tags)
        elif isinstance(action, ReplaceTagsAction):
            found.vendor = True
        elif isinstance(action, EmailAction | SlackAction | CallAction | ReplyAction | SurveyAction):
            found.only_these = False
        else:
            found.vendor, found.only_these = True, False
    return found


def plain(value: Any) -> Any:
    """What a rule sets, as conditions ask for it."""
    return value if value is None or isinstance(value, bool) else str(value)


def field_of(condition: Any) -> str:
    """The field that a condition asks for; of any other condition, itself."""
    return condition.field if isinstance(condition, FieldCondition) else same(condition)


def is_timed(item: Declared) -> bool:
    """Whether a rule waits for hours: an alert that does becomes an automation (grammar 27)."""
    return any(isinstance(each, ClockCondition | DeadlineCondition) for each in item.value.when)


@dataclass(frozen=True)
class Line:
    """The rules of a workspace. triggers: as they run, category by category, alerts last."""

    scope: Scope
    domains: Domains
    triggers: list[RunningRule]
    automations: list[RunningRule]

    @property
    def acting(self) -> list[RunningRule]:
        return [*self.triggers, *self.automations]


def line_of(scope: Scope) -> Line:
    """All rules that are switched on and in which nothing is wrong; made once for all that ask."""
    line: Line = scope.once("line", lambda: _line_of(scope))
    return line


def _line_of(scope: Scope) -> Line:
    domains = Domains(scope)
    wrong = wrong_objects(scope)
    declaration = scope.declaration
    keys = orders_that_count(declaration).get("triggers", [])
    triggers = [declaration.of("triggers")[key] for key in keys]
    triggers += [item for item in declaration.of("triggers").values() if item.key not in keys]
    alerts = declaration.of("alerts").values()
    ordered = [declaration.of("automations")[key] for key in declared_order(declaration, "automations")]
    at_once = [*triggers, *(item for item in alerts if not is_timed(item))]
    later = [*ordered, *(item for item in alerts if is_timed(item))]
    return Line(
        scope,
        domains,
        [RunningRule(item, place, domains) for place, item in enumerate(_sent(at_once, wrong))],
        [RunningRule(item, place, domains) for place, item in enumerate(_sent(later, wrong))],
    )


def _sent(items: Iterable[Declared], wrong: set[str]) -> Iterator[Declared]:
    for item in items:
        value = item.value
        if value.active and not value.existing and not value.by_hand and show_path(item.path) not in wrong:
            yield item


def wrong_objects(scope: Scope) -> set[str]:
    """The places of objects in which an error has been found, so that nothing more is to be said of them."""
    errors = [each for each in scope.findings if each.severity == "error"]
    if not errors:
        return set()
    places = {show_path(item.path) for item in scope.declaration}
    found: set[str] = set()
    for each in errors:
        path = each.path
        while path:
            if path in places:
                found.add(path)
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return found
