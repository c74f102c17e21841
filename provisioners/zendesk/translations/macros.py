"""Macros."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from config.declaration import Declared
from provisioners.collection import Live
from provisioners.resource import Payload, Resource
from provisioners.sighting import Data, Look, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.macro_words import FILES
from provisioners.zendesk.translations.actions import REPLY, compiled_actions, declared_actions
from provisioners.zendesk.translations.audience import audience_back, is_personal, restriction
from provisioners.zendesk.translations.base import ZendeskTranslation, known_by_name, made
from provisioners.zendesk.translations.helps import check_customers_help, help_back, help_for_agents
from provisioners.zendesk.translations.macro_files import files_back, named, sent_files
from provisioners.zendesk.translations.orders import in_position, kind_order, order_back
from provisioners.zendesk.translations.saying import said_actions
from provisioners.zendesk.translations.speech import Hearing, Speech

_FILES = "_files"
"""The part of a sighting only that holds the files which a live macro adds to the comment."""


class Macros(ZendeskTranslation):
    kind = "macros"
    type_ = "zendesk:Macro"
    form: ClassVar = {"title": "", "active": True, "actions": [], "restriction": None}

    def form_of(self, live: Live) -> Payload:
        return {**self.form, **({"description": ""} if live.body.get("description") else {})}

    def listed(self, look: Look) -> list[Live]:
        return in_position(look.lives(self.type_))

    def whole(self, sighting: Sighting, look: Look, key: str) -> Sighting:
        """The files take a call for each macro, which only one that writes a comment is worth."""
        main = sighting.main
        if not any(str(each["field"]).startswith(REPLY) for each in main.payload["actions"]):
            return sighting
        return replace(sighting, parts={**sighting.parts, _FILES: look.part(self.type_, main.live, {FILES: []})})

    def unsaid(self, sighting: Sighting, data: Data) -> str:
        """Their content is the account's, and no file of the workspace: adopting names none, and none is lost."""
        files = sighting.parts[_FILES].payload[FILES] if _FILES in sighting.parts else []
        if not files:
            return ""
        return f"the files that it adds to the comment ({named(files)}), which stay with it; `files` would replace them"

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        payload = sighting.main.payload
        return {
            "name": payload["title"],
            "active": payload["active"],
            "for": audience_back(payload["restriction"], names),
            "then": said_actions(payload["actions"], names, context, "macros", sighting.parts),
            **help_back(agents=payload.get("description")),
        }

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        check_customers_help(item)
        speech = Speech(context, item)
        payload: Payload = {
            "title": item.value.name,
            "active": context.active(item),
            "actions": compiled_actions(item.value.then, speech, "macros"),
            "restriction": restriction(item.value.for_, context),
            **sent_files(item, context),
        }
        told = help_for_agents(item)
        if told is not None:
            payload["description"] = told
        needs = (*speech.needs, *known_by_name(item, context))
        return [*speech.resources, made(item, context, self.type_, payload, depends_on=needs)]

    def patched(self, item: Declared, context: Context) -> list[Resource]:
        """A macro of the vendor's: only what the YAML lists is written."""
        check_customers_help(item)
        value, speech = item.value, Speech(context, item)
        payload: Payload = {"title": item.name}
        if value.given("active"):
            payload["active"] = context.active(item)
        if value.given("then"):
            payload["actions"] = compiled_actions(value.then, speech, "macros")
        if value.given("for_"):
            payload["restriction"] = restriction(value.for_, context)
        payload |= sent_files(item, context)
        told = help_for_agents(item)
        if told is not None:
            payload["description"] = told
        return [*speech.resources, made(item, context, self.type_, payload, mode="patched", depends_on=speech.needs)]

    def together(self, items: list[Declared], context: Context) -> list[Resource]:
        """The order in which agents see them, where the files say one or that there is one: otherwise the account sorts
        them by name."""
        given, settings = context.declared.single("order"), context.declared.single("settings")
        by_hand = settings is not None and settings.macro_order == "manual"
        if not by_hand and (given is None or given.macros is None):
            return []
        shared = [item for item in items if not is_personal(item.value.for_)]
        return kind_order(self.kind, shared, context, "zendesk:MacroOrder")

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        ordered = order_back(parts, "zendesk:MacroOrder", self.type_, names)
        if ordered:
            return ordered
        payload = parts[""][1]
        result: dict[str, Any] = {"name": payload["title"]}
        if "active" in payload:
            result["active"] = payload["active"]
        if "restriction" in payload:
            result["for"] = audience_back(payload["restriction"], names)
        if "actions" in payload:
            result["then"] = declared_actions(payload["actions"], Hearing(names, parts))
        return result | files_back(payload) | help_back(agents=payload.get("description"))
