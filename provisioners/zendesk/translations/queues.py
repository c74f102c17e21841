"""Queues of tickets, and their order (grammar 30)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from config.declaration import Declared
from provisioners.collection import Live
from provisioners.resource import Payload, Resource
from provisioners.sighting import Data, Look, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import ZendeskTranslation, extras_back, extras_of, known_by_name, made
from provisioners.zendesk.translations.conditions import compiled_conditions, declared_conditions, tags_asked
from provisioners.zendesk.translations.orders import kind_order, order_back
from provisioners.zendesk.translations.saying import said_conditions

_EXTRAS = ("description",)
_GROUPS = {"groups": "primary_groups_id", "fallback_groups": "secondary_groups_id"}
_WITHOUT = ("team", "growth")


class Queues(ZendeskTranslation):
    """What a queue asks is asked as views do."""

    kind = "queues"
    type_ = "zendesk:Queue"
    natural = "name"
    form: ClassVar = {"name": "", "definition": {}, "priority": 0, "primary_groups_id": [], "secondary_groups_id": []}
    further: ClassVar = {"description": ""}

    def listed(self, look: Look) -> list[Live]:
        return sorted(self.listed_if_carried(look), key=lambda live: live.body.get("order") or 0)

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        payload = sighting.main.payload
        return self._back(payload, names) | said_conditions(payload["definition"], names, context, "views")

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value = item.value
        plan = context.settings.plan or ""
        if plan.endswith(_WITHOUT):
            context.leave_out(item, f"the plan {plan} has no queues; the nearest is a trigger that sets the group")
            return []
        payload: Payload = {
            "name": value.name,
            "definition": compiled_conditions(value.when, value.when_any, context, "views"),
            "priority": value.priority,
            **{
                vendor: [context.ref("groups", key) for key in getattr(value, word)] for word, vendor in _GROUPS.items()
            },
            **extras_of(item, *_EXTRAS),
        }
        becomes = tags_asked(value, context)
        needs = known_by_name(item, context)
        return [made(item, context, self.type_, payload, depends_on=needs, becomes=becomes)]

    def together(self, items: list[Declared], context: Context) -> list[Resource]:
        """The order of the queues, of which the first that fits takes a ticket."""
        return kind_order(self.kind, items, context, "zendesk:QueueOrder")

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        ordered = order_back(parts, "zendesk:QueueOrder", self.type_, names)
        if ordered:
            return ordered
        payload = parts[""][1]
        result = self._back(payload, names)
        if "definition" in payload:
            result |= declared_conditions(payload["definition"], names, "views")
        return result

    def _back(self, payload: Payload, names: Names) -> dict[str, Any]:
        result: dict[str, Any] = {"name": payload["name"]}
        if "priority" in payload:
            result["priority"] = payload["priority"]
        for word, vendor in _GROUPS.items():
            if vendor in payload:
                result[word] = [names.key("zendesk:Group", each) for each in payload[vendor] or []]
        return result | extras_back(payload, *_EXTRAS)
