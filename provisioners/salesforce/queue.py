"""Queues: a group of the vendor's own type, the objects that wait in it, and the people who take from it."""

from __future__ import annotations

from provisioners.collection import Live, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.salesforce.client import Body, SalesforceClient, long_id, quoted
from provisioners.salesforce.records import Records


def waiting(client: SalesforceClient, queue: str, objects: list[str]) -> dict[str, int]:
    """How many records of each object a queue owns; those with none are left out. objects: by their API names."""
    found: dict[str, int] = {}
    for name in objects:
        [row] = client.query(f"SELECT COUNT(Id) held FROM {name} WHERE OwnerId = {quoted(queue)}")  # noqa: S608 - the vendor's own names
        if row["held"]:
            found[name] = int(row["held"])
    return found


def waiting_said(held: dict[str, int]) -> str:
    """`3 Case records, 1 Lead record wait`."""
    said = ", ".join(f"{number:,} {name} record{'' if number == 1 else 's'}" for name, number in held.items())
    return f"{said} {'waits' if list(held.values()) == [1] else 'wait'}"


class Queue(Records):
    """A queue. Payload: `DeveloperName`, `Name`.

    To the vendor it is a `Group` of the type `Queue`; golive looks for no other group. Its e-mail address, and whether
    its members are mailed, stay as they are (developer.salesforce.com, “Group”).
    """

    type = "salesforce:Queue"
    kind_word = "queue"
    calls_per_write = 2
    record = "Group"
    columns = "Id, Name, DeveloperName, Type"

    def natural_key(self, payload: Payload) -> str:
        return str(payload["DeveloperName"]).lower()

    def live_key(self, live: Live) -> str:
        return str(live.body["DeveloperName"]).lower()

    def condition(self, payload: Payload) -> str:
        return "Type = 'Queue'"

    def label(self, body: Body) -> str:
        return str(body["Name"])

    def body(self, payload: Payload) -> Body:
        return {**payload, "Type": "Queue"}

    def held(self, identifier: str) -> dict[str, int]:
        """How many records of each object wait in it."""
        rows = self.client.select("QueueSobject", "SobjectType", f"QueueId = {quoted(identifier)}")
        return waiting(self.client, identifier, sorted(row["SobjectType"] for row in rows))

    def delete(self, identifier: str, payload: Payload) -> str | None:
        """Not as long as records wait in it: the vendor's help asks to give them to somebody first, and what becomes of
        them otherwise is told in different ways."""
        held = self.held(identifier)
        return (
            f"{waiting_said(held)} in it, and would have no owner any more"
            if held
            else super().delete(identifier, payload)
        )


class _InQueue(Records):
    """What belongs to a queue. The vendor changes no such row: another value means another one."""

    calls_per_write = 2

    def changes(self, payload: Payload) -> Body:
        raise NotImplementedError

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        raise SystemFault("refused", self.kind_word, f"a {self.kind_word} cannot be changed")


class QueueObject(_InQueue):
    """One object whose records may wait in a queue. Payload: `QueueId`, `SobjectType`.

    The vendor knows create and delete only (developer.salesforce.com, “QueueSobject”).
    """

    type = "salesforce:QueueSobject"
    joins = True
    kind_word = "object of a queue"
    record = "QueueSobject"
    columns = "Id, QueueId, SobjectType"
    references = ("QueueId",)
    replace_on = frozenset({"QueueId", "SobjectType"})

    def natural_key(self, payload: Payload) -> str:
        return f"{payload['SobjectType']} in {payload['QueueId']}".lower()

    def live_key(self, live: Live) -> str:
        return f"{live.body['SobjectType']} in {long_id(live.body['QueueId'])}".lower()

    def condition(self, payload: Payload) -> str:
        return ""

    def label(self, body: Body) -> str:
        return str(body["SobjectType"])

    def delete(self, identifier: str, payload: Payload) -> str | None:
        """Not as long as records of that object wait in the queue."""
        held = waiting(self.client, payload["QueueId"], [payload["SobjectType"]])
        return f"{waiting_said(held)} in the queue" if held else super().delete(identifier, payload)


class QueueMember(_InQueue):
    """One person who takes from a queue. Payload: `GroupId` and the person's `email`.

    A member can also be a role or another group; those have no address and stay as they are.
    """

    type = "salesforce:GroupMember"
    joins = True
    kind_word = "member of a queue"
    record = "GroupMember"
    columns = "Id, GroupId, UserOrGroupId"
    references = ("GroupId",)
    replace_on = frozenset({"GroupId", "email"})

    def natural_key(self, payload: Payload) -> str:
        return f"{payload['email']} in {payload['GroupId']}".lower()

    def live_key(self, live: Live) -> str:
        return f"{self.label(live.body)} in {long_id(live.body['GroupId'])}".lower()

    def condition(self, payload: Payload) -> str:
        return "Group.Type = 'Queue'"

    def label(self, body: Body) -> str:
        identifier = long_id(body["UserOrGroupId"])
        user = self.client.user_with_id(identifier)
        return user.email if user and user.email else identifier

    def body(self, payload: Payload) -> Body:
        return {"GroupId": payload["GroupId"], "UserOrGroupId": self.client.user(payload["email"]).id}

    def canonical(self, live: Live, payload: Payload) -> Payload:
        email = self.label(live.body)
        same = email.lower() == str(payload.get("email", "")).lower()
        found = {"GroupId": long_id(live.body["GroupId"]), "email": payload["email"] if same else email}
        return {name: found[name] for name in payload}
