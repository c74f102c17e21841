"""The Metadata API: each component by itself, ten in a call, the token in the envelope."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
import requests

from tests.live_sandbox import LiveSandbox
from tests.sandbox.salesforce.conftest import Http

OURS = "{http://soap.sforce.com/2006/04/metadata}"
TERM = (
    "<label>Term</label><pluralLabel>Terms</pluralLabel><nameField><label>Name</label><type>Text</type></nameField>"
    "<deploymentStatus>Deployed</deploymentStatus><sharingModel>Private</sharingModel>"
)


def asked(http: Http, operation: str, inside: str, token: str = "sandbox") -> requests.Response:
    """A call as the vendor's WSDL has it. No header of HTTP says who calls."""
    envelope = (
        '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://soap.sforce.com/2006/04/metadata">'
        f"<e:Header><SessionHeader><sessionId>{token}</sessionId></SessionHeader></e:Header>"
        f"<e:Body><{operation}>{inside}</{operation}></e:Body></e:Envelope>"
    )
    return requests.post(f"{http.root}/services/Soap/m/59.0", envelope.encode(), timeout=10)


def component(full_name: str, parts: str = TERM) -> str:
    return f'<metadata xsi:type="CustomObject"><fullName>{full_name}</fullName>{parts}</metadata>'


def results(answer: requests.Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    found = []
    for result in ElementTree.fromstring(answer.content)[0][0]:
        code = result.find(f"{OURS}errors/{OURS}statusCode")
        found.append({"name": result.findtext(f"{OURS}fullName"), "code": None if code is None else code.text})
    return found


def test_each_component_succeeds_or_fails_by_itself(http: Http) -> None:
    given = [component("Term__c"), component("term__c"), component("Bad"), component("A__B__c"), component("C__c", "")]
    assert results(asked(http, "createMetadata", "".join(given))) == [
        {"name": "Term__c", "code": None},
        {"name": "term__c", "code": "DUPLICATE_DEVELOPER_NAME"},
        {"name": "Bad", "code": "FIELD_INTEGRITY_EXCEPTION"},
        {"name": "A__B__c", "code": "FIELD_INTEGRITY_EXCEPTION"},
        {"name": "C__c", "code": "REQUIRED_FIELD_MISSING"},
    ]
    described = http.call("GET", "sobjects/Term__c/describe").json()
    assert (described["label"], described["labelPlural"], described["custom"]) == ("Term", "Terms", True)
    definition = "SELECT DurableId, Label FROM EntityDefinition WHERE QualifiedApiName = 'Term__c'"
    assert [each["Label"] for each in http.records(definition, tooling=True)] == ["Term"]


def test_an_object_goes_with_its_records_fields_and_rights(http: Http) -> None:
    results(asked(http, "createMetadata", component("Term__c")))
    http.create_field("Term__c.Note__c", label="Note", type="Text", length=80)
    http.create("Term__c", Name="One")
    parent = http.create("PermissionSet", Name="S", Label="S")
    http.create("ObjectPermissions", ParentId=parent, SobjectType="Term__c", PermissionsRead=True)
    gone = asked(http, "deleteMetadata", "<type>CustomObject</type><fullNames>Term__c</fullNames>")
    assert results(gone) == [{"name": "Term__c", "code": None}]
    assert http.query("SELECT Id FROM Term__c").json()[0]["errorCode"] == "INVALID_TYPE"
    assert http.records("SELECT Id FROM ObjectPermissions WHERE SobjectType = 'Term__c'") == []
    fields = http.records("SELECT Id, DeveloperName FROM CustomField", tooling=True)
    assert "Note" not in {each["DeveloperName"] for each in fields}


@pytest.mark.parametrize(
    ("operation", "inside", "token", "code"),
    [
        ("createMetadata", component("Term__c"), "other", "INVALID_SESSION_ID"),
        ("createMetadata", "".join(component(f"T{number}__c") for number in range(11)), "sandbox", "LIMIT_EXCEEDED"),
        ("createMetadata", '<metadata xsi:type="Layout"/>', "sandbox", "INVALID_TYPE"),
        ("renameMetadata", "", "sandbox", "INVALID_OPERATION"),
    ],
)
def test_a_call_that_is_refused_as_a_whole_is_a_fault(
    http: Http, live: LiveSandbox, operation: str, inside: str, token: str, code: str
) -> None:
    answer = asked(http, operation, inside, token)
    assert answer.status_code == 500 and f"<faultcode>sf:{code}</faultcode>" in answer.text
    assert live.store.table("salesforce", "CustomObject") == {}
