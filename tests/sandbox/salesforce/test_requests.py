"""The Salesforce stand-in: signing in, queries, limits, and the vendor's usual Python client."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import SalesforceMalformedRequest

from sandbox.salesforce.identifier import is_id, long_id
from sandbox.salesforce.soql import QueryError, parse, select
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.sandbox.salesforce.conftest import Http, refused


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
