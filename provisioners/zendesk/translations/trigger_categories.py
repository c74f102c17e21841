"""Categories of triggers, their order, and the order of the triggers in each (grammar 30)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from config.declaration import Declared
from provisioners.collection import Live
from provisioners.resource import Payload, Resource
from provisioners.sighting import Look, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import ZendeskTranslation, made
from provisioners.zendesk.translations.orders import (
    ALERT_CATEGORY,
    ALERTS_NAME,
    ORDER,
    REST,
    in_position,
    listed_first,
    order_of_kind,
    references,
    with_others,
)

_IN_CATEGORY = "order"


class TriggerCategories(ZendeskTranslation):
    kind = "trigger_categories"
    type_ = "zendesk:TriggerCategory"
    natural = "name"
    form: ClassVar = {"name": ""}

    def sightings(self, look: Look) -> Iterable[Sighting]:
        for sighting in super().sightings(look):
            generated = sighting.name == ALERTS_NAME
            yield replace(sighting, left="golive made it for alerts" if generated else "")

    def listed(self, look: Look) -> list[Live]:
        return in_position(look.lives(self.type_))

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        return [made(item, context, self.type_, {"name": item.value.name})]

    def together(self, items: list[Declared], context: Context) -> list[Resource]:
        """The order of the categories, in which what golive generates for alerts comes last, and of their triggers."""
        orders = [self._categories(items, context), *(self._order(item, context) for item in items)]
        return [order for order in orders if order is not None]

    def _categories(self, items: list[Declared], context: Context) -> Resource | None:
        order = references(order_of_kind(self.kind, items, context), self.kind, context)
        alerts = context.name("alerts", ALERT_CATEGORY)
        if any(resource.name == alerts for resource in context.compiled.resources):
            order.append(context.ref("alerts", ALERT_CATEGORY))
        if len(order) < 2:
            return None
        return Resource(
            name=context.name(self.kind, ORDER),
            type="zendesk:TriggerCategoryOrder",
            payload=with_others(order, (item.key for item in items), self.kind, context),
            source=context.source(items[0]),
            on_remove="release",
            only_orders=True,
        )

    def _order(self, item: Declared, context: Context) -> Resource | None:
        """The order of the category's triggers, once there are two of them or the YAML says where the rest stands."""
        own = [trigger for trigger in context.declared.of("triggers").values() if trigger.value.category == item.key]
        keys = {trigger.key for trigger in own if not trigger.value.existing} | {REST}
        listed = item.value.order
        if listed is None:
            listed = order_of_kind("triggers", own, context)
        else:
            listed = listed_first(listed, [trigger.key for trigger in own])
        order = references([key for key in listed if key in keys], "triggers", context)
        if len(order) < 2:
            return None
        payload = {
            "category_id": context.ref(self.kind, item.key),
            **with_others(order, keys - {REST}, "triggers", context),
        }
        ordered = made(item, context, "zendesk:TriggerOrder", payload, part=_IN_CATEGORY, on_remove="release")
        return replace(ordered, only_orders=True)

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for type_, payload in parts.values():
            if type_ == self.type_:
                result["name"] = payload["name"]
            else:
                listed = "zendesk:Trigger" if type_ == "zendesk:TriggerOrder" else self.type_
                result["order"] = [entry if entry == REST else names.key(listed, entry) for entry in payload["order"]]
        return result
