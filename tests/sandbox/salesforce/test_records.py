"""The Salesforce stand-in: records, and who may see and hold what."""

from __future__ import annotations

from typing import Any

import requests

from sandbox.salesforce.identifier import long_id
from tests.sandbox.salesforce.conftest import TEXT, Http, refused


def test_a_field_made_by_api_is_invisible_until_access_is_granted(http: Http) -> None:
    http.create_field("Account.Note__c", **TEXT)
    account = http.records("SELECT Id FROM Account WHERE Name = 'Acme'")[0]["Id"]

    def described() -> list[str]:
        return [field["name"] for field in http.call("GET", "sobjects/Account/describe").json()["fields"]]

    refused(http.query("SELECT Note__c FROM Account"), 400, "INVALID_FIELD")
    refused(http.call("PATCH", f"sobjects/Account/{account}", json={"Note__c": "x"}), 400, "INVALID_FIELD")
    assert "Note__c" not in described() and "ARR__c" in described()
    listed = http.records("SELECT DeveloperName FROM CustomField WHERE TableEnumOrId = 'Account'", tooling=True)
    assert {"DeveloperName": "Note"} in listed

    parent = http.create("PermissionSet", Name="Support", Label="Support")
    grant = {"ParentId": parent, "SobjectType": "Account", "Field": "Account.Note__c", "PermissionsRead": True}
    permission = http.create("FieldPermissions", **grant)
    assert "Note__c" not in described()
    me = http.session.get(f"{http.root}/services/oauth2/userinfo", timeout=10).json()["user_id"]
    http.create("PermissionSetAssignment", PermissionSetId=parent, AssigneeId=me)
    assert "Note__c" in described()
    read_only = http.call("PATCH", f"sobjects/Account/{account}", json={"Note__c": "x"})
    refused(read_only, 400, "INVALID_FIELD_FOR_INSERT_UPDATE")
    changed = http.call("PATCH", f"sobjects/FieldPermissions/{permission}", json={"PermissionsEdit": True})
    assert changed.status_code == 204
    assert http.call("PATCH", f"sobjects/Account/{account}", json={"Note__c": "x"}).status_code == 204
    assert http.records("SELECT Note__c FROM Account WHERE Name = 'Acme'") == [{"Note__c": "x"}]


