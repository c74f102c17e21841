"""Macros that the whole team or some groups may use; personal ones are nobody's business."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from provisioners.zendesk.collections.restriction import sent_restriction, shown_restriction
from provisioners.zendesk.collections.trigger import Rule
from provisioners.zendesk.likeness import actions


class Macro(Rule):
    type = "zendesk:Macro"
    kind_word = "macro"
    path = plural = "macros"
    envelope = "macro"
    query: ClassVar[Mapping[str, Any]] = {"access": "shared"}
    acts_by_itself: ClassVar[bool] = False
    comparisons: ClassVar = {"actions": actions, "restriction": shown_restriction}

    def wire(self, payload: dict[str, Any]) -> dict[str, Any]:
        body = super().wire(payload)
        if "restriction" in body:
            body["restriction"] = sent_restriction(body["restriction"])
        return body
