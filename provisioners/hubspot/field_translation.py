"""`crm_fields` and `crm_field_groups` in HubSpot: properties and their groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from config.declaration import Declaration, Declared
from config.kinds.fields import Option
from config.kinds.integrations import CrmField
from provisioners.crm_fields import (
    CHOICES,
    FIELDS,
    keyed_options,
    names_and_values,
    notes_of,
    option_key,
    options_of,
    words_of_options,
)
from provisioners.hubspot.field_types import (
    GROUPS,
    METADATA,
    definition_of,
    objections,
    why_not_ours,
    words_for,
)
from provisioners.hubspot.names import OBJECTS, object_named, property_name
from provisioners.hubspot.property import Property
from provisioners.hubspot.property_group import PropertyGroup
from provisioners.resource import Payload, Resource
from provisioners.sighting import Data, Look, Sighting
from provisioners.translation import Context, Names, Translation


def name_of(item: Declared, context: Context) -> str:
    """The name of a property or a group. A renamed one keeps the name that its first key gave it: HubSpot cannot change
    it."""
    known = context.last_known(item.kind, item.key)
    before = str(known.payload.get("name", "")) if known else ""
    if item.value.existing:
        return property_name(item.key, item.value.existing)
    return before or property_name(item.value.was or item.key, None)


def words_of_values(context: Context) -> dict[tuple[str, str], str]:
    """For `Names.values`: (a field's address, an option's value) → the option's key; and a group's name → its key."""
    found = words_of_options(context)
    for item in context.declared.of(GROUPS).values():
        owner = object_named(item.value.object or "")
        found[GROUPS, f"{owner}/{name_of(item, context)}"] = item.key
    return found


class CrmFieldGroupTranslation(Translation):
    """A group of properties. Without `existing`, its name comes from its key and never changes."""

    kind = GROUPS
    only_when_named = True

    def sightings(self, look: Look) -> Iterable[Sighting]:
        for owner in OBJECTS:
            theirs = {live.body["groupName"] for live in look.lives(Property.type, {"object": owner}) if live.default}
            for live in look.lives(PropertyGroup.type, {"object": owner}):
                part = look.part(PropertyGroup.type, live, {"object": "", "name": "", "label": ""})
                name = str(live.body["name"])
                own = name in theirs
                beyond = "HubSpot's own properties stand in it" if own else ""
                yield Sighting(self.kind, live.label, {"": part}, name, beyond, vendors=own, found_by=name)

    def whole(self, sighting: Sighting, look: Look, key: str) -> Sighting:
        return sighting if sighting.beyond else replace(sighting, beyond=_why_not_named(sighting.found_by, key))

    def several(self, look: Look, number: int) -> str:
        return "group of properties" if number == 1 else "groups of properties"

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        owner = object_named(item.value.object)
        if owner is None:
            context.leave_out(item, f"golive knows no object `{item.value.object}` of HubSpot")
            return []
        payload: Payload = {"object": owner, "name": name_of(item, context)}
        if not item.value.existing:
            payload["label"] = item.value.name
        return [_resource(item, context, PropertyGroup.type, payload)]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        payload = parts[""][1]
        said: dict[str, Any] = {"object": payload["object"]}
        return {**said, "name": payload["label"]} if "label" in payload else {**said, "existing": payload["name"]}


class CrmFieldTranslation(Translation):
    """A property. Without `existing`, its name comes from its key and never changes."""

    kind = FIELDS
    only_when_named = True

    def sightings(self, look: Look) -> Iterable[Sighting]:
        for owner in OBJECTS:
            for live in look.lives(Property.type, {"object": owner}):
                name, words = str(live.body["name"]), words_for(live.body)
                part = look.part(Property.type, live, _form_of(live.body))
                left = "" if words else f"there is no word here for a property of the type {live.body.get('type')}"
                beyond = why_not_ours(live.body)
                yield Sighting(
                    self.kind, live.label, {"": part}, name, beyond, left, vendors=live.default, found_by=name
                )

    def whole(self, sighting: Sighting, look: Look, key: str) -> Sighting:
        return sighting if sighting.beyond else replace(sighting, beyond=_why_not_named(sighting.found_by, key))

    def several(self, look: Look, number: int) -> str:
        return f"propert{'y' if number == 1 else 'ies'} of {', '.join(OBJECTS)}"

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        """Options have keys that are made of their labels, by which their values are found again."""
        data = super().said(sighting, names, context)
        payload = sighting.main.payload
        if "options" in data:
            live = ((each["label"], each["value"]) for each in payload["options"])
            data["options"] = keyed_options(live, names)
        return data

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        field: CrmField = item.value
        wrong = next(objections(item), None)
        if wrong is not None:
            context.leave_out(item, wrong.why)
            return []
        owner, name = object_named(field.object) or "", name_of(item, context)
        if field.existing:
            return [_resource(item, context, Property.type, {"object": owner, "name": name})]
        notes: dict[str, Any] = {}
        options: list[dict[str, str]] = []
        if field.type in CHOICES:
            options = [{"label": label, "value": value} for label, value in names_and_values(item, context)]
            notes = notes_of(item, context)
        group = context.declared.get(GROUPS, field.group) if field.group else None
        stands_in = name_of(group, context) if group is not None and not group.value.by_hand else None
        payload = definition_of(owner, name, field.name, field, options, stands_in)
        return [_resource(item, context, Property.type, payload, notes, _groups_of(owner, context))]

    def options(self, item: Declared, declared: Declaration) -> Mapping[str, Option]:
        return options_of(item.value, declared)

    def task(self, item: Declared, context: Context) -> str:
        field: CrmField = item.value
        owner = object_named(field.object) or field.object
        computed = f", computed from {field.formula}" if field.formula else ""
        return f"make the property “{item.name}” ({field.type}{computed}) of {owner} in HubSpot: Settings, Properties"

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        payload = parts[""][1]
        said: dict[str, Any] = {"object": payload["object"]}
        if "label" not in payload:
            return {**said, "existing": payload["name"]}
        said |= {"name": payload["label"], "type": _our_type(payload)}
        if said["type"] == "lookup":
            said["to"] = "User"
        if payload.get("calculationFormula") is not None:
            said["formula"] = payload["calculationFormula"]
        if payload.get("options") is not None:
            said["options"] = {option_key(each["value"], names): each["label"] for each in payload["options"]}
        if payload.get("groupName"):
            name = str(payload["groupName"])
            said["group"] = names.values.get((GROUPS, f"{payload['object']}/{name}"), f"#{name}")
        return said


def _resource(
    item: Declared,
    context: Context,
    type_: str,
    payload: Payload,
    notes: Mapping[str, Any] | None = None,
    after: tuple[str, ...] = (),
) -> Resource:
    return Resource(
        name=context.name(item.kind, item.key),
        type=type_,
        payload=payload,
        source=context.source(item),
        mode="found" if item.value.existing else "managed",
        on_remove=item.value.removal,
        depends_on=after,
        aliases=(context.name(item.kind, item.value.was),) if item.value.was else (),
        notes=dict(notes or {}),
    )


def _groups_of(owner: str, context: Context) -> tuple[str, ...]:
    """The groups of an object that are sent: they come before all of its properties, and go after them, because
    HubSpot deletes none in which one still stands."""
    sent = {each.name for each in context.compiled.resources if each.type == PropertyGroup.type}
    groups = (item for item in context.declared.of(GROUPS).values() if object_named(item.value.object or "") == owner)
    return tuple(name for name in (context.name(GROUPS, item.key) for item in groups) if name in sent)


def _form_of(definition: dict[str, Any]) -> Payload:
    """What golive would send for a live property, as near as it can; where it stands is left to HubSpot."""
    words = words_for(definition)
    form: Payload = {"object": "", "name": "", "label": "", "type": "", "fieldType": ""}
    form["holds"] = words[0] if words else "text"
    if definition.get("calculationFormula"):
        form["calculationFormula"] = ""
    if words and words[0] in CHOICES and not definition.get("calculationFormula"):
        form["options"] = []
    if words and words[0] == "lookup":
        form |= {"externalOptions": True, "referencedObjectType": ""}
    return form


def _our_type(payload: Payload) -> str:
    """Our word for what it holds: that of the files as long as it fits."""
    words, holds = words_for(payload), payload.get("holds")
    if holds in words or (holds in METADATA and not words):
        return str(holds)
    return words[0] if words else str(payload["type"])


def _why_not_named(name: str, key: str) -> str:
    """Why golive would not find it again by its key; "" where it does."""
    return "" if name == key else f"golive would call it {key} after its key, and it is {name}"
