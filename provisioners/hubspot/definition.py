"""What properties and their groups share: each belongs to an object, and is known there by its name."""

from __future__ import annotations

from provisioners.collection import Collection, Live
from provisioners.hubspot.client import HubSpotClient
from provisioners.resource import Payload


class Definition(Collection):
    """A definition of one object. Payload: `object` (`companies`), `name`, and what is managed. Its id is both."""

    def __init__(self, client: HubSpotClient) -> None:
        self.client = client

    def natural_key(self, payload: Payload) -> str:
        return f"{payload['object']}/{payload['name']}"

    def live_key(self, live: Live) -> str:
        return live.id

    def list_scope(self, payload: Payload) -> str:
        return str(payload["object"])
