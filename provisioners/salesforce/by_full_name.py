"""What fields and objects share: the organisation knows each by its full API name."""

from __future__ import annotations

from provisioners.collection import Collection, Live
from provisioners.resource import Payload
from provisioners.salesforce.client import SalesforceClient


class ByFullName(Collection):
    """Payload: `FullName`, in which capital letters do not matter, and what is managed. A live one is labelled with
    it. Whatever it is, records lose values with it."""

    carries_data = True

    def __init__(self, client: SalesforceClient) -> None:
        self.client = client

    def natural_key(self, payload: Payload) -> str:
        return str(payload["FullName"]).lower()

    def live_key(self, live: Live) -> str:
        return live.label.lower()
