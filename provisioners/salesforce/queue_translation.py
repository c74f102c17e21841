"""`crm_queues` in Salesforce."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from config.declaration import Declared
from config.kinds.integrations import CrmQueue
from provisioners.resource import Payload, Ref, Resource
from provisioners.salesforce.addresses import addresses
from provisioners.salesforce.field_types import QUEUES
from provisioners.salesforce.names import api_name, why_not_named
from provisioners.salesforce.object_names import object_name, resource_of, said_object
from provisioners.salesforce.parts import OBJECT_PART, PERSON_PART, WithParts
from provisioners.salesforce.queue import Queue, QueueMember, QueueObject
from provisioners.sighting import Data, Look, Sighting
from provisioners.translation import Context, Names


class CrmQueueTranslation(WithParts):
    """A queue, then the objects that may wait in it, then the people who take from it.

    Objects and people that the files do not name are left alone.
    """

    kind = QUEUES
    api_name_in = "DeveloperName"
    only_when_named = True

    def sightings(self, look: Look) -> Iterable[Sighting]:
        for live in look.lives(Queue.type):
            part = look.part(Queue.type, live, {"DeveloperName": "", "Name": ""})
            yield Sighting(self.kind, live.label, {"": part}, str(live.body["DeveloperName"]))

    def whole(self, sighting: Sighting, look: Look, key: str) -> Sighting:
        queue = sighting.main.live.id
        parts = dict(sighting.parts)
        for type_, parent, said, prefix in (
            (QueueObject.type, "QueueId", "SobjectType", OBJECT_PART),
            (QueueMember.type, "GroupId", "email", PERSON_PART),
        ):
            for live in look.lives(type_):
                part = look.part(type_, live, {parent: "", said: ""})
                if part.payload[parent] == queue:
                    parts[f"{prefix}{str(part.payload[said]).lower()}"] = part
        name = str(sighting.main.payload["DeveloperName"])
        return replace(sighting, parts=parts, beyond=why_not_named(name, api_name(key)))

    def several(self, look: Look, number: int) -> str:
        return "queue of the CRM" if number == 1 else "queues of the CRM"

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        """Only people that the files name: whoever else takes from it goes on doing so."""
        words = {
            f"{PERSON_PART}{item.value.email}".lower(): f"{PERSON_PART}{item.key}"
            for item in context.declared.of("people").values()
        }
        named = {
            words.get(part, part): each
            for part, each in sighting.parts.items()
            if not part.startswith(PERSON_PART) or part in words
        }
        return super().said(replace(sighting, parts=named), names, context)

    def unsaid(self, sighting: Sighting, data: Data) -> str:
        number = sum(part.startswith(PERSON_PART) for part in sighting.parts) - len(data.get("people", ()))
        if not number:
            return ""
        others = "1 member who is" if number == 1 else f"{number} members who are"
        return f"{others} not named here {'takes' if number == 1 else 'take'} from it, too: that stays as it is"

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        queue: CrmQueue = item.value
        payload = {"DeveloperName": self.api_name(item, context), "Name": queue.name}
        resources = [self.part(item, context, "", Queue.type, payload)]
        if queue.existing:
            return resources
        main = resources[0].name
        for said in dict.fromkeys(queue.objects):
            name = object_name(said, context)
            given = {"QueueId": Ref(main), "SobjectType": name}
            part, after = f"{OBJECT_PART}{name.lower()}", resource_of(said, context)
            resources.append(self.part(item, context, part, QueueObject.type, given, after))
        objects = tuple(resource.name for resource in resources[1:])
        for key, email in addresses(queue.people, context.declared):
            member = {"GroupId": Ref(main), "email": email}
            resources.append(self.part(item, context, f"{PERSON_PART}{key}", QueueMember.type, member, objects))
        return resources

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        said: dict[str, Any] = {"name": parts[""][1]["Name"]} if "" in parts else {}
        objects = [
            said_object(str(payload["SobjectType"]), names)
            for part, (_, payload) in parts.items()
            if part.startswith(OBJECT_PART)
        ]
        people = [part.removeprefix(PERSON_PART) for part in parts if part.startswith(PERSON_PART)]
        return {**said, "objects": objects, "people": people}
