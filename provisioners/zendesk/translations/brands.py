"""Brands, and which of them is the default one (grammar 16, 45)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from config.declaration import Declared
from provisioners.resource import Payload, Resource
from provisioners.sighting import Look, Part, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import ZendeskTranslation, extras_back, extras_of, made

_DEFAULT, _YES = "default", "true"
_EXTRAS = ("host_mapping",)
_SIGNATURE = "signature_template"


class Brands(ZendeskTranslation):
    """An account has one brand from the start."""

    kind = "brands"
    type_ = "zendesk:Brand"
    natural = "name"
    form: ClassVar = {"name": "", "subdomain": "", "active": True}
    further: ClassVar = {"host_mapping": None, _SIGNATURE: "{{agent.signature}}"}

    def sightings(self, look: Look) -> Iterable[Sighting]:
        lives = self.listed(look)
        for live in lives:
            parts = {"": look.part(self.type_, live, self.form_of(live))}
            if live.body.get("default") and lives[1:]:
                parts[_DEFAULT] = Part("zendesk:DefaultBrand", live, {"brand_id": live.id, "default": _YES})
            yield Sighting(self.kind, live.label, parts, str(live.body.get("subdomain")), vendors=len(lives) == 1)

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value = item.value
        plan = context.settings.plan or ""
        if plan.endswith("_team"):
            context.leave_out(item, f"the plan {plan} has one brand, which is there from the start: write `existing:`")
            return []
        active = context.active(item)
        payload: Payload = {"name": value.name, "subdomain": value.subdomain, "active": active}
        if value.given("signature"):
            payload[_SIGNATURE] = value.signature or ""
        payload |= extras_of(item, *_EXTRAS)
        before = () if active else _other_defaults(item, context)
        brand = made(item, context, self.type_, payload, depends_on=before)
        if not value.default or not active:
            return [brand]
        default = {"brand_id": context.ref(self.kind, item.key), "default": _YES}
        return [brand, made(item, context, "zendesk:DefaultBrand", default, part=_DEFAULT, on_remove="release")]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        result: dict[str, Any] = {}
        if "" in parts:
            payload = parts[""][1]
            result = {name: payload[name] for name in ("name", "subdomain", "active") if name in payload}
            if _SIGNATURE in payload:
                result["signature"] = payload[_SIGNATURE] or None
            result |= extras_back(payload, *_EXTRAS)
        if _DEFAULT in parts:
            result["default"] = parts[_DEFAULT][1].get("default") == _YES
        return result


def _other_defaults(item: Declared, context: Context) -> tuple[str, ...]:
    """What makes another brand the default one, which is before this one can be switched off."""
    others = (each for each in context.declared.of(item.kind).values() if each.key != item.key)
    return tuple(
        context.name(item.kind, other.key, _DEFAULT)
        for other in others
        if not other.value.existing and not other.value.by_hand and other.value.default and context.active(other)
    )
