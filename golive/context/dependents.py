"""Rules that ask for values of the CRM: they cannot be relied on while too few accounts hold them."""

from __future__ import annotations

from collections.abc import Mapping

from config.crm_values import crm_fields_asked
from config.declaration import Declaration
from config.results.context import DependentRule
from golive.context.rows import Row


def dependents_on(declaration: Declaration) -> list[DependentRule]:
    """Rules with a condition on a value that comes from the CRM."""
    return [
        DependentRule(f"{kind}/{key}", declaration.of(kind)[key].name, fields)
        for (kind, key), fields in crm_fields_asked(declaration).items()
    ]


STAND_INS: Mapping[str, str] = {
    "arr": "the plan in the billing system (Stripe, Chargebee)",
    "segment": "seats or users, from the product's own database",
    "csm": "the support lead takes every escalation",
    "renewal_date": "start of the subscription and its term, from billing",
}
"""Customer field → what stands in for it while the CRM is thin (002 EC1)."""


def advised_stand_in(row: Row | None) -> str:
    """What can stand in for a field that too few accounts hold; empty where the method knows nothing."""
    if row is None:
        return ""
    names = (row.helpdesk.partition(".")[2], row.field)
    return next((STAND_INS[name] for name in names if name in STAND_INS), "")
