"""From the JSON Schemas that pydantic writes (2020-12) to draft 7, which editors read."""

from __future__ import annotations

from typing import Any

_NAMES_BELOW = ("properties", "patternProperties", "definitions")
"""Keywords below which keys are names and not keywords."""


def draft7(schema: Any) -> Any:
    """The same schema in draft 7: `definitions` for `$defs`, no `discriminator`, `items` for `prefixItems`,
    and a reference that has neighbours inside `allOf`, because draft 7 ignores what stands beside `$ref`."""
    if isinstance(schema, list):
        return [draft7(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made: dict[str, Any] = {}
    for word, part in schema.items():
        if word == "discriminator":
            continue
        if word == "$ref":
            made[word] = part.replace("#/$defs/", "#/definitions/")
        elif word == "$defs":
            made["definitions"] = {name: draft7(each) for name, each in part.items()}
        elif word in _NAMES_BELOW:
            made[word] = {name: draft7(each) for name, each in part.items()}
        elif word == "prefixItems":
            made["items"] = draft7(part)
        elif word in ("const", "enum", "default", "examples"):
            made[word] = part
        else:
            made[word] = draft7(part)
    if "$ref" in made and len(made) > 1:
        made["allOf"] = [{"$ref": made.pop("$ref")}]
    return made
