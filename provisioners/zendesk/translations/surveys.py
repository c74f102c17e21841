"""Surveys: a person switches them on, rules send them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.declaration import Declared
from provisioners.resource import Payload, Resource
from provisioners.translation import Context, Names, Translation


class Surveys(Translation):
    """The vendor's pages say what a survey is and nothing that makes one."""

    kind = "surveys"

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        context.by_hand(item, self.task(item, context))
        return []

    def task(self, item: Declared, context: Context) -> str:
        return (
            "In Zendesk's admin centre under People > Configuration > End users, Satisfaction: switch customer "
            "satisfaction on, without the vendor's own automation; the rules with `send_survey` ask the question."
        )

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        return {}
