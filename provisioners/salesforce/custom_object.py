"""Objects that the organisation has made: a sort of record of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from provisioners.collection import Live, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.salesforce.by_full_name import ByFullName
from provisioners.salesforce.client import Body, long_id

KIND = "CustomObject"
_OF_NAME = {"nameLabel": "label", "nameType": "type", "displayFormat": "displayFormat"}
"""Attribute of a payload → what it is called in the definition of the field that names records."""
_PARTS = frozenset(
    {
        *("businessProcesses", "compactLayouts", "fieldSets", "fields", "indexes", "listViews", "recordTypes"),
        *("sharingReasons", "sharingRecalculations", "validationRules", "webLinks"),
    }
)
"""Components of an object, which have calls of their own: a change of the object leaves each as it is. What is the
object's own, such as which pages its buttons open (`actionOverrides`), is sent back as it was read."""


class CustomObject(ByFullName):
    """A custom object.

    Payload: `FullName` (`Contract_Term__c`), `label`, `pluralLabel`, `sharingModel`; of the field that names its
    records `nameLabel`, `nameType` and, where they are numbered, `displayFormat`. The Metadata API is the only
    interface that makes one; its lists have names only, so that `canonical` reads a definition by a call of its own.
    """

    type = "salesforce:CustomObject"
    kind_word = "object"
    calls_per_write = 4
    replace_on = frozenset({"FullName", "nameType"})
    """Names become numbers only by hand, because all records would get another name."""

    def list(self, payload: Payload) -> list[Live]:
        """Standard objects are listed, too; a custom one's name ends in `__c`."""
        listed = self.client.listed(KIND)
        return [
            Live(long_id(str(each["id"])), each, str(each["fullName"]))
            for each in listed
            if str(each["fullName"]).endswith("__c")
        ]

    def get(self, identifier: str, payload: Payload) -> Live | None:
        listed = next((live for live in self.list(payload) if live.id == identifier), None)
        definition = self.client.definition(KIND, listed.label) if listed else None
        if listed is None or definition is None:
            return None
        return Live(identifier, {**listed.body, "definition": definition}, listed.label)

    def definition(self, live: Live) -> Body:
        """The whole definition, which lists do not bring. Raises SystemFault."""
        found = live.body.get("definition") or self.client.definition(KIND, live.label)
        if found is None:
            raise SystemFault(
                "not_found",
                f"object {live.label}",
                f"{self.client.guard.system} has no object of that name any more",
                "Somebody deleted it while golive was at work: run the same command again.",
            )
        return dict(found)

    def canonical(self, live: Live, payload: Payload) -> Payload:
        if set(payload) == {"FullName"}:  # an object that is only named: lists bring the name
            return {"FullName": live.label}
        definition = self.definition(live)
        name = definition.get("nameField") or {}
        found: Payload = {}
        for attribute in payload:
            if attribute == "FullName":
                found[attribute] = live.label
            elif attribute in _OF_NAME:
                found[attribute] = name.get(_OF_NAME[attribute])
            else:
                found[attribute] = definition.get(attribute)
        return found

    def create(self, payload: Payload) -> Write:
        definition = _with({"deploymentStatus": "Deployed", "nameField": {}}, payload)
        self.client.define(KIND, definition)
        try:
            return Write(self._there(payload))
        except SystemFault as fault:  # it is made, whatever keeps it from being shown
            raise replace(fault, took_effect=None) from fault

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        """Whole definitions only: what golive does not manage is sent back as it is."""
        now = self.get(identifier, payload)
        if now is None:
            raise self._gone(payload)
        before = {name: value for name, value in self.definition(now).items() if name not in _PARTS}
        self.client.redefine(KIND, {**_with(before, payload), "fullName": now.label})
        return Write(self._there(payload))

    def count_values(self, identifier: str, payload: Payload) -> int | None:
        """How many records it has; None where golive's own user may not see them all."""
        if not self.client.sees_all_records:
            return None
        try:
            [row] = self.client.query(f"SELECT COUNT(Id) held FROM {payload['FullName']}")  # noqa: S608 - its own name
        except SystemFault as fault:
            if fault.code != "refused":
                raise
            return None
        return int(row["held"])

    def delete(self, identifier: str, payload: Payload) -> None:
        """Its records and fields go with it, and can be brought back for 15 days."""
        self.client.undefine(KIND, str(payload["FullName"]))

    def _there(self, payload: Payload) -> Live:
        key = self.natural_key(payload)
        listed = next((live for live in self.list(payload) if self.live_key(live) == key), None)
        if listed is None:
            raise self._gone(payload)
        return Live(listed.id, {**listed.body, "definition": self.definition(listed)}, listed.label)

    def _gone(self, payload: Payload) -> SystemFault:
        return SystemFault(
            "not_found",
            f"object {payload['FullName']}",
            f"{self.client.guard.system} does not show it",
            "Run the same command again.",
        )


def _with(definition: Body, payload: Payload) -> Body:
    """A definition with what a payload says. A format that it leaves out goes, too."""
    name: Body = {attribute: value for attribute, value in (definition.get("nameField") or {}).items() if value}
    found: dict[str, Any] = {attribute: value for attribute, value in definition.items() if value is not None}
    for attribute, value in payload.items():
        if attribute == "FullName":
            found["fullName"] = value
        elif attribute in _OF_NAME:
            name[_OF_NAME[attribute]] = value
        else:
            found[attribute] = value
    return {**found, "nameField": name}
