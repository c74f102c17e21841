"""`engineering_labels` and `escalations` (template, webhook) in Linear; its teams are the projects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from config.declaration import Declared
from provisioners.issues import IMPACT, LINK
from provisioners.linear.collections import Label, Template, Webhook
from provisioners.resource import Payload, Ref, Resource
from provisioners.sighting import Look, Sighting
from provisioners.translation import Context, Names, Translation

PROJECTS, LABELS = "engineering_projects", "engineering_labels"
WEBHOOK = "webhook"
"""The part of an escalation that is what Linear calls."""
TEXT = ["What happens, and what should happen:", IMPACT.strip(), LINK.strip()]


def _aliases(item: Declared, context: Context, part: str = "") -> tuple[str, ...]:
    return (context.name(item.kind, item.value.was, part),) if item.value.was else ()


def _team_key(project: str | None, context: Context) -> str:
    """The vendor's key of a project's team; empty for none. It is known while planning, where an id is not yet."""
    item = context.declared.get(PROJECTS, project) if project else None
    return str(item.value.existing) if item is not None else ""


def _project(team: str, names: Names) -> str:
    """Our key for a team."""
    return names.values.get((PROJECTS, team), f"#{team}")


class ComponentTranslation(Translation):
    """Linear sorts by teams and labels only."""

    kind = "engineering_components"

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        context.leave_out(item, "Linear has no components: a label says the same there")
        return []

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        return {}


class LabelTranslation(Translation):
    """A label of a team, or of the workspace."""

    kind = LABELS

    def sightings(self, look: Look) -> Iterable[Sighting]:
        for live in look.lives(Label.type):
            part = look.part(Label.type, live, {"name": "", "team": "", "color": ""})
            beyond = "it is a group of labels" if live.body.get("isGroup") else ""
            yield Sighting(self.kind, live.label, {"": part}, beyond=beyond)

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        value = item.value
        found = bool(value.existing)
        name = value.existing if isinstance(value.existing, str) else item.name
        payload: Payload = {"name": name, "team": _team_key(value.project, context)}
        if value.color is not None and not found:
            payload["color"] = value.color.lower()
        return [
            Resource(
                name=context.name(self.kind, item.key),
                type=Label.type,
                payload=payload,
                source=context.source(item),
                mode="found" if found else "managed",
                on_remove=value.removal,
                depends_on=(context.name(PROJECTS, value.project),) if value.project else (),
                aliases=_aliases(item, context),
            )
        ]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        payload = parts[""][1]
        said: dict[str, Any] = {"name": payload["name"]}
        if payload.get("team"):
            said["project"] = _project(payload["team"], names)
        if "color" in payload:
            said["color"] = payload["color"]
        return said


class EscalationTranslation(Translation):
    """The team's template for such issues and, where the files name an address, what Linear calls when one changes. A
    template has no switch: it stays where an escalation that leaves is to be switched off."""

    kind = "escalations"

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        value = item.value
        team = _team_key(value.project, context)
        labels = [Ref(context.name(LABELS, key)) for key in value.labels]
        payload: Payload = {"name": value.name, "team": team, "labels": labels, "text": list(TEXT)}
        called_back = value.comes_back is not None and value.comes_back.calls
        becomes = "a template for such issues" + (", and a webhook that tells of their changes" if called_back else "")
        made = [self._made(item, context, Template.type, payload, becomes=becomes)]
        if value.components:
            context.leave_out_part(item, "Linear has no components, so that its issues get none")
        if value.comes_back is not None and value.comes_back.calls:
            called: Payload = {
                "label": f"{value.name} (golive)",
                "team": team,
                "url": value.comes_back.calls,
                "enabled": context.active(item),
                "resourceTypes": ["Issue"],
            }
            made.append(self._made(item, context, Webhook.type, called, WEBHOOK))
        return made

    @staticmethod
    def _made(
        item: Declared, context: Context, type_: str, payload: Payload, part: str = "", becomes: str = ""
    ) -> Resource:
        removal = item.value.removal
        return Resource(
            name=context.name(item.kind, item.key, part),
            type=type_,
            payload=payload,
            source=context.source(item),
            on_remove="release" if type_ == Template.type and removal == "switch_off" else removal,
            depends_on=(context.name(PROJECTS, item.value.project),),
            aliases=_aliases(item, context, part),
            becomes={"": becomes} if becomes else {},
        )

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        result: dict[str, Any] = {}
        if "" in parts:
            payload = parts[""][1]
            result["template"] = {
                "name": payload["name"],
                "project": _project(payload["team"], names),
                "labels": [names.key(Label.type, each) for each in payload["labels"]],
                "text": payload["text"],
            }
        if WEBHOOK in parts:
            payload = parts[WEBHOOK][1]
            result["comes_back"] = {"calls": payload["url"], "active": payload["enabled"]}
        return result
