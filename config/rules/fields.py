"""Fields, mappings and channels that cannot work as declared (grammar 31, 44, 45)."""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from config.rules.scope import Scope

_PAIRS = {
    "text": ("text", "textarea", "dropdown", "pattern"),
    "textarea": ("text", "textarea"),
    "integer": ("integer", "decimal"),
    "decimal": ("decimal",),
    "currency": ("decimal",),
    "date": ("date",),
    "checkbox": ("checkbox",),
    "dropdown": ("dropdown", "text"),
    "multiselect": ("multiselect",),
}
"""CRM type → helpdesk types that can show it."""


def check(scope: Scope) -> Iterator[Finding]:
    yield from _mapping(scope)
    yield from _segments(scope)
    yield from _default_channel(scope)


def _mapping(scope: Scope) -> Iterator[Finding]:
    mapping = scope.declaration.get("crm_mapping", "crm_mapping")
    if mapping is None:
        return
    for index, row in enumerate(mapping.value.rows):
        owner, _, key = row.helpdesk.partition(".")
        if row.helpdesk in ("organization.name", "organization.external_id"):
            continue
        if not scope.knows("customer_fields", key):
            yield mapping.finding(
                "reference.unknown", "error", ("rows", index, "helpdesk"), f"there is no customer field `{key}`",
                scope.nearest("customer_fields", key),
            )  # fmt: skip
            continue
        field = scope.declaration.get("customer_fields", key)
        source = scope.declaration.get("crm_fields", row.crm)
        if field is None or source is None:
            continue
        if field.value.of != owner:
            yield mapping.finding(
                "mapping.owner", "error", ("rows", index, "helpdesk"), f"`{key}` is a field of the {field.value.of}",
                f"Write `{field.value.of}.{key}`.",
            )  # fmt: skip
        fitting = _PAIRS.get(source.value.type, ())
        if field.value.type not in fitting:
            yield mapping.finding(
                "mapping.type", "error", ("rows", index),
                f"`{row.crm}` is {source.value.type} in the CRM and `{key}` is {field.value.type} in the helpdesk",
                f"Make the helpdesk's field one of: {', '.join(fitting) or 'none can show it'}.",
            )  # fmt: skip


def _segments(scope: Scope) -> Iterator[Finding]:
    for kind in ("ticket_fields", "customer_fields", "crm_fields"):
        for item in scope.declaration.of(kind).values():
            if item.value.options_from == "segments" and not scope.known.get("segments"):
                yield item.finding(
                    "reference.unknown", "error", ("options_from",), "there are no segments to take options from",
                    "Declare `segments:`.",
                )  # fmt: skip


def _default_channel(scope: Scope) -> Iterator[Finding]:
    chosen = [item for item in scope.declaration.of("channels").values() if getattr(item.value, "default", False)]
    for item in chosen[1:]:
        yield item.finding(
            "channels.default-twice", "error", ("default",), f"`{chosen[0].key}` is the default address already",
            "One address is the default.",
        )  # fmt: skip
