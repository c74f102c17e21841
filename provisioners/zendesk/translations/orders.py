"""Orders as the YAML gives them (grammar 30)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from config.declaration import Declared
from provisioners.collection import Live
from provisioners.resource import Payload, Ref, Resource
from provisioners.translation import Context, Names

REST = "..."
ORDER = "_order"
"""The key under which a kind's order stands in names; no key of a user begins with `_`."""
ALERT_CATEGORY, ESCALATION_CATEGORY = "_category", "_escalations"
"""The keys under which the generated categories of the alerts' and the escalations' triggers stand in names."""
ALERTS_NAME = "Alerts (golive)"
"""What people call that category."""
ESCALATIONS_NAME = "Escalations (golive)"
"""What people call that of the escalations."""
FENCE_CATEGORY = "category"
"""The part of the rollout that is the category of its fence."""
FENCE_NAME = "Rollout (golive)"
"""What people call that one."""
FIRST = "first"
"""In the payload of the categories' order: what comes before all others, also before those that are not ours."""

OTHERS = "others"
"""In an order's payload: those of ours that `...` stands for. The vendor puts a new one last, so the order is set
again when one is added."""


def in_position(lives: Iterable[Live]) -> list[Live]:
    """Live objects in the vendor's order."""
    return sorted(lives, key=lambda live: live.body.get("position") or 0)


def order_of_kind(kind: str, items: Iterable[Declared], context: Context) -> list[str]:
    """Keys in the order that `order:` gives, else as they stand; `...` where the YAML says it."""
    given = context.declared.single("order")
    return listed_first(getattr(given, kind, None) if given is not None else None, [item.key for item in items])


def listed_first(listed: list[str] | None, keys: list[str]) -> list[str]:
    """Keys in the order of a list; without `...` in it, those that it does not name come last."""
    if listed is None or REST in listed:
        return keys if listed is None else listed
    return [*listed, *(key for key in keys if key not in listed)]


def references(keys: Iterable[str], kind: str, context: Context) -> list[Ref | str]:
    """Keys of what is sent in this run as references, `...` as it is."""
    sent = {resource.name for resource in context.compiled.resources}
    return [
        REST if key == REST else context.ref(kind, key)
        for key in keys
        if key == REST or context.name(kind, key) in sent
    ]


def with_others(order: list[Ref | str], keys: Iterable[str], kind: str, context: Context) -> dict[str, Any]:
    """The payload of an order. keys: everything that it could name."""
    payload: dict[str, Any] = {"order": order}
    named = {entry.resource for entry in order if isinstance(entry, Ref)}
    others = [each for each in references(sorted(keys), kind, context) if isinstance(each, Ref)]
    others = [each for each in others if each.resource not in named]
    return payload | ({OTHERS: others} if REST in order and others else {})


def kind_order(kind: str, items: list[Declared], context: Context, type_: str) -> list[Resource]:
    """The order of a kind's objects, once there are two of them or the YAML says where the rest stands.

    What golive does not write has its place from others.
    """
    own = [item for item in items if not item.value.existing]
    keys = {item.key for item in own} | {REST}
    order = references([key for key in order_of_kind(kind, own, context) if key in keys], kind, context)
    if len(order) < 2:
        return []
    return [
        Resource(
            name=context.name(kind, ORDER),
            type=type_,
            payload=with_others(order, keys - {REST}, kind, context),
            source=context.source(items[0]),
            on_remove="release",
            only_orders=True,
        )
    ]


def order_back(
    parts: Mapping[str, tuple[str, Payload]], type_: str, listed: str, names: Names
) -> dict[str, Any] | None:
    """An order as the YAML has it; None where the parts are an object's. listed: the type of what is ordered."""
    found, payload = parts.get("", ("", {}))
    if found != type_:
        return None
    return {"order": [entry if entry == REST else names.key(listed, entry) for entry in payload["order"]]}
