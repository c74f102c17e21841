"""`crm_fields` and `crm_access` in Salesforce."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from config.declaration import Declaration, Declared
from config.keys import unique_key
from config.kinds.fields import Option
from config.kinds.integrations import CrmAccess, CrmField
from provisioners.lasting import VALUES, lasting_values
from provisioners.resource import Payload, Ref, Resource
from provisioners.salesforce.access import FieldPermissions, PermissionSet, PermissionSetAssignment
from provisioners.salesforce.custom_field import CustomField, StandardField, values_of
from provisioners.salesforce.definitions import (
    definition_of,
    form_of,
    nearest_type,
    our_type,
    why_not_ours,
)
from provisioners.salesforce.field_types import ACCESS, CHOICES, FIELDS, why_not
from provisioners.salesforce.names import NO_GRANT, api_name, field_api_name, is_custom
from provisioners.sighting import Data, Look, Part, Sighting
from provisioners.translation import Context, Names, Translation

FIELD_PART = "field_"
PERSON_PART = "person_"
OBJECTS = ("Account", "Contact", "Case")
"""Where fields are looked for, beside the objects that the files name."""


def full_name(item: Declared, context: Context) -> str:
    """`Account.ARR__c`. A renamed field keeps the name that its first key gave it: the CRM cannot change it."""
    known = context.last_known(FIELDS, item.key)
    before = str(known.payload.get("FullName", "")) if known else ""
    name = f"{item.value.object}.{field_api_name(item.value.was or item.key, item.value.existing)}"
    return before if before and (not item.value.existing or _is_same(before, name)) else name


def options_of(field: CrmField, declared: Declaration) -> dict[str, Option]:
    if field.options_from is not None:
        others = declared.of(field.options_from)
        return {key: Option(name=other.name, was=other.value.was) for key, other in others.items()}
    options = field.options or {}
    return {
        key: Option(name=option) if isinstance(option, str) else Option(name=option.name or key, was=option.was)
        for key, option in options.items()
    }


def _values_before(item: Declared, context: Context) -> dict[str, str]:
    known = context.last_known(FIELDS, item.key)
    return dict(known.notes.get(VALUES, {})) if known else {}


def _values(item: Declared, context: Context) -> dict[str, str]:
    """Each option's value by the option's key. Records hold values: they stay what they were at first."""
    return lasting_values(options_of(item.value, context.declared), _values_before(item, context), lambda key: key)


class CrmFieldTranslation(Translation):
    """A field. Without `existing`, its API name comes from its key (`csm_name`: `Csm_Name__c`) and never changes."""

    kind = FIELDS
    only_when_named = True

    def sightings(self, look: Look) -> Iterable[Sighting]:
        """Names only: every definition takes a call."""
        for owner in _objects(look):
            for live in look.lives(CustomField.type, {"FullName": f"{owner}."}):
                package = live.body.get("NamespacePrefix")
                left = f"it is a part of the package {package}" if package else ""
                part = Part(CustomField.type, live, {"FullName": live.label})
                yield Sighting(self.kind, live.label, {"": part}, hint=str(live.body["DeveloperName"]), left=left)

    def whole(self, sighting: Sighting, look: Look, key: str) -> Sighting:
        seen = sighting.main
        live = look.collections[CustomField.type].get(seen.live.id, seen.payload)
        if live is None:
            return replace(sighting, left="somebody has just deleted it")
        metadata = live.body["Metadata"]
        part = look.part(CustomField.type, live, form_of(live.label, metadata))
        found = replace(sighting, name=str(metadata["label"]), parts={"": part})
        if nearest_type(metadata) is None:
            return replace(found, left=why_not_ours(metadata))
        _, _, name = live.label.partition(".")
        return replace(found, beyond=why_not_ours(metadata) or _why_not_named(name, field_api_name(key, None)))

    def several(self, look: Look, number: int) -> str:
        return f"field{'s' if number != 1 else ''} of {', '.join(_objects(look))}"

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        """Options have keys that are made of their labels, by which their values are found again."""
        data = super().said(sighting, names, context)
        payload = sighting.main.payload
        if "options" in data:
            data["options"] = {}
            for value in values_of(payload["valueSet"]):
                label, name = value["label"], value["valueName"]
                known = names.values.get((f"{FIELDS}/{names.own}", name))
                data["options"][known or unique_key([label, name, f"option {name}"], data["options"])] = label
        return {**data, "type": nearest_type(payload)} if sighting.beyond else data

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        field: CrmField = item.value
        reason = why_not(item)
        if reason:
            context.leave_out(item, reason)
            return []
        name = full_name(item, context)
        if field.existing:
            kind = CustomField.type if is_custom(name) else StandardField.type
            return [self._resource(item, context, kind, {"FullName": name}, found=True)]
        notes: dict[str, Any] = {}
        choices: list[dict[str, str]] = []
        if field.type in CHOICES:
            values = _values(item, context)
            names = {key: option.name for key, option in options_of(field, context.declared).items()}
            choices = [{"valueName": values[key], "label": names[key]} for key in values]
            notes[VALUES] = {**_values_before(item, context), **values}
        payload = definition_of(name, field.name, field.type, field.formula, choices)
        return [self._resource(item, context, CustomField.type, payload, found=False, notes=notes)]

    def options(self, item: Declared, declared: Declaration) -> Mapping[str, Option]:
        return options_of(item.value, declared)

    def _resource(
        self,
        item: Declared,
        context: Context,
        type_: str,
        payload: Payload,
        *,
        found: bool,
        notes: Mapping[str, Any] = MappingProxyType({}),
    ) -> Resource:
        return Resource(
            name=context.name(FIELDS, item.key),
            type=type_,
            payload=payload,
            source=context.source(item),
            mode="found" if found else "managed",
            on_remove=item.value.removal,
            aliases=(context.name(FIELDS, item.value.was),) if item.value.was else (),
            notes=dict(notes),
        )

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        _, payload = parts[""]
        owner, _, name = str(payload["FullName"]).partition(".")
        said: dict[str, Any] = {"object": owner}
        if "type" not in payload:
            return {**said, "existing": name}
        said["name"] = payload["label"]
        said["type"] = _our_type(payload)
        if payload.get("formula") is not None:
            said["formula"] = payload["formula"]
        if payload.get("valueSet"):
            values = payload["valueSet"]["valueSetDefinition"]["value"]
            said["options"] = {_key_of(value["valueName"], names): value["label"] for value in values}
        return said


def _objects(look: Look) -> list[str]:
    """Objects of which fields are looked for; the vendor does not tell capital letters from small ones."""
    named = [item.value.object for item in look.declared.of(FIELDS).values()]
    return list({each.lower(): each for each in [*named, *OBJECTS]}.values())


def _is_same(one: str, other: str) -> bool:
    """Whether two API names mean the same: capital letters do not matter there."""
    return one.lower() == other.lower()


def _why_not_named(name: str, ours: str) -> str:
    """Why golive would not find a live object again by its key; "" where it does."""
    return "" if _is_same(name, ours) else f"golive would call it {ours} after its key, and it is {name}"


def _key_of(value: str, names: Names) -> str:
    return names.values.get((f"crm_fields/{names.own}", value), value)


def words_of_values(context: Context) -> dict[tuple[str, str], str]:
    """For `Names.values`: (a field's address, a picklist's value) → the option's key."""
    return {
        (f"crm_fields/{item.key}", value): key
        for item in context.declared.of(FIELDS).values()
        if item.value.type in CHOICES
        for key, value in _values(item, context).items()
    }


