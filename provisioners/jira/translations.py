"""`engineering_components` and `engineering_labels` in Jira."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from config.declaration import Declared
from provisioners.jira.collections import Component
from provisioners.resource import Payload, Resource
from provisioners.sighting import Look, Sighting
from provisioners.translation import Context, Names, Translation


class ComponentTranslation(Translation):
    """A component of a project; with `existing` it is looked up."""

    kind = "engineering_components"
    only_when_named = True

    def sightings(self, look: Look) -> Iterable[Sighting]:
        """Of the projects that the files name."""
        for project in look.declared.of("engineering_projects").values():
            key = str(project.value.existing)
            for live in look.lives(Component.type, {"project": key}):
                form: Payload = {"project": key, "name": ""} | ({"lead": ""} if live.body.get("lead") else {})
                yield Sighting(self.kind, str(live.body["name"]), {"": look.part(Component.type, live, form)})

    def several(self, look: Look, number: int) -> str:
        projects = ", ".join(item.name for item in look.declared.of("engineering_projects").values())
        return f"components of {projects}" if projects else "components (of projects that the files name)"

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        value = item.value
        found = bool(value.existing)
        name = value.existing if isinstance(value.existing, str) else item.name
        payload: Payload = {"name": name}
        project = context.declared.get("engineering_projects", value.project) if value.project else None
        if project is not None:
            payload["project"] = str(project.value.existing)  # known while planning, where an id is not yet
        if not found and value.given("lead"):
            lead = context.declared.get("people", value.lead or "")
            payload["lead"] = lead.value.email if lead is not None else ""
        if project is None:
            context.leave_out(item, "it does not say which project it is in")
            return []
        return [
            Resource(
                name=context.name(self.kind, item.key),
                type=Component.type,
                payload=payload,
                source=context.source(item),
                mode="found" if found else "managed",
                on_remove=value.removal,
                depends_on=(context.name("engineering_projects", value.project),),
                aliases=(context.name(self.kind, value.was),) if value.was else (),
            )
        ]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        payload = parts[""][1]
        said: dict[str, Any] = {"name": payload["name"]}
        if "project" in payload:
            key = str(payload["project"])
            said["project"] = names.values.get(("engineering_projects", key), f"#{key}")
        if "lead" in payload:
            said["lead"] = names.values.get(("people", payload["lead"]), payload["lead"]) or None
        return said


class LabelTranslation(Translation):
    """In Jira a label is a word: it is there as soon as an issue carries it, so that nothing is made."""

    kind = "engineering_labels"

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        if " " in item.name:
            context.leave_out(item, "Jira takes no label with a space in it: write it with hyphens")
        return []

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        return {}
