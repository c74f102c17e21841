"""SLA policies and their order (grammar 34, 35, 22)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from config.declaration import Declared
from config.duration import minutes, show
from config.vocabulary import METRICS
from provisioners.collection import Live
from provisioners.resource import Payload, Resource
from provisioners.sighting import Data, Look, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import (
    CannotSend,
    ZendeskTranslation,
    extras_back,
    extras_of,
    known_by_name,
    made,
)
from provisioners.zendesk.translations.conditions import compiled_conditions, declared_conditions, tags_asked
from provisioners.zendesk.translations.orders import in_position, kind_order, order_back
from provisioners.zendesk.translations.saying import said_conditions
from provisioners.zendesk.translations.sla_warnings import hourly_warnings, warnings_back

_EXTRAS = ("description",)
_PRIORITIES = ("urgent", "high", "normal", "low")


class SlaPolicies(ZendeskTranslation):
    kind = "sla_policies"
    type_ = "zendesk:SlaPolicy"
    form: ClassVar = {"title": "", "filter": {}, "policy_metrics": []}
    further: ClassVar = {"description": ""}

    def listed(self, look: Look) -> list[Live]:
        return in_position(look.lives(self.type_))

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        payload = sighting.main.payload
        return {
            "name": payload["title"],
            **said_conditions(payload["filter"], names, context, "sla_policies"),
            "targets": _targets(payload["policy_metrics"])["targets"],
            "hours": _compact_hours(payload["policy_metrics"]),
            **extras_back(payload, *_EXTRAS),
        }

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value = item.value
        metrics = [
            {
                "priority": priority,
                "metric": f"{metric}_time",
                "target": minutes(cell),
                "business_hours": value.clock(metric, priority) == "business",
            }
            for metric, targets in value.targets.items()
            for priority, cell in targets.cells().items()
            if cell != "none"
        ]
        payload: Payload = {
            "title": value.name,
            "filter": compiled_conditions(value.when, value.when_any, context, "sla_policies"),
            "policy_metrics": metrics,
            **extras_of(item, *_EXTRAS),
        }
        becomes = tags_asked(value, context)
        needs = known_by_name(item, context)
        policy = made(item, context, self.type_, payload, depends_on=needs, becomes=becomes)
        return [policy, *self._warnings(item, context)]

    def _warnings(self, item: Declared, context: Context) -> list[Resource]:
        """The promise stands without them, and validation says where they cannot be made."""
        try:
            return hourly_warnings(item, context)
        except CannotSend:
            return []

    def together(self, items: list[Declared], context: Context) -> list[Resource]:
        """The order of the policies: the first that fits a ticket wins."""
        return kind_order(self.kind, items, context, "zendesk:SlaPolicyOrder")

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        ordered = order_back(parts, "zendesk:SlaPolicyOrder", self.type_, names)
        if ordered:
            return ordered
        payload = parts[""][1]
        result: dict[str, Any] = {"name": payload["title"]}
        if "filter" in payload:
            result |= declared_conditions(payload["filter"], names, "sla_policies")
        if "policy_metrics" in payload:
            result |= _targets(payload["policy_metrics"])
        warnings = warnings_back(parts, names)
        return result | ({"warnings": warnings} if warnings else {}) | extras_back(payload, *_EXTRAS)


def _targets(metrics: list[dict[str, Any]]) -> dict[str, Any]:
    """`targets` and `hours`; a clock that is the same everywhere stands once."""
    cells = {(entry["metric"].removesuffix("_time"), entry["priority"]): entry for entry in metrics}
    known = [metric for metric in METRICS if any((metric, priority) in cells for priority in _PRIORITIES)]
    targets: dict[str, dict[str, str]] = {}
    hours: dict[str, Any] = {}
    for metric in known:
        row = {priority: cells.get((metric, priority)) for priority in _PRIORITIES}
        targets[metric] = {priority: _duration(entry) for priority, entry in row.items()}
        clocks = {
            priority: "business" if entry["business_hours"] else "calendar"
            for priority, entry in row.items()
            if entry is not None
        }
        same = set(clocks.values())
        rest = {"others": "calendar"} if len(clocks) < len(_PRIORITIES) else {}
        hours[metric] = same.pop() if len(same) == 1 else {**clocks, **rest}
    first = next(iter(hours.values()), "calendar")
    everywhere = isinstance(first, str) and all(clock == first for clock in hours.values())
    return {"targets": targets, "hours": first if everywhere else hours}


def _compact_hours(metrics: list[dict[str, Any]]) -> Any:
    """`hours` as somebody would write it: one clock, else one for each priority, else a map for each metric."""
    by_metric: dict[str, dict[str, str]] = {}
    for entry in metrics:
        clock = "business" if entry["business_hours"] else "calendar"
        by_metric.setdefault(entry["metric"].removesuffix("_time"), {})[entry["priority"]] = clock
    together: dict[str, str] = {}
    for clocks in by_metric.values():
        for priority, clock in clocks.items():
            if together.setdefault(priority, clock) != clock:
                return _compact({metric: _compact(clocks) for metric, clocks in by_metric.items()}, len(by_metric))
    return _compact(together) if together else "calendar"


def _compact(clocks: dict[str, Any], whole: int = len(_PRIORITIES)) -> Any:
    """What is said most often stands once, under `others`. whole: how many keys there could be."""
    said = list(clocks.values())
    common = max(said, key=said.count)
    if all(clock == common for clock in said):
        return common
    rest = {name: clock for name, clock in clocks.items() if clock != common}
    return {**rest, "others": common} if said.count(common) > 1 or len(clocks) < whole else dict(clocks)


def _duration(entry: dict[str, Any] | None) -> str:
    if entry is None or entry.get("target") is None:
        return "none"
    return show(int(entry["target"]))
