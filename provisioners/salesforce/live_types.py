"""What a field that is there holds, in our words, by what the vendor's pages call its type."""

from __future__ import annotations

import re

_HOLDS = {
    "Text": ("text", "textarea", "pattern"),
    "Name": ("text",),
    "Auto Number": ("text",),
    "Email": ("text",),
    "Phone": ("text",),
    "Fax": ("text",),
    "URL": ("text",),
    "Text (Encrypted)": ("text",),
    "Time": ("text",),
    "Text Area": ("textarea", "text"),
    "Long Text Area": ("textarea", "text"),
    "Rich Text Area": ("textarea", "text"),
    "Number": ("integer", "decimal"),
    "Currency": ("currency", "decimal"),
    "Percent": ("decimal",),
    "Roll-Up Summary": ("integer", "decimal", "currency"),
    "Date": ("date",),
    "Date/Time": ("date",),
    "Checkbox": ("checkbox",),
    "Picklist": ("dropdown", "text"),
    "Picklist (Multi-Select)": ("multiselect", "text"),
    "Lookup": ("lookup",),
    "Master-Detail": ("lookup",),
    "Hierarchy": ("lookup",),
}
"""Type → our words for what such a field holds, the best one first."""
_FORMULA = re.compile(r"Formula \((?P<type>.+)\)")


def words_for(shown: str) -> tuple[str, ...]:
    """Our words for a type as `FieldDefinition.DataType` shows it (`Currency(16, 2)`, `Formula (Text)`), the best one
    first. Empty for what there is no word for, and where the pages speak another language: it is the pages' word
    (developer.salesforce.com, “FieldDefinition”)."""
    formula = _FORMULA.fullmatch(shown)
    named = formula["type"] if formula else shown
    return _HOLDS.get(named) or _HOLDS.get(named.partition("(")[0].strip(), ())
