"""Custom fields as the Tooling API takes them: `{"FullName": "Account.ARR__c", "Metadata": {…}}`.

The rules are those of the vendor's CustomField metadata type. A deleted field keeps its data for 15 days under
its name with `_del` put after it; until then that name is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.salesforce.objects import Field, StandardObject

Find = Callable[[str], StandardObject | None]
"""The organisation's object of a name."""

METADATA_DEFAULTS: dict[str, Any] = {
    "businessOwnerGroup": None,
    "caseSensitive": None,
    "complianceGroup": None,
    "defaultValue": None,
    "deleteConstraint": None,
    "deprecated": None,
    "description": None,
    "displayFormat": None,
    "displayLocationInDecimal": None,
    "encryptionScheme": None,
    "escapeMarkup": None,
    "externalId": False,
    "formula": None,
    "formulaTreatBlanksAs": None,
    "inlineHelpText": None,
    "label": None,
    "length": None,
    "lookupFilter": None,
    "maskChar": None,
    "maskType": None,
    "precision": None,
    "referenceTo": None,
    "relationshipLabel": None,
    "relationshipName": None,
    "required": False,
    "scale": None,
    "securityClassification": None,
    "startingNumber": None,
    "trackHistory": False,
    "trackTrending": False,
    "type": None,
    "unique": None,
    "urls": None,
    "valueSet": None,
    "visibleLines": None,
}
TYPES = {
    "Text": "string",
    "TextArea": "textarea",
    "LongTextArea": "textarea",
    "Number": "double",
    "Currency": "currency",
    "Percent": "percent",
    "Date": "date",
    "DateTime": "datetime",
    "Checkbox": "boolean",
    "Picklist": "picklist",
    "MultiselectPicklist": "multipicklist",
    "Lookup": "reference",
    "Email": "email",
    "Phone": "phone",
    "Url": "url",
}
"""Metadata type → the type that describe and queries show."""

FORMULA_TYPES = ("Text", "Number", "Currency", "Percent", "Date", "DateTime", "Checkbox")
_NUMBERS = ("Number", "Currency", "Percent")
_CHANGES = {
    "Text": ("TextArea", "LongTextArea", "Email", "Phone", "Url", "Picklist"),
    "TextArea": ("LongTextArea", "Text"),
    "Number": ("Currency", "Percent", "Text"),
    "Currency": ("Number", "Percent", "Text"),
    "Percent": ("Number", "Currency", "Text"),
    "Picklist": ("MultiselectPicklist", "Text"),
}
_NAME = re.compile(r"[A-Za-z](?:[A-Za-z0-9]|_(?!_))*(?<!_)")
_VALUE_KEYS = ("color", "default", "description", "isActive", "label", "urls", "valueName")


