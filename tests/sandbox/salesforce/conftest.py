"""A Salesforce stand-in over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.live_sandbox import LiveSandbox, running_sandbox

SEED = {
    "salesforce": {
        "organization": {"name": "Halden Pay", "id": "00D5e000002hrt1"},
        "users": [
            {"name": "Dana Ruiz", "email": "dana@haldenpay.example"},
            {"name": "Piet de Vries", "email": "piet@haldenpay.example", "active": False},
        ],
        "custom_fields": [
            {"name": "ARR__c", "type": "Currency"},
            {"name": "CSM__c", "type": "Lookup", "referenceTo": "User", "relationshipName": "Accounts"},
        ],
        "accounts": [
            {"Name": "Acme", "ARR__c": 120000, "CSM__c": "dana@haldenpay.example"},
            {"Name": "Beta", "Industry": "Banking"},
            {"Name": "gamma", "ARR__c": 900},
        ],
    }
}


class Http:
    """Plain calls with a token."""

    def __init__(self, url: str, token: str = "sandbox") -> None:
        self.root = f"{url}/salesforce"
        self.base = f"{self.root}/services/data/v59.0/"
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def call(self, method: str, path: str, **more: Any) -> requests.Response:
        return self.session.request(method, self.base + path, timeout=10, **more)

    def query(self, soql: str, tooling: bool = False) -> requests.Response:
        return self.call("GET", f"{'tooling/' if tooling else ''}query", params={"q": soql})

    def records(self, soql: str, tooling: bool = False) -> list[dict[str, Any]]:
        answer = self.query(soql, tooling)
        assert answer.status_code == 200, answer.text
        return [{k: v for k, v in record.items() if k != "attributes"} for record in answer.json()["records"]]

    def create(self, name: str, **body: Any) -> str:
        answer = self.call("POST", f"sobjects/{name}", json=body)
        assert answer.status_code == 201, answer.text
        assert answer.json()["success"] is True
        return str(answer.json()["id"])

    def create_field(self, full_name: str, **metadata: Any) -> str:
        answer = self.call("POST", "tooling/sobjects/CustomField", json={"FullName": full_name, "Metadata": metadata})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def metadata(self, identifier: str) -> dict[str, Any]:
        found: dict[str, Any] = self.call("GET", f"tooling/sobjects/CustomField/{identifier}").json()["Metadata"]
        return found


@pytest.fixture
def live() -> Iterator[LiveSandbox]:
    with running_sandbox(SEED) as sandbox:
        yield sandbox


@pytest.fixture
def http(live: LiveSandbox) -> Http:
    return Http(live.url)


def refused(answer: requests.Response, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    error: dict[str, Any] = answer.json()[0]
    assert error["errorCode"] == code
    return error


TEXT = {"label": "Note", "type": "Text", "length": 80}


PICKLIST = {
    "label": "Segment",
    "type": "Picklist",
    "valueSet": {
        "restricted": True,
        "valueSetDefinition": {
            "sorted": False,
            "value": [{"valueName": "smb", "label": "SMB"}, {"valueName": "big", "label": "Big"}],
        },
    },
}
