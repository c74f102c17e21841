"""Automations and their order (grammar 13, 30)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from config.declaration import Declared
from provisioners.collection import Live
from provisioners.resource import Payload, Resource
from provisioners.sighting import Look, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.alerts import TAG
from provisioners.zendesk.translations.business_rules import BusinessRules
from provisioners.zendesk.translations.orders import in_position, kind_order, order_back
from provisioners.zendesk.translations.sla_warnings import TITLE


class Automations(BusinessRules):
    kind = "automations"
    place = "automations"
    type_ = "zendesk:Automation"
    form: ClassVar = {"title": "", "active": True, "conditions": {}, "actions": []}

    def listed(self, look: Look) -> list[Live]:
        return in_position(look.lives(self.type_))

    def sightings(self, look: Look) -> Iterable[Sighting]:
        for sighting in super().sightings(look):
            yield replace(sighting, left=_maker(sighting.main.payload))

    def together(self, items: list[Declared], context: Context) -> list[Resource]:
        """The order in which the vendor goes through them each hour."""
        return kind_order(self.kind, items, context, "zendesk:AutomationOrder")

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        ordered = order_back(parts, "zendesk:AutomationOrder", self.type_, names)
        return ordered or super().declared(parts, names)


def _maker(payload: Payload) -> str:
    """Why an automation has no place in the files: golive made it, as its tag or name tells. "" for any other."""
    if str(payload["title"]).startswith(TITLE):
        return "golive made it for the warnings of an SLA policy"
    tags = [str(each.get("value") or "") for each in payload["actions"] if each.get("field") == "current_tags"]
    return "golive made it for an alert" if any(tag.startswith(TAG) for tag in tags) else ""
