"""Warnings that come in time, and policies that can match (grammar 15, 22, 37)."""

from __future__ import annotations

from collections.abc import Iterator

from config.declaration import Declared
from config.document import show_path
from config.duration import minutes, show
from config.findings import Finding
from config.kinds.conditions import FieldCondition
from config.ordering import declared_order
from config.rules.logic.line import RunningRule, wrong_objects
from config.rules.logic.situation import Domains
from config.rules.rule import Rule
from config.rules.scope import Scope
from config.share import fraction
from config.vocabulary import PRIORITIES

HOURLY_NEEDS = 120
"""Minutes that must remain after an hourly warning: the vendor's automations run once an hour."""


CATALOGUE = (
    Rule(
        "sla_policies.unreachable",
        "warning",
        "A policy takes every ticket that those below it could get.",
        "The first policy that matches wins, so the later promise is never made.",
        "Put the narrower policy first.",
    ),
    Rule(
        "sla_policies.warning-times",
        "note",
        "When warnings of a policy come.",
        "A share of a promise is hard to picture; minutes are not.",
        "Nothing, if the times are meant.",
    ),
    Rule(
        "sla_policies.warning-late",
        "error",
        "A warning by the helpdesk's hourly rules would come too late.",
        "Automations run once an hour; less than two hours before a breach they may come at the breach itself.",
        "Use  how: watch  or warn at a lower share.",
    ),
    Rule(
        "settings.organization-tags",
        "warning",
        "A policy or view counts on customers' tags, and nothing says that tickets take them over.",
        "Without that setting it matches no ticket.",
        "Declare  settings: {organization_tags: true}",
    ),
)


def check(scope: Scope) -> Iterator[Finding]:
    yield from _organization_tags(scope)
    yield from _taken(scope)
    items = list(scope.declaration.of("sla_policies").values())
    for item in items:
        if not item.value.when and not item.value.when_any and item is not items[-1] and not item.value.existing:
            yield item.finding(
                "sla_policies.unreachable", "warning", (),
                "this policy matches every ticket, so those below it never apply",
                "Put it last: the first policy that matches wins.", of_key=True,
            )  # fmt: skip
        warn = item.value.warn
        if warn is None or warn.at is None:
            continue
        share = fraction(warn.at)
        yield item.finding(
            "sla_policies.warning-times", "note", ("warn", "at"), f"warnings come at {_times(item, share)}",
            "Counted from the start of each target, on its own clock.",
        )  # fmt: skip
        for metric, targets in item.value.targets.items():
            how = warn.how.get(metric, "none") if isinstance(warn.how, dict) else warn.how
            for priority, cell in targets.cells().items():
                if cell == "none" or how != "hourly":
                    continue
                total = minutes(cell)
                left = total - round(total * share)
                if left < HOURLY_NEEDS:
                    yield item.finding(
                        "sla_policies.warning-late", "error", ("warn", "how"),
                        f"{metric}, {priority}: {warn.at} of {cell} leaves {show(left)}, "
                        "and the helpdesk's hourly rules may come an hour late",
                        "Use `how: watch` for it, or a lower share.",
                    )  # fmt: skip


def _taken(scope: Scope) -> Iterator[Finding]:
    """Policies of which another one above takes every ticket. What depends on the vendor's own words is not seen."""
    policies, wrong, domains = scope.declaration.of("sla_policies"), wrong_objects(scope), Domains(scope)
    ordered = [policies[key] for key in declared_order(scope.declaration, "sla_policies")]
    sound = [item for item in ordered if not item.value.existing and show_path(item.path) not in wrong]
    rules = [RunningRule(item, place, domains) for place, item in enumerate(sound)]
    for rule in rules:
        for above in rules[: rule.place]:
            if not above.when and not above.when_any:
                continue  # that one is told itself
            if above.asked_fields <= rule.asked_fields and all(above.holds_in(way) for way in rule.ways):
                yield rule.item.finding(
                    "sla_policies.unreachable", "warning", (),
                    f"“{above.item.name}” ({above.item.position}) stands above and takes every ticket of this policy",
                    "Put the narrower policy first: the first one that matches wins.", of_key=True,
                )  # fmt: skip
                break


def _times(item: Declared, share: float) -> str:
    """Each cell's warning time, as a sentence."""
    return "; ".join(
        f"{metric}: "
        + ", ".join(
            f"{priority} {show(round(minutes(cell) * share))}"
            for priority in reversed(PRIORITIES)
            if (cell := targets.cells()[priority]) != "none"
        )
        for metric, targets in item.value.targets.items()
        if any(cell != "none" for cell in targets.cells().values())
    )


def _organization_tags(scope: Scope) -> Iterator[Finding]:
    """Policies and views know a customer's fields by tags that tickets take over, if the account does that."""
    settings = scope.declaration.single("settings")
    if (settings is not None and settings.organization_tags) or "organization_tags" in scope.perhaps:
        return
    for kind in ("sla_policies", "views"):
        for item in scope.declaration.of(kind).values():
            for name in ("when", "when_any"):
                for index, condition in enumerate(getattr(item.value, name)):
                    if isinstance(condition, FieldCondition) and condition.field.startswith("organization."):
                        yield item.finding(
                            "settings.organization-tags", "warning", (name, index, "field"),
                            "this works only where tickets take over their organization's tags",
                            "Declare it:  settings: {organization_tags: true}",
                        )  # fmt: skip
                        return
