"""Group SLA policies and their order: how long a group may keep a ticket (grammar 34, 35)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from config.declaration import Declared
from config.duration import minutes, show
from provisioners.collection import Live
from provisioners.resource import Payload, Resource
from provisioners.sighting import Look, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import ZendeskTranslation, extras_back, extras_of, made
from provisioners.zendesk.translations.orders import in_position, kind_order, order_back

_EXTRAS = ("description",)
_PRIORITIES = ("urgent", "high", "normal", "low")
_METRIC = "group_ownership"
_ORDER = "zendesk:GroupSlaPolicyOrder"


class GroupSlaPolicies(ZendeskTranslation):
    kind = "group_sla_policies"
    type_ = "zendesk:GroupSlaPolicy"
    form: ClassVar = {"title": "", "filter": {}, "policy_metrics": []}
    further: ClassVar = {"description": ""}

    def listed(self, look: Look) -> list[Live]:
        return in_position(self.listed_if_carried(look))

    def sightings(self, look: Look) -> Iterable[Sighting]:
        for sighting in super().sightings(look):
            asked = (sighting.main.payload["filter"].get("all") or []) + (
                sighting.main.payload["filter"].get("any") or []
            )
            plain = len(asked) == 1 and asked[0]["field"] == "group_id"
            yield replace(sighting, beyond="" if plain else "it asks for more than groups")

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value = item.value
        groups = [context.ref("groups", key) for key in value.groups]
        metrics = [
            {
                "priority": priority,
                "metric": f"{metric}_time",
                "target": minutes(cell),
                "business_hours": value.clock(priority) == "business",
            }
            for metric, targets in value.targets.items()
            for priority, cell in targets.cells().items()
            if cell != "none"
        ]
        payload: Payload = {
            "title": value.name,
            "filter": {"all": [{"field": "group_id", "operator": "includes", "value": groups}], "any": []},
            "policy_metrics": metrics,
            **extras_of(item, *_EXTRAS),
        }
        return [made(item, context, self.type_, payload)]

    def together(self, items: list[Declared], context: Context) -> list[Resource]:
        """The order of the policies: the first that fits a ticket wins."""
        return kind_order(self.kind, items, context, _ORDER)

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        ordered = order_back(parts, _ORDER, self.type_, names)
        if ordered:
            return ordered
        payload = parts[""][1]
        result: dict[str, Any] = {"name": payload["title"]}
        if "filter" in payload:
            result["groups"] = [
                names.key("zendesk:Group", each)
                for condition in payload["filter"].get("all") or []
                for each in (condition["value"] if isinstance(condition["value"], list) else [condition["value"]])
            ]
        if "policy_metrics" in payload:
            result |= _targets(payload["policy_metrics"])
        return result | extras_back(payload, *_EXTRAS)


def _targets(metrics: list[dict[str, Any]]) -> dict[str, Any]:
    """`targets` and `hours`; a clock that is the same everywhere stands once."""
    cells = {str(entry["priority"]): entry for entry in metrics}
    row = {each: show(int(cells[each]["target"])) if each in cells else "none" for each in _PRIORITIES}
    clocks = {each: "business" if entry["business_hours"] else "calendar" for each, entry in cells.items()}
    same = set(clocks.values())
    hours: Any = next(iter(same), "calendar")
    if len(same) > 1:
        rest = {"others": "calendar"} if len(clocks) < len(_PRIORITIES) else {}
        hours = {**{each: clocks[each] for each in _PRIORITIES if each in clocks}, **rest}
    return {"targets": {_METRIC: row}, "hours": hours}
