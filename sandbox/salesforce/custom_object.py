"""Custom objects as the Metadata API takes them; their records, fields and descriptions are those of any object.

The rules are those of the vendor's CustomObject metadata type (developer.salesforce.com, “Metadata API Developer
Guide”, CustomObject). What a change leaves out goes back to its default here, so that nobody relies on its staying.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sandbox.salesforce.objects import SYSTEM_FIELDS, Field, StandardObject
from sandbox.store import Row

PREFIX = "01I"
"""How the ids of definitions begin."""
DEFAULTS: Row = {
    "actionOverrides": None,
    "allowInChatterGroups": False,
    "compactLayoutAssignment": "SYSTEM",
    "deploymentStatus": None,
    "description": None,
    "enableActivities": False,
    "enableBulkApi": True,
    "enableFeeds": False,
    "enableHistory": False,
    "enableLicensing": False,
    "enableReports": False,
    "enableSearch": False,
    "enableSharing": True,
    "enableStreamingApi": True,
    "externalSharingModel": "Private",
    "label": None,
    "nameField": None,
    "pluralLabel": None,
    "profileSearchLayouts": None,
    "searchLayouts": None,
    "sharingModel": None,
    "visibility": "Public",
}
_REQUIRED = ("deploymentStatus", "label", "nameField", "pluralLabel", "sharingModel")
_ONE_OF = {
    "deploymentStatus": ("Deployed", "InDevelopment"),
    "sharingModel": ("Private", "Read", "ReadWrite", "ControlledByParent"),
    "externalSharingModel": ("Private", "Read", "ReadWrite", "ControlledByParent"),
}
_NAME = re.compile(r"[A-Za-z](?:[A-Za-z0-9]|_(?!_))*(?<!_)")
_NUMBERED = re.compile(r"[^{}]*(?:\{(?:YYYY|YY|MM|DD)\}[^{}]*)*\{0+\}[^{}]*")


class ObjectError(Exception):
    """A definition that the vendor refuses, with one of its status codes."""

    def __init__(self, code: str, message: str, fields: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fields = fields


def developer_name(full_name: str) -> str:
    """`Contract` of `Contract__c`. Raises ObjectError."""
    name = full_name.removesuffix("__c")
    if name == full_name:
        raise ObjectError(
            "FIELD_INTEGRITY_EXCEPTION", f"{full_name}: a custom object's name ends in __c", ("fullName",)
        )
    if len(name) > 40:
        raise ObjectError(
            "STRING_TOO_LONG", f"Object Name: data value too large: {name} (max length=40)", ("fullName",)
        )
    if not _NAME.fullmatch(name):
        raise ObjectError(
            "FIELD_INTEGRITY_EXCEPTION",
            f"Object Name: The name {name} can only contain underscores and alphanumeric characters. It must begin "
            "with a letter, not include spaces, not end with an underscore, and not contain two consecutive "
            "underscores.",
            ("fullName",),
        )
    return name


def checked(given: Row) -> Row:
    """A definition with its defaults. Raises ObjectError."""
    unknown = [name for name in given if name not in DEFAULTS]
    if unknown:
        raise ObjectError("INVALID_FIELD", f"this stand-in takes no {unknown[0]} with an object", (unknown[0],))
    metadata = {**DEFAULTS, **{name: value for name, value in given.items() if value is not None}}
    for name in _REQUIRED:
        if metadata[name] in (None, ""):
            raise ObjectError("REQUIRED_FIELD_MISSING", f"Required fields are missing: [{name}]", (name,))
    for name, words in _ONE_OF.items():
        if metadata[name] not in words:
            raise ObjectError(
                "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", f"{name}: bad value: {metadata[name]}", (name,)
            )
    for name in ("label", "pluralLabel"):
        if len(metadata[name]) > 40:
            raise ObjectError(
                "STRING_TOO_LONG", f"{name}: data value too large: {metadata[name]} (max length=40)", (name,)
            )
    metadata["nameField"] = _checked_name(metadata["nameField"])
    return metadata


def _checked_name(given: Row) -> Row:
    kind = given.get("type")
    if kind not in ("Text", "AutoNumber"):
        raise ObjectError("FIELD_INTEGRITY_EXCEPTION", "A name field is of the type Text or AutoNumber", ("nameField",))
    shown = given.get("displayFormat")
    if kind == "AutoNumber" and not _NUMBERED.fullmatch(str(shown or "")):
        raise ObjectError(
            "FIELD_INTEGRITY_EXCEPTION", f"Display Format: not a valid format: {shown}", ("displayFormat",)
        )
    return {
        "label": given.get("label") or "Name",
        "type": kind,
        **({"displayFormat": shown} if kind == "AutoNumber" else {}),
    }


def api_name(row: Mapping[str, Any]) -> str:
    """`Contract__c`; one of a package has the package's name before its own."""
    package = row.get("NamespacePrefix")
    return f"{package}__{row['DeveloperName']}__c" if package else f"{row['DeveloperName']}__c"


def as_object(row: Row) -> StandardObject:
    """A stored definition as an object. Its records belong to somebody, and can wait in queues."""
    metadata = row["Metadata"]
    numbered = metadata["nameField"]["type"] == "AutoNumber"
    name = Field("Name", label=metadata["nameField"]["label"], create=not numbered, update=not numbered, length=80)
    owner = Field("OwnerId", "reference", refers_to=("User", "Group"), relationship="Owner", length=18)
    deleted = Field("IsDeleted", "boolean", "Deleted", create=False, update=False, default=False)
    return StandardObject(
        api_name(row),
        row["prefix"],
        metadata["label"],
        (*SYSTEM_FIELDS, deleted, name, owner),
        custom_fields=True,
        queues=True,
        plural=metadata["pluralLabel"],
    )
