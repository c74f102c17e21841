"""Custom objects, the client's own sorts of records, with their fields and the order of these.

The key of an object is its id, and stays, as do key, type and target of a field. Source: developer.zendesk.com,
“Custom Objects”, “Custom Object Fields”.
"""

from __future__ import annotations

import builtins
from dataclasses import replace
from typing import Any, ClassVar

from provisioners.collection import Live, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.zendesk.client import Reply
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.collections.field import TARGET, Field
from provisioners.zendesk.collections.orders import Order, order_of

OBJECTS = "custom_objects"
OBJECT = "object"
"""In the payloads of fields: the object's id, which is its key."""


class CustomObject(ZendeskCollection):
    type = "zendesk:CustomObject"
    kind_word = "custom object"
    path = plural = OBJECTS
    envelope = "custom_object"
    key = "key"
    verb = "patch"
    cursor = False
    carries_data: ClassVar[bool] = True
    raw_texts = frozenset({"title", "title_pluralized", "description"})
    replace_on: ClassVar[frozenset[str]] = frozenset({"key"})

    def live(self, body: dict[str, Any], payload: Payload) -> Live:
        return super().live({"id": body["key"], **body}, payload)

    def count_values(self, identifier: str, payload: Payload) -> int | None:
        count = (self.client.get(f"{self.path}/{identifier}/records/count").body.get("count") or {}).get("value")
        return count if isinstance(count, int) else None

    def used(self, identifier: str, refused: SystemFault) -> str | None:
        """What a lookup field still points to."""
        return f"something else in Zendesk still points to it: {refused.why}"


class CustomObjectField(Field):
    """A field of one object, without those that the vendor gives to each."""

    type = "zendesk:CustomObjectField"
    kind_word = "field of a custom object"
    path = "fields"
    plural = "custom_object_fields"
    envelope = "custom_object_field"
    key = "key"
    verb = "patch"
    unsent = Field.unsent | {OBJECT}
    replace_on: ClassVar[frozenset[str]] = frozenset({OBJECT, "key", "type", TARGET})
    joins: ClassVar[bool] = True
    """A field that has left the files stays, with what records hold; declared again, it is the same field."""

    def place(self, payload: Payload) -> str:
        return f"{OBJECTS}/{payload[OBJECT]}/fields"

    def list_scope(self, payload: Payload) -> str:
        return str(payload[OBJECT])

    def create(self, payload: Payload) -> Write:
        there = next((live for live in self.list(payload) if self.live_key(live) == self.natural_key(payload)), None)
        fixed = ("type", TARGET)
        if there is None or any((there.body.get(name) or None) != (payload.get(name) or None) for name in fixed):
            return super().create(payload)
        kept = {name: value for name, value in payload.items() if name not in (*fixed, "key")}
        return replace(self.update(there.id, kept, {}), was_there=True)


class CustomObjectFieldOrder(Order):
    """The order of the fields of one object; its id is the object's."""

    type = "zendesk:CustomObjectFieldOrder"
    orders = CustomObjectField.type
    replace_on: ClassVar[frozenset[str]] = frozenset({OBJECT})

    def list_scope(self, payload: Payload) -> str:
        return str(payload[OBJECT])

    def list(self, payload: Payload) -> builtins.list[Live]:
        return [self.read(payload)]

    def read(self, payload: Payload) -> Live:
        key = str(payload[OBJECT])
        return order_of(key, self.client.pages(f"{OBJECTS}/{key}/fields", "custom_object_fields"))

    def write(self, order: builtins.list[str], payload: Payload) -> Reply:
        ids = [int(item) for item in order]
        return self.client.put(f"{OBJECTS}/{payload[OBJECT]}/fields/reorder", {"custom_object_field_ids": ids})
