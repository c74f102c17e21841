"""Rules that ask for values of the CRM. Too few accounts may hold them to rely on: then the rules sleep (002 EC1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from config.declaration import Declaration
from config.kinds.integrations import Crm, CrmMapping, Integrations, TooEmpty
from config.rules.naming import tags_of_options

RELYING = ("triggers", "automations", "views", "sla_policies", "alerts")
"""Kinds with conditions of their own."""


def crm_fields_asked(declaration: Declaration) -> dict[tuple[str, str], list[str]]:
    """(kind, key) of each rule with a condition on a customer field that the mapping fills, or on the tag of such a
    field's option → those fields, as the mapping's rows name them in the CRM."""
    filled = _filled(declaration)
    if not filled:
        return {}
    tags = {
        tag: f"organization.{key}"
        for key, item in declaration.of("customer_fields").items()
        if f"organization.{key}" in filled
        for tag in tags_of_options(item, declaration.of("segments")).values()
    }
    found = {}
    for kind in RELYING:
        for key, item in declaration.of(kind).items():
            names = [name for name in dict.fromkeys(_asked(item.value, tags)) if name in filled]
            if names:
                found[kind, key] = [filled[name] for name in names]
    return found


def declared_crm(declaration: Declaration) -> Crm | None:
    """What the files say of the CRM; None for nothing."""
    whole: Integrations | None = declaration.single("integrations")
    return whole.crm if whole is not None else None


def fields_too_empty(declaration: Declaration) -> Mapping[str, TooEmpty]:
    """The CRM's fields that the files call too empty to be relied on."""
    crm = declared_crm(declaration)
    return crm.too_empty if crm is not None else {}


def crm_field_name(declaration: Declaration, field: str) -> str:
    """What people call a field of the CRM: one that the files only look up as the customer field that it fills.

    field: as the mapping's rows name it."""
    item = declaration.get("crm_fields", field.partition(".")[0])
    existing = item.value.existing if item is not None else None
    filled = {crm: helpdesk for helpdesk, crm in _filled(declaration).items()}
    shown = declaration.get("customer_fields", filled.get(field, "").partition(".")[2])
    if item is None or (existing and shown is not None):
        return shown.name if shown is not None else field
    return str(existing) if isinstance(existing, str) else item.name


def put_to_sleep(declaration: Declaration) -> None:
    """Let the rules sleep that ask for a field that is too empty, until the files call it so no longer."""
    thin = fields_too_empty(declaration)
    for (kind, key), names in crm_fields_asked(declaration).items() if thin else ():
        if any(name.partition(".")[0] in thin for name in names):
            declaration.objects[kind][key].value.wait_for_crm()


def _filled(declaration: Declaration) -> dict[str, str]:
    """Customer field that the mapping fills → the CRM's field."""
    mapping: CrmMapping | None = declaration.single("crm_mapping")
    return {row.helpdesk: row.crm for row in (mapping.rows if mapping else ())}


def _asked(rule: Any, tags: Mapping[str, str]) -> Iterator[str]:
    """The customer fields that a rule's conditions name, or mean by a tag."""
    for condition in [*(getattr(rule, "when", None) or ()), *(getattr(rule, "when_any", None) or ())]:
        name = getattr(condition, "field", None)
        if not isinstance(name, str):
            continue
        yield name
        if name in ("tags", "organization.tags"):
            yield from (tags[value] for value in condition.values if value in tags)
