"""Groups of agents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from config.declaration import Declared
from provisioners.resource import Payload, Resource
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import ZendeskTranslation, extras_back, extras_of, made

_EXTRAS = ("description", "is_public")


class Groups(ZendeskTranslation):
    kind = "groups"
    type_ = "zendesk:Group"
    natural = "name"
    form: ClassVar = {"name": ""}
    further: ClassVar = {"description": "", "is_public": True}

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        payload: Payload = {"name": item.value.name, **extras_of(item, *_EXTRAS)}
        return [made(item, context, self.type_, payload)]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        payload = parts[""][1]
        return {"name": payload["name"], **extras_back(payload, *_EXTRAS)}
