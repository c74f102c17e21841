"""What can be declared and Salesforce cannot do: found at validation."""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from config.rules.rule import Rule
from config.rules.scope import Scope
from provisioners.salesforce.field_types import ACCESS, FIELDS, why_not

CATALOGUE = (
    Rule(
        "salesforce.field",
        "warning",
        "A CRM field has a type or a name that Salesforce does not take.",
        "It is not sent, and so is nothing that fills it.",
        "Change it as the message says.",
    ),
    Rule(
        "salesforce.formula",
        "warning",
        "People are to edit a field that Salesforce computes.",
        "It can only be read.",
        "List it under `read`.",
    ),
)


def check(scope: Scope) -> Iterator[Finding]:
    """Fields of a type or name that Salesforce lacks, and formulas that somebody is to edit."""
    for field in scope.declaration.of(FIELDS).values():
        reason = why_not(field)
        if reason:
            hint = "It is not sent until it is changed."
            yield field.finding("salesforce.field", "warning", ("type",), reason, hint)
    for access in scope.declaration.of(ACCESS).values():
        for index, key in enumerate(access.value.edit):
            field_item = scope.declaration.get(FIELDS, key)
            if field_item is not None and field_item.value.formula is not None:
                yield access.finding(
                    "salesforce.formula",
                    "warning",
                    ("edit", index),
                    f"`{key}` is computed by a formula; in Salesforce it can only be read",
                    "List it under `read` instead; golive grants it for reading.",
                )
