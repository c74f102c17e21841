"""What Setup calls the type of a field, which is what the Tooling API shows as its `DataType`."""

from __future__ import annotations

from sandbox.salesforce.objects import Field

_WORDS = {
    "string": "Text",
    "id": "Lookup()",
    "datetime": "Date/Time",
    "boolean": "Checkbox",
    "textarea": "Long Text Area",
    "int": "Number",
    "double": "Number",
    "multipicklist": "Picklist (Multi-Select)",
    "url": "URL",
}
_WITH_LENGTH = ("string", "textarea", "url")


def data_type(field: Field) -> str:
    """`Text(255)`, `Lookup(User)`, `Formula (Currency)`."""
    word = _WORDS.get(field.type, field.type.capitalize())
    if field.calculated:
        return f"Formula ({word})"
    if field.type == "reference":
        return f"Lookup({','.join(field.refers_to)})"
    return f"{word}({field.length})" if field.type in _WITH_LENGTH and field.length else word
