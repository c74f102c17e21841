"""Webhooks. Secrets are named in the payload and never written out (grammar 47)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from config.declaration import Declared
from config.kinds.rules import Authentication
from provisioners.collection import Live
from provisioners.resource import Payload, Resource
from provisioners.sighting import Look, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.authentication import KEPT
from provisioners.zendesk.signing import hand_on
from provisioners.zendesk.translations.base import CannotSend, ZendeskTranslation, extras_back, extras_of, made

_FORMATS = {"json": "json", "xml": "xml", "form": "form_encoded"}
_NAMED = "env:"


class Webhooks(ZendeskTranslation):
    kind = "webhooks"
    type_ = "zendesk:Webhook"
    natural = "name"
    form: ClassVar = {
        "name": "",
        "status": "",
        "endpoint": "",
        "http_method": "",
        "request_format": "",
        "subscriptions": [],
    }
    further: ClassVar = {"description": ""}

    def form_of(self, live: Live) -> Payload:
        """The vendor shows no credentials: those that are there stay."""
        signed_in = live.body.get("authentication") or {}
        known = {"authentication": {"type": signed_in["type"], "secret": KEPT}} if signed_in.get("type") else {}
        return {**super().form_of(live), **known}

    def sightings(self, look: Look) -> Iterable[Sighting]:
        for sighting in super().sightings(look):
            subscribed = sighting.main.payload["subscriptions"] != ["conditional_ticket_events"]
            beyond = "it listens to events and is not called by rules" if subscribed else ""
            yield replace(sighting, beyond=beyond)

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        if item.value.signing:
            context.by_hand(item, hand_on(item.name, item.value.signing))
        return super().resources(item, context)

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value = item.value
        payload: Payload = {
            "name": value.name,
            "status": "active" if context.active(item) else "inactive",
            "endpoint": value.url,
            "http_method": value.method,
            "request_format": _FORMATS[value.format],
            "subscriptions": ["conditional_ticket_events"],
            "authentication": _authentication(value.auth, context),
            **extras_of(item, "description"),
        }
        check_signing_in(item)
        kept = extras_of(item, "authentication").get("authentication")
        if kept:
            payload["authentication"] = {"type": kept, "secret": KEPT}
        if value.signing:
            payload["signing"] = value.signing
        if value.url.startswith(_NAMED):
            payload["endpoint_fingerprint"] = context.fingerprint(value.url)
        return [made(item, context, self.type_, payload)]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        payload = parts[""][1]
        formats = {vendor: word for word, vendor in _FORMATS.items()}
        result: dict[str, Any] = {}
        for word, attribute in (("name", "name"), ("url", "endpoint"), ("method", "http_method")):
            if attribute in payload:
                result[word] = payload[attribute]
        if "request_format" in payload:
            result["format"] = formats.get(payload["request_format"], payload["request_format"])
        if "status" in payload:
            result["active"] = payload["status"] == "active"
        if "signing" in payload:
            result["signing"] = payload["signing"]
        signed_in = payload.get("authentication") or {}
        if signed_in.get("secret") == KEPT:
            payload = {**payload, "authentication": signed_in["type"]}
            return result | extras_back(payload, "description", "authentication")
        if "authentication" in payload:
            result["auth"] = _authentication_back(payload["authentication"])
        return result | extras_back(payload, "description")


def check_signing_in(item: Declared) -> None:
    """Its credentials are named, or left as they are. Raises CannotSend where both is said."""
    if item.value.auth is not None and extras_of(item, "authentication"):
        raise CannotSend(
            "`auth` says how it signs in, and `authentication` that this is left as it is",
            "Keep one of them.",
            ("zendesk", "authentication"),
        )


def _authentication(auth: Authentication | None, context: Context) -> Payload | None:
    if auth is None:
        return None
    if auth.bearer is not None:
        return _signed(context, "bearer_token", auth.bearer)
    if auth.basic is not None:
        return {
            **_signed(context, "basic_auth", auth.basic.get("password", "")),
            "username": auth.basic.get("username"),
        }
    key = auth.api_key or {}
    return {**_signed(context, "api_key", key.get("value", "")), "header": key.get("header")}


def _signed(context: Context, type_: str, secret: str) -> Payload:
    if not secret.startswith(_NAMED):
        raise CannotSend("its secret is not named as `env:NAME`")
    return {"type": type_, "secret": secret, "fingerprint": context.fingerprint(secret)}


def _authentication_back(authentication: Payload | None) -> dict[str, Any] | None:
    if not authentication:
        return None
    secret = authentication.get("secret")
    match authentication["type"]:
        case "bearer_token":
            return {"bearer": secret}
        case "basic_auth":
            return {"basic": {"username": authentication.get("username"), "password": secret}}
        case "api_key":
            return {"api_key": {"header": authentication.get("header"), "value": secret}}
    return {"unknown": authentication["type"]}
