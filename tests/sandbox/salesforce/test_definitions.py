"""The Salesforce stand-in: definitions of fields."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.sandbox.salesforce.conftest import PICKLIST, TEXT, Http, refused


def test_definitions_show_metadata_one_row_at_a_time(http: Http) -> None:
    one = "SELECT FullName, Metadata FROM CustomField WHERE DeveloperName = 'ARR'"
    assert http.records(one, tooling=True)[0]["FullName"] == "Account.ARR__c"
    many = http.query("SELECT Id, Metadata FROM CustomField WHERE TableEnumOrId = 'Account'", tooling=True)
    assert "no more than one row" in refused(many, 400, "MALFORMED_QUERY")["message"]
    by_name = http.query("SELECT Id FROM CustomField WHERE FullName = 'Account.ARR__c'", tooling=True)
    refused(by_name, 400, "INVALID_FIELD")
    definitions = "SELECT QualifiedApiName, IsFlsEnabled FROM FieldDefinition"
    refused(http.query(definitions, tooling=True), 400, "EXTERNAL_OBJECT_UNSUPPORTED_EXCEPTION")
    of_account = f"{definitions} WHERE EntityDefinition.QualifiedApiName = 'Account' AND QualifiedApiName LIKE '%name'"
    assert http.records(of_account, tooling=True) == [{"QualifiedApiName": "Name", "IsFlsEnabled": False}]
    assert {"QualifiedApiName": "Case"} in http.records("SELECT QualifiedApiName FROM EntityDefinition", tooling=True)


@pytest.mark.parametrize(
    ("full_name", "metadata", "code"),
    [
        ("Account.ARR__c", TEXT, "DUPLICATE_DEVELOPER_NAME"),
        ("Account.arr__c", TEXT, "DUPLICATE_DEVELOPER_NAME"),
        ("Nope.Note__c", TEXT, "INVALID_CROSS_REFERENCE_KEY"),
        ("Account.Note", TEXT, "FIELD_INTEGRITY_EXCEPTION"),
        ("Account.Two__Parts__c", TEXT, "FIELD_INTEGRITY_EXCEPTION"),
        (f"Account.{'A' * 41}__c", TEXT, "STRING_TOO_LONG"),
        ("Account.Note__c", {**TEXT, "length": None}, "FIELD_INTEGRITY_EXCEPTION"),
        ("Account.Note__c", {**TEXT, "length": 256}, "FIELD_INTEGRITY_EXCEPTION"),
        ("Account.Note__c", {**TEXT, "label": ""}, "FIELD_INTEGRITY_EXCEPTION"),
        ("Account.Note__c", {**TEXT, "label": "x" * 41}, "STRING_TOO_LONG"),
        ("Account.Note__c", {**TEXT, "nope": 1}, "JSON_PARSER_ERROR"),
        ("Account.Note__c", {**TEXT, "type": "Nope"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        ("Account.Note__c", {"label": "N", "type": "Number", "precision": 18}, "FIELD_INTEGRITY_EXCEPTION"),
        ("Account.Note__c", {"label": "N", "type": "Checkbox"}, "FIELD_INTEGRITY_EXCEPTION"),
        ("Account.Note__c", {"label": "N", "type": "Picklist"}, "FIELD_INTEGRITY_EXCEPTION"),
        ("Account.Note__c", {"label": "N", "type": "Text", "formula": "Gone__r.Name"}, "FIELD_INTEGRITY_EXCEPTION"),
        ("Account.Note__c", {"label": "N", "type": "Picklist", "formula": "1"}, "FIELD_INTEGRITY_EXCEPTION"),
    ],
)
def test_bad_definitions_are_refused(http: Http, full_name: str, metadata: dict[str, Any], code: str) -> None:
    body = {"FullName": full_name, "Metadata": metadata}
    refused(http.call("POST", "tooling/sobjects/CustomField", json=body), 400, code)


def test_a_formula_follows_a_lookup_that_is_there_and_is_only_read(http: Http) -> None:
    http.create_field("Account.CSM_Name__c", label="CSM name", type="Text", formula='CSM__r.FirstName & " Gone__r."')
    parent = http.create("PermissionSet", Name="Support", Label="Support")
    grant = {"ParentId": parent, "SobjectType": "Account", "Field": "Account.CSM_Name__c", "PermissionsRead": True}
    edit = http.call("POST", "sobjects/FieldPermissions", json={**grant, "PermissionsEdit": True})
    refused(edit, 400, "FIELD_INTEGRITY_EXCEPTION")
    http.create("FieldPermissions", **grant)
    csm = http.records("SELECT Id FROM CustomField WHERE DeveloperName = 'CSM'", tooling=True)[0]["Id"]
    refused(http.call("DELETE", f"tooling/sobjects/CustomField/{csm}"), 400, "DEPENDENCY_EXISTS")


def test_definitions_change_as_far_as_the_vendor_lets_them(http: Http) -> None:
    note = http.create_field("Account.Note__c", **TEXT)

    def patch(identifier: str, **metadata: Any) -> requests.Response:
        return http.call("PATCH", f"tooling/sobjects/CustomField/{identifier}", json={"Metadata": metadata})

    assert patch(note, **{**TEXT, "label": "Remark"}).status_code == 204
    assert http.metadata(note[:15])["label"] == "Remark"
    refused(patch(note, label="N", type="Date"), 400, "FIELD_INTEGRITY_EXCEPTION")
    refused(patch(note, label="N", type="Text", formula="Name"), 400, "FIELD_INTEGRITY_EXCEPTION")
    renamed = http.call(
        "PATCH", f"tooling/sobjects/CustomField/{note}", json={"FullName": "Account.Other__c", "Metadata": TEXT}
    )
    refused(renamed, 400, "FIELD_INTEGRITY_EXCEPTION")

    segment = http.create_field("Account.Segment__c", **PICKLIST)
    only_big = {
        **PICKLIST,
        "valueSet": {"restricted": True, "valueSetDefinition": {"value": [{"valueName": "big", "label": "Large"}]}},
    }
    assert patch(segment, **only_big).status_code == 204
    values = http.metadata(segment)["valueSet"]["valueSetDefinition"]["value"]
    assert [(one["valueName"], one["label"], one["isActive"]) for one in values] == [
        ("big", "Large", None),
        ("smb", "SMB", False),
    ]


def test_a_deleted_field_loses_its_grants_and_frees_its_name_but_not_the_deleted_one(http: Http) -> None:
    note = http.create_field("Account.Note__c", **TEXT)
    parent = http.create("PermissionSet", Name="Support", Label="Support")
    grant = {"ParentId": parent, "SobjectType": "Account", "Field": "Account.Note__c", "PermissionsRead": True}
    http.create("FieldPermissions", **grant)
    assert http.call("DELETE", f"tooling/sobjects/CustomField/{note}").status_code == 204
    refused(http.call("GET", f"tooling/sobjects/CustomField/{note}"), 404, "NOT_FOUND")
    assert http.records(f"SELECT Id FROM FieldPermissions WHERE ParentId = '{parent}'") == []
    taken = {"FullName": "Account.Note_del__c", "Metadata": TEXT}
    refused(http.call("POST", "tooling/sobjects/CustomField", json=taken), 400, "DUPLICATE_DEVELOPER_NAME")
    assert http.create_field("Account.Note__c", **TEXT) != note


def test_restricted_picklists_take_their_own_values_only(http: Http) -> None:
    http.create_field("Account.Segment__c", **PICKLIST)
    owned = http.records("SELECT Id FROM PermissionSet WHERE IsOwnedByProfile = true AND Profile.Name LIKE 'System%'")
    grant = {"ParentId": owned[0]["Id"], "SobjectType": "Account", "Field": "Account.Segment__c"}
    http.create("FieldPermissions", **grant, PermissionsRead=True, PermissionsEdit=True)
    http.create("Account", Name="Good", Segment__c="smb")
    bad = http.call("POST", "sobjects/Account", json={"Name": "Bad", "Segment__c": "SMB"})
    refused(bad, 400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST")
    fields = http.call("GET", "sobjects/Account/describe").json()["fields"]
    segment = next(field for field in fields if field["name"] == "Segment__c")
    assert [value["value"] for value in segment["picklistValues"]] == ["smb", "big"]