def test_records_are_checked_as_the_vendor_checks_them(http: Http) -> None:
    def post(name: str, **body: Any) -> requests.Response:
        return http.call("POST", f"sobjects/{name}", json=body)

    assert refused(post("Account"), 400, "REQUIRED_FIELD_MISSING")["fields"] == ["Name"]
    refused(post("Account", Name="x", Nope=1), 400, "INVALID_FIELD")
    refused(post("Account", Name="x", CreatedDate="2026-01-01"), 400, "INVALID_FIELD_FOR_INSERT_UPDATE")
    refused(post("Account", Name="x", AnnualRevenue="much"), 400, "JSON_PARSER_ERROR")
    refused(post("Account", Name="x" * 256), 400, "STRING_TOO_LONG")
    refused(post("Account", Name="x", ParentId="nonsense"), 400, "MALFORMED_ID")
    refused(post("Account", Name="x", ParentId=long_id("0015e00000zzzzz")), 400, "INVALID_CROSS_REFERENCE_KEY")
    refused(post("Account", Name="x", ParentId=long_id("0055e00000zzzzz")), 400, "FIELD_INTEGRITY_EXCEPTION")
    refused(post("Organization", Name="x"), 400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY")
    refused(post("Nope", Name="x"), 404, "NOT_FOUND")
    refused(http.call("POST", "sobjects/Account", data="{"), 400, "JSON_PARSER_ERROR")
    refused(http.call("GET", "sobjects/Account/0015e00000zzzzz"), 404, "NOT_FOUND")
    account = http.create("Account", Name="x")
    refused(http.call("PATCH", f"sobjects/Account/{account}", json={"Name": None}), 400, "REQUIRED_FIELD_MISSING")
    assert http.call("GET", f"sobjects/Account/{account}?fields=Name").json()["Name"] == "x"
    assert http.call("DELETE", f"sobjects/Account/{account}").status_code == 204
    refused(http.call("DELETE", f"sobjects/Account/{account}"), 404, "ENTITY_IS_DELETED")


def test_permission_sets(http: Http) -> None:
    parent = http.create("PermissionSet", Name="Support", Label="Support")

    def post(name: str, **body: Any) -> requests.Response:
        return http.call("POST", f"sobjects/{name}", json=body)

    refused(post("PermissionSet", Name="support", Label="x"), 400, "DUPLICATE_DEVELOPER_NAME")
    refused(post("PermissionSet", Name="Two words", Label="x"), 400, "FIELD_INTEGRITY_EXCEPTION")
    arr = {"ParentId": parent, "SobjectType": "Account", "Field": "Account.ARR__c"}
    refused(post("FieldPermissions", **arr, PermissionsRead=False), 400, "FIELD_INTEGRITY_EXCEPTION")
    refused(post("FieldPermissions", **arr, PermissionsEdit=True), 400, "FIELD_INTEGRITY_EXCEPTION")
    row = http.create("FieldPermissions", **arr, PermissionsRead=True)
    refused(post("FieldPermissions", **arr, PermissionsRead=True), 400, "DUPLICATE_VALUE")
    nothing = http.call("PATCH", f"sobjects/FieldPermissions/{row}", json={"PermissionsRead": False})
    refused(nothing, 400, "FIELD_INTEGRITY_EXCEPTION")
    name = {**arr, "Field": "Account.Name", "PermissionsRead": True}
    refused(post("FieldPermissions", **name), 400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST")

    user = http.records("SELECT Id FROM User WHERE Email = 'dana@haldenpay.example'")[0]["Id"]
    held = http.create("PermissionSetAssignment", PermissionSetId=parent, AssigneeId=user)
    again = post("PermissionSetAssignment", PermissionSetId=parent, AssigneeId=user)
    refused(again, 400, "DUPLICATE_VALUE")
    changed = http.call("PATCH", f"sobjects/PermissionSetAssignment/{held}", json={"AssigneeId": user})
    refused(changed, 400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY")
    assert http.records(f"SELECT Assignee.Email FROM PermissionSetAssignment WHERE Id = '{held}'") == [
        {"Assignee": {"attributes": {"type": "Assignee"}, "Email": "dana@haldenpay.example"}}
    ]
    refused(http.call("DELETE", f"sobjects/PermissionSet/{parent}"), 400, "DELETE_FAILED")
    assert http.call("DELETE", f"sobjects/PermissionSetAssignment/{held}").status_code == 204
    assert http.call("DELETE", f"sobjects/PermissionSet/{parent}").status_code == 204
    assert http.records(f"SELECT Id FROM FieldPermissions WHERE ParentId = '{parent}'") == []


def test_queues_are_groups_with_objects_that_cannot_change(http: Http) -> None:
    queue = http.create("Group", Name="CSM intake", Type="Queue")
    assert http.records(f"SELECT DeveloperName FROM Group WHERE Id = '{queue}'") == [{"DeveloperName": "CSM_intake"}]
    row = http.create("QueueSobject", QueueId=queue, SobjectType="Case")
    change = http.call("PATCH", f"sobjects/QueueSobject/{row}", json={"SobjectType": "Account"})
    refused(change, 400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY")
    plain = http.create("Group", Name="Plain", Type="Regular")
    no_queue = http.call("POST", "sobjects/QueueSobject", json={"QueueId": plain, "SobjectType": "Case"})
    refused(no_queue, 400, "FIELD_INTEGRITY_EXCEPTION")
    assert http.call("DELETE", f"sobjects/Group/{queue}").status_code == 204
    refused(http.call("GET", f"sobjects/QueueSobject/{row}"), 404, "NOT_FOUND")


def test_users_hold_the_permission_set_of_their_profile(http: Http) -> None:
    profile = http.records("SELECT Id FROM Profile WHERE Name = 'System Administrator'")[0]["Id"]
    user = http.create(
        "User",
        Username="n@x.example",
        LastName="New",
        FirstName="Nia",
        Alias="nia",
        Email="n@x.example",
        ProfileId=profile,
    )
    assert http.records(f"SELECT Name, IsActive FROM User WHERE Id = '{user}'") == [
        {"Name": "Nia New", "IsActive": True}
    ]
    held = http.records(
        f"SELECT PermissionSet.IsOwnedByProfile FROM PermissionSetAssignment WHERE AssigneeId = '{user}'"
    )
    assert held[0]["PermissionSet"]["IsOwnedByProfile"] is True
    assert http.call("PATCH", f"sobjects/User/{user}", json={"LastName": "Newer"}).status_code == 204
    assert http.records(f"SELECT Name FROM User WHERE Id = '{user}'") == [{"Name": "Nia Newer"}]
