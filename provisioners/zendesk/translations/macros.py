"""Macros."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from config.declaration import Declared
from provisioners.collection import Live
from provisioners.resource import Payload, Resource
from provisioners.sighting import Data, Look, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.actions import compiled_actions, declared_actions
from provisioners.zendesk.translations.base import ZendeskTranslation, known_by_name, made
from provisioners.zendesk.translations.helps import check_customers_help, help_back, help_for_agents
from provisioners.zendesk.translations.orders import in_position
from provisioners.zendesk.translations.saying import said_actions
from provisioners.zendesk.translations.speech import Hearing, Speech


class Macros(ZendeskTranslation):
    kind = "macros"
    type_ = "zendesk:Macro"
    form: ClassVar = {"title": "", "active": True, "actions": [], "restriction": None}

    def form_of(self, live: Live) -> Payload:
        return {**self.form, **({"description": ""} if live.body.get("description") else {})}

    def listed(self, look: Look) -> list[Live]:
        return in_position(look.lives(self.type_))

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        payload = sighting.main.payload
        return {
            "name": payload["title"],
            "active": payload["active"],
            "for": _audience(payload["restriction"], names),
            "then": said_actions(payload["actions"], names, context, "macros"),
            **help_back(agents=payload.get("description")),
        }

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        check_customers_help(item)
        speech = Speech(context, item)
        payload: Payload = {
            "title": item.value.name,
            "active": context.active(item),
            "actions": compiled_actions(item.value.then, speech, "macros"),
            "restriction": _restriction(item.value.for_, context),
        }
        told = help_for_agents(item)
        if told is not None:
            payload["description"] = told
        needs = (*speech.needs, *known_by_name(item, context))
        return [*speech.resources, made(item, context, self.type_, payload, depends_on=needs)]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        payload = parts[""][1]
        result: dict[str, Any] = {"name": payload["title"]}
        if "active" in payload:
            result["active"] = payload["active"]
        if "restriction" in payload:
            result["for"] = _audience(payload["restriction"], names)
        if "actions" in payload:
            result["then"] = declared_actions(payload["actions"], Hearing(names, parts))
        return result | help_back(agents=payload.get("description"))


def _restriction(audience: list[str], context: Context) -> Payload | None:
    """Groups, or one person (grammar 45); None = everyone."""
    if not audience:
        return None
    kind, _, key = audience[0].partition("/")
    if kind == "people":
        return {"type": "User", "id": context.ref("people", key)}
    return {"type": "Group", "ids": [context.ref("groups", entry.partition("/")[2]) for entry in audience]}


def _audience(restriction: Payload | None, names: Names) -> list[str]:
    if not restriction:
        return []
    if restriction["type"] == "User":
        return [f"people/{names.key('zendesk:User', restriction['id'])}"]
    return [f"groups/{names.key('zendesk:Group', identifier)}" for identifier in restriction["ids"]]