class FieldError(Exception):
    """A definition that the vendor refuses."""

    def __init__(self, code: str, message: str, fields: list[str] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fields = fields or []


def split_name(full_name: Any, find: Find) -> tuple[str, str]:
    """Object and developer name (without `__c`) of a full name. Raises FieldError."""
    object_name, _, name = str(full_name or "").partition(".")
    owner = find(object_name)
    if owner is None or not owner.custom_fields:
        raise FieldError(
            "INVALID_CROSS_REFERENCE_KEY", f"Entity of type CustomObject named {object_name} cannot be found"
        )
    developer_name = name.removesuffix("__c")
    if developer_name == name:
        raise FieldError("FIELD_INTEGRITY_EXCEPTION", "The name of a custom field must end in __c", ["FullName"])
    if not _NAME.fullmatch(developer_name):
        raise FieldError(
            "FIELD_INTEGRITY_EXCEPTION",
            f"The Field API Name {developer_name} can only contain underscores and alphanumeric characters. It must "
            "be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two "
            "consecutive underscores.",
            ["FullName"],
        )
    if len(developer_name) > 40:
        raise FieldError(
            "STRING_TOO_LONG", f"Developer Name: data value too large: {developer_name} (max length=40)", ["FullName"]
        )
    return owner.name, developer_name


def _need(metadata: dict[str, Any], *names: str) -> None:
    for name in names:
        if metadata.get(name) is None:
            raise FieldError(
                "FIELD_INTEGRITY_EXCEPTION",
                f"Must specify '{name}' for a CustomField of type {metadata['type']}",
                [name],
            )


def _within(metadata: dict[str, Any], name: str, least: int, most: int) -> None:
    value = metadata[name]
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise FieldError(
            "FIELD_INTEGRITY_EXCEPTION", f"{name} must be a whole number between {least} and {most}: {value}", [name]
        )


def _value_set(given: Any) -> dict[str, Any]:
    definition = given.get("valueSetDefinition") if isinstance(given, dict) else None
    values = definition.get("value") if isinstance(definition, dict) else None
    if not isinstance(definition, dict) or not isinstance(values, list) or not values:
        raise FieldError(
            "FIELD_INTEGRITY_EXCEPTION", "Picklist requires a value set with at least one value", ["valueSet"]
        )
    kept: list[dict[str, Any]] = []
    for value in values:
        unknown = [key for key in value if key not in _VALUE_KEYS]
        if unknown:
            raise FieldError("JSON_PARSER_ERROR", f"No such column '{unknown[0]}' on sobject of type CustomValue")
        name = value.get("valueName")
        if not name:
            raise FieldError("FIELD_INTEGRITY_EXCEPTION", "A picklist value requires a valueName", ["valueSet"])
        if any(str(other["valueName"]).lower() == str(name).lower() for other in kept):
            raise FieldError("DUPLICATE_VALUE", f"Duplicate picklist value: {name}", ["valueSet"])
        blank = dict.fromkeys(_VALUE_KEYS)
        kept.append({**blank, "default": False, "label": name, **value})
    return {
        "controllingField": given.get("controllingField"),
        "restricted": bool(given.get("restricted", False)),
        "valueSetDefinition": {"sorted": bool(definition.get("sorted", False)), "value": kept},
        "valueSetName": None,
        "valueSettings": list(given.get("valueSettings") or []),
    }


def checked_metadata(given: Any, known_lookups: set[str], find: Find) -> dict[str, Any]:
    """The metadata with its defaults, as a GET shows it. `known_lookups`: relationship names of the object.

    Raises FieldError.
    """
    if not isinstance(given, dict):
        raise FieldError("REQUIRED_FIELD_MISSING", "Required fields are missing: [Metadata]", ["Metadata"])
    for key in given:
        if key not in METADATA_DEFAULTS:
            raise FieldError("JSON_PARSER_ERROR", f"No such column '{key}' on sobject of type CustomFieldMetadata")
    metadata = {**METADATA_DEFAULTS, **given}
    kind = metadata["type"]
    if kind not in TYPES:
        raise FieldError(
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            f"Type: bad value for restricted picklist field: {kind}",
            ["type"],
        )
    if not metadata["label"]:
        raise FieldError("FIELD_INTEGRITY_EXCEPTION", "Must specify a non-empty label for the CustomField", ["label"])
    if len(str(metadata["label"])) > 40:
        raise FieldError(
            "STRING_TOO_LONG", f"Label: data value too large: {metadata['label']} (max length=40)", ["label"]
        )
    if metadata["formula"] is not None:
        _check_formula(metadata, known_lookups)
        return metadata
    if kind == "Text":
        _need(metadata, "length")
        _within(metadata, "length", 1, 255)
    elif kind in ("LongTextArea", "MultiselectPicklist"):
        _need(metadata, *(["length"] if kind == "LongTextArea" else []), "visibleLines")
        if kind == "LongTextArea":
            _within(metadata, "length", 256, 131072)
    elif kind in _NUMBERS:
        _need(metadata, "precision", "scale")
        _within(metadata, "precision", 1, 18)
        _within(metadata, "scale", 0, metadata["precision"])
    elif kind == "Checkbox":
        _need(metadata, "defaultValue")
    elif kind == "Lookup":
        _need(metadata, "referenceTo", "relationshipName")
        _check_lookup(metadata, find)
    if kind in ("Picklist", "MultiselectPicklist"):
        metadata["valueSet"] = _value_set(metadata["valueSet"])
    return metadata


def _check_lookup(metadata: dict[str, Any], find: Find) -> None:
    if find(str(metadata["referenceTo"])) is None:
        raise FieldError(
            "FIELD_INTEGRITY_EXCEPTION",
            f"referenceTo value of '{metadata['referenceTo']}' does not resolve to a valid sObject type",
            ["referenceTo"],
        )
    if not _NAME.fullmatch(str(metadata["relationshipName"])) or len(metadata["relationshipName"]) > 40:
        raise FieldError(
            "FIELD_INTEGRITY_EXCEPTION",
            f"Child Relationship Name: {metadata['relationshipName']} is not a valid name",
            ["relationshipName"],
        )
    metadata["deleteConstraint"] = metadata["deleteConstraint"] or "SetNull"
    if metadata["deleteConstraint"] not in ("Cascade", "Restrict", "SetNull"):
        raise FieldError("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "deleteConstraint: bad value", ["deleteConstraint"])


def _check_formula(metadata: dict[str, Any], known_lookups: set[str]) -> None:
    if metadata["type"] not in FORMULA_TYPES:
        raise FieldError("FIELD_INTEGRITY_EXCEPTION", f"Type {metadata['type']} cannot hold a formula", ["formula"])
    if metadata["type"] in _NUMBERS:
        _need(metadata, "precision", "scale")
    without_text = re.sub(r'"(?:\\.|[^"\\])*"', "", metadata["formula"])
    for relationship in re.findall(r"\b([A-Za-z]\w*__r)\.", without_text):
        if relationship.lower() not in known_lookups:
            raise FieldError(
                "FIELD_INTEGRITY_EXCEPTION", f"Field {relationship} does not exist. Check spelling.", ["formula"]
            )
    metadata["formulaTreatBlanksAs"] = metadata["formulaTreatBlanksAs"] or "BlankAsZero"


def changed_metadata(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """The metadata after a PATCH: values that were left out of a picklist are kept, switched off.

    Raises FieldError where the vendor allows no such change.
    """
    if (old["formula"] is None) != (new["formula"] is None):
        direction = "to a Formula from something else" if old["formula"] is None else "from a Formula to something else"
        raise FieldError("FIELD_INTEGRITY_EXCEPTION", f"Cannot update a field {direction}", ["formula"])
    if old["referenceTo"] != new["referenceTo"]:
        raise FieldError(
            "FIELD_INTEGRITY_EXCEPTION", "Cannot change the object that a lookup refers to", ["referenceTo"]
        )
    if old["type"] != new["type"] and new["type"] not in _CHANGES.get(old["type"], ()):
        raise FieldError(
            "FIELD_INTEGRITY_EXCEPTION", f"Cannot change field type from {old['type']} to {new['type']}", ["type"]
        )
    if old["valueSet"] and new["valueSet"]:
        names = {value["valueName"] for value in new["valueSet"]["valueSetDefinition"]["value"]}
        for value in old["valueSet"]["valueSetDefinition"]["value"]:
            if value["valueName"] not in names:
                new["valueSet"]["valueSetDefinition"]["value"].append({**value, "isActive": False})
    return new


def api_name(row: Mapping[str, Any]) -> str:
    """`ARR__c`; a field of a package has the package's name before its own: `pkg__Score__c`."""
    package = row.get("NamespacePrefix")
    return f"{package}__{row['DeveloperName']}__c" if package else f"{row['DeveloperName']}__c"


def as_field(row: dict[str, Any]) -> Field:
    """A stored custom field as a field of its object."""
    metadata = row["Metadata"]
    values: tuple[tuple[str, str], ...] = ()
    if metadata["valueSet"]:
        values = tuple(
            (value["valueName"], value["label"])
            for value in metadata["valueSet"]["valueSetDefinition"]["value"]
            if value["isActive"] is not False
        )
    calculated = metadata["formula"] is not None
    lookup = metadata["type"] == "Lookup"
    return Field(
        name=api_name(row),
        type=TYPES[metadata["type"]],
        label=metadata["label"],
        create=not calculated,
        update=not calculated,
        permissioned=not metadata["required"],
        length=metadata["length"] or 0,
        default={"true": True, "false": False}.get(str(metadata["defaultValue"]).lower()),
        refers_to=(metadata["referenceTo"],) if lookup else (),
        relationship=f"{row['DeveloperName']}__r" if lookup else None,
        custom=True,
        calculated=calculated,
        formula=metadata["formula"] or "",
        values=values,
        restricted=bool(metadata["valueSet"] and metadata["valueSet"]["restricted"]),
    )
