"""What lookup fields point to, both ways (grammar 31). Source: developer.zendesk.com, “Lookup relationships”."""

from __future__ import annotations

from typing import Any

from provisioners.resource import Text
from provisioners.translation import Context, Names

TARGET = "relationship_target_type"
CUSTOM_OBJECT = "zendesk:CustomObject"
CUSTOM = "zen:custom_object:"
_TARGETS = {"organization": "zen:organization", "requester": "zen:user", "ticket": "zen:ticket"}
_TARGETS_BACK = {vendor: word for word, vendor in _TARGETS.items()}


def target(to: str | None, context: Context) -> str | Text | None:
    """What the vendor calls the sort of record that a field points to; None for a field that points to none."""
    if to is None or to in _TARGETS:
        return None if to is None else _TARGETS[to]
    return custom_object(to, context)


def custom_object(address: str, context: Context) -> Text:
    """What the vendor calls a sort of record of the client's own, by `custom_objects/KEY`."""
    return Text((CUSTOM, context.ref("custom_objects", address.partition("/")[2])))


def target_back(vendor: Any, names: Names) -> str:
    """`to` as the YAML has it."""
    text = str(vendor)
    if text.startswith(CUSTOM):
        return f"custom_objects/{names.key(CUSTOM_OBJECT, text.removeprefix(CUSTOM))}"
    return _TARGETS_BACK.get(text, text)
