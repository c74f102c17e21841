"""Groups of agents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.declaration import Declared
from provisioners.resource import Payload, Resource
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import ZendeskTranslation, made


class Groups(ZendeskTranslation):
    kind = "groups"
    type_ = "zendesk:Group"
    natural = "name"

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        return [made(item, context, self.type_, {"name": item.value.name})]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        return {"name": parts[""][1]["name"]}
