"""`crm_objects` in Salesforce."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from config.declaration import Declared
from config.kinds.crm_objects import CrmObject
from provisioners.resource import Payload, Resource
from provisioners.salesforce.custom_object import CustomObject
from provisioners.salesforce.field_types import OBJECTS
from provisioners.salesforce.names import field_api_name, why_not_named, why_too_long
from provisioners.salesforce.object_names import api_name_of
from provisioners.sighting import Look, Sighting
from provisioners.translation import Context, Names, Translation

SHARING = {"private": "Private", "read": "Read", "edit": "ReadWrite"}
"""Our words for what people do with records of others → the vendor's (“SharingModel”)."""
_FORM: Payload = {
    "FullName": "",
    "label": "",
    "pluralLabel": "",
    "sharingModel": "",
    "nameLabel": "",
    "nameType": "",
}


class CrmObjectTranslation(Translation):
    """An object. Without `existing`, its API name comes from its key and never changes."""

    kind = OBJECTS
    only_when_named = True

    def sightings(self, look: Look) -> Iterable[Sighting]:
        """Names only: every definition takes a call."""
        for live in look.lives(CustomObject.type):
            package = live.body.get("namespacePrefix")
            left = f"it is a part of the package {package}" if package else ""
            part = look.part(CustomObject.type, live, {"FullName": ""})
            yield Sighting(self.kind, live.label, {"": part}, hint=live.label.removesuffix("__c"), left=left)

    def whole(self, sighting: Sighting, look: Look, key: str) -> Sighting:
        seen = sighting.main
        live = look.collections[CustomObject.type].get(seen.live.id, seen.payload)
        if live is None:
            return replace(sighting, left="somebody has just deleted it")
        definition = live.body["definition"]
        if definition.get("customSettingsType"):
            return replace(sighting, left="it holds settings of the organisation, and no records")
        numbered = (definition.get("nameField") or {}).get("type") == "AutoNumber"
        form = {**_FORM, "displayFormat": ""} if numbered else _FORM
        part = look.part(CustomObject.type, live, form)
        found = replace(sighting, name=str(definition["label"]), parts={"": part})
        if part.payload["sharingModel"] not in SHARING.values():
            return replace(found, beyond="who sees its records follows from another object")
        return replace(found, beyond=why_not_named(live.label, field_api_name(key, None)))

    def several(self, look: Look, number: int) -> str:
        return "object of the CRM" if number == 1 else "objects of the CRM"

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        value: CrmObject = item.value
        payload: Payload = {"FullName": api_name_of(item, context)}
        if not value.existing:
            reason = why_too_long(item.key)
            if reason:
                context.leave_out(item, reason)
                return []
            payload |= {
                "label": value.name,
                "pluralLabel": value.plural,
                "sharingModel": SHARING[value.sharing],
                "nameLabel": value.record_name,
                "nameType": "AutoNumber" if value.numbered else "Text",
                **({"displayFormat": value.numbered} if value.numbered else {}),
            }
        return [
            Resource(
                name=context.name(OBJECTS, item.key),
                type=CustomObject.type,
                payload=payload,
                source=context.source(item),
                mode="found" if value.existing else "managed",
                on_remove=value.removal,
                aliases=(context.name(OBJECTS, value.was),) if value.was else (),
            )
        ]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        _, payload = parts[""]
        if "label" not in payload:
            return {"existing": payload["FullName"]}
        words = {theirs: ours for ours, theirs in SHARING.items()}
        said: dict[str, Any] = {
            "name": payload["label"],
            "plural": payload["pluralLabel"],
            "record_name": payload["nameLabel"],
            "sharing": words.get(str(payload["sharingModel"]), str(payload["sharingModel"])),
        }
        return {**said, "numbered": payload["displayFormat"]} if payload.get("displayFormat") else said
