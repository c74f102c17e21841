"""Definitions of fields: what golive sends, what the vocabulary says of a live one, why golive cannot look after it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from provisioners.crm_fields import CHOICES
from provisioners.resource import Payload
from provisioners.salesforce.custom_field import value_set, values_of
from provisioners.salesforce.field_types import METADATA
from provisioners.salesforce.names import LONGEST

_ONLY_STORED = ("length", "visibleLines", "defaultValue")
"""Attributes that a formula field does not have."""
_NEAREST = {
    "Text": "text",
    "Email": "text",
    "Phone": "text",
    "Url": "text",
    "EncryptedText": "text",
    "AutoNumber": "text",
    "Time": "text",
    "TextArea": "textarea",
    "Html": "textarea",
    "Number": "decimal",
    "Percent": "decimal",
    "Summary": "decimal",
    "DateTime": "date",
    "Lookup": "lookup",
    "MasterDetail": "lookup",
    "Hierarchy": "lookup",
    "ExternalLookup": "lookup",
    "IndirectLookup": "lookup",
    "MetadataRelationship": "lookup",
}
"""Types that golive only names → our word for what such a field holds. `Summary` is a roll-up of records below."""
_DIFFERS = {
    "length": "it takes {} characters at most, and golive's take {}",
    "visibleLines": "it shows {} lines at once, and golive's show {}",
    "precision": "it has {} digits, and golive's have {}",
    "scale": "it has {} digits after the point, and golive's have {}",
    "defaultValue": "it is ticked to begin with, and golive's are not",
    "deleteConstraint": "what it points to has a rule for being deleted ({}), and golive's are emptied then",
}


def definition_of(
    full_name: str, label: str, type_: str, formula: str | None, values: list[dict[str, str]], to: str | None = None
) -> Payload:
    """The payload of a field that golive makes. type_: our word. values: those of a picklist, in their order. to: what
    a lookup points to."""
    payload: Payload = {"FullName": full_name, "label": label, **METADATA.get(type_, {})}
    payload["calculated"] = formula is not None
    if formula is not None:
        payload = {key: value for key, value in payload.items() if key not in _ONLY_STORED}
        payload["formula"] = formula
    if type_ in CHOICES:
        payload["valueSet"] = value_set(values)
    if to is not None:
        payload |= {"referenceTo": to, "relationshipName": _seen_from_there(full_name)}
    return payload


def _seen_from_there(full_name: str) -> str:
    """What an object that is pointed to calls the records that point to it; each of its names there is one of a kind.
    `Account.Csm__c` → `Account_Csm`."""
    owner, _, name = full_name.partition(".")
    return f"{owner.removesuffix('__c')}_{name.removesuffix('__c')}"[:LONGEST].rstrip("_")


def our_type(definition: Payload) -> str | None:
    """Our word for the type of a definition, in the vendor's or a payload's form; None where there is none."""
    same = [
        word
        for word, ours in METADATA.items()
        if ours["type"] == definition["type"]
        and (ours["type"] != "Number" or ours["scale"] == (definition.get("scale") or 0))
    ]
    return same[0] if same else None


def nearest_type(metadata: Payload) -> str | None:
    """Our word for what a live field holds; None for what nothing of ours is like, such as a place on the map."""
    return our_type(metadata) or _NEAREST.get(metadata["type"])


def form_of(full_name: str, metadata: Payload) -> Payload:
    """What golive would send for a live field, as near as it can."""
    values = [{"valueName": each["valueName"], "label": each["label"]} for each in active_values(metadata)]
    near = nearest_type(metadata)
    type_ = near if near in METADATA else "text"
    to = metadata.get("referenceTo") if near == "lookup" else None
    return definition_of(full_name, metadata["label"], type_, metadata.get("formula"), values, to)


def active_values(metadata: Payload) -> list[dict[str, Any]]:
    """The values that people can choose now; the others are not said, and stay."""
    return [each for each in values_of(metadata.get("valueSet")) if each.get("isActive") is not False]


def why_not_ours(metadata: Payload) -> str:
    """Why golive cannot look after a live field: it would make another one of it. "" where it can."""
    if our_type(metadata) is None:
        scale = metadata.get("scale")
        more = f" with {scale} digits after the point" if metadata["type"] == "Number" else ""
        return f"there is no word here for a field of the type {metadata['type']}{more}"
    for name, ours in form_of("", metadata).items():
        live = metadata.get(name) or ("SetNull" if name == "deleteConstraint" else metadata.get(name))
        if name in _DIFFERS and live != ours:
            return _DIFFERS[name].format(live, ours)
    return _why_not_values(metadata) if "valueSet" in form_of("", metadata) else ""


def _why_not_values(metadata: Payload) -> str:
    given = metadata.get("valueSet") or {}
    definition = given.get("valueSetDefinition")
    if not definition:
        return "its values are those of a value set of the whole organisation"
    if not given.get("restricted"):
        return "it takes values that are not in its list, and golive's do not"
    if definition.get("sorted"):
        return "its values are sorted by name, and golive's stand in the order of the files"
    labels = [" ".join(str(each["label"]).split()) for each in active_values(metadata)]
    if not labels:
        return "none of its values can be chosen"
    counts = Counter(label.casefold() for label in labels)
    twice = [label for label in labels if counts[label.casefold()] > 1]
    return f"two of its values are called “{twice[0]}”" if twice else ""
