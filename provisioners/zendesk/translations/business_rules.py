"""What the translations of triggers and automations share: conditions, actions, and the vendor's rules they replace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from config.declaration import Declared
from provisioners.resource import Payload, Resource
from provisioners.sighting import Data, Sighting
from provisioners.translation import STILL_ACTIVE, Context, Names
from provisioners.zendesk.translations.actions import compiled_actions, declared_actions
from provisioners.zendesk.translations.base import (
    ZendeskTranslation,
    extras_back,
    extras_of,
    known_by_name,
    made,
)
from provisioners.zendesk.translations.conditions import compiled_conditions, declared_conditions
from provisioners.zendesk.translations.saying import said_actions, said_conditions
from provisioners.zendesk.translations.speech import Hearing, Speech

REPLACES = "replaces"
"""The part of a rule that is the vendor's one which it replaces."""


class BusinessRules(ZendeskTranslation):
    """A kind of rules that act by themselves. What only one of them has stands in `own`, `own_back`."""

    place: ClassVar[Literal["triggers", "automations"]]

    extras: ClassVar[tuple[str, ...]] = ()
    """What may stand under `zendesk:` and is sent as it is."""

    def own(self, item: Declared, context: Context) -> Payload:
        """Attributes of the payload that only this kind has. Of a vendor's rule only those that the YAML lists."""
        return {}

    def own_back(self, payload: Payload, names: Names) -> dict[str, Any]:
        """`own` undone."""
        return {}

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        payload = sighting.main.payload
        return {
            "name": payload["title"],
            **self.own_back(payload, names),
            "active": payload["active"],
            **said_conditions(payload["conditions"], names, context, self.place),
            "then": said_actions(payload["actions"], names, context, self.place, sighting.parts),
            **extras_back(payload, *self.extras),
        }

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value, speech = item.value, Speech(context, item)
        payload: Payload = {
            "title": value.name,
            "active": context.active(item),
            **self.own(item, context),
            "conditions": compiled_conditions(value.when, value.when_any, context, self.place),
            "actions": compiled_actions(value.then, speech, self.place),
            **extras_of(item, *self.extras),
        }
        needs = (*speech.needs, *known_by_name(item, context))
        rule = made(item, context, self.type_, payload, depends_on=needs)
        return [*speech.resources, rule, *self._replaced(item, context)]

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
                part=REPLACES,
                mode="patched",
                on_remove="release",
                optional=True,
                depends_on=(context.name(item.kind, item.key),),
            )
        ]

    def patched(self, item: Declared, context: Context) -> list[Resource]:
        """A rule of the vendor's: only what the YAML lists is written."""
        value, speech = item.value, Speech(context, item)
        payload: Payload = {"title": item.name}
        if value.given("active"):
            payload["active"] = context.active(item)
        payload |= self.own(item, context)
        if value.given("when") or value.given("when_any"):
            payload["conditions"] = compiled_conditions(value.when, value.when_any, context, self.place)
        if value.given("then"):
            payload["actions"] = compiled_actions(value.then, speech, self.place)
        return [*speech.resources, made(item, context, self.type_, payload, mode="patched", depends_on=speech.needs)]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        result = self._rule_back(parts[""][1], Hearing(names, parts)) if "" in parts else {}
        if REPLACES in parts:
            replaced = parts[REPLACES][1]
            result[REPLACES] = replaced["title"] if not replaced["active"] else f"{replaced['title']}{STILL_ACTIVE}"
        return result

    def _rule_back(self, payload: Payload, hearing: Hearing) -> dict[str, Any]:
        names = hearing.names
        result: dict[str, Any] = {"name": payload["title"]} if "title" in payload else {}
        result |= self.own_back(payload, names)
        if "active" in payload:
            result["active"] = payload["active"]
        if "conditions" in payload:
            result |= declared_conditions(payload["conditions"], names, self.place)
        if "actions" in payload:
            result["then"] = declared_actions(payload["actions"], hearing)
        return result | extras_back(payload, *self.extras)
