"""Fields: custom ones through the Tooling API, standard ones to be found only."""

from __future__ import annotations

import builtins
from dataclasses import replace
from typing import Any

from provisioners.collection import Live, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.salesforce.by_full_name import ByFullName
from provisioners.salesforce.client import TOOLING, Body, long_id, quoted

PATH = f"{TOOLING}sobjects/CustomField"
NOT_METADATA = ("FullName", "calculated")


def object_of(full_name: str) -> str:
    """`Account` of `Account.ARR__c`."""
    return full_name.partition(".")[0]


def field_of(full_name: str) -> str:
    """`ARR__c` of `Account.ARR__c`."""
    return full_name.partition(".")[2]


def value_set(values: list[dict[str, str]], restricted: bool = True) -> dict[str, Any]:
    """The vendor's shape of a picklist's own values, in the order given."""
    return {"restricted": restricted, "valueSetDefinition": {"sorted": False, "value": values}}


class CustomField(ByFullName):
    """A custom field.

    Payload: `FullName` (`Account.ARR__c`), `calculated` (whether it has a formula), and the managed attributes of
    the vendor's `Metadata` side by side. Tooling lists show ids and names only, because the vendor gives `Metadata`
    for one row at a time; `canonical` therefore reads the field's own page where the list did not bring it.
    Describe calls are never used: they hide fields to which nobody granted access yet.
    """

    type = "salesforce:CustomField"
    kind_word = "field"
    calls_per_write = 2
    replace_on = frozenset({"FullName", "type", "scale", "calculated", "referenceTo"})
    """Fewer digits after the point are lost without a word, so that this decides the type too."""
    create_only = frozenset({"relationshipName"})
    """Queries and formulas of others know records by it."""

    def list_scope(self, payload: Payload) -> str:
        return object_of(str(payload["FullName"]))

    def list(self, payload: Payload) -> list[Live]:
        columns = "Id, DeveloperName, NamespacePrefix, EntityDefinition.QualifiedApiName"
        records = self.client.select("CustomField", columns, _of(self.list_scope(payload)), tooling=True)
        return [Live(long_id(one["Id"]), one, _listed_name(one)) for one in records]

    def get(self, identifier: str, payload: Payload) -> Live | None:
        body = self.client.get(f"{PATH}/{identifier}")
        return None if body is None else Live(long_id(body["Id"]), body, str(body["FullName"]))

    def choices(self, live: Live, payload: Payload) -> builtins.list[tuple[str, str]]:
        """Active values first: of two with one label, the one that people choose now is meant."""
        values = values_of(self._body(live, payload)["Metadata"].get("valueSet"))
        values.sort(key=lambda value: value.get("isActive") is False)
        return [(str(value["label"]), str(value["valueName"])) for value in values]

    def _body(self, live: Live, payload: Payload) -> Body:
        """The whole definition, which lists do not bring."""
        return live.body if "Metadata" in live.body else self._definition(live.id, payload).body

    def canonical(self, live: Live, payload: Payload) -> Payload:
        if set(payload) == {"FullName"}:  # a field that is only named: lists bring the name
            return {"FullName": live.label}
        body = self._body(live, payload)
        metadata = body["Metadata"]
        found: Payload = {}
        for name in payload:
            if name == "FullName":
                found[name] = body["FullName"]
            elif name in self.create_only:
                found[name] = payload[name]
            elif name == "deleteConstraint":
                found[name] = metadata.get(name) or "SetNull"  # the vendor's default, which it need not say
            elif name == "calculated":
                found[name] = metadata.get("formula") is not None
            elif name == "valueSet":
                found[name] = _canonical_values(metadata.get("valueSet"), payload[name])
            else:
                found[name] = metadata.get(name)
        return found

    def create(self, payload: Payload) -> Write:
        metadata = {name: value for name, value in payload.items() if name not in NOT_METADATA}
        try:
            identifier = self.client.create(PATH, {"FullName": payload["FullName"], "Metadata": metadata})
        except SystemFault as refused:
            raise self._as_deleted(payload, refused) from None
        try:
            return Write(self._definition(identifier, payload))
        except SystemFault as fault:  # it is made, so it must not be forgotten
            sent = {"Id": identifier, "FullName": payload["FullName"], "Metadata": metadata}
            return Write(Live(identifier, sent, str(payload["FullName"])), warnings=(str(fault),))

    def _as_deleted(self, payload: Payload, refused: SystemFault) -> SystemFault:
        """Where no field shows the name that is taken, one that was deleted in the last 15 days still has it; whether
        it always keeps it, the vendor's pages do not agree on."""
        key = self.natural_key(payload)
        if refused.code != "collision" or any(self.live_key(live) == key for live in self.list(payload)):
            return refused
        do = (
            "No field shows this name, so that a deleted one has it for 15 days: erase that one in Setup (Object "
            f"Manager, {self.list_scope(payload)}, Fields & Relationships, Deleted Fields), bring it back there and "
            "take it over with `golive adopt`, or give this one another key."
        )
        return replace(refused, do=do)

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        """The vendor takes whole definitions only, so what golive does not manage is sent back as it is."""
        live = self._definition(identifier, payload).body
        metadata = {name: value for name, value in live["Metadata"].items() if value is not None}
        for name, value in payload.items():
            if name == "valueSet":
                metadata[name] = _with_values(metadata.get(name), value)
            elif name not in (*NOT_METADATA, *self.create_only):
                metadata[name] = value
        self.client.update(f"{PATH}/{identifier}", {"FullName": live["FullName"], "Metadata": metadata})
        return Write(self._definition(identifier, payload))

    def count_values(self, identifier: str, payload: Payload) -> int | None:
        """COUNT of a field leaves out empty ones; long texts and multiple choices cannot be counted. None, too, where
        golive's own user may not see everybody's records."""
        if not self.client.sees_all_records:
            return None
        owner, _, name = self._definition(identifier, payload).label.partition(".")
        try:
            [row] = self.client.query(f"SELECT COUNT({name}) held FROM {owner}")  # noqa: S608 - the vendor's own names
        except SystemFault as fault:
            if fault.code != "refused":
                raise
            return None
        return int(row["held"])

    def delete(self, identifier: str, payload: Payload) -> None:
        """The field and its data stay restorable for 15 days, with `_del` after the name."""
        self.client.delete(f"{PATH}/{identifier}")

    def _definition(self, identifier: str, payload: Payload) -> Live:
        live = self.get(identifier, payload)
        if live is None:
            raise SystemFault(
                "not_found",
                f"field {payload['FullName']}",
                f"{self.client.guard.system} has no field with the id {identifier} any more",
                "Somebody deleted it while golive was at work: run the same command again.",
            )
        return live


