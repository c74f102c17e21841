"""A client of a Salesforce stand-in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from provisioners.collection import Collection, Live
from provisioners.resource import Payload
from provisioners.salesforce.client import SalesforceClient
from provisioners.salesforce.custom_field import value_set
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.declared import connection

DANA, PIET = "dana@haldenpay.example", "piet@haldenpay.example"


SEED = {
    "salesforce": {
        "organization": {"name": "Halden Pay", "id": "00D5e000002hrt1"},
        "users": [
            {"name": "Dana Ruiz", "email": DANA},
            {"name": "Piet de Vries", "email": PIET},
            {"name": "Two Seats", "email": "two@haldenpay.example", "username": "two.a@haldenpay.example"},
            {"name": "Two Seats", "email": "two@haldenpay.example", "username": "two.b@haldenpay.example"},
            {"name": "Both Seats", "email": "both@haldenpay.example"},
            {"name": "Both Seats", "email": "both@haldenpay.example", "username": "spare@haldenpay.example"},
            {"name": "Left Us", "email": "left@haldenpay.example", "active": False},
        ],
        "custom_fields": [
            {"name": "ARR__c", "type": "Currency"},
            {"name": "CSM__c", "type": "Lookup", "referenceTo": "User", "relationshipName": "Accounts"},
        ],
    }
}


NOTE: Payload = {"FullName": "Account.Note__c", "label": "Note", "type": "Text", "length": 255, "calculated": False}


SEGMENT: Payload = {
    "FullName": "Account.Segment__c",
    "label": "Support segment",
    "type": "Picklist",
    "calculated": False,
    "valueSet": value_set([{"valueName": "big", "label": "Big"}, {"valueName": "smb", "label": "SMB"}]),
}


@pytest.fixture
def live() -> Iterator[LiveSandbox]:
    with running_sandbox(SEED) as sandbox:
        yield sandbox


@pytest.fixture
def client(live: LiveSandbox) -> SalesforceClient:
    return SalesforceClient(connection("salesforce", live.url))


def listed(collection: Collection, payload: Payload, key: str) -> Live | None:
    return next((one for one in collection.list(payload) if collection.live_key(one) == key), None)
