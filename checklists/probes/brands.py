"""Whether each brand is served by its own rules before brands share anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checklists.facts import Facts
from checklists.probes.base import Answer, Probe
from checklists.probes.declared import active
from config.declaration import Declared
from config.kinds.actions import SetAction
from config.kinds.conditions import FieldCondition
from config.ordering import orders_that_count
from config.words import some

_CHOOSING = ("is", "is_one_of", "changed_to")
"""Operators by which a condition chooses brands."""


class RuleOrder(Probe):
    """Each brand has a rule of its own that hands its tickets over, and whatever concerns several brands, or names
    none, comes after those. Triggers and queues are looked at, each in the order in which they run."""

    name = "rule_order"
    lasts = "1d"

    def answer(self, given: Any, facts: Facts) -> Answer:
        brands = sorted(active(facts, "brands"))
        lines = {kind: list(_handing(facts, kind)) for kind in ("triggers", "queues")}
        own = {names[0] for line in lines.values() for _, names in line if len(names) == 1}
        without = [brand for brand in brands if brand not in own]
        early = [rule for line in lines.values() for rule in _before_own(line)]
        numbers = {"brands": len(brands), "without": len(without), "early": len(early)}
        looked_at = [brands, lines]
        if len(brands) < 2:
            return Answer("fail", "Fewer than two brands are declared.", numbers, looked_at)
        if without:
            return Answer("fail", f"No rule of its own hands over the tickets of {some(without)}.", numbers, looked_at)
        if early:
            return Answer("fail", f"{some(early)} would act before every brand's own rules have.", numbers, looked_at)
        return Answer("pass", "Each brand's own rules come first.", numbers, looked_at)


def _handing(facts: Facts, kind: str) -> Iterator[tuple[str, list[str]]]:
    """(Rule, the brands that it chooses) of those that hand tickets over, as they run."""
    rules = active(facts, kind)
    for key in orders_that_count(facts.configuration.known().declaration).get(kind, ()):
        if key in rules and (kind == "queues" or _hands_over(rules[key])):
            yield f"{kind}/{key}", _chosen(rules[key])


def _hands_over(item: Declared) -> bool:
    return any(isinstance(each, SetAction) and each.set in ("group", "assignee") for each in item.value.then or ())


def _chosen(item: Declared) -> list[str]:
    """The brands that a rule chooses; none where it acts whatever the brand is."""
    choosing = [each for each in item.value.when or () if _chooses(each)]
    if not choosing and all(map(_chooses, item.value.when_any or ())):
        choosing = list(item.value.when_any or ())
    return sorted({str(value) for each in choosing for value in each.values})


def _chooses(condition: object) -> bool:
    return isinstance(condition, FieldCondition) and condition.field == "brand" and condition.operator in _CHOOSING


def _before_own(line: list[tuple[str, list[str]]]) -> list[str]:
    """The rules for several brands, or for whatever brand, that stand before the last one of a single brand."""
    last = max((place for place, (_, names) in enumerate(line) if len(names) == 1), default=-1)
    return [rule for rule, names in line[: last + 1] if len(names) != 1]
