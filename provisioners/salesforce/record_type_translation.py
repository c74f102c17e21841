"""`crm_record_types` in Salesforce."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from config.declaration import Declared
from config.kinds.crm_objects import CrmRecordType
from provisioners.resource import Payload, Resource
from provisioners.salesforce.field_types import RECORD_TYPES
from provisioners.salesforce.names import api_name, needs_process, why_not_named
from provisioners.salesforce.object_names import object_name, resource_of, said_object
from provisioners.salesforce.parts import WithParts
from provisioners.salesforce.record_type import RecordType
from provisioners.sighting import Look, Sighting
from provisioners.translation import Context, Names

_FORM: Payload = {"SobjectType": "", "DeveloperName": "", "Name": "", "IsActive": True}


class CrmRecordTypeTranslation(WithParts):
    """A record type. Without `existing`, its API name comes from its key and never changes."""

    kind = RECORD_TYPES
    api_name_in = "DeveloperName"
    only_when_named = True

    def sightings(self, look: Look) -> Iterable[Sighting]:
        for live in look.lives(RecordType.type):
            package = live.body.get("NamespacePrefix")
            form = {**_FORM, "Description": ""} if live.body.get("Description") else _FORM
            left = f"it is a part of the package {package}" if package else ""
            part = look.part(RecordType.type, live, form)
            yield Sighting(self.kind, live.label, {"": part}, str(live.body["DeveloperName"]), left=left)

    def whole(self, sighting: Sighting, look: Look, key: str) -> Sighting:
        name = str(sighting.main.payload["DeveloperName"])
        return replace(sighting, beyond=why_not_named(name, api_name(key)))

    def several(self, look: Look, number: int) -> str:
        return "record type" if number == 1 else "record types"

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        value: CrmRecordType = item.value
        payload: Payload = {
            "SobjectType": object_name(value.object, context),
            "DeveloperName": self.api_name(item, context),
        }
        if not value.existing:
            payload |= {"Name": value.name, "IsActive": context.active(item)}
            if value.help is not None or value.given("help"):
                payload["Description"] = (value.help.agents if value.help else None) or None
            if value.process is not None and needs_process(payload["SobjectType"]):
                payload["process"] = value.process
        return [self.part(item, context, "", RecordType.type, payload, resource_of(value.object, context))]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        _, payload = parts[""]
        said: dict[str, Any] = {"object": said_object(str(payload["SobjectType"]), names)}
        if "Name" not in payload:
            return {**said, "existing": payload["DeveloperName"]}
        said |= {"name": payload["Name"], "active": payload["IsActive"]}
        if payload.get("Description"):
            said["help"] = {"agents": payload["Description"]}
        return {**said, "process": payload["process"]} if payload.get("process") else said
