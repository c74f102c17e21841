"""What no interface of a vendor can do: a kind of which a person sets up each object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.declaration import Declared
from provisioners.resource import Payload, Resource
from provisioners.translation import Context, Names, Translation


class PersonSteps(Translation):
    """Nothing of it is sent, and nothing of it is found: `task` says what the person does."""

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        context.by_hand(item, self.task(item, context))
        return []

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        return {}
