"""The JSON Schema (draft 7) of a file of `migrations/`, made from the models of the installed sources."""

from __future__ import annotations

from typing import Any

from config.schema import DRAFT, OPEN_KEYS, schemas_of
from migrations.declared.migration import migration_model


def migration_schema() -> dict[str, Any]:
    """A file of `migrations/`: where the past is, and what becomes of it."""
    _, definitions = schemas_of({"Migration": migration_model()})
    whole = definitions.pop("Migration")
    choice = definitions["SourceChoice"]
    choice |= {"minProperties": 1, "maxProperties": 1}
    return {
        "$schema": DRAFT,
        **whole,
        "title": "golive: a file of migrations/",
        "description": "Where a client's history is, and what becomes of it.",
        "patternProperties": OPEN_KEYS,
        "definitions": dict(sorted(definitions.items())),
    }
