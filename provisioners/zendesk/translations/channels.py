"""The ways in which customers reach the team (grammar 46)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.declaration import Declared
from provisioners.resource import Payload, Resource
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import NotApplied, ZendeskTranslation, made

_OWN_DOMAIN = ".zendesk.com"
"""Addresses here belong to the vendor and need no verification."""


class Channels(ZendeskTranslation):
    """Addresses are made; everything else is set up by a person."""

    kind = "channels"
    type_ = "zendesk:SupportAddress"
    natural = "email"

    def existing_name(self, item: Declared) -> str:
        existing = item.value.existing
        return existing if isinstance(existing, str) else str(getattr(item.value, "address", None) or item.name)

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value = item.value
        if value.type == "web_form":
            raise NotApplied("a channel of type web_form")
        if value.type != "email":
            context.by_hand(item, f"Set it up in Zendesk's admin centre, under Channels ({value.type}).")
            return []
        if value.forwards_from:
            context.by_hand(item, f"Let the mail server forward {value.forwards_from} to {value.address}.")
        payload: Payload = {"name": value.name, "email": value.address}
        if value.default:
            payload["default"] = True  # the vendor takes it away only by giving it to another address
        mails = 0 if value.address.endswith(_OWN_DOMAIN) else 1
        return [made(item, context, self.type_, payload, sends_mail=mails)]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        payload = parts[""][1]
        result: dict[str, Any] = {"type": "email", "address": payload["email"]}
        if "name" in payload:
            result["name"] = payload["name"]
        if "default" in payload:
            result["default"] = payload["default"]
        return result
