"""Salesforce: custom objects, through the Metadata API."""

from __future__ import annotations

import pytest

from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.salesforce.client import SalesforceClient
from provisioners.salesforce.custom_field import CustomField
from provisioners.salesforce.custom_object import CustomObject
from tests.live_sandbox import LiveSandbox
from tests.provisioners.declared import connection
from tests.provisioners.faults import fault_of
from tests.provisioners.salesforce.conftest import NOTE, listed

TERM: Payload = {
    "FullName": "Contract_Term__c",
    "label": "Contract term",
    "pluralLabel": "Contract terms",
    "sharingModel": "ReadWrite",
    "nameLabel": "Number",
    "nameType": "AutoNumber",
    "displayFormat": "T-{0000}",
}


def test_an_object_is_made_changed_and_deleted_and_keeps_what_is_not_golives(
    live: LiveSandbox, client: SalesforceClient
) -> None:
    objects = CustomObject(client)
    assert objects.list(TERM) == []
    made = objects.create(TERM).live
    assert (objects.live_key(made), made.id[:3], len(made.id)) == ("contract_term__c", "01I", 18)
    seen = listed(objects, TERM, "contract_term__c")
    assert seen is not None and seen.id == made.id and objects.canonical(seen, TERM) == TERM
    assert objects.canonical(seen, {"FullName": ""}) == {"FullName": "Contract_Term__c"}

    field = {**NOTE, "FullName": "Contract_Term__c.Note__c"}
    assert CustomField(client).create(field).live.label == "Contract_Term__c.Note__c"
    [row] = live.store.table("salesforce", "CustomObject").values()
    row["Metadata"]["enableReports"] = True
    named = {name: value for name, value in TERM.items() if name != "displayFormat"}
    changed: Payload = {**named, "label": "Term", "pluralLabel": "Terms", "sharingModel": "Private", "nameType": "Text"}
    assert objects.canonical(objects.update(made.id, changed, TERM).live, changed) == changed
    assert row["Metadata"]["enableReports"] is True, "what somebody set by hand stays"
    assert listed(CustomField(client), field, "contract_term__c.note__c") is not None

    assert objects.count_values(made.id, changed) == 0
    client.create("sobjects/Contract_Term__c", {"Name": "One"})
    assert objects.count_values(made.id, changed) == 1
    objects.delete(made.id, changed)
    objects.delete(made.id, changed)
    assert objects.get(made.id, changed) is None
    assert objects.count_values(made.id, changed) is None


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"FullName": "Account__c", "label": "x" * 41}, "refused", "data value too large"),
        ({"nameType": "Date"}, "refused", "A name field is of the type Text or AutoNumber"),
        ({"FullName": "Taken__c"}, "collision", "already in use"),
        ({"sharingModel": "Everybody"}, "refused", "bad value: Everybody"),
    ],
)
def test_a_refusal_is_the_vendors_with_what_to_do(
    client: SalesforceClient, change: Payload, code: str, said: str
) -> None:
    objects = CustomObject(client)
    objects.create({**TERM, "FullName": "Taken__c"})
    refused = fault_of(objects.create, {**TERM, **change})
    assert refused.code == code and said in refused.why
    assert refused.what.startswith("salesforce createMetadata CustomObject")


def test_the_guard_sees_every_call(live: LiveSandbox, client: SalesforceClient) -> None:
    reading = SalesforceClient(connection("salesforce", live.url, read_only=True))
    assert CustomObject(reading).list(TERM) == []
    refused = fault_of(CustomObject(reading).create, TERM)
    assert refused.code == "not_allowed" and live.writes() == []
    live.fault(kind="error_503", system="salesforce", times=1)
    assert CustomObject(reading).list(TERM) == [], "what only reads is asked again"
    live.fault(kind="cut_after", system="salesforce", times=1)
    unknown = fault_of(CustomObject(client).create, TERM)
    assert (unknown.code, unknown.took_effect) == ("unreachable", None)
    assert listed(CustomObject(client), TERM, "contract_term__c") is not None


def test_a_wrong_token_and_a_day_without_calls_are_said(live: LiveSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTHER", "other")
    wrong = SalesforceClient(connection("salesforce", live.url, token="env:OTHER"))
    refused = fault_of(CustomObject(wrong).list, TERM)
    assert refused.code == "credentials" and "access token" in refused.do
    live.fault(kind="forbidden", system="salesforce", times=1)
    may_not = fault_of(CustomObject(SalesforceClient(connection("salesforce", live.url))).list, TERM)
    assert may_not.code == "refused" and "Modify Metadata Through Metadata API Functions" in may_not.do
    live.settings("salesforce", daily_calls=0)
    spent = fault_of(CustomObject(SalesforceClient(connection("salesforce", live.url))).list, TERM)
    assert spent.code == "throttled" and "calls of the day are used up" in spent.do


def test_an_object_that_is_made_and_not_shown_is_no_object_that_was_not_made(
    client: SalesforceClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    objects = CustomObject(client)
    monkeypatch.setattr(CustomObject, "list", lambda self, payload: [])
    with pytest.raises(SystemFault) as fault:
        objects.create(TERM)
    assert fault.value.took_effect is None


def test_what_its_buttons_open_is_sent_back(live: LiveSandbox, client: SalesforceClient) -> None:
    objects = CustomObject(client)
    made = objects.create(TERM).live
    [row] = live.store.table("salesforce", "CustomObject").values()
    page = {"type": "Flexipage", "content": "Term_Page", "formFactor": "Large"}
    opens = [{"actionName": "View", **page}, {"actionName": "Edit", **page}]
    row["Metadata"]["actionOverrides"] = opens
    changed: Payload = {**TERM, "label": "Term"}
    assert objects.canonical(objects.update(made.id, changed, TERM).live, changed) == changed
    assert row["Metadata"]["actionOverrides"] == opens
