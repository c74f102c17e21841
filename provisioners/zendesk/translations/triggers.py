"""Triggers."""

from __future__ import annotations

from typing import Any, ClassVar

from config.declaration import Declared
from provisioners.collection import Live
from provisioners.resource import Payload
from provisioners.sighting import Look
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.business_rules import BusinessRules
from provisioners.zendesk.translations.orders import in_position


class Triggers(BusinessRules):
    kind = "triggers"
    place = "triggers"
    type_ = "zendesk:Trigger"
    form: ClassVar = {"title": "", "category_id": "", "active": True, "conditions": {}, "actions": []}
    further: ClassVar = {"description": ""}
    extras: ClassVar = ("description",)

    def listed(self, look: Look) -> list[Live]:
        """By category, and in each of them in the order in which they run."""
        categories = in_position(look.lives("zendesk:TriggerCategory"))
        place = {live.id: index for index, live in enumerate(categories)}
        lives = in_position(look.lives(self.type_))
        return sorted(lives, key=lambda live: place.get(str(live.body.get("category_id")), len(place)))

    def own(self, item: Declared, context: Context) -> Payload:
        category = item.value.category
        return {"category_id": context.ref("trigger_categories", category)} if category else {}

    def own_back(self, payload: Payload, names: Names) -> dict[str, Any]:
        if "category_id" not in payload:
            return {}
        return {"category": names.key("zendesk:TriggerCategory", payload["category_id"])}
