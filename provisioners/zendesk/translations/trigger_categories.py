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
    ESCALATION_CATEGORY,
    ESCALATIONS_NAME,
    FENCE_CATEGORY,
    FENCE_NAME,
    FIRST,
    ORDER,
    REST,
    in_position,
    listed_first,
    order_of_kind,
    references,
    with_others,
)

_IN_CATEGORY = "order"
ROLLOUT = "rollout/rollout"
"""What the category of the rollout's fence belongs to."""
_GENERATED = {
    ALERTS_NAME: "golive made it for alerts",
    ESCALATIONS_NAME: "golive made it for escalations",
    FENCE_NAME: "golive made it for the rollout",
}


class TriggerCategories(ZendeskTranslation):
    kind = "trigger_categories"
    type_ = "zendesk:TriggerCategory"
    natural = "name"
    form: ClassVar = {"name": ""}

    def sightings(self, look: Look) -> Iterable[Sighting]:
        for sighting in super().sightings(look):
            yield replace(sighting, left=_GENERATED.get(sighting.name, ""))

    def listed(self, look: Look) -> list[Live]:
        return in_position(look.lives(self.type_))

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        return [made(item, context, self.type_, {"name": item.value.name})]

    def together(self, items: list[Declared], context: Context) -> list[Resource]:
        """The order of the categories and of their triggers."""
        orders = [category_order(items, context, items[0]), *(self._order(item, context) for item in items)]
        return [order for order in orders if order is not None]

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
                if payload.get(FIRST):
                    first = names.address(self.type_, payload[FIRST][0])
                    result[FIRST] = first if first == ROLLOUT else first.rpartition("/")[2]
                listed = "zendesk:Trigger" if type_ == "zendesk:TriggerOrder" else self.type_
                result["order"] = [entry if entry == REST else names.key(listed, entry) for entry in payload["order"]]
        return result


def category_order(items: list[Declared], context: Context, source: Declared) -> Resource | None:
    """The order of the categories: what golive generates for the rollout comes first, for escalations and
    alerts last.

    What golive does not write has its place from others. None where there is nothing to put in order. source: what it
    is made for.
    """
    kind = TriggerCategories.kind
    sent = {resource.name for resource in context.compiled.resources}
    own = [item for item in items if not item.value.existing]
    keys = {item.key for item in own} | {REST}
    order = references([key for key in order_of_kind(kind, own, context) if key in keys], kind, context)
    for own_category in (("escalations", ESCALATION_CATEGORY), ("alerts", ALERT_CATEGORY)):
        if context.name(*own_category) in sent:
            order.append(context.ref(*own_category))
    payload = with_others(order, keys - {REST}, kind, context)
    fence = context.ref("rollout", "rollout", FENCE_CATEGORY)
    if fence.resource in sent:
        payload[FIRST] = [fence]
    if len(order) < 2 and FIRST not in payload:
        return None
    return Resource(
        name=context.name(kind, ORDER),
        type="zendesk:TriggerCategoryOrder",
        payload=payload,
        source=context.source(source),
        on_remove="release",
        only_orders=True,
    )
