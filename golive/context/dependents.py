"""Rules that ask for values of the CRM: they cannot be relied on while too few accounts hold them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from config.declaration import Declaration
from config.results.context import DependentRule
from golive.context.rows import Row

_KINDS = ("triggers", "automations", "views", "sla_policies", "alerts")


def dependents_on(declaration: Declaration, rows: Iterable[Row]) -> list[DependentRule]:
    """Rules with a condition on a value that comes from the CRM."""
    wanted = {row.helpdesk: row.crm for row in rows}
    found = []
    for kind in _KINDS:
        for key, item in declaration.of(kind).items():
            fields = [wanted[name] for name in dict.fromkeys(_asked(item.value)) if name in wanted]
            if fields:
                found.append(DependentRule(f"{kind}/{key}", item.name, fields))
    return found


def _asked(rule: Any) -> Iterator[str]:
    """The fields that a rule's conditions name."""
    for condition in [*(getattr(rule, "when", None) or ()), *(getattr(rule, "when_any", None) or ())]:
        name = getattr(condition, "field", None)
        if isinstance(name, str):
            yield name


STAND_INS: Mapping[str, str] = {
    "arr": "the plan in the billing system (Stripe, Chargebee)",
    "segment": "seats or users, from the product's own database",
    "csm": "the support lead takes every escalation",
    "renewal_date": "start of the subscription and its term, from billing",
}
"""Customer field → what stands in for it while the CRM is thin (002 EC1)."""


def stand_in(row: Row | None) -> str:
    """What stands in for a field that too few accounts hold; empty where the method knows nothing."""
    if row is None:
        return ""
    names = (row.helpdesk.partition(".")[2], row.field)
    return next((STAND_INS[name] for name in names if name in STAND_INS), "")
