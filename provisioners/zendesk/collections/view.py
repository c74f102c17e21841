"""Views that the whole team or some groups have; personal ones are nobody's business.

The vendor takes `all`, `any` and `output`, and shows them as `conditions` and `execution`. Source:
developer.zendesk.com, “Views”.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from provisioners.resource import Payload
from provisioners.zendesk.collections.restriction import sent_restriction, shown_restriction
from provisioners.zendesk.collections.trigger import Rule
from provisioners.zendesk.likeness import alike, conditions

OUTPUT, GROUPS = "output", "conditions"


class View(Rule):
    """Payload: `conditions` as all rules have them; `output` with `columns`, and `group` and `sort`, each None or
    {by, order}. Columns are the vendor's words, and ids of fields as texts."""

    type = "zendesk:View"
    kind_word = "view"
    path = plural = "views"
    envelope = "view"
    query: ClassVar[Mapping[str, Any]] = {"access": "shared"}
    acts_by_itself: ClassVar[bool] = False
    comparisons: ClassVar = {GROUPS: conditions, "restriction": shown_restriction}

    def shown(self, name: str, body: dict[str, Any], wanted: Any) -> Any:
        if name != OUTPUT:
            return super().shown(name, body, wanted)
        execution = body.get("execution") or {}
        found = {
            "columns": [str(each.get("id")) for each in execution.get("columns") or []],
            "group": _ordered(execution, "group"),
            "sort": _ordered(execution, "sort"),
        }
        return alike(found, wanted)

    def wire(self, payload: Payload) -> Payload:
        body = super().wire(payload)
        if GROUPS in body:
            groups = body.pop(GROUPS)
            body |= {name: groups.get(name) or [] for name in ("all", "any")}
        if OUTPUT in body:
            output = body[OUTPUT]
            body[OUTPUT] = {"columns": [_column(each) for each in output["columns"]]}
            for name in ("group", "sort"):
                said = output[name] or {}
                body[OUTPUT][f"{name}_by"] = _column(said.get("by"))
                body[OUTPUT][f"{name}_order"] = said.get("order", "asc")
        if "restriction" in body:
            body["restriction"] = sent_restriction(body["restriction"])
        return body


def _ordered(execution: Mapping[str, Any], name: str) -> dict[str, str] | None:
    by = execution.get(f"{name}_by")
    return None if by in (None, "") else {"by": str(by), "order": str(execution.get(f"{name}_order") or "desc")}


def _column(word: Any) -> Any:
    """The id of a field as a number, the vendor's words as they are."""
    return int(word) if isinstance(word, str) and word.isdecimal() else word
