"""What the vocabulary calls a project of the engineers' tracker: it is looked up by its key, and never written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from config.declaration import Declared
from provisioners.collection import Collection, Live, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload, Resource
from provisioners.sighting import Look, Sighting
from provisioners.translation import Context, Names, Translation


class TrackerProject(Collection):
    """A project. Payload: `key`. golive makes, changes and deletes none."""

    carries_data = True

    def natural_key(self, payload: Payload) -> str:
        return str(payload["key"]).upper()

    def live_key(self, live: Live) -> str:
        return str(live.body["key"]).upper()

    def live(self, body: dict[str, Any]) -> Live:
        return Live(str(body["id"]), body, f"{body['name']} ({body['key']})")

    def canonical(self, live: Live, payload: Payload) -> Payload:
        return {"key": live.body["key"]}

    def create(self, payload: Payload) -> Write:
        raise self._never_written()

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        raise self._never_written()

    def delete(self, identifier: str, payload: Payload) -> None:
        raise self._never_written()

    def _never_written(self) -> SystemFault:
        return SystemFault("not_allowed", self.kind_word, f"golive only looks {self.kind_word}s up")


class TrackerProjectTranslation(Translation):
    """`engineering_projects`. type_: the tracker's; called: what it calls several of them."""

    kind = "engineering_projects"

    def __init__(self, type_: str, called: str) -> None:
        self.type_ = type_
        self.called = called

    def sightings(self, look: Look) -> Iterable[Sighting]:
        for live in look.lives(self.type_):
            part = look.part(self.type_, live, {"key": ""})
            yield Sighting(self.kind, str(live.body["name"]), {"": part}, beyond=f"golive only looks {self.called} up")

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        return [
            Resource(
                name=context.name(self.kind, item.key),
                type=self.type_,
                payload={"key": item.value.existing},
                source=context.source(item),
                mode="found",
                on_remove="release",
                aliases=(context.name(self.kind, item.value.was),) if item.value.was else (),
            )
        ]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        return {"existing": parts[""][1]["key"]}
