"""Who may see and change fields: permission sets, their field permissions, and who holds them."""

from __future__ import annotations

from typing import ClassVar, TypeAlias

from provisioners.collection import Collection, Live, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.salesforce.client import Body, SalesforceClient, long_id, quoted

Found: TypeAlias = list[Live]


class _Records(Collection):
    """What the three types share: plain records, listed by one query and written over REST."""

    record: ClassVar[str]
    columns: ClassVar[str]
    references: ClassVar[tuple[str, ...]] = ()

    def __init__(self, client: SalesforceClient) -> None:
        self.client = client

    def condition(self, payload: Payload) -> str:
        """Which records belong to the payload's list."""
        raise NotImplementedError

    def label(self, body: Body) -> str:
        raise NotImplementedError

    def body(self, payload: Payload) -> Body:
        """What is sent when the object is made."""
        return dict(payload)

    def changes(self, payload: Payload) -> Body:
        """What is sent when the object is changed."""
        return {name: value for name, value in payload.items() if name not in self.replace_on}

    def list(self, payload: Payload) -> list[Live]:
        return self._found(self.condition(payload))

    def get(self, identifier: str, payload: Payload) -> Live | None:
        return next(iter(self._found(f"Id = {quoted(identifier)}")), None)

    def canonical(self, live: Live, payload: Payload) -> Payload:
        return {name: long_id(str(live.body[name])) if name in self.references else live.body[name] for name in payload}

    def create(self, payload: Payload) -> Write:
        body = self.body(payload)
        try:
            identifier = self.client.create(f"sobjects/{self.record}", body)
        except SystemFault as refused:
            if refused.code != "collision" or not self.joins:
                raise
            return self._join(payload, refused)
        try:
            return Write(self._there(identifier, payload))
        except SystemFault as fault:  # it is made, so it must not be forgotten
            sent = {"Id": identifier, **body, **self.shown(payload)}
            return Write(Live(identifier, sent, self.label(sent)), warnings=(str(fault),))

    def _join(self, payload: Payload, refused: SystemFault) -> Write:
        """Take the one that somebody made by hand, and make it what it should be."""
        key = self.natural_key(payload)
        live = next((live for live in self.list(payload) if self.live_key(live) == key), None)
        if live is None:
            raise refused
        now = self.canonical(live, payload)
        return Write(live if now == payload else self.update(live.id, payload, now).live, was_there=True)

    def shown(self, payload: Payload) -> Body:
        """What the vendor would show beside what was sent."""
        return {}

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        self.client.update(f"sobjects/{self.record}/{identifier}", self.changes(payload))
        return Write(self._there(identifier, payload))

    def delete(self, identifier: str, payload: Payload) -> str | None:
        self.client.delete(f"sobjects/{self.record}/{identifier}")
        return None

    def _found(self, condition: str) -> Found:
        records = self.client.select(self.record, self.columns, condition)
        return [Live(long_id(one["Id"]), one, self.label(one)) for one in records]

    def _there(self, identifier: str, payload: Payload) -> Live:
        live = self.get(identifier, payload)
        if live is None:
            raise SystemFault(
                "not_found",
                f"{self.kind_word} {identifier}",
                f"{self.client.guard.system} took the change but does not show the object",
                "Run the same command again.",
                took_effect=True,
            )
        return live


class PermissionSet(_Records):
    """A permission set. Payload: `Name` (the API name), `Label`. Those that belong to profiles are left out."""

    type = "salesforce:PermissionSet"
    kind_word = "permission set"
    calls_per_write = 2
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
        held = self.client.select("PermissionSetAssignment", "Id", f"PermissionSetId = {quoted(identifier)}")
        if not held:
            return super().delete(identifier, payload)
        people = "1 person holds it" if len(held) == 1 else f"{len(held)} people hold it"
        return f"{people} by hand, and Salesforce deletes no permission set that somebody holds"


class FieldPermissions(_Records):
    """One field in one permission set. Payload: `ParentId`, `SobjectType`, `Field`, `PermissionsRead`,
    `PermissionsEdit`. A row that grants nothing cannot exist; it is deleted instead."""

    type = "salesforce:FieldPermissions"
    joins = True
    kind_word = "field permission"
    calls_per_write = 2
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


class PermissionSetAssignment(_Records):
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