def _of(owner: str) -> str:
    """The condition that a definition belongs to an object."""
    return f"EntityDefinition.QualifiedApiName = {quoted(owner)}"


def _listed_name(record: Body) -> str:
    owner = record["EntityDefinition"]["QualifiedApiName"]
    package = f"{record['NamespacePrefix']}__" if record.get("NamespacePrefix") else ""
    return f"{owner}.{package}{record['DeveloperName']}__c"


def values_of(given: Body | None) -> list[Body]:
    """A picklist's own values, those too that nobody can choose any more; none where they are the organisation's."""
    definition = (given or {}).get("valueSetDefinition") or {}
    return list(definition.get("value") or [])


def _canonical_values(given: Body | None, wanted: Body) -> Body | None:
    """Declared values that are active, with name and label; None for a field that takes its values from a set of the
    organisation. Values that are not declared are left alone: records may hold them."""
    if not given or not given.get("valueSetDefinition"):
        return None
    declared = {value["valueName"] for value in values_of(wanted)}
    active = [
        {"valueName": value["valueName"], "label": value["label"]}
        for value in values_of(given)
        if value.get("isActive") is not False and value["valueName"] in declared
    ]
    found = value_set(active, bool(given.get("restricted")))
    found["valueSetDefinition"]["sorted"] = bool(given["valueSetDefinition"].get("sorted"))
    return found


def _with_values(live: Body | None, wanted: Body) -> Body:
    """The wanted values with what else the live ones carry (a colour, a default); then the others, as they are. Which
    other field they depend on stays too."""
    before = {value["valueName"]: value for value in values_of(live)}
    values = [{**_given(before.pop(value["valueName"], {})), **value, "isActive": True} for value in values_of(wanted)]
    values += [_given(value) for value in before.values()]
    merged = {**_given(live or {}), **value_set(values, bool(wanted["restricted"]))}
    merged["valueSetDefinition"]["sorted"] = wanted["valueSetDefinition"]["sorted"]
    return merged


def _given(body: Body) -> Body:
    return {name: value for name, value in body.items() if value is not None}


class StandardField(ByFullName):
    """A field that every organisation has (`Account.Name`): it can be named in access and mapping, never written."""

    type = "salesforce:StandardField"
    kind_word = "standard field"

    def list_scope(self, payload: Payload) -> str:
        return object_of(str(payload["FullName"]))

    def list(self, payload: Payload) -> list[Live]:
        owner = self.list_scope(payload)
        columns = "DurableId, QualifiedApiName, Label"
        records = self.client.select("FieldDefinition", columns, _of(owner), tooling=True)
        return [
            Live(f"{owner}.{one['QualifiedApiName']}", one, f"{owner}.{one['QualifiedApiName']}")
            for one in records
            if not one["QualifiedApiName"].endswith("__c")
        ]

    def get(self, identifier: str, payload: Payload) -> Live | None:
        return next((live for live in self.list(payload) if live.id == identifier), None)

    def canonical(self, live: Live, payload: Payload) -> Payload:
        return {**payload, "FullName": live.label}

    def create(self, payload: Payload) -> Write:
        raise _never_written(payload)

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        raise _never_written(payload)

    def delete(self, identifier: str, payload: Payload) -> None:
        raise _never_written(payload)


def _never_written(payload: Payload) -> SystemFault:
    return SystemFault(
        "not_allowed", f"standard field {payload['FullName']}", "standard fields belong to Salesforce and are only read"
    )
