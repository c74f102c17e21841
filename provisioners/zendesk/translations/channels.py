"""The ways in which customers reach the team (grammar 46)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from config.declaration import Declared
from provisioners.resource import Payload, Resource
from provisioners.sighting import Look, Part, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.attribute_words import OWN_DOMAIN
from provisioners.zendesk.quirks import SOCIAL, TELEPHONES
from provisioners.zendesk.translations.base import ZendeskTranslation, made

_DEFAULT, CAN_BE_DEFAULT = "default", "can_be_default"
_YES, _NO = "true", "false"
_STEPS = {"voice": TELEPHONES, "social": SOCIAL}
"""Type → what a person does; docs/zendesk.md says the same."""


class Channels(ZendeskTranslation):
    """Addresses are made; everything else is set up by a person."""

    kind = "channels"
    type_ = "zendesk:SupportAddress"
    natural = "email"

    def sightings(self, look: Look) -> Iterable[Sighting]:
        brands = look.lives("zendesk:Brand")
        of_others = {each.id for each in brands if not each.body.get("default")}
        for live in look.lives(self.type_):
            of_brand = {"brand_id": ""} if str(live.body.get("brand_id")) in of_others else {}
            parts = {"": look.part(self.type_, live, {"name": "", "email": "", **of_brand})}
            if live.body.get("default"):
                parts[_DEFAULT] = Part("zendesk:DefaultAddress", live, {"address_id": live.id, "default": _YES})
            yield Sighting(self.kind, str(live.body.get("name") or live.label), parts, str(live.label).split("@")[0])

    def existing_name(self, item: Declared) -> str:
        existing = item.value.existing
        return existing if isinstance(existing, str) else str(getattr(item.value, "address", None) or item.name)

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value = item.value
        if value.type != "email":
            context.by_hand(item, self.task(item, context))
            return []
        if value.forwards_from:
            context.by_hand(item, f"Let the mail server forward {value.forwards_from} to {value.address}.")
        payload: Payload = {"name": value.name, "email": value.address}
        if value.brand:
            payload["brand_id"] = context.ref("brands", value.brand)
        address = made(item, context, self.type_, payload)
        return [address, *self._default(item, context)]

    def task(self, item: Declared, context: Context) -> str:
        """Where a person sets it up, and to what: the vendor's API sets up addresses only."""
        value = item.value
        if value.type == "web_form":
            return (
                f"Link to the form “{_called('ticket_forms', value.form, context)}” from the website. It stands in the "
                "help centre under Submit a request, once the help centre is switched on (Guide, Settings)."
            )
        if value.type == "messaging":
            hours = f", hours: {_called('schedules', value.hours, context)}" if value.hours else ""
            closed = "; when closed, the text under `when_closed` in each language" if value.when_closed else ""
            return (
                "In Zendesk's admin centre under Channels > Messaging and social > Messaging: add a web widget"
                f"{hours}{closed}; then put its snippet on the website."
            )
        if value.type == "email":
            return super().task(item, context)
        if value.type in _STEPS:
            return f"In Zendesk's admin centre {_STEPS[value.type]}"
        return f"Set it up in Zendesk's admin centre, under Channels ({value.type})."

    def _default(self, item: Declared, context: Context) -> list[Resource]:
        """Being the default one is a resource of its own: it waits until the address is verified."""
        value = item.value
        if not value.default:
            return []
        payload = {
            "address_id": context.ref(item.kind, item.key),
            "default": context.ref(item.kind, item.key, output=CAN_BE_DEFAULT),
        }
        part = made(item, context, "zendesk:DefaultAddress", payload, part=_DEFAULT, on_remove="release")
        known = next((context.known[name] for name in (part.name, *part.aliases) if name in context.known), None)
        is_own = value.address.lower().endswith(OWN_DOMAIN)
        if not is_own and (known is None or known.payload.get("default") != _YES):
            context.by_hand(
                item,
                f"Let mail to {value.address} be forwarded to Zendesk and verify the address in its admin centre, "
                "under Channels > Email; the first `golive up` after that makes it the default.",
            )
        return [part]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        result: dict[str, Any] = {}
        if "" in parts:
            payload = parts[""][1]
            result = {"type": "email", "address": payload["email"]}
            if "name" in payload:
                result["name"] = payload["name"]
            brand = names.key("zendesk:Brand", payload["brand_id"]) if payload.get("brand_id") else "#"
            if not brand.startswith("#"):
                result["brand"] = brand
        if _DEFAULT in parts:
            result["default"] = parts[_DEFAULT][1].get("default") != _NO
        return result


def _called(kind: str, key: str | None, context: Context) -> str:
    found = context.declared.get(kind, key) if key else None
    return found.name if found else str(key)
