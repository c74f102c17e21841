"""Properties and property groups.

Source: developers.hubspot.com, “Properties” (types and field types, options) and the API's reference. Deleting is
archiving. Whether an archived property keeps its name, the pages do not say; here it does, as for the 90 days for which
it can be restored in the vendor's pages. A group with properties is not deleted.
"""

from __future__ import annotations

import re
from typing import Any

from sandbox.hubspot.portal import HubSpotError, Portal, check_known, invalid, missing, text_of
from sandbox.hubspot.standard import GROUPS, PROPERTIES
from sandbox.store import Row

FIELD_TYPES = {
    "bool": ("booleancheckbox", "calculation_equation"),
    "enumeration": ("booleancheckbox", "checkbox", "radio", "select", "calculation_equation"),
    "date": ("date",),
    "datetime": ("date",),
    "string": ("file", "html", "phonenumber", "text", "textarea", "calculation_equation"),
    "number": ("number", "calculation_equation"),
}
"""`type` → what `fieldType` may be with it."""
COMPUTED = "calculation_equation"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
LONGEST_NAME = 100
_CHANGEABLE = frozenset(
    {"label", "type", "fieldType", "groupName", "description", "displayOrder", "hidden", "formField", "options",
     "calculationFormula"}
)  # fmt: skip
_CREATABLE = _CHANGEABLE | {"name", "hasUniqueValue", "externalOptions", "referencedObjectType", "dataSensitivity"}
_OPTION = frozenset({"label", "value", "displayOrder", "hidden", "description"})


def listed(portal: Portal, owner: str, *, archived: bool = False) -> list[Row]:
    """All properties of an object, the vendor's own first."""
    own = [row["shown"] for row in portal.table("properties").values() if row["object"] == owner]
    if archived:
        return [each for each in own if each["archived"]]
    return [*PROPERTIES[owner].values(), *(each for each in own if not each["archived"])]


def find(portal: Portal, owner: str, name: str, *, archived: bool = False) -> Row:
    """One property by its name. Raises HubSpotError."""
    found = next((each for each in listed(portal, owner, archived=archived) if each["name"] == name.lower()), None)
    if found is None:
        raise missing(f"Property {name} of {owner}")
    return found


def create(portal: Portal, owner: str, body: Row) -> Row:
    """A new property of the account's own. Raises HubSpotError."""
    check_known(body, _CREATABLE)
    for name in ("name", "label", "type", "fieldType", "groupName"):
        text_of(body, name)
    name = str(body["name"])
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise invalid(
            f"Property name {name} must begin with a letter and hold only lowercase letters, numbers and underscores",
            at="name",
        )
    if name.startswith("hs_"):
        raise invalid(f"Property name {name} is reserved: names that begin with hs_ are HubSpot's own", at="name")
    there = [*listed(portal, owner), *listed(portal, owner, archived=True)]
    if any(each["name"] == name for each in there):
        raise HubSpotError(409, "OBJECT_ALREADY_EXISTS", f"A property named '{name}' already exists.")
    shown: Row = {
        "description": "", "displayOrder": -1, "hidden": False, "formField": False, "hasUniqueValue": False,
        "externalOptions": False, "options": [], **body, "calculated": False, "hubspotDefined": False,
        "archived": False, "createdAt": portal.now(), "createdUserId": str(portal.about()["userId"]),
        "modificationMetadata": {
            "archivable": True, "readOnlyDefinition": False, "readOnlyOptions": False,
            "readOnlyValue": body["fieldType"] == COMPUTED,
        },
    }  # fmt: skip
    _check(portal, owner, shown)
    portal.table("properties")[f"{owner}/{name}"] = {"id": f"{owner}/{name}", "object": owner, "shown": shown}
    return shown


def update(portal: Portal, owner: str, name: str, body: Row) -> Row:
    """What is sent replaces what was there; options are sent whole. Raises HubSpotError."""
    check_known(body, _CHANGEABLE)
    shown = find(portal, owner, name)
    _check_own(shown)
    changed = {**shown, **body, "updatedAt": portal.now()}
    if changed["type"] != shown["type"]:
        raise invalid(f"The type of the property {name} cannot be changed", at="type")
    _check(portal, owner, changed)
    shown.update(changed)
    return shown


def archive(portal: Portal, owner: str, name: str) -> None:
    """Put a property away; its values go with it. Raises HubSpotError."""
    shown = find(portal, owner, name)
    _check_own(shown)
    shown.update(archived=True, archivedAt=portal.now())


def _check_own(shown: Row) -> None:
    if shown["modificationMetadata"]["readOnlyDefinition"]:
        raise invalid(f"The definition of the property {shown['name']} is read only")