def _our_type(payload: Payload) -> str:
    """Our word for the vendor's type; the vendor's own where we have none."""
    if payload["type"] == "Number" and our_type(payload) is None:
        return f"decimal with {payload.get('scale')} digits after the point"
    return our_type(payload) or str(payload["type"])


class CrmAccessTranslation(Translation):
    """Access: one permission set, one field permission per field, one assignment per person, in this order.

    `edit` includes `read`. Fields that everybody sees (`Account.Name`) need no grant; formulas can only be read.
    """

    kind = ACCESS
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
        for live in look.lives(FieldPermissions.type, {"ParentId": parent}):
            part = look.part(FieldPermissions.type, live, {**form, "PermissionsEdit": True})
            parts[f"{FIELD_PART}{part.payload['Field']}"] = part
        for live in look.lives(PermissionSetAssignment.type, {"PermissionSetId": parent}):
            part = look.part(PermissionSetAssignment.type, live, {"PermissionSetId": parent, "email": ""})
            parts[f"{PERSON_PART}{part.payload['email']}"] = part
        name = str(sighting.main.payload["Name"])
        return replace(sighting, parts=parts, beyond=_why_not_named(name, api_name(key)))

    def several(self, look: Look, number: int) -> str:
        return "permission set" if number == 1 else "permission sets"

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        """Only fields and people that the files name: what else a permission set gives stays as it is."""
        words = _parts_by_name(context)
        live = {words.get(part.lower(), part): each for part, each in sighting.parts.items()}
        named = {part: live[part] for part in ("", *words.values()) if part in live}
        data = super().said(replace(sighting, parts=named), names, context)
        return {**data, "read": [key for key in data["read"] if key not in data["edit"]]}

    def unsaid(self, sighting: Sighting, data: Data) -> str:
        said = {
            FIELD_PART: len(data.get("read", ())) + len(data.get("edit", ())),
            PERSON_PART: len(data.get("people", ())),
        }
        more = []
        for prefix, one, several in ((FIELD_PART, "field", "fields"), (PERSON_PART, "person", "people")):
            number = sum(part.startswith(prefix) for part in sighting.parts) - said[prefix]
            if number > 0:
                more.append(f"{number} {one if number == 1 else several}")
        return f"it is also given for {' and '.join(more)} not named here: that stays as it is" if more else ""

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        access: CrmAccess = item.value
        main = context.name(ACCESS, item.key)
        payload: Payload = {"Name": self._api_name(item, context), "Label": access.name}
        found = bool(access.existing)
        resources = [self._part(item, context, "", PermissionSet.type, payload, found=found)]
        if found:
            return resources
        for key in dict.fromkeys([*access.read, *access.edit]):
            field = context.declared.get(FIELDS, key)
            grant = self._grant(field, context, Ref(main), edit=key in access.edit) if field else None
            if grant:
                part = f"{FIELD_PART}{key}"
                after = (context.name(FIELDS, key),)
                resources.append(self._part(item, context, part, FieldPermissions.type, grant, after=after))
        granted = tuple(resource.name for resource in resources[1:])
        for key in access.people:
            person = context.declared.get("people", key)
            if person is not None and person.value.email:
                assignment = {"PermissionSetId": Ref(main), "email": person.value.email}
                part = f"{PERSON_PART}{key}"
                type_ = PermissionSetAssignment.type
                resources.append(self._part(item, context, part, type_, assignment, after=granted))
        return resources

    def _api_name(self, item: Declared, context: Context) -> str:
        """One that was renamed or taken over keeps the name that it has: packages and code know it by that."""
        existing = item.value.existing
        known = context.last_known(ACCESS, item.key)
        before = str(known.payload.get("Name", "")) if known else ""
        if isinstance(existing, str):
            return before if _is_same(before, existing) else existing
        return before or api_name(item.value.was or item.key)

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

    def _part(
        self,
        item: Declared,
        context: Context,
        part: str,
        type_: str,
        payload: Payload,
        *,
        found: bool = False,
        after: tuple[str, ...] = (),
    ) -> Resource:
        return Resource(
            name=context.name(ACCESS, item.key, part),
            type=type_,
            payload=payload,
            source=context.source(item),
            mode="found" if found else "managed",
            on_remove="delete" if part else item.value.removal,
            depends_on=after,
            aliases=_former_names(item, part, context),
        )

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        said: dict[str, Any] = {}
        if "" in parts:
            said["name"] = parts[""][1]["Label"]
        read: list[str] = []
        edit: list[str] = []
        people: list[str] = []
        for part, (_, payload) in parts.items():
            if part.startswith(FIELD_PART):
                key = part.removeprefix(FIELD_PART)
                read += [key] if payload["PermissionsRead"] else []
                edit += [key] if payload["PermissionsEdit"] else []
            elif part.startswith(PERSON_PART):
                people.append(part.removeprefix(PERSON_PART))
        return {**said, "read": read, "edit": edit, "people": people}


def _parts_by_name(context: Context) -> dict[str, str]:
    """In the order of the files: what the CRM calls a declared field or person, in small letters → the part's name."""
    found: dict[str, str] = {}
    for item in context.declared.of(FIELDS).values():
        if not why_not(item) and not item.value.by_hand:
            found.setdefault(f"{FIELD_PART}{full_name(item, context)}".lower(), f"{FIELD_PART}{item.key}")
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


def _former_names(item: Declared, part: str, context: Context) -> tuple[str, ...]:
    """Names of an access object or a part of it before the object, or what the part names, was renamed."""
    parts = [part]
    for prefix, kind in ((FIELD_PART, FIELDS), (PERSON_PART, "people")):
        named = context.declared.get(kind, part.removeprefix(prefix)) if part.startswith(prefix) else None
        if named is not None and named.value.was:
            parts.append(f"{prefix}{named.value.was}")
    keys = [item.key, *([item.value.was] if item.value.was else [])]
    names = [context.name(ACCESS, key, each) for key in keys for each in parts]
    return tuple(name for name in names if name != context.name(ACCESS, item.key, part))
