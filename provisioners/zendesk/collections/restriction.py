"""Who sees a macro or a view: everybody, some groups, or one person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def shown_restriction(live: Any, wanted: Any) -> Any:
    """Who may use it. The vendor echoes the first group as `id` beside all of them as `ids`."""
    if not isinstance(live, Mapping) or not live.get("type"):
        return None
    if live["type"] == "User":
        return {"type": "User", "id": str(live.get("id"))}
    ids = [str(item) for item in live.get("ids") or [live.get("id")]]
    wanted_ids = wanted.get("ids", []) if isinstance(wanted, Mapping) else []
    if sorted(ids) == sorted(wanted_ids):
        ids = list(wanted_ids)
    return {"type": live["type"], "ids": ids}


def sent_restriction(restriction: Any) -> Any:
    """A payload's restriction as the vendor takes it."""
    if not isinstance(restriction, Mapping):
        return None
    if restriction["type"] == "User":
        return {"type": "User", "id": int(restriction["id"])}
    ids = [int(item) for item in restriction["ids"]]
    return {"type": restriction["type"], "id": ids[0], "ids": ids}
