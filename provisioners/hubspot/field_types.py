"""Which of our field types HubSpot has, which fields it cannot have, and what a live property holds in our words.

Source: developers.hubspot.com, “Properties”: types and field types, `calculationFormula`, `externalOptions`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from config.declaration import Declared
from config.kinds.integrations import CrmField
from provisioners.crm_fields import CHOICES
from provisioners.hubspot.names import (
    LONGEST,
    RESERVED,
    is_salesforce,
    known_objects,
    object_named,
    property_name,
)
from provisioners.resource import Payload

GROUPS, PIPELINES = "crm_field_groups", "crm_pipelines"
ACCESS, QUEUES = "crm_access", "crm_queues"

METADATA: dict[str, Payload] = {
    "text": {"type": "string", "fieldType": "text"},
    "textarea": {"type": "string", "fieldType": "textarea"},
    "integer": {"type": "number", "fieldType": "number"},
    "decimal": {"type": "number", "fieldType": "number"},
    "currency": {"type": "number", "fieldType": "number"},
    "date": {"type": "date", "fieldType": "date"},
    "checkbox": {"type": "bool", "fieldType": "booleancheckbox"},
    "dropdown": {"type": "enumeration", "fieldType": "select"},
    "multiselect": {"type": "enumeration", "fieldType": "checkbox"},
    "lookup": {
        "type": "enumeration",
        "fieldType": "select",
        "externalOptions": True,
        "referencedObjectType": "OWNER",
    },
}
"""What our types are in HubSpot. A lookup leads to one of the account's users, whom HubSpot calls owners."""
COMPUTED = "calculation_equation"
"""The field type of a property that HubSpot computes."""
_COMPUTABLE = ("text", "integer", "decimal", "currency", "checkbox")
OWNER_WORDS = ("user", "owner", "owners")
"""What a lookup can point to, in small letters."""

_BY_HAND = "or say  by_hand: true  and let a person do it"


class Objection(NamedTuple):
    """The attribute that keeps a declared field from being a property, why, and what to do."""

    attribute: str
    why: str
    do: str


def objections(item: Declared) -> Iterator[Objection]:
    """All that keeps a declared field from being a property of HubSpot."""
    field: CrmField = item.value
    if object_named(field.object) is None:
        yield Objection("object", f"golive knows no object `{field.object}` of HubSpot", f"Write {known_objects()}.")
    if field.existing:
        if isinstance(field.existing, str) and is_salesforce(field.existing):
            yield Objection(
                "existing",
                f"`{field.existing}` is a name of Salesforce's; HubSpot has no such property",
                "Write the internal name that the property has in HubSpot (Settings, Properties, the property, "
                "Internal name), or take `existing` out and give it a name, and golive makes it.",
            )
        return
    name = property_name(item.key, None)
    if name.startswith(RESERVED) or len(name) > LONGEST:
        most = f"names that begin with {RESERVED} are HubSpot's own"
        why = most if name.startswith(RESERVED) else f"HubSpot takes names of {LONGEST} characters at most"
        yield Objection("object", f"its key would be the property's name, and {why}", "Choose another key.")
    yield from _of_type(field)


def _of_type(field: CrmField) -> Iterator[Objection]:
    if field.type not in METADATA:
        nearest = "text" if field.type == "pattern" else "the nearest of " + ", ".join(METADATA)
        more = (
            " A person can then add the form of its values in HubSpot: the property, Rules."
            if nearest == "text"
            else ""
        )
        yield Objection(
            "type", f"HubSpot has no property for a `{field.type}`", f"Say  type: {nearest}, {_BY_HAND}.{more}"
        )
    elif field.formula is not None and field.type not in _COMPUTABLE:
        computable = ", ".join(_COMPUTABLE)
        yield Objection("type", f"HubSpot computes no {field.type}", f"Make it one of {computable}, {_BY_HAND}.")
    elif field.type == "lookup" and (field.to or "").lower() not in OWNER_WORDS:
        yield Objection(
            "to",
            f"a property of HubSpot leads to a user only, not to `{field.to}`",
            "Say  to: User, or let a person associate the records in HubSpot:  by_hand: true",
        )
    if field.formula is not None and is_salesforce(field.formula):
        yield Objection(
            "formula",
            "it is a formula of Salesforce's, which HubSpot cannot compute",
            "Write HubSpot's own (properties by their internal names), or name a property that holds it already with "
            "`existing:`. Who looks after a company is  type: lookup, existing: hubspot_owner_id,  whose name the "
            "mapping reads with  .Name  behind the field's key.",
        )


def definition_of(
    owner: str, name: str, label: str, field: CrmField, options: list[dict[str, str]], group: str | None
) -> Payload:
    """The payload of a property that golive makes. options: their labels and values, in order."""
    payload: Payload = {"object": owner, "name": name, "label": label, **METADATA[field.type], "holds": field.type}
    if field.formula is not None:
        payload |= {"fieldType": COMPUTED, "calculationFormula": field.formula}
    if field.type in CHOICES:
        payload["options"] = options
    if group is not None:
        payload["groupName"] = group
    return payload


def words_for(definition: dict[str, Any]) -> tuple[str, ...]:
    """Our words for what a live property holds, the best one first; empty for what there is no word for."""
    if definition.get("externalOptions") and definition.get("referencedObjectType") == "OWNER":
        return ("lookup",)
    match definition.get("type"), definition.get("fieldType"):
        case "string", "textarea" | "html":
            return "textarea", "text"
        case "string", "file":
            return ()
        case "string", _:
            return "text", "textarea", "pattern"
        case "number", _:
            return "decimal", "integer", "currency"
        case (("date" | "datetime"), _):
            return ("date",)
        case "bool", _:
            return ("checkbox",)
        case "enumeration", "checkbox":
            return "multiselect", "text"
        case "enumeration", "booleancheckbox":
            return "checkbox", "dropdown"
        case "enumeration", _:
            return "dropdown", "text"
    return ()


def why_not_ours(definition: dict[str, Any]) -> str:
    """Why golive cannot look after a live property: it would make another one of it. "" where it can."""
    if definition.get("hubspotDefined") or (definition.get("modificationMetadata") or {}).get("readOnlyDefinition"):
        return "it is HubSpot's own, which nobody changes"
    words = words_for(definition)
    if not words:
        return f"there is no word here for a property of the type {definition.get('type')}"
    computed = definition.get("fieldType") == COMPUTED
    ours = METADATA[words[0]]
    if computed and not definition.get("calculationFormula"):
        return "HubSpot computes it in a way that its interface does not show"
    if not computed and any(definition.get(name) != value for name, value in ours.items()):
        return f"golive's of this sort are shown as {ours['fieldType']}, and this one as {definition.get('fieldType')}"
    return ""
