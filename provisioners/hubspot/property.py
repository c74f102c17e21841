"""Properties of companies, contacts and tickets."""

from __future__ import annotations

import builtins
from dataclasses import replace
from typing import Any

from config.names import folded
from provisioners.collection import Live, Write
from provisioners.errors import SystemFault
from provisioners.hubspot.client import Body
from provisioners.hubspot.definition import Definition
from provisioners.hubspot.names import OWN_GROUP
from provisioners.resource import Payload

Option = dict[str, Any]
OURS = ("object", "holds")
"""Attributes of payloads that are no attributes of the vendor's."""
ARCHIVED = (
    "An archived property has this name: bring it back in HubSpot (Settings, Properties, Archived properties) and take "
    "it over with `golive adopt`, delete it there for good, or give this field another key."
)


def place(owner: str, name: str) -> str:
    """Where a property stands below the API."""
    return f"properties/{owner}/{name}"


def shown_options(definition: Body) -> builtins.list[Option]:
    """The options that people can choose now, in the order in which they see them."""
    options = sorted(definition.get("options") or (), key=lambda each: each.get("displayOrder") or 0)
    return [each for each in options if not each.get("hidden")]


class Property(Definition):
    """A property.

    Payload: `object` (`companies`), `name`, and what is managed of the definition: `label`, `type`, `fieldType`,
    `groupName`, `options` (their labels and values, in order), `calculationFormula`,
    `externalOptions`, `referencedObjectType`. `holds` is our word for its values, which the vendor does not know: whole
    numbers, decimals and amounts of money are one to it.

    Options are written whole: those that the files do not name are sent back as they are, because records hold their
    values. Deleting is archiving: for 90 days a person can bring it back (knowledge.hubspot.com, “Organize,
    delete, and export properties”).
    """

    type = "hubspot:Property"
    kind_word = "property"
    calls_per_write = 2
    replace_on = frozenset({"object", "name", "type", "fieldType", "externalOptions", "referencedObjectType"})
    create_only = frozenset({"holds"})
    carries_data = True
    gone_for_good = "bring it back in HubSpot, under Settings, Properties, Archived properties, with all its values"

    def list(self, payload: Payload) -> list[Live]:
        owner = str(payload["object"])
        return [_live(owner, each) for each in self.client.results(f"properties/{owner}")]

    def unlisted(self, payload: Payload) -> builtins.list[Live]:
        """Archived ones have names, too."""
        owner, key = str(payload["object"]), self.natural_key(payload)
        return [live for live in (_live(owner, each) for each in self.client.archived(owner)) if live.id == key]

    def if_taken(self, live: Live) -> str:
        if live.body.get("archived"):
            return ARCHIVED
        if live.body.get("hubspotDefined"):
            name = live.body["name"]
            return f"It is HubSpot's own property: name it with  existing: {name}  or give this field another key."
        return ""

    def get(self, identifier: str, payload: Payload) -> Live | None:
        owner, _, name = identifier.partition("/")
        body = self.client.get(place(owner, name))
        return None if body is None or body.get("archived") else _live(owner, body)

    def choices(self, live: Live, payload: Payload) -> builtins.list[tuple[str, str]]:
        """Those that can be chosen first: of two with one label, the one that people choose now is meant."""
        options = sorted(live.body.get("options") or (), key=lambda each: bool(each.get("hidden")))
        return [(str(each["label"]), str(each["value"])) for each in options]

    def canonical(self, live: Live, payload: Payload) -> Payload:
        owner, _, name = live.id.partition("/")
        found: Payload = {}
        for word in payload:
            if word == "object":
                found[word] = owner
            elif word == "name":
                found[word] = name
            elif word in self.create_only:
                found[word] = payload[word]
            elif word == "options":
                found[word] = _ours(live.body, payload[word])
            else:
                found[word] = live.body.get(word)
        return found

    def create(self, payload: Payload) -> Write:
        owner = str(payload["object"])
        body = {"groupName": OWN_GROUP[owner], **_body(payload)}
        if payload.get("type") == "bool" and not payload.get("calculationFormula"):
            body["options"] = _both()
        try:
            return Write(_live(owner, self.client.create(f"properties/{owner}", body)))
        except SystemFault as refused:
            if refused.code != "collision" or not self.unlisted(payload):
                raise
            raise replace(refused, do=ARCHIVED) from None

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        owner, _, name = identifier.partition("/")
        body = _body(payload)
        del body["name"]
        for word in ("externalOptions", "referencedObjectType"):
            body.pop(word, None)  # said once, when it is made
        if "options" in payload:
            live = (self.client.get(place(owner, name)) or {}).get("options") or []
            before = {each["value"]: str(each.get("description") or "") for each in live}
            body["options"] = [{**each, "description": before.get(each["value"], "")} for each in body["options"]]
            body["options"] += _left_out(live, payload["options"])
        return Write(_live(owner, self.client.update(place(owner, name), body)))

    def count_values(self, identifier: str, payload: Payload) -> int | None:
        owner, _, name = identifier.partition("/")
        return self.client.count(owner, {"propertyName": name, "operator": "HAS_PROPERTY"})

    def choices_left_out(self, payload: Payload, old: Payload) -> builtins.list[tuple[str, str]]:
        kept = {each["value"] for each in payload.get("options") or ()}
        return [(each["label"], each["value"]) for each in old.get("options") or () if each["value"] not in kept]

    def count_choice(self, identifier: str, value: str) -> int | None:
        """Of a field of several choices a search finds only those that hold exactly these."""
        owner, _, name = identifier.partition("/")
        definition = self.client.get(place(owner, name)) or {}
        if definition.get("fieldType") == "checkbox":
            return None
        return self.client.count(owner, {"propertyName": name, "operator": "EQ", "value": value})

    def delete(self, identifier: str, payload: Payload) -> None:
        owner, _, name = identifier.partition("/")
        self.client.archive(owner, name)


