"""Skills: their sorts, the skills in them, and who has which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from config.declaration import Declared
from config.keys import unique_key
from provisioners.resource import Payload, Resource
from provisioners.sighting import Data, Look, Part, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import ZendeskTranslation, made

_VALUE, _AGENT = "values/", "/people/"
_SKILL, _HELD = "zendesk:SkillValue", "zendesk:AgentSkill"
_WITHOUT = ("team", "growth")


class Skills(ZendeskTranslation):
    """The vendor calls a sort of skills an attribute, and a skill its value."""

    kind = "skills"
    type_ = "zendesk:Skill"
    natural = "name"
    form: ClassVar = {"name": ""}

    def sightings(self, look: Look) -> Iterable[Sighting]:
        lives = self.listed_if_carried(look)
        held = _held(look) if lives else {}
        for live in lives:
            parts = {"": look.part(self.type_, live, self.form)}
            for value in look.lives(_SKILL, {"attribute_id": live.id}):
                name = f"{_VALUE}{value.id}"
                parts[name] = Part(_SKILL, value, {"attribute_id": live.id, "name": str(value.body["name"])})
                for agent in held.get(value.id, ()):
                    parts[f"{name}{_AGENT}{agent.body['user_id']}"] = Part(_HELD, agent, dict(agent.body))
            yield Sighting(self.kind, live.label, parts)

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        """Skills under keys that are made of their names."""
        values: dict[str, Any] = {}
        for part, each in sighting.parts.items():
            if each.type != _SKILL:
                continue
            agents = [
                names.key("zendesk:User", other.payload["user_id"])
                for name, other in sighting.parts.items()
                if name.startswith(f"{part}{_AGENT}")
            ]
            people = [key for key in agents if not key.startswith("#")]
            name = str(each.payload["name"])
            key = unique_key([name, f"skill {name}"], set(values))
            values[key] = {"name": name, "people": people} if people else name
        return {"name": sighting.main.payload["name"], "values": values}

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        plan = context.settings.plan or ""
        if plan.endswith(_WITHOUT):
            context.leave_out(item, f"the plan {plan} has no skills; the nearest is a group for each of them")
            return []
        found = [made(item, context, self.type_, {"name": item.value.name})]
        for key, value in item.value.of_each().items():
            part = f"{_VALUE}{key}"
            former = f"{_VALUE}{value.was}" if value.was else ""
            payload: Payload = {"attribute_id": context.ref(self.kind, item.key), "name": value.name}
            found.append(made(item, context, _SKILL, payload, part=part, former_part=former))
            for person in value.people:
                has = {
                    "user_id": context.ref("people", person),
                    "value_id": context.ref(self.kind, item.key, part),
                }
                found.append(
                    made(
                        item,
                        context,
                        _HELD,
                        has,
                        part=f"{part}{_AGENT}{person}",
                        former_part=f"{former or part}{_AGENT}{_former_person(person, context)}",
                        on_remove="delete",
                    )
                )
        return found

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        result: dict[str, Any] = {}
        if "" in parts:
            result["name"] = parts[""][1]["name"]
        values: dict[str, Any] = {}
        for part, (type_, payload) in parts.items():
            if type_ == _SKILL:
                values[part.removeprefix(_VALUE)] = {"name": payload["name"], "people": []}
        for part, (type_, payload) in parts.items():
            key = part.removeprefix(_VALUE).partition(_AGENT)[0]
            if type_ == _HELD and key in values:
                values[key]["people"].append(names.key("zendesk:User", payload["user_id"]))
        plain = {key: value if value["people"] else value["name"] for key, value in values.items()}
        return {**result, "values": plain} if plain else result


def _held(look: Look) -> dict[str, list[Any]]:
    """Skill → who has it."""
    found: dict[str, list[Any]] = {}
    for live in look.lives(_HELD):
        found.setdefault(str(live.body["value_id"]), []).append(live)
    return found


def _former_person(person: str, context: Context) -> str:
    """A person's key before it was renamed."""
    found = context.declared.get("people", person)
    return str(found.value.was) if found is not None and found.value.was else person
