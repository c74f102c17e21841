"""`crm_access` in Salesforce."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, get_args

from config.declaration import Declared
from config.kinds.integrations import CrmAccess, CrmObjectAccess
from provisioners.crm_fields import FIELDS
from provisioners.resource import Payload, Ref, Resource
from provisioners.salesforce.access import (
    OBJECT_RIGHTS,
    FieldPermissions,
    ObjectPermissions,
    PermissionSet,
    PermissionSetAssignment,
)
from provisioners.salesforce.addresses import addresses
from provisioners.salesforce.field_types import ACCESS, why_not
from provisioners.salesforce.names import NO_GRANT, api_name, why_not_named
from provisioners.salesforce.object_names import object_name, resource_of, said_object
from provisioners.salesforce.parts import FIELD_PART, OBJECT_PART, PERSON_PART, WithParts
from provisioners.salesforce.rules import NEEDS_ACCOUNT
from provisioners.salesforce.translations import full_name
from provisioners.sighting import Data, Look, Sighting
from provisioners.translation import Context, Names

WORDS = get_args(CrmObjectAccess)
"""Ours for what is done with records, in the order of `OBJECT_RIGHTS`."""


class CrmAccessTranslation(WithParts):
    """Access: one permission set, one object permission per object, one field permission per field, one assignment per
    person, in this order.

    `edit` includes `read`. Fields that everybody sees (`Account.Name`) need no grant; formulas can only be read.
    """

    kind = ACCESS
    api_name_in = "Name"
    only_when_named = True

    def sightings(self, look: Look) -> Iterable[Sighting]:
        for live in look.lives(PermissionSet.type):
            part = look.part(PermissionSet.type, live, {"Name": "", "Label": ""})
            hint = str(live.body["Name"])
            yield Sighting(self.kind, live.label, {"": part}, hint, left=_why_left(live.body))

    def whole(self, sighting: Sighting, look: Look, key: str) -> Sighting:
        parent = sighting.main.live.id
        form: Payload = {"ParentId": parent, "SobjectType": "", "Field": "", "PermissionsRead": True}
        parts = dict(sighting.parts)
        for live in look.lives(ObjectPermissions.type, {"ParentId": parent}):
            rights: Payload = {"ParentId": parent, "SobjectType": "", **dict.fromkeys(OBJECT_RIGHTS, False)}
            part = look.part(ObjectPermissions.type, live, rights)
            parts[f"{OBJECT_PART}{part.payload['SobjectType'].lower()}"] = part
        for live in look.lives(FieldPermissions.type, {"ParentId": parent}):
            part = look.part(FieldPermissions.type, live, {**form, "PermissionsEdit": True})
            parts[f"{FIELD_PART}{part.payload['Field']}"] = part
        for live in look.lives(PermissionSetAssignment.type, {"PermissionSetId": parent}):
            part = look.part(PermissionSetAssignment.type, live, {"PermissionSetId": parent, "email": ""})
            parts[f"{PERSON_PART}{part.payload['email']}"] = part
        name = str(sighting.main.payload["Name"])
        return replace(sighting, parts=parts, beyond=why_not_named(name, api_name(key)))

    def several(self, look: Look, number: int) -> str:
        return "permission set" if number == 1 else "permission sets"

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        """Only fields and people that the files name, and objects whose fields they name: what else a permission set
        gives stays as it is, and so does what there is no word for."""
        words = _parts_by_name(context)
        live = {words.get(part.lower(), part): each for part, each in sighting.parts.items()}
        live = {part: each for part, each in live.items() if each.type != ObjectPermissions.type or _word(each.payload)}
        named = {part: live[part] for part in ("", *words.values()) if part in live}
        data = super().said(replace(sighting, parts=named), names, context)
        return {**data, "read": [key for key in data["read"] if key not in data["edit"]]}

    def unsaid(self, sighting: Sighting, data: Data) -> str:
        said = {
            FIELD_PART: len(data.get("read", ())) + len(data.get("edit", ())),
            PERSON_PART: len(data.get("people", ())),
            OBJECT_PART: len(data.get("objects", ())),
        }
        more = []
        for prefix, one, several in (
            (OBJECT_PART, "object", "objects"),
            (FIELD_PART, "field", "fields"),
            (PERSON_PART, "person", "people"),
        ):
            number = sum(part.startswith(prefix) for part in sighting.parts) - said[prefix]
            if number > 0:
                more.append(f"{number} {one if number == 1 else several}")
        return f"it is also given for {' and '.join(more)} not named here: that stays as it is" if more else ""

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        access: CrmAccess = item.value
        main = context.name(ACCESS, item.key)
        payload: Payload = {"Name": self.api_name(item, context), "Label": access.name}
        resources = [self.part(item, context, "", PermissionSet.type, payload)]
        if access.existing:
            return resources
        accounts = ""
        for name in sorted(access.objects, key=lambda name: name.lower() != "account"):
            meant = object_name(name, context)
            given = {"ParentId": Ref(main), "SobjectType": meant, **_rights(access.objects[name])}
            part = f"{OBJECT_PART}{meant.lower()}"
            before = resource_of(name, context)
            before += (accounts,) if accounts and name.lower() in NEEDS_ACCOUNT else ()
            resources.append(self.part(item, context, part, ObjectPermissions.type, given, before))
            accounts = resources[-1].name if name.lower() == "account" else accounts
        for key in dict.fromkeys([*access.read, *access.edit]):
            field = context.declared.get(FIELDS, key)
            grant = self._grant(field, context, Ref(main), edit=key in access.edit) if field else None
            if grant:
                part = f"{FIELD_PART}{key}"
                after = (context.name(FIELDS, key),)
                resources.append(self.part(item, context, part, FieldPermissions.type, grant, after))
        granted = tuple(resource.name for resource in resources[1:])
        for key, email in addresses(access.people, context.declared):
            assignment = {"PermissionSetId": Ref(main), "email": email}
            type_ = PermissionSetAssignment.type
            resources.append(self.part(item, context, f"{PERSON_PART}{key}", type_, assignment, granted))
        return resources

    def _grant(self, field: Declared, context: Context, parent: Ref, *, edit: bool) -> Payload | None:
        if why_not(field) or field.value.by_hand:
            return None
        name = full_name(field, context)
        owner, _, field_name = name.partition(".")
        if field_name.lower() in NO_GRANT:
            return None
        return {
            "ParentId": parent,
            "SobjectType": owner,
            "Field": name,
            "PermissionsRead": True,
            "PermissionsEdit": edit and field.value.formula is None,
        }

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        said: dict[str, Any] = {}
        if "" in parts:
            said["name"] = parts[""][1]["Label"]
        read: list[str] = []
        edit: list[str] = []
        people: list[str] = []
        objects: dict[str, str] = {}
        for part, (_, payload) in parts.items():
            if part.startswith(OBJECT_PART):
                objects[said_object(str(payload["SobjectType"]), names)] = _word(payload) or "something else"
            elif part.startswith(FIELD_PART):
                key = part.removeprefix(FIELD_PART)
                read += [key] if payload["PermissionsRead"] else []
                edit += [key] if payload["PermissionsEdit"] else []
            elif part.startswith(PERSON_PART):
                people.append(part.removeprefix(PERSON_PART))
        return {**said, "read": read, "edit": edit, "objects": objects, "people": people}


def _rights(word: CrmObjectAccess) -> dict[str, bool]:
    """What a word lets do."""
    place = WORDS.index(word)
    return {right: number <= place for number, right in enumerate(OBJECT_RIGHTS)}


def _word(payload: Payload) -> str:
    """The word for what an object permission lets do; "" where there is none."""
    given = {right: bool(payload.get(right)) for right in OBJECT_RIGHTS}
    return next((word for word in WORDS if _rights(word) == given), "")


def _parts_by_name(context: Context) -> dict[str, str]:
    """In the order of the files: what the CRM calls a declared field or person, in small letters → the part's name."""
    found: dict[str, str] = {}
    for item in context.declared.of(FIELDS).values():
        if not why_not(item) and not item.value.by_hand:
            found.setdefault(f"{FIELD_PART}{full_name(item, context)}".lower(), f"{FIELD_PART}{item.key}")
        owner = f"{OBJECT_PART}{object_name(item.value.object, context).lower()}"
        found.setdefault(owner, owner)
    for item in context.declared.of("people").values():
        found.setdefault(f"{PERSON_PART}{item.value.email}".lower(), f"{PERSON_PART}{item.key}")
    return found


def _why_left(body: Mapping[str, Any]) -> str:
    """Why a permission set is not the organisation's own business; "" where it is."""
    package = body.get("NamespacePrefix")
    if package:
        return f"it is a part of the package {package}"
    if body.get("IsCustom") is False:
        return "it comes with a licence of Salesforce"
    return "it belongs to a group of permission sets" if body.get("Type") == "Group" else ""
