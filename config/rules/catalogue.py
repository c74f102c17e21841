"""Every rule that there is, by its id: golive's own, and those that installed systems add."""

from __future__ import annotations

from functools import cache

from config.registry import facts
from config.rules import FAMILIES, exceptions, reading, shapes
from config.rules.rule import Rule

OWN: tuple[Rule, ...] = tuple(rule for family in (reading, shapes, *FAMILIES, exceptions) for rule in family.CATALOGUE)


@cache
def catalogue() -> dict[str, Rule]:
    """All rules by their id, those of installed systems behind golive's own. Raises ValueError for one id twice."""
    rules = [*OWN, *(rule for said in facts().values() for rule in said.get("catalogue", ()))]
    found = {rule.id: rule for rule in rules}
    if len(found) != len(rules):
        twice = sorted({rule.id for rule in rules if found[rule.id] is not rule})
        raise ValueError(f"two rules have the id {', '.join(twice)}")
    return found


def rule_ids() -> frozenset[str]:
    """The ids of all rules that `golive validate` looks for."""
    return frozenset(rule.id for rule in catalogue().values() if rule.is_decided_here)
