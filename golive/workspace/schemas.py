"""Every JSON Schema of golive by its file's name, over all rooms."""

from __future__ import annotations

from typing import Any

from checklists.schema import checklist_schema
from config import schema
from migrations.declared.schema import migration_schema


def schemas() -> dict[str, dict[str, Any]]:
    """What `config/schemas/` holds, and a workspace's `.golive/schemas/`. Loads the installed systems."""
    return {"checklists.json": checklist_schema(), "migrations.json": migration_schema(), **schema.schemas()}
