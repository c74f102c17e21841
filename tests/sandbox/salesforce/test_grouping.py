"""The Salesforce stand-in: counts by group, as the vendor answers them."""

from __future__ import annotations

from tests.sandbox.salesforce.conftest import Http, refused


def test_counts_by_group_leave_out_what_is_empty(http: Http) -> None:
    for name, industry, site in (("A", "Bank", "x"), ("B", "Bank", None), ("C", None, "y")):
        given = {"Name": name, "Industry": industry, "BillingCity": site}
        http.create("Account", **{key: value for key, value in given.items() if value})
    found = http.records("SELECT Industry, COUNT(Id) total, COUNT(BillingCity) site FROM Account GROUP BY Industry")
    by_industry = {each["Industry"]: (each["total"], each["site"]) for each in found}
    assert by_industry["Bank"] == (2, 1)
    assert by_industry[None][1] >= 1
    [whole] = http.records("SELECT COUNT(Id) total FROM Account")
    assert whole["total"] == sum(total for total, _ in by_industry.values())


def test_what_is_selected_is_grouped_or_counted(http: Http) -> None:
    refused(http.query("SELECT Name, COUNT(Id) FROM Account GROUP BY Industry"), 400, "MALFORMED_QUERY")
    refused(http.query("SELECT COUNT(Id) FROM Account GROUP BY Nothing"), 400, "INVALID_FIELD")
    refused(http.query("SELECT Description, COUNT(Id) FROM Account GROUP BY Description"), 400, "INVALID_FIELD")


def test_a_formula_joins_texts_and_is_empty_where_all_of_them_are(http: Http) -> None:
    http.create_field("Account.Place__c", type="Text", label="Place", formula='BillingCity & ", " & Parent.Name')
    holder = http.create("PermissionSet", Name="Support", Label="Support")
    grant = {"ParentId": holder, "SobjectType": "Account", "Field": "Account.Place__c", "PermissionsRead": True}
    http.create("FieldPermissions", **grant)
    own = http.session.get(f"{http.root}/services/oauth2/userinfo", timeout=10).json()["user_id"]
    http.create("PermissionSetAssignment", PermissionSetId=holder, AssigneeId=own)
    parent = http.create("Account", Name="Whole")
    http.create("Account", Name="Part", BillingCity="Kiel", ParentId=parent)
    found = http.records("SELECT Place__c FROM Account WHERE Name = 'Part'")
    assert found == [{"Place__c": "Kiel, Whole"}]
