"""Record types: sorts of the records of one object, with pages and choices of their own."""

from __future__ import annotations

from typing import NamedTuple

from config.names import folded
from provisioners.collection import Live, Switch, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.salesforce.client import Body, SalesforceClient, long_id
from provisioners.salesforce.names import needs_process
from provisioners.salesforce.records import Records


class Process(NamedTuple):
    """A support, lead, sales or solution process."""

    id: str
    name: str


def processes(client: SalesforceClient, owner: str) -> list[Process]:
    """The processes of an object that can be used, by their names. Raises SystemFault."""
    rows = client.select("BusinessProcess", "Id, Name, TableEnumOrId", "IsActive = true")
    found = [Process(long_id(row["Id"]), str(row["Name"])) for row in rows if _is(row["TableEnumOrId"], owner)]
    return sorted(found, key=lambda each: each.name)


def process_for(found: list[Process], named: str | None) -> Process | str:
    """The process of that name, or the only one; otherwise why none can be chosen, for a person."""
    if named is not None:
        same = next((each for each in found if folded(each.name) == folded(named)), None)
        return same or f"there is no process “{named}” that can be used{_among(found)}"
    if not found:
        return "there is no process that can be used, and Salesforce makes no such record type without one"
    return found[0] if len(found) == 1 else f"Salesforce asks by which process its records go{_among(found)}"


def _among(found: list[Process]) -> str:
    return f"; there are {', '.join(f'“{each.name}”' for each in found)}" if found else ""


class RecordType(Records):
    """A record type. Payload: `SobjectType`, `DeveloperName`, `Name`, `IsActive`; where the files say them,
    `Description` and `process`, a process by its name.

    The vendor knows no call that deletes one (developer.salesforce.com, “RecordType”, Supported Calls), so that it is
    switched off instead: nobody can choose it for new records, and records keep it.
    """

    type = "salesforce:RecordType"
    kind_word = "record type"
    calls_per_write = 3
    record = "RecordType"
    columns = "Id, Name, DeveloperName, SobjectType, IsActive, Description, BusinessProcessId, NamespacePrefix"
    replace_on = frozenset({"SobjectType"})
    switch = Switch("IsActive")

    def natural_key(self, payload: Payload) -> str:
        return f"{payload['SobjectType']}.{payload['DeveloperName']}".lower()

    def live_key(self, live: Live) -> str:
        return self.natural_key(live.body)

    def condition(self, payload: Payload) -> str:
        return ""

    def label(self, body: Body) -> str:
        return str(body["Name"])

    def body(self, payload: Payload) -> Body:
        said = {name: value for name, value in payload.items() if name != "process"}
        owner = str(payload["SobjectType"])
        if not needs_process(owner):
            return said
        return {**said, "BusinessProcessId": self._process(owner, payload.get("process")).id}

    def changes(self, payload: Payload) -> Body:
        said = super().changes({name: value for name, value in payload.items() if name != "process"})
        if payload.get("process") is None:
            return said
        return {**said, "BusinessProcessId": self._process(str(payload["SobjectType"]), payload["process"]).id}

    def canonical(self, live: Live, payload: Payload) -> Payload:
        found = {name: live.body.get(name) for name in payload if name != "process"}
        return {**found, "process": self._process_of(live.body)} if "process" in payload else found

    def switch_off(self, identifier: str, payload: Payload) -> None:
        self.client.update(f"sobjects/{self.record}/{identifier}", {"IsActive": False})

    def turn(self, identifier: str, payload: Payload, *, on: bool) -> Write:
        self.client.update(f"sobjects/{self.record}/{identifier}", {"IsActive": on})
        return Write(self._there(identifier, payload))

    def delete(self, identifier: str, payload: Payload) -> str | None:
        self.switch_off(identifier, payload)
        return "Salesforce deletes no record type by its interfaces; it is switched off, and nobody can choose it"

    def _found(self, condition: str) -> list[Live]:
        return [
            Live(each.id, each.body, each.label, each.body["IsActive"] is True) for each in super()._found(condition)
        ]

    def _process(self, owner: str, named: str | None) -> Process:
        found = process_for(processes(self.client, owner), named)
        if isinstance(found, str):
            do = f"Make one in Setup, Object Manager, {owner}, or say which one with `process`."
            raise SystemFault("refused", f"record type of {owner}", found, do)
        return found

    def _process_of(self, body: Body) -> str | None:
        named = long_id(str(body.get("BusinessProcessId") or ""))
        found = processes(self.client, str(body["SobjectType"])) if named else []
        return next((each.name for each in found if each.id == named), None)


def _is(one: str, other: str) -> bool:
    return str(one).lower() == other.lower()
