"""The Salesforce stand-in, asked over HTTP and through the vendor's usual Python client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import SalesforceMalformedRequest

from sandbox.salesforce.identifier import is_id, long_id
from sandbox.salesforce.soql import QueryError, parse, select
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


def test_known_ids_get_the_vendors_suffix() -> None:
    assert long_id("001D000000IqhSL") == "001D000000IqhSLIAZ"
    assert is_id("001D000000IqhSLIAZ", "001")
    assert not is_id("001D000000IqhSLIAA")
    assert not is_id("001D000000IqhSL", "005")


def test_both_forms_of_an_id_find_the_record_and_long_ones_come_back(http: Http) -> None:
    identifier = http.create("PermissionSet", Name="Support", Label="Support")
    assert len(identifier) == 18
    answer = http.call("GET", f"sobjects/PermissionSet/{identifier[:15]}")
    assert answer.json()["Id"] == identifier
    found = http.records(f"SELECT Id FROM PermissionSet WHERE Id = '{identifier[:15]}'")
    assert found == [{"Id": identifier}]


def test_sign_in_is_checked_and_a_narrow_token_only_reads(live: LiveSandbox) -> None:
    refused(Http(live.url, "wrong").query("SELECT Id FROM Account"), 401, "INVALID_SESSION_ID")
    narrow = Http(live.url, "sandbox-narrow")
    assert narrow.query("SELECT Id FROM Account").status_code == 200
    refused(narrow.call("POST", "sobjects/Account", json={"Name": "x"}), 403, "INSUFFICIENT_ACCESS_OR_READONLY")
    rights = narrow.records("SELECT PermissionsCustomizeApplication FROM UserPermissionAccess")
    assert rights == [{"PermissionsCustomizeApplication": False}]
    assert not [entry for entry in live.log() if entry["writes"] and entry["status"] < 300]


def test_the_organisation_its_user_and_its_limits(http: Http) -> None:
    assert http.records("SELECT Id, Name FROM Organization") == [
        {"Id": long_id("00D5e000002hrt1"), "Name": "Halden Pay"}
    ]
    user = http.session.get(f"{http.root}/services/oauth2/userinfo", timeout=10).json()
    assert user["email"] == "integration@salesforce.example"
    answer = http.call("GET", "limits/")
    assert answer.json()["DailyApiRequests"]["Max"] == 100_000
    used, total = answer.headers["Sforce-Limit-Info"].removeprefix("api-usage=").split("/")
    assert int(used) >= 3 and total == "100000"


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        ("Name = 'ACME'", ["Acme"]),
        ("Name != 'Acme' ORDER BY Name", ["Beta", "gamma"]),
        ("Name LIKE 'G%'", ["gamma"]),
        ("Name IN ('Acme', 'Beta') ORDER BY Name DESC", ["Beta", "Acme"]),
        ("Name NOT IN ('Acme', 'Beta')", ["gamma"]),
        ("ARR__c = null", ["Beta"]),
        ("ARR__c != null AND NOT (ARR__c > 1000)", ["gamma"]),
        ("ARR__c >= 900 ORDER BY ARR__c DESC LIMIT 1", ["Acme"]),
        ("CSM__r.Email = 'dana@haldenpay.example'", ["Acme"]),
        ("(Name = 'Acme' OR Industry = 'banking') ORDER BY Name LIMIT 1 OFFSET 1", ["Beta"]),
    ],
)
def test_conditions(http: Http, condition: str, names: list[str]) -> None:
    assert [one["Name"] for one in http.records(f"SELECT Name FROM Account WHERE {condition}")] == names


def test_counts_ignore_nulls(http: Http) -> None:
    counts = http.records("SELECT COUNT(Id) total, COUNT(ARR__c) arr, COUNT(Industry) FROM Account")
    assert counts == [{"total": 3, "arr": 2, "expr2": 1}]
    answer = http.query("SELECT COUNT() FROM Account WHERE ARR__c = null").json()
    assert (answer["totalSize"], answer["records"]) == (1, [])
    refused(http.query("SELECT COUNT(Description) FROM Account"), 400, "INVALID_FIELD")


@pytest.mark.parametrize(
    ("soql", "code"),
    [
        ("SELECT Nope FROM Account", "INVALID_FIELD"),
        ("SELECT Id FROM Account WHERE Nope = 1", "INVALID_FIELD"),
        ("SELECT Id FROM Nope", "INVALID_TYPE"),
        ("SELECT Id FROM Account WHERE", "MALFORMED_QUERY"),
        ("SELECT Id FROM Account GROUP BY Name", "MALFORMED_QUERY"),
        ("SELECT Name, COUNT(Id) FROM Account", "MALFORMED_QUERY"),
        ("SELECT Id FROM Account WHERE Name = 'x", "MALFORMED_QUERY"),
        ("SELECT Id FROM Account LIMIT many", "MALFORMED_QUERY"),
    ],
)
def test_bad_queries_are_refused(http: Http, soql: str, code: str) -> None:
    refused(http.query(soql), 400, code)


def test_quotes_in_texts_are_escaped() -> None:
    query = parse(r"SELECT Id FROM Account WHERE Name = 'O\'Hara \\ Co'")
    rows = [{"Id": "1", "Name": "O'Hara \\ Co"}, {"Id": "2", "Name": "Other"}]
    found = select(query, list(rows), lambda row, path: row[path], lambda text: text)
    assert [row["Id"] for row in found] == ["1"]


def test_comparing_text_with_a_number_is_refused() -> None:
    query = parse("SELECT Id FROM Account WHERE Name > 5")
    with pytest.raises(QueryError) as refusal:
        select(query, [{"Id": "1", "Name": "a"}], lambda row, path: row[path], lambda text: text)
    assert refusal.value.code == "INVALID_FIELD"


def test_long_answers_come_in_pages(http: Http) -> None:
    for number in range(250):
        http.create("Account", Name=f"Account {number:03d}")
    soql = "SELECT Name FROM Account WHERE Name LIKE 'Account%' ORDER BY Name"
    first = http.call("GET", "query", params={"q": soql}, headers={"Sforce-Query-Options": "batchSize=200"}).json()
    assert (first["totalSize"], first["done"], len(first["records"])) == (250, False, 200)
    second = http.session.get(http.root + first["nextRecordsUrl"], timeout=10).json()
    assert second["done"] is True and "nextRecordsUrl" not in second
    names = [one["Name"] for one in first["records"] + second["records"]]
    assert names == [f"Account {number:03d}" for number in range(250)]
    refused(http.call("GET", "query/01gxx-200"), 400, "INVALID_QUERY_LOCATOR")


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


def test_throttling_and_outages_come_in_the_vendors_words(live: LiveSandbox, http: Http) -> None:
    live.fault(kind="throttle", system="salesforce", times=1, value=2)
    answer = http.query("SELECT Id FROM Account")
    refused(answer, 429, "REQUEST_LIMIT_EXCEEDED")
    assert answer.headers["Retry-After"] == "2"
    live.fault(kind="error_503", system="salesforce", times=1)
    refused(http.query("SELECT Id FROM Account"), 503, "SERVER_UNAVAILABLE")
    refused(http.call("GET", "nowhere/at/all/here"), 404, "NOT_FOUND")


class _OverHttp(requests.adapters.HTTPAdapter):
    """The library says https; the stand-in speaks http."""

    def __init__(self, root: str) -> None:
        super().__init__()
        self.root = root

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:
        path = "/services" + str(request.url).split("/services", 1)[1]
        request.url = self.root + path
        return super().send(request, *args, **more)


def test_simple_salesforce_works_unchanged(live: LiveSandbox) -> None:
    session = requests.Session()
    session.mount("https://", _OverHttp(f"{live.url}/salesforce"))
    client = Salesforce(session_id="sandbox", instance_url="https://acme.example", session=session)
    made = client.Account.create({"Name": "From the library"})
    assert client.Account.get(made["id"])["Name"] == "From the library"
    assert client.Account.update(made["id"], {"Industry": "Banking"}) == 204
    names = [one["Name"] for one in client.query_all_iter("SELECT Name FROM Account WHERE Industry = 'Banking'")]
    assert names == ["Beta", "From the library"]
    assert client.Account.delete(made["id"]) == 204
    with pytest.raises(SalesforceMalformedRequest):
        client.query("SELECT Nope FROM Account")
    assert client.api_usage["api-usage"].total == 100_000
    assert client.limits()["DailyApiRequests"]["Remaining"] < 100_000


def test_seed_mistakes_are_named() -> None:
    for broken in (
        {"accounts": [{"Name": "x", "Nope__c": 1}]},
        {"permission_sets": [{"name": "P", "users": ["nobody@x.example"]}]},
    ):
        with (
            pytest.raises(ValueError, match=r"no field Nope__c|no user has the address"),
            running_sandbox({"salesforce": broken}),
        ):
            pass


def test_seeded_permission_sets_are_there() -> None:
    sets = [{"name": "Sales", "label": "Sales team", "fields": {"Account.Industry": "read"}, "users": ["a@x.example"]}]
    seed = {"salesforce": {"users": [{"name": "Ann", "email": "a@x.example"}], "permission_sets": sets}}
    with running_sandbox(seed) as sandbox:
        http = Http(sandbox.url)
        parent = http.records("SELECT Id, Label FROM PermissionSet WHERE Name = 'Sales'")[0]
        assert parent["Label"] == "Sales team"
        rows = http.records(f"SELECT Field, PermissionsEdit FROM FieldPermissions WHERE ParentId = '{parent['Id']}'")
        assert rows == [{"Field": "Account.Industry", "PermissionsEdit": False}]
