"""Groups in which HubSpot shows properties."""

from __future__ import annotations

from provisioners.collection import Live, Write
from provisioners.hubspot.client import Body
from provisioners.hubspot.definition import Definition
from provisioners.hubspot.names import OWN_GROUP
from provisioners.resource import Payload


class PropertyGroup(Definition):
    """A group of properties of one object. Payload: `object`, `name`, and `label` where it is managed. The vendor
    deletes none in which properties stand."""

    type = "hubspot:PropertyGroup"
    kind_word = "group of properties"
    replace_on = frozenset({"object", "name"})

    def list(self, payload: Payload) -> list[Live]:
        owner = str(payload["object"])
        return [_live(owner, each) for each in self.client.results(f"properties/{owner}/groups")]

    def get(self, identifier: str, payload: Payload) -> Live | None:
        owner, _, name = identifier.partition("/")
        body = self.client.get(f"properties/{owner}/groups/{name}")
        return None if body is None or body.get("archived") else _live(owner, body)

    def canonical(self, live: Live, payload: Payload) -> Payload:
        owner, _, name = live.id.partition("/")
        found = {"object": owner, "name": name, "label": live.body["label"]}
        return {word: found[word] for word in payload}

    def create(self, payload: Payload) -> Write:
        owner = str(payload["object"])
        body = {"name": payload["name"], "label": payload["label"], "displayOrder": -1}
        return Write(_live(owner, self.client.create(f"properties/{owner}/groups", body)))

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        owner, _, name = identifier.partition("/")
        return Write(_live(owner, self.client.update(f"properties/{owner}/groups/{name}", {"label": payload["label"]})))

    def delete(self, identifier: str, payload: Payload) -> str | None:
        owner, _, name = identifier.partition("/")
        held = [each["label"] for each in self.client.results(f"properties/{owner}") if each["groupName"] == name]
        if held:
            return f"{', '.join(held)} still {'stands' if len(held) == 1 else 'stand'} in it"
        self.client.delete(f"properties/{owner}/groups/{name}")
        return None


def _live(owner: str, body: Body) -> Live:
    return Live(f"{owner}/{body['name']}", body, str(body["label"]), default=body["name"] in OWN_GROUP.values())