def _ours(definition: Body, wanted: builtins.list[Option]) -> builtins.list[Option]:
    """The options that the files name, as they can be chosen now; all of them where none is named yet."""
    values = {each["value"] for each in wanted}
    return [
        {"label": each["label"], "value": each["value"]}
        for each in shown_options(definition)
        if not values or each["value"] in values
    ]


def _live(owner: str, body: Body) -> Live:
    return Live(
        f"{owner}/{body['name']}",
        body,
        str(body.get("label") or body["name"]),
        default=bool(body.get("hubspotDefined")),
    )


def _both() -> builtins.list[Option]:
    """The two options of a checkbox, without which none is made; afterwards their labels are people's own."""
    labels = (("Yes", "true"), ("No", "false"))
    return [{"label": label, "value": value, "displayOrder": number} for number, (label, value) in enumerate(labels)]


def _body(payload: Payload) -> Body:
    """What is sent."""
    body = {word: value for word, value in payload.items() if word not in OURS}
    if "options" in payload:
        body["options"] = [
            {**each, "displayOrder": number, "hidden": False} for number, each in enumerate(payload["options"])
        ]
    return body


def _left_out(live: builtins.list[Option], wanted: builtins.list[Option]) -> builtins.list[Option]:
    """The live options that the files do not name, as they are, behind the others. Labels are one of a kind: where
    another has it now, the value is said beside it."""
    values, labels = {each["value"] for each in wanted}, {folded(str(each["label"])) for each in wanted}
    left = [each for each in live if each["value"] not in values]
    return [
        {
            "label": f"{each['label']} ({each['value']})" if folded(str(each["label"])) in labels else each["label"],
            "value": each["value"],
            "description": str(each.get("description") or ""),
            "displayOrder": len(wanted) + number,
            "hidden": bool(each.get("hidden")),
        }
        for number, each in enumerate(left)
    ]
