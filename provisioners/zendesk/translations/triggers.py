"""Triggers, and the vendor's own rules that they replace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from config.declaration import Declared
from provisioners.collection import Live
from provisioners.resource import Payload, Resource
from provisioners.sighting import Data, Look, Sighting
from provisioners.translation import STILL_ACTIVE, Context, Names
from provisioners.zendesk.translations.actions import compiled_actions, declared_actions
from provisioners.zendesk.translations.base import (
    ZendeskTranslation,
    customer_fields_of,
    extras_back,
    extras_of,
    made,
)
from provisioners.zendesk.translations.conditions import compiled_conditions, declared_conditions
from provisioners.zendesk.translations.orders import in_position
from provisioners.zendesk.translations.saying import said_actions, said_conditions

_REPLACES = "replaces"
_EXTRAS = ("description",)


class Triggers(ZendeskTranslation):
    kind = "triggers"
    type_ = "zendesk:Trigger"
    form: ClassVar = {"title": "", "category_id": "", "active": True, "conditions": {}, "actions": []}
    further: ClassVar = {"description": ""}

    def listed(self, look: Look) -> list[Live]:
        """By category, and in each of them in the order in which they run."""
        categories = in_position(look.lives("zendesk:TriggerCategory"))
        place = {live.id: index for index, live in enumerate(categories)}
        lives = in_position(look.lives(self.type_))
        return sorted(lives, key=lambda live: place.get(str(live.body.get("category_id")), len(place)))

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        payload = sighting.main.payload
        return {
            "name": payload["title"],
            "category": names.key("zendesk:TriggerCategory", payload["category_id"]),
            "active": payload["active"],
            **said_conditions(payload["conditions"], names, context, "triggers"),
            "then": said_actions(payload["actions"], names, context, "triggers"),
            **extras_back(payload, *_EXTRAS),
        }

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value = item.value
        payload: Payload = {
            "title": value.name,
            "category_id": context.ref("trigger_categories", value.category),
            "active": context.active(item),
            **self._rule(item, context),
            **extras_of(item, *_EXTRAS),
        }
        trigger = made(item, context, self.type_, payload, depends_on=customer_fields_of(item, context))
        return [trigger, *self._replaced(item, context)]

    def _rule(self, item: Declared, context: Context) -> Payload:
        value = item.value
        return {
            "conditions": compiled_conditions(value.when, value.when_any, context, "triggers"),
            "actions": compiled_actions(value.then, context, "triggers"),
        }

    def _replaced(self, item: Declared, context: Context) -> list[Resource]:
        """The vendor's rule goes off only when ours is on; before that, nobody would answer customers."""
        if not item.value.replaces or not context.active(item):
            return []
        payload = {"title": item.value.replaces, "active": False}
        return [
            made(
                item,
                context,
                self.type_,
                payload,
                part=_REPLACES,
                mode="patched",
                on_remove="release",
                optional=True,
                depends_on=(context.name(item.kind, item.key),),
            )
        ]

    def patched(self, item: Declared, context: Context) -> list[Resource]:
        """A rule of the vendor's: only what the YAML lists is written."""
        value = item.value
        payload: Payload = {"title": item.name}
        if value.given("active"):
            payload["active"] = context.active(item)
        if value.given("category"):
            payload["category_id"] = context.ref("trigger_categories", value.category)
        if value.given("when") or value.given("when_any"):
            payload["conditions"] = compiled_conditions(value.when, value.when_any, context, "triggers")
        if value.given("then"):
            payload["actions"] = compiled_actions(value.then, context, "triggers")
        return [made(item, context, self.type_, payload, mode="patched")]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        result = declared_rule(parts[""][1], names) if "" in parts else {}
        if _REPLACES in parts:
            replaced = parts[_REPLACES][1]
            result[_REPLACES] = replaced["title"] if not replaced["active"] else f"{replaced['title']}{STILL_ACTIVE}"
        return result


def declared_rule(payload: Payload, names: Names) -> dict[str, Any]:
    """A trigger's payload as the YAML has it."""
    result: dict[str, Any] = {"name": payload["title"]} if "title" in payload else {}
    if "category_id" in payload:
        result["category"] = names.key("zendesk:TriggerCategory", payload["category_id"])
    if "active" in payload:
        result["active"] = payload["active"]
    if "conditions" in payload:
        result |= declared_conditions(payload["conditions"], names, "triggers")
    if "actions" in payload:
        result["then"] = declared_actions(payload["actions"], names)
    return result | extras_back(payload, *_EXTRAS)
