"""How much begins at once when the first customers come in."""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from config.rules.logic.line import Line, RunningRule
from config.rules.method.figures import FEW_MACROS, FEW_RULES, MANY_MACROS, MANY_RULES, OVERBUILT_RULES
from config.rules.method.launching import SOFT_LAUNCH, agents, at_launch, launches
from config.rules.rule import Rule

FEW = Rule(
    "GL-U01",
    "note",
    "Fewer than five rules act by themselves at the launch.",
    "That is less than usual; a receipt, routes by channel, a survey and alerts make five.",
    "Nothing, if it is meant.",
)
MANY = Rule(
    "GL-U02",
    "warning",
    "More than ten rules act by themselves at the launch.",
    "They rest on guesses, surprise agents, and delay the launch; from thirty on it is over-built. The gate of the "
    "soft launch (P3.4.g) counts them in the account, and does not open.",
    "Let those sleep that need real tickets first:  not_before: day_30",
)
UNPHASED = Rule(
    "GL-U04",
    "error",
    "A rule does not say since when it acts, and others do.",
    "It acts from the first day on; whether that is meant, nobody can tell.",
    "Add  phase: soft_launch  or  not_before: day_30 ; for one that acts while you build,  phase: build",
    excused=True,
)
MACROS = Rule(
    "GL-M01",
    "warning",
    "Agents have fewer than ten macros at the launch, or more than fifteen.",
    "With few, they write the same answers by hand; with many, nobody finds the right one.",
    "Write those for the most frequent questions, and drop what nobody asks. A team of one may have more.",
)
SHALLOW = Rule(
    "GL-X02",
    "error",
    "The CRM gives the helpdesk nothing but a name.",
    "Agents see who writes, and not what the customer is worth or when the contract ends.",
    "Map five fields: revenue, success manager, renewal, segment, standing.",
    excused=True,
)
CATALOGUE = (FEW, MANY, UNPHASED, MACROS, SHALLOW)


def check(line: Line) -> Iterator[Finding]:
    declaration = line.scope.declaration
    rollout = declaration.get("rollout", "rollout")
    if rollout is None or not launches(declaration) or not line.scope.is_whole:
        return
    rules = list(at_launch(line.acting))
    fence = 1 if rollout.value.active and not rollout.value.by_hand else 0
    many = len(rules) + fence
    if many > MANY_RULES:
        over = f", which is over-built from {OVERBUILT_RULES} on" if many >= OVERBUILT_RULES else ""
        message = f"{many} rules act by themselves at the launch, and {MANY_RULES} are the most{over}"
        yield MANY.found(rollout, (), message, of_key=True)
    elif rules and many < FEW_RULES:
        yield FEW.found(rollout, (), f"{many} rules act by themselves at the launch", of_key=True)
    yield from _unphased(line.acting)
    yield from _macros(line)
    mapping = declaration.get("crm_mapping", "crm_mapping")
    rows = mapping.value.rows if mapping is not None else []
    if mapping is not None and rows and all(row.helpdesk == "organization.name" for row in rows):
        yield SHALLOW.found(mapping, ("rows",), "only the name comes from the CRM")


def _unphased(rules: list[RunningRule]) -> Iterator[Finding]:
    said = [rule for rule in rules if rule.item.value.phase is not None or rule.item.value.not_before is not None]
    for rule in rules if said else ():
        if rule not in said:
            yield UNPHASED.found(rule.item, (), "nothing says since when it acts", of_key=True)


def _macros(line: Line) -> Iterator[Finding]:
    """Only where these files have macros at all."""
    macros = [
        item
        for item in line.scope.declaration.of("macros").values()
        if item.value.active and not item.value.existing and RunningRule.span_of(item.value)[0] <= SOFT_LAUNCH
    ]
    if not macros:
        return
    alone = len(agents(line.scope.declaration)) == 1
    if len(macros) < FEW_MACROS:
        yield MACROS.found(macros[0], (), f"agents have {len(macros)} macros at the launch", of_key=True)
    elif len(macros) > MANY_MACROS and not alone:
        yield MACROS.found(macros[MANY_MACROS], (), f"with it, agents have {len(macros)} macros", of_key=True)
