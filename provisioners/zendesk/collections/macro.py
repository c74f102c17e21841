"""Macros that the whole team or some groups may use; personal ones are nobody's business."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from provisioners.zendesk.collections.trigger import Rule
from provisioners.zendesk.likeness import actions


def _restriction(live: Any, wanted: Any) -> Any:
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


def _wire_restriction(restriction: Any) -> Any:
    if not isinstance(restriction, Mapping):
        return None
    if restriction["type"] == "User":
        return {"type": "User", "id": int(restriction["id"])}
    ids = [int(item) for item in restriction["ids"]]
    return {"type": restriction["type"], "id": ids[0], "ids": ids}


class Macro(Rule):
    type = "zendesk:Macro"
    kind_word = "macro"
    path = plural = "macros"
    envelope = "macro"
    query: ClassVar[Mapping[str, Any]] = {"access": "shared"}
    acts_by_itself: ClassVar[bool] = False
    comparisons: ClassVar = {"actions": actions, "restriction": _restriction}

    def wire(self, payload: dict[str, Any]) -> dict[str, Any]:
        body = super().wire(payload)
        if "restriction" in body:
            body["restriction"] = _wire_restriction(body["restriction"])
        return body
