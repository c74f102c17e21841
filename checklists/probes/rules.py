"""How many rules will act by themselves, and since when."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from checklists.facts import Facts
from checklists.probes.base import Answer, Probe
from checklists.probes.declared import active, awake
from config.model import Model, defaults_to, none_unless_given
from config.words import counted, some

ACTING = ("triggers", "automations", "alerts")
"""Kinds of rules that act by themselves; macros wait for a click, SLA policies only count."""
_LIVE = ("triggers", "automations")
Count = Annotated[int, Field(ge=0)]


class EnabledRules(Probe):
    """The triggers, automations and alerts that are on in this phase, the fence of the soft launch and the account's
    own rules included: few enough to be understood. What sleeps is not counted."""

    name = "enabled_rules"
    looks_at = ("configuration", "standing")

    class Parameters(Model):
        """How many there may be."""

        at_least: Count = defaults_to(0, description="Fewer is a warning.")
        at_most: Count = defaults_to(10, description="More blocks.")
        never_over: Count | None = none_unless_given(description="More than this cannot be accepted as a risk either.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        ours = [f"{kind}/{key}" for kind in ACTING for key in awake(facts, kind)]
        ours += ["rollout/fence"] if facts.phase == "soft_launch" and active(facts, "rollout") else []
        standing = facts.standing.known()
        replaced = replaced_rules(facts)
        others = [
            each
            for kind in _LIVE
            for each in standing.of(kind)
            if each.active is not False and not each.ours and each.name not in replaced
        ]
        total = len(ours) + len(others)
        numbers = {"enabled": total, "declared": len(ours), "others": len(others)}
        looked_at = [sorted(ours), sorted(each.id for each in others)]
        beside = f", {len(others)} of them not in the files ({some([each.name for each in others])})" if others else ""
        said = f"{counted(total, 'rule')} will be on{beside}"
        if given.never_over is not None and total > given.never_over:
            return Answer("fail", f"{said}: an over-built launch begins at {given.never_over + 1}.", numbers, looked_at)
        if total > given.at_most:
            return Answer("fail", f"{said}; {given.at_most} are the most.", numbers, looked_at)
        if total < given.at_least:
            return Answer("warn", f"{said}; {given.at_least} to {given.at_most} are usual.", numbers, looked_at)
        return Answer("pass", f"{said}.", numbers, looked_at)


class RulesHavePhases(Probe):
    """Each rule that acts by itself says since when it is awake: `phase` or `not_before`."""

    name = "rules_have_phases"
    lasts = "1d"

    def answer(self, given: Any, facts: Facts) -> Answer:
        rules = {f"{kind}/{key}": item for kind in ACTING for key, item in active(facts, kind).items()}
        silent = [
            name
            for name, item in rules.items()
            if item.value.phase is None and item.value.not_before is None and not item.value.existing
        ]
        numbers = {"rules": len(rules), "without": len(silent)}
        if silent:
            return Answer("fail", f"{counted(len(silent), 'rule')} without a phase: {some(silent)}.", numbers, silent)
        return Answer("pass", f"All {len(rules)} rules say since when they are awake.", numbers, sorted(rules))


def replaced_rules(facts: Facts) -> set[str]:
    """The vendor's rules, by name, whose place a rule of ours takes that is awake in this phase."""
    return {str(item.value.replaces) for item in awake(facts, "triggers").values() if item.value.replaces}
