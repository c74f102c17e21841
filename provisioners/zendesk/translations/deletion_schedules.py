"""What is deleted by itself (grammar 13–16).

The vendor's page names its conditions by its "Conditions reference", where time is counted in hours. Were they days
here, more would be kept than was asked for, and never less.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from config.declaration import Declared
from config.kinds.conditions import FieldCondition
from provisioners.resource import Payload, Resource, Text
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
from provisioners.zendesk.translations.lookups import CUSTOM, custom_object, target_back
from provisioners.zendesk.translations.saying import said_conditions

OBJECTS = {
    "tickets": "zen:ticket",
    "customers": "zen:user",
    "attachments": "zen:attachment",
    "bot_conversations": "zen:bot_only_conversation",
}
"""Our word → what the vendor calls the sort of record."""
_OBJECTS_BACK = {vendor: word for word, vendor in OBJECTS.items()}
_EXTRAS = ("description",)
_FIELDS = {"tickets": None, "customers": ("tags",)}
"""What is deleted → the fields that it can be asked for, None for those of tickets; nothing else has any."""


class DeletionSchedules(ZendeskTranslation):
    kind = "deletion_schedules"
    type_ = "zendesk:DeletionSchedule"
    form: ClassVar = {"title": "", "object": "", "active": True, "conditions": {}}
    further: ClassVar = {"description": ""}

    def sightings(self, look: Look) -> Iterable[Sighting]:
        for sighting in super().sightings(look):
            said = str(sighting.main.payload["object"])
            known = said in _OBJECTS_BACK or said.startswith(CUSTOM)
            yield replace(sighting, beyond="" if known else f"it deletes {said}, for which there is no word here")

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        payload = sighting.main.payload
        return {
            "name": payload["title"],
            "of": _of_back(payload["object"], names),
            "active": payload["active"],
            **said_conditions(payload["conditions"], names, context, "deletion_schedules"),
            **extras_back(payload, *_EXTRAS),
        }

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value = item.value
        check_fields(item)
        payload: Payload = {
            "title": value.name,
            "object": _object(value.of, context),
            "active": context.active(item),
            "conditions": compiled_conditions(value.when, value.when_any, context, "deletion_schedules"),
            **extras_of(item, *_EXTRAS),
        }
        becomes = tags_asked(value, context)
        return [made(item, context, self.type_, payload, depends_on=known_by_name(item, context), becomes=becomes)]

    def patched(self, item: Declared, context: Context) -> list[Resource]:
        """A schedule of the vendor's: only what the YAML lists is written, conditions all together."""
        value = item.value
        payload: Payload = {"title": item.name}
        if value.given("active"):
            payload["active"] = context.active(item)
        if value.given("when") or value.given("when_any"):
            payload["conditions"] = compiled_conditions(value.when, value.when_any, context, "deletion_schedules")
        return [made(item, context, self.type_, payload, mode="patched")]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        payload = parts[""][1]
        result: dict[str, Any] = {"name": payload["title"]}
        if "object" in payload:
            result["of"] = _of_back(payload["object"], names)
        if "active" in payload:
            result["active"] = payload["active"]
        if "conditions" in payload:
            result |= declared_conditions(payload["conditions"], names, "deletion_schedules")
        return result | extras_back(payload, *_EXTRAS)


def check_fields(item: Declared) -> None:
    """Whether what is deleted has the fields that are asked for. Raises CannotSend."""
    value = item.value
    fields = _FIELDS.get(value.of, ())
    for name in ("when", "when_any"):
        for index, condition in enumerate(getattr(value, name)):
            if isinstance(condition, FieldCondition) and fields is not None and condition.field not in fields:
                known = (
                    f"Beside its age it can be asked for {', '.join(fields)}." if fields else "Ask for its age alone."
                )
                raise CannotSend(f"`{condition.field}` is a ticket's, and not one of {value.of}", known, (name, index))


def _object(of: str, context: Context) -> str | Text:
    if of in OBJECTS:
        return OBJECTS[of]
    return custom_object(of, context)


def _of_back(vendor: Any, names: Names) -> str:
    text = str(vendor)
    return _OBJECTS_BACK.get(text) or target_back(text, names)
