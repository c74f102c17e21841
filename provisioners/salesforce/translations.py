"""`crm_fields` in Salesforce."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
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
from provisioners.resource import Payload, Resource
from provisioners.salesforce.custom_field import CustomField, StandardField, values_of
from provisioners.salesforce.definitions import (
    definition_of,
    form_of,
    nearest_type,
    our_type,
    why_not_ours,
)
from provisioners.salesforce.field_types import OBJECTS, why_not
from provisioners.salesforce.names import field_api_name, is_custom, is_same, why_not_named
from provisioners.salesforce.object_names import (
    declared_name,
    object_name,
    resource_of,
    said_object,
    words_of_objects,
)
from provisioners.sighting import Data, Look, Part, Sighting
from provisioners.translation import Context, Names, Translation

STANDARD = ("Account", "Contact", "Case")
"""Where fields are looked for, beside the objects that the files name."""


def full_name(item: Declared, context: Context) -> str:
    """`Account.ARR__c`. A renamed field keeps the name that its first key gave it: the CRM cannot change it."""
    known = context.last_known(FIELDS, item.key)
    before = str(known.payload.get("FullName", "")) if known else ""
    name = (
        f"{object_name(item.value.object, context)}.{field_api_name(item.value.was or item.key, item.value.existing)}"
    )
    return before if before and (not item.value.existing or is_same(before, name)) else name


class CrmFieldTranslation(Translation):
    """A field. Without `existing`, its API name comes from its key (`csm_name`: `Csm_Name__c`) and never changes."""

    kind = FIELDS
    only_when_named = True

    def sightings(self, look: Look) -> Iterable[Sighting]:
        """Names only: every definition takes a call."""
        for owner in _objects(look):
            for live in look.lives(CustomField.type, {"FullName": f"{owner}."}):
                package = live.body.get("NamespacePrefix")
                left = f"it is a part of the package {package}" if package else ""
                part = Part(CustomField.type, live, {"FullName": live.label})
                yield Sighting(self.kind, live.label, {"": part}, hint=str(live.body["DeveloperName"]), left=left)

    def whole(self, sighting: Sighting, look: Look, key: str) -> Sighting:
        seen = sighting.main
        live = look.collections[CustomField.type].get(seen.live.id, seen.payload)
        if live is None:
            return replace(sighting, left="somebody has just deleted it")
        metadata = live.body["Metadata"]
        part = look.part(CustomField.type, live, form_of(live.label, metadata))
        found = replace(sighting, name=str(metadata["label"]), parts={"": part})
        if nearest_type(metadata) is None:
            return replace(found, left=why_not_ours(metadata))
        _, _, name = live.label.partition(".")
        return replace(found, beyond=why_not_ours(metadata) or why_not_named(name, field_api_name(key, None)))

    def several(self, look: Look, number: int) -> str:
        return f"field{'s' if number != 1 else ''} of {', '.join(_objects(look))}"

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        """Options have keys that are made of their labels, by which their values are found again."""
        names = replace(names, values={**words_of_objects(context), **names.values})
        data = super().said(sighting, names, context)
        payload = sighting.main.payload
        if "options" in data:
            live = values_of(payload["valueSet"])
            data["options"] = keyed_options(((each["label"], each["valueName"]) for each in live), names)
        return {**data, "type": nearest_type(payload)} if sighting.beyond else data

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        field: CrmField = item.value
        reason = why_not(item)
        if reason:
            context.leave_out(item, reason)
            return []
        name = full_name(item, context)
        if field.existing:
            kind = CustomField.type if is_custom(name) else StandardField.type
            return [self._resource(item, context, kind, {"FullName": name}, found=True)]
        notes: dict[str, Any] = {}
        choices: list[dict[str, str]] = []
        if field.type in CHOICES:
            choices = [{"valueName": value, "label": label} for label, value in names_and_values(item, context)]
            notes = notes_of(item, context)
        to = object_name(field.to, context) if field.to else None
        payload = definition_of(name, field.name, field.type, field.formula, choices, to)
        return [self._resource(item, context, CustomField.type, payload, found=False, notes=notes)]

    def options(self, item: Declared, declared: Declaration) -> Mapping[str, Option]:
        return options_of(item.value, declared)

    def _resource(
        self,
        item: Declared,
        context: Context,
        type_: str,
        payload: Payload,
        *,
        found: bool,
        notes: Mapping[str, Any] = MappingProxyType({}),
    ) -> Resource:
        return Resource(
            name=context.name(FIELDS, item.key),
            type=type_,
            payload=payload,
            source=context.source(item),
            mode="found" if found else "managed",
            on_remove=item.value.removal,
            depends_on=(*resource_of(item.value.object, context), *resource_of(item.value.to or "", context)),
            aliases=(context.name(FIELDS, item.value.was),) if item.value.was else (),
            notes=dict(notes),
        )

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        _, payload = parts[""]
        owner, _, name = str(payload["FullName"]).partition(".")
        said: dict[str, Any] = {"object": said_object(owner, names)}
        if "type" not in payload:
            return {**said, "existing": name}
        said["name"] = payload["label"]
        said["type"] = _our_type(payload)
        if payload.get("referenceTo") is not None:
            said["to"] = said_object(str(payload["referenceTo"]), names)
        if payload.get("formula") is not None:
            said["formula"] = payload["formula"]
        if payload.get("valueSet"):
            values = payload["valueSet"]["valueSetDefinition"]["value"]
            said["options"] = {option_key(value["valueName"], names): value["label"] for value in values}
        return said


def _objects(look: Look) -> list[str]:
    """Objects of which fields are looked for; the vendor does not tell capital letters from small ones."""
    named = [declared_name(item.value.object, look.declared) for item in look.declared.of(FIELDS).values()]
    own = [declared_name(key, look.declared) for key in look.declared.of(OBJECTS)]
    return list({each.lower(): each for each in [*named, *own, *STANDARD]}.values())


def words_of_values(context: Context) -> dict[tuple[str, str], str]:
    """For `Names.values`: (a field's address, a picklist's value) → the option's key; and the keys of objects."""
    return words_of_objects(context) | words_of_options(context)


def _our_type(payload: Payload) -> str:
    """Our word for the vendor's type; the vendor's own where we have none."""
    if payload["type"] == "Number" and our_type(payload) is None:
        return f"decimal with {payload.get('scale')} digits after the point"
    return our_type(payload) or str(payload["type"])
