"""The stand-in for HubSpot, by the vendor's documentation: what it refuses, and in which words."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.app import create_app
from sandbox.store import Store
from tests.sandbox.client import Client

GOOD = {"name": "arr", "label": "ARR", "type": "number", "fieldType": "number", "groupName": "companyinformation"}
PROPERTIES = "properties/companies"


@pytest.fixture
def server() -> Client:
    return Client(create_app(Store(), seed={"hubspot": {"companies": [{"name": "Shop"}]}}), token="sandbox")


def asked(server: Client, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    answer = server.call(method, f"/hubspot/crm/v3/{path}", body)
    return answer.status_code, answer.json() if answer.content else None


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"name": "ARR"}, "name"),
        ({"name": "hs_arr"}, "name"),
        ({"label": ""}, "label"),
        ({"type": "money"}, "type"),
        ({"fieldType": "text"}, "fieldType"),
        ({"groupName": "nowhere"}, "groupName"),
        ({"mood": "good"}, "mood"),
        ({"options": [{"label": "A", "value": "a"}]}, "options"),
        ({"type": "enumeration", "fieldType": "select"}, "options"),
        ({"type": "bool", "fieldType": "booleancheckbox", "options": [{"label": "Y", "value": "yes"}]}, "options"),
        ({"fieldType": "calculation_equation"}, "calculationFormula"),
    ],
)
def test_a_definition_that_cannot_be_is_refused_where_it_is_wrong(server: Client, change: Any, word: str) -> None:
    status, said = asked(server, "POST", PROPERTIES, {**GOOD, **change})
    assert (status, said["status"], said["category"]) == (400, "error", "VALIDATION_ERROR")
    assert said["correlationId"] and said["errors"][0]["in"] == word


def test_names_are_taken_once_even_when_archived(server: Client) -> None:
    assert asked(server, "POST", PROPERTIES, GOOD)[0] == 201
    assert asked(server, "POST", PROPERTIES, GOOD)[0] == 409
    assert asked(server, "DELETE", f"{PROPERTIES}/arr") == (204, None)
    assert asked(server, "GET", f"{PROPERTIES}/arr")[0] == 404
    assert [each["name"] for each in asked(server, "GET", f"{PROPERTIES}?archived=true")[1]["results"]] == ["arr"]
    assert asked(server, "POST", PROPERTIES, GOOD)[0] == 409
    assert asked(server, "PATCH", f"{PROPERTIES}/industry", {"label": "Trade"})[0] == 400
    assert asked(server, "DELETE", f"{PROPERTIES}/industry")[0] == 400
    assert asked(server, "PATCH", f"{PROPERTIES}/groups/companyinformation", {"label": "x"})[0] == 400


def test_records_hold_only_what_is_defined(server: Client) -> None:
    asked(server, "POST", PROPERTIES, GOOD)
    for values in ({"nothing": "1"}, {"arr": "much"}, {"hs_object_id": "5"}, {"hubspot_owner_id": "5"}):
        assert asked(server, "POST", "objects/companies", {"properties": values})[0] == 400
    ticket = {"subject": "x", "hs_pipeline": "0", "hs_pipeline_stage": "9"}
    assert asked(server, "POST", "objects/tickets", {"properties": ticket})[0] == 404
    made = asked(server, "POST", "objects/companies", {"properties": {"name": "A", "arr": 5}})[1]
    status, read = asked(server, "POST", "objects/companies/batch/read", {
        "properties": ["arr"], "inputs": [{"id": made["id"]}, {"id": "7"}],
    })  # fmt: skip
    assert (status, read["results"][0]["properties"]["arr"], read["numErrors"]) == (207, "5", 1)


def test_lists_and_searches_have_pages_and_ends(server: Client) -> None:
    for number in range(3):
        asked(server, "POST", "objects/companies", {"properties": {"name": f"Shop {number}"}})
    first = asked(server, "GET", "objects/companies?limit=2&properties=name")[1]
    second = asked(server, "GET", f"objects/companies?limit=2&after={first['paging']['next']['after']}")[1]
    assert len(first["results"]) + len(second["results"]) == 4 and "paging" not in second
    assert asked(server, "GET", "objects/companies?limit=101")[0] == 400
    has = {"propertyName": "industry", "operator": "NOT_HAS_PROPERTY"}
    found = asked(server, "POST", "objects/companies/search", {"filterGroups": [{"filters": [has]}], "limit": 1})[1]
    assert (found["total"], found["paging"]["next"]["after"]) == (4, "1")
    for body in (
        {"after": "9999", "limit": 2}, {"limit": 201}, {"filterGroups": [{"filters": [has] * 7}]},
        {"filterGroups": [{"filters": [{"propertyName": "none", "operator": "HAS_PROPERTY"}]}]},
    ):  # fmt: skip
        server.call("POST", "/sandbox/settings", {"hubspot": {"searches_a_second": 100}})
        assert asked(server, "POST", "objects/companies/search", body)[0] == 400, body


def test_a_pipeline_is_held_by_its_tickets_where_the_call_asks_and_a_stage_never_is(server: Client) -> None:
    stages = [{"label": label, "displayOrder": number} for number, label in enumerate(("New", "Done"))]
    made = asked(server, "POST", "pipelines/tickets", {"label": "Bugs", "displayOrder": 1, "stages": stages})[1]
    path, new = f"pipelines/tickets/{made['id']}", made["stages"][0]["id"]
    status, said = asked(server, "PATCH", f"{path}/stages/{new}", {"displayOrder": 3})
    assert (status, said["errors"][0]["in"]) == (400, "metadata")
    assert asked(server, "PATCH", f"{path}/stages/{new}", {"metadata": {"ticketState": "CLOSED"}})[0] == 200
    ticket = {"subject": "x", "hs_pipeline": made["id"], "hs_pipeline_stage": new}
    assert asked(server, "POST", "objects/tickets", {"properties": ticket})[0] == 201
    assert asked(server, "DELETE", f"{path}/stages/{new}?validateReferencesBeforeDelete=true") == (204, None)
    assert asked(server, "DELETE", f"{path}?validateReferencesBeforeDelete=true")[0] == 400
    assert asked(server, "DELETE", path) == (204, None)


def test_limits_and_scopes_are_the_vendors(server: Client) -> None:
    server.call("POST", "/sandbox/settings", {"hubspot": {"searches_a_second": 1, "scopes": ["tickets"]}})
    status, said = asked(server, "GET", PROPERTIES)
    assert (status, said["category"]) == (403, "MISSING_SCOPES")
    assert said["errors"][0]["context"]["requiredGranularScopes"] == ["crm.schemas.companies.read"]
    assert asked(server, "POST", "objects/tickets/search", {})[0] == 200
    status, said = asked(server, "POST", "objects/tickets/search", {})
    assert (status, said["policyName"]) == (429, "SECONDLY")
    answer = server.call("GET", "/hubspot/account-info/v3/details", None)
    assert answer.headers["x-hubspot-ratelimit-max"] == "100"
    wrong = server.call("POST", "/hubspot/oauth/v2/private-apps/get/access-token-info", {"tokenKey": "other"})
    assert wrong.status_code == 400


@pytest.mark.parametrize(
    "seed",
    [{"propertys": []}, {"properties": [{"name": "X"}]}, {"companies": [{"nothing": 1}]},
     {"companies": [{"name": "A", "hubspot_owner_id": "nobody@x.example"}]}],
)  # fmt: skip
def test_a_seed_that_cannot_be_is_said(seed: Any) -> None:
    with pytest.raises(ValueError, match=r"hubspot|company"):
        create_app(Store(), seed={"hubspot": seed})
