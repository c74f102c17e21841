"""From result documents to plain JSON data, and to the JSON Schemas that describe it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any, TypeAlias

from pydantic import TypeAdapter

from config.draft7 import draft7

Json: TypeAlias = Any
"""What `json.dumps` takes."""


ONLY_IF_GIVEN = {"only_if_given": True}
"""Metadata of a field that the JSON leaves out where it is None."""


def as_json(value: Any) -> Json:
    """Plain data: dataclasses as maps in the order of their fields, all else as it is."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            each.name: as_json(part)
            for each in fields(value)
            if (part := getattr(value, each.name)) is not None or not each.metadata.get("only_if_given")
        }
    if isinstance(value, dict):
        return {key: as_json(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(part) for part in value]
    return value


def schema_of(model: type, schema: str) -> dict[str, Any]:
    """The JSON Schema (draft 7) of a document class whose `schema` field has the given value."""
    made = draft7(TypeAdapter(model).json_schema(mode="serialization"))
    for part in (made, *made.get("definitions", {}).values()):
        if "properties" not in part:
            continue
        left_out = {name for name, each in part["properties"].items() if each.get("default", ...) is None}
        part["required"] = [name for name in part["properties"] if name not in left_out]
        part["additionalProperties"] = False
        for each in part["properties"].values():
            each.pop("default", None)
    made["properties"]["schema"] = {"const": schema}
    return {"$schema": "http://json-schema.org/draft-07/schema#", **made, "title": schema}
