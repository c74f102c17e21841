"""The account's settings (grammar 48)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from config.declaration import Declared
from provisioners.resource import Payload, Resource
from provisioners.sighting import Look, Part, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.attribute_words import LANGUAGES
from provisioners.zendesk.translations.base import ZendeskTranslation, made

_ORGANIZATION_TAGS, _MACRO_ORDER = "user.tagging", "rule.macro_order"
_ORDERS = {"alphabetical": "alphabetical", "manual": "position"}
_ORDERS_BACK = {vendor: word for word, vendor in _ORDERS.items()}


class Settings(ZendeskTranslation):
    """What stands under `zendesk:` has the vendor's sections and attributes."""

    kind = "settings"
    type_ = "zendesk:AccountSettings"
    form: ClassVar = {_ORGANIZATION_TAGS: True, _MACRO_ORDER: "", LANGUAGES: []}

    def sightings(self, look: Look) -> Iterable[Sighting]:
        for live in look.lives(self.type_):
            part: Part = look.part(self.type_, live, self.form)
            yield Sighting(self.kind, self.kind, {"": part}, hint=self.kind)

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value = item.value
        payload: Payload = {}
        if value.organization_tags is not None:
            payload[_ORGANIZATION_TAGS] = value.organization_tags
        if value.macro_order is not None:
            payload[_MACRO_ORDER] = _ORDERS[value.macro_order]
        if value.languages is not None:
            payload[LANGUAGES] = list(value.languages)
        for section, attributes in value.vendor.get("zendesk", {}).items():
            payload |= {f"{section}.{name}": said for name, said in attributes.items()}
        return [made(item, context, self.type_, payload, mode="patched", on_remove="release")] if payload else []

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        result: dict[str, Any] = {}
        vendors: dict[str, dict[str, Any]] = {}
        for name, value in parts[""][1].items():
            if name == _ORGANIZATION_TAGS:
                result["organization_tags"] = bool(value)
            elif name == _MACRO_ORDER:
                result["macro_order"] = _ORDERS_BACK.get(str(value), str(value))
            elif name == LANGUAGES:
                result["languages"] = value
            else:
                section, _, attribute = name.partition(".")
                vendors.setdefault(section, {})[attribute] = value
        return result | ({"zendesk": vendors} if vendors else {})
