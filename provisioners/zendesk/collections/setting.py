"""What always is and is only ever set: an order, a default. It is never made or deleted at the vendor."""

from __future__ import annotations

from provisioners.collection import Collection, Live, Write
from provisioners.resource import Payload
from provisioners.zendesk.client import ZendeskClient


class Setting(Collection):
    """It has no name, so that it collides with nothing; to make it is to set it, and so is to change it."""

    only_set = True

    def __init__(self, client: ZendeskClient) -> None:
        self.client = client

    def natural_key(self, payload: Payload) -> str | None:
        return None

    def live_key(self, live: Live) -> str | None:
        return None

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        return self.create(payload)

    def delete(self, identifier: str, payload: Payload) -> None:
        """Nothing to do: without ours there is another one."""
