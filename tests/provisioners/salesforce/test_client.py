"""Salesforce: the client against the stand-in."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
import responses

from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.run_file import SystemSettings
from provisioners.salesforce import SYSTEM
from provisioners.salesforce.access import OBJECT_RIGHTS
from provisioners.salesforce.client import SalesforceClient, fault, long_id, quoted
from provisioners.system import Connection
from tests.live_sandbox import LiveSandbox
from tests.provisioners.declared import connection
from tests.provisioners.faults import fault_of
from tests.provisioners.salesforce.conftest import DANA, NOTE


def test_reading_only_lets_no_write_through(live: LiveSandbox) -> None:
    collections = SYSTEM.collections(connection("salesforce", live.url, read_only=True))
    payloads: dict[str, Payload] = {
        "salesforce:CustomField": NOTE,
        "salesforce:PermissionSet": {"Name": "S", "Label": "S"},
        "salesforce:FieldPermissions": {
            "ParentId": "0PS5e000002hrt1AAA",
            "SobjectType": "Account",
            "Field": "Account.ARR__c",
            "PermissionsRead": True,
            "PermissionsEdit": True,
        },
        "salesforce:ObjectPermissions": {
            "ParentId": "0PS5e000002hrt1AAA",
            "SobjectType": "Account",
            **dict.fromkeys(OBJECT_RIGHTS, True),
        },
        "salesforce:PermissionSetAssignment": {"PermissionSetId": "0PS5e000002hrt1AAA", "email": DANA},
        "salesforce:StandardField": {"FullName": "Account.Name"},
        "salesforce:CustomObject": {"FullName": "Term__c", "label": "Term"},
        "salesforce:RecordType": {"SobjectType": "Account", "DeveloperName": "R", "Name": "R", "IsActive": True},
        "salesforce:Queue": {"DeveloperName": "Q", "Name": "Q"},
        "salesforce:QueueSobject": {"QueueId": "00G5e000002hrt1AAA", "SobjectType": "Case"},
        "salesforce:GroupMember": {"GroupId": "00G5e000002hrt1AAA", "email": DANA},
    }
    assert set(collections) == set(payloads)
    for type_, collection in collections.items():
        payload = payloads[type_]
        for one in collection.list(payload):
            collection.canonical(one, payload)
        assert fault_of(collection.create, payload).code == "not_allowed"
        assert fault_of(collection.delete, "0010000000000000AA", payload).code == "not_allowed"
    assert SYSTEM.account(connection("salesforce", live.url, read_only=True)).name == "Halden Pay"
    assert live.writes() == []


def test_the_account_and_its_rights(live: LiveSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    account = SYSTEM.account(connection("salesforce", live.url))
    assert account.id == long_id("00D5e000002hrt1")
    assert (account.name, account.user, account.missing_rights) == ("Halden Pay", "integration@salesforce.example", ())
    monkeypatch.setenv("SALESFORCE_TOKEN", "sandbox-narrow")
    narrow = SYSTEM.account(connection("salesforce", live.url, token="env:SALESFORCE_TOKEN"))
    assert len(narrow.missing_rights) == 3 and narrow.rights == frozenset()
    monkeypatch.setenv("SALESFORCE_TOKEN", "wrong")
    wrong = connection("salesforce", live.url, token="env:SALESFORCE_TOKEN")
    assert fault_of(SYSTEM.account, wrong).code == "credentials"
    live.store.table("salesforce", "Organization").clear()
    assert fault_of(SYSTEM.account, connection("salesforce", live.url)).code == "credentials"


def test_queries_are_read_to_their_end(
    live: LiveSandbox, client: SalesforceClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.salesforce.query.SMALLEST_BATCH", 2)
    monkeypatch.setattr("sandbox.salesforce.api.BATCH", 2)
    assert len(client.select("User", "Id", "IsActive = true")) == 7
    assert len(live.log()) == 4


def test_limits_outages_and_answers_that_are_none(
    live: LiveSandbox, client: SalesforceClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provisioners.session.RETRY_PAUSES", (0.0, 0.0, 0.0))
    live.fault(kind="throttle", system="salesforce", times=1, value=0)
    live.fault(kind="error_503", system="salesforce", times=2)
    assert client.select("Organization", "Name") == [
        {"attributes": client.select("Organization", "Name")[0]["attributes"], "Name": "Halden Pay"}
    ]
    live.fault(kind="html", system="salesforce", times=1)
    assert fault_of(client.select, "Organization", "Id").code == "unreachable"
    live.fault(kind="error_500", system="salesforce", method="POST", times=1)
    lost = fault_of(client.create, "sobjects/Account", {"Name": "x"})
    assert lost.code == "unreachable" and lost.took_effect is None
    gone = SalesforceClient(connection("salesforce", "http://127.0.0.1:9"))
    assert fault_of(gone.select, "Organization", "Id").code == "unreachable"


@pytest.mark.parametrize(
    ("status", "error", "code"),
    [
        (401, "INVALID_SESSION_ID", "credentials"),
        (403, "INSUFFICIENT_ACCESS_OR_READONLY", "refused"),
        (403, "REQUEST_LIMIT_EXCEEDED", "throttled"),
        (404, "NOT_FOUND", "not_found"),
        (404, "SOMETHING_ELSE", "refused"),
        (400, "DUPLICATE_VALUE", "collision"),
        (302, "", "unreachable"),
    ],
)
def test_refusals_have_a_meaning(status: int, error: str, code: str) -> None:
    said = fault("crm GET x", status, [{"errorCode": error, "message": "in its words"}], reads=True)
    assert (said.code, said.why, said.status) == (code, "in its words", status)
    assert fault("crm GET x", status, "<html>", reads=True).why == f"the answer was {status} without a reason"


def test_ids_and_texts_for_queries() -> None:
    assert long_id("001D000000IqhSL") == "001D000000IqhSLIAZ" == long_id("001D000000IqhSLIAZ")
    assert quoted("O'Hara \\ Co") == r"'O\'Hara \\ Co'"


def test_no_redirect_takes_the_token_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_TOKEN", "s3cr3t-token")
    settings = SystemSettings("salesforce", "https://acme.my.salesforce.com", "env:CRM_TOKEN")
    client = SalesforceClient(Connection("crm", settings, read_only=True))
    with responses.RequestsMock(assert_all_requests_are_fired=False) as answers:
        elsewhere = {"Location": "https://evil.example/steal"}
        answers.get(re.compile(r"https://acme\.my\.salesforce\.com/services/.*"), status=302, headers=elsewhere)
        answers.get("https://acme.my.salesforce.com/steal", status=404, json=[])
        with pytest.raises(SystemFault):
            client.query("SELECT Id FROM User")
        asked = [urlsplit(call.request.url or "").hostname for call in answers.calls]
    assert set(asked) == {"acme.my.salesforce.com"}


def test_a_page_in_place_of_the_user_is_no_answer(live: LiveSandbox) -> None:
    client = SalesforceClient(connection("salesforce", live.url))
    live.fault(kind="html", system="salesforce", times=1)
    with pytest.raises(SystemFault) as fault:
        client.own_user_id()
    assert (fault.value.code, fault.value.took_effect) == ("unreachable", False)
    assert len(client.own_user_id()) == 18
