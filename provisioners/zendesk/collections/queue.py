"""Queues of omnichannel routing. Source: developer.zendesk.com, “Omnichannel Routing Queues”.

They are written with ids of groups and read with the groups. Their order is an object of its own (`orders`).
"""

from __future__ import annotations

from typing import Any, ClassVar

from provisioners.collection import Live
from provisioners.resource import Payload
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.collections.pointing import points_to
from provisioners.zendesk.likeness import conditions

GROUPS = ("primary_groups_id", "secondary_groups_id")


class Queue(ZendeskCollection):
    type = "zendesk:Queue"
    kind_word = "queue"
    path = plural = "queues"
    envelope = "queue"
    key = "name"
    cursor = False
    comparisons: ClassVar = {"definition": conditions}

    def shown(self, name: str, body: dict[str, Any], wanted: Any) -> Any:
        """Groups have no order among themselves."""
        if name not in GROUPS:
            return super().shown(name, body, wanted)
        listed = (body.get(name.removesuffix("_id")) or {}).get("groups") or []
        ids = [str(each["id"]) for each in listed]
        return wanted if sorted(ids) == sorted(wanted or []) else ids

    def wire(self, payload: Payload) -> Payload:
        body = super().wire(payload)
        return body | {name: [int(each) for each in body[name]] for name in GROUPS if name in body}

    def told(self, live: Live) -> dict[str, Any]:
        return {"points_to": points_to(live.body)}
