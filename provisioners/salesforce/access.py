"""Who may see and change fields: permission sets, their field permissions, and who holds them."""

from __future__ import annotations

from provisioners.collection import Live, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.salesforce.client import Body, long_id, quoted
from provisioners.salesforce.records import Records


class PermissionSet(Records):
    """A permission set. Payload: `Name` (the API name), `Label`. Those that belong to profiles are left out."""

    type = "salesforce:PermissionSet"
    kind_word = "permission set"
    calls_per_write = 3  # golive's own user is given it before its first grant
    record = "PermissionSet"
    columns = "Id, Name, Label, NamespacePrefix, IsCustom, Type"

    def natural_key(self, payload: Payload) -> str:
        return str(payload["Name"]).lower()

    def live_key(self, live: Live) -> str:
        package = live.body.get("NamespacePrefix")
        name = str(live.body["Name"]).lower()
        return f"{package}__{name}".lower() if package else name

    def condition(self, payload: Payload) -> str:
        return "IsOwnedByProfile = false"

    def label(self, body: Body) -> str:
        return str(body["Label"])

    def delete(self, identifier: str, payload: Payload) -> str | None:
        """The vendor deletes none that somebody holds; who still does was not given it by golive."""
        of_set = f"PermissionSetId = {quoted(identifier)}"
        held = {
            one["Id"]: long_id(one["AssigneeId"])
            for one in self.client.select("PermissionSetAssignment", "Id, AssigneeId", of_set)
        }
        others = [one for one, person in held.items() if person != self.client.own_user_id()]
        if others:
            people = "1 person holds it" if len(others) == 1 else f"{len(others)} people hold it"
            return f"{people} by hand, and Salesforce deletes no permission set that somebody holds"
        for own in held:
            self.client.delete(f"sobjects/PermissionSetAssignment/{own}")
        return super().delete(identifier, payload)


class _Grant(Records):
    """What a permission set gives. golive's own user holds the set before: a new field is visible to nobody, and what
    golive does not see it cannot count. Where that fails, nothing is given, and the next run begins there."""

    calls_per_write = 2

    def create(self, payload: Payload) -> Write:
        self.client.hold(str(payload["ParentId"]))
        return super().create(payload)


class FieldPermissions(_Grant):
    """One field in one permission set. Payload: `ParentId`, `SobjectType`, `Field`, `PermissionsRead`,
    `PermissionsEdit`. A row that grants nothing cannot exist; it is deleted instead."""

    type = "salesforce:FieldPermissions"
    joins = True
    kind_word = "field permission"
    record = "FieldPermissions"
    columns = "Id, ParentId, SobjectType, Field, PermissionsRead, PermissionsEdit"
    references = ("ParentId",)
    replace_on = frozenset({"ParentId", "SobjectType", "Field"})

    def natural_key(self, payload: Payload) -> str:
        return f"{payload['Field']} in {payload['ParentId']}".lower()

    def live_key(self, live: Live) -> str:
        return f"{live.body['Field']} in {long_id(live.body['ParentId'])}".lower()

    def list_scope(self, payload: Payload) -> str:
        return str(payload["ParentId"])

    def condition(self, payload: Payload) -> str:
        return f"ParentId = {quoted(self.list_scope(payload))}"

    def label(self, body: Body) -> str:
        return str(body["Field"])


OBJECT_RIGHTS = ("PermissionsRead", "PermissionsEdit", "PermissionsCreate", "PermissionsDelete")
"""What can be done with records, in the order of our words for it: each word gives all up to its own."""


class ObjectPermissions(_Grant):
    """What a permission set lets do with the records of one object. Payload: `ParentId`, `SobjectType`, and each of
    `OBJECT_RIGHTS`. Whether everybody's records are seen or changed stays as it is.

    Creating and changing need reading, deleting needs both (developer.salesforce.com, “ObjectPermissions”).
    """

    type = "salesforce:ObjectPermissions"
    joins = True
    kind_word = "object permission"
    record = "ObjectPermissions"
    columns = f"Id, ParentId, SobjectType, {', '.join(OBJECT_RIGHTS)}"
    references = ("ParentId",)
    replace_on = frozenset({"ParentId", "SobjectType"})

    def natural_key(self, payload: Payload) -> str:
        return f"{payload['SobjectType']} in {payload['ParentId']}".lower()

    def live_key(self, live: Live) -> str:
        return f"{live.body['SobjectType']} in {long_id(live.body['ParentId'])}".lower()

    def list_scope(self, payload: Payload) -> str:
        return str(payload["ParentId"])

    def condition(self, payload: Payload) -> str:
        return f"ParentId = {quoted(self.list_scope(payload))}"

    def label(self, body: Body) -> str:
        return str(body["SobjectType"])


class PermissionSetAssignment(Records):
    """One person who holds a permission set. Payload: `PermissionSetId` and the person's `email`."""

    type = "salesforce:PermissionSetAssignment"
    joins = True
    kind_word = "permission set assignment"
    calls_per_write = 2
    record = "PermissionSetAssignment"
    columns = "Id, PermissionSetId, AssigneeId, Assignee.Email"
    references = ("PermissionSetId",)
    replace_on = frozenset({"PermissionSetId", "email"})

    def natural_key(self, payload: Payload) -> str:
        return f"{payload['email']} in {payload['PermissionSetId']}".lower()

    def live_key(self, live: Live) -> str:
        return f"{self.label(live.body)} in {long_id(live.body['PermissionSetId'])}".lower()

    def list_scope(self, payload: Payload) -> str:
        return str(payload["PermissionSetId"])

    def condition(self, payload: Payload) -> str:
        return f"PermissionSetId = {quoted(self.list_scope(payload))}"

    def label(self, body: Body) -> str:
        return str((body.get("Assignee") or {}).get("Email") or body["AssigneeId"])

    def body(self, payload: Payload) -> Body:
        user = self.client.user(payload["email"])
        return {"PermissionSetId": payload["PermissionSetId"], "AssigneeId": user.id}

    def shown(self, payload: Payload) -> Body:
        return {"Assignee": {"Email": payload["email"]}}

    def canonical(self, live: Live, payload: Payload) -> Payload:
        email = self.label(live.body)
        same = email.lower() == str(payload.get("email", "")).lower()
        found: Payload = {
            "PermissionSetId": long_id(live.body["PermissionSetId"]),
            "email": payload["email"] if same else email,
        }
        return {name: found[name] for name in payload}

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        """The vendor has no such call; a difference always means a new assignment."""
        raise SystemFault("refused", f"{self.kind_word} {payload['email']}", "an assignment cannot be changed")
