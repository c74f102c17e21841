"""From the vendor's ids and values back to the keys of the YAML."""

from __future__ import annotations

from collections.abc import Mapping

from config.declaration import Declaration, Declared
from config.rules.naming import option_tags
from config.rules.scope import Scope
from provisioners.translation import Names


def names_of(declaration: Declaration, by_id: Mapping[tuple[str, str], str]) -> Names:
    """Names of all objects in the state (`by_id`), and of values that the vendor knows by another word."""
    known = {kind: set(objects) for kind, objects in declaration.objects.items()}
    scope = Scope(declaration, known)
    values: dict[tuple[str, str], str] = {}
    for kind in ("ticket_fields", "customer_fields"):
        for item in declaration.of(kind).values():
            for option, tag in option_tags(item, scope).items():
                values[_field(item), tag] = option
    for item in declaration.of("channels").values():
        address = getattr(item.value, "address", None)
        if address:
            values["received_at", address] = item.key
    for item in declaration.of("people").values():
        if item.value.email:
            values["people", item.value.email] = item.key
    return Names(by_id, values)


def _field(item: Declared) -> str:
    """A field as conditions name it."""
    return item.key if item.kind == "ticket_fields" else f"{item.value.of}.{item.key}"