def _check(portal: Portal, owner: str, shown: Row) -> None:
    """Raises HubSpotError for a definition that cannot be."""
    text_of(shown, "label")
    if shown["type"] not in FIELD_TYPES:
        raise invalid(f"{shown['type']} is not one of {', '.join(FIELD_TYPES)}", at="type")
    if shown["fieldType"] not in FIELD_TYPES[shown["type"]]:
        raise invalid(f"The fieldType {shown['fieldType']} is not allowed for the type {shown['type']}", at="fieldType")
    if shown["groupName"] not in {each["name"] for each in groups(portal, owner)}:
        raise invalid(f"Property group {shown['groupName']} of {owner} does not exist", at="groupName")
    computed = shown["fieldType"] == COMPUTED
    if computed != bool(shown.get("calculationFormula")):
        raise invalid("calculationFormula goes with the fieldType calculation_equation only", at="calculationFormula")
    shown["calculated"] = computed
    external = bool(shown.get("externalOptions"))
    if external and (shown["type"] != "enumeration" or shown.get("referencedObjectType") != "OWNER"):
        raise invalid("externalOptions needs an enumeration whose referencedObjectType is OWNER", at="externalOptions")
    shown["options"] = _options(
        shown, needed=shown["type"] in ("bool", "enumeration") and not external and not computed
    )


def _options(shown: Row, *, needed: bool) -> list[Row]:
    given = shown.get("options") or []
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise invalid("options must be a list", at="options")
    if given and not needed:
        raise invalid(f"A property of the type {shown['type']} takes no options", at="options")
    if needed and not given:
        raise invalid(f"A property of the type {shown['type']} needs options", at="options")
    found: list[Row] = []
    for number, each in enumerate(given):
        check_known(each, _OPTION)
        label, value = text_of(each, "label"), text_of(each, "value")
        found.append(
            {"description": "", "displayOrder": number, "hidden": False, **each, "label": label, "value": value}
        )
    for word in ("label", "value"):
        words = [each[word] for each in found]
        twice = [each for each in words if words.count(each) > 1]
        if twice:
            raise invalid(f"Property option {word}s must be unique: '{twice[0]}' is there twice", at="options")
    if shown["type"] == "bool" and {each["value"] for each in found} != {"true", "false"}:
        raise invalid("The options of a bool are those of the values true and false", at="options")
    return sorted(found, key=lambda each: each["displayOrder"])


# groups


def groups(portal: Portal, owner: str) -> list[Row]:
    """All groups of an object, the vendor's own first."""
    standard = [
        {"name": name, "label": label, "displayOrder": number, "archived": False}
        for number, (name, label) in enumerate(GROUPS[owner].items())
    ]
    own = [row["shown"] for row in portal.table("property_groups").values() if row["object"] == owner]
    return [*standard, *own]


def find_group(portal: Portal, owner: str, name: str) -> Row:
    found = next((each for each in groups(portal, owner) if each["name"] == name.lower()), None)
    if found is None:
        raise missing(f"Property group {name} of {owner}")
    return found


def create_group(portal: Portal, owner: str, body: Row) -> Row:
    check_known(body, frozenset({"name", "label", "displayOrder"}))
    name, label = text_of(body, "name"), text_of(body, "label")
    if not _NAME.fullmatch(name):
        raise invalid(
            f"Property group name {name} must hold only lowercase letters, numbers and underscores", at="name"
        )
    if any(each["name"] == name for each in groups(portal, owner)):
        raise HubSpotError(409, "OBJECT_ALREADY_EXISTS", f"A property group named '{name}' already exists.")
    shown: Row = {"name": name, "label": label, "displayOrder": body.get("displayOrder", -1), "archived": False}
    portal.table("property_groups")[f"{owner}/{name}"] = {"id": f"{owner}/{name}", "object": owner, "shown": shown}
    return shown


def update_group(portal: Portal, owner: str, name: str, body: Row) -> Row:
    check_known(body, frozenset({"label", "displayOrder"}))
    shown = find_group(portal, owner, name)
    _check_own_group(owner, shown)
    if "label" in body:
        text_of(body, "label")
    shown.update(body)
    return shown


def archive_group(portal: Portal, owner: str, name: str) -> None:
    shown = find_group(portal, owner, name)
    _check_own_group(owner, shown)
    held = [each["name"] for each in listed(portal, owner) if each["groupName"] == shown["name"]]
    if held:
        raise invalid(f"Property group {name} cannot be deleted: it holds the properties {', '.join(held)}")
    del portal.table("property_groups")[f"{owner}/{shown['name']}"]


def _check_own_group(owner: str, shown: Row) -> None:
    if shown["name"] in GROUPS[owner]:
        raise invalid(f"The property group {shown['name']} is HubSpot's own and cannot be changed")


def checked_value(definition: Row, value: Any) -> str:
    """A record's value in the vendor's form, a text. Raises HubSpotError for one that does not fit."""
    said = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    name, type_ = definition["name"], definition["type"]
    if not said:
        return said
    wrong: str | None = None
    if type_ == "number" and not re.fullmatch(r"-?\d+(\.\d+)?", said):
        wrong = f"{said} was not a valid number."
    elif type_ == "date" and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", said):
        wrong = f"{said} was not a valid date."
    elif type_ in ("bool", "enumeration") and not definition.get("externalOptions"):
        allowed = [each["value"] for each in definition["options"]]
        several = definition["fieldType"] == "checkbox"
        for each in said.split(";") if several else [said]:
            if each not in allowed:
                wrong = f"{each} was not one of the allowed options: {allowed}"
    if wrong:
        raise invalid(
            f'Property values were not valid: [{{"isValid":false,"message":"{wrong}","name":"{name}"}}]', at=name
        )
    return said
