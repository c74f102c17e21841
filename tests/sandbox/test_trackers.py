"""The stand-ins for Jira and Linear, by the vendors' documentation: what they refuse, and in which words."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from sandbox.app import create_app
from sandbox.store import Store
from tests.sandbox.client import Answer, Client

BASIC = {"authorization": "Basic " + base64.b64encode(b"ada@acme.example:sandbox").decode()}
SEED: dict[str, Any] = {
    "jira": {
        "projects": [{"key": "PAY", "priorities": ["High", "Medium"]}, {"key": "WEB"}],
        "components": [{"project": "WEB", "name": "Cart"}],
    },
    "linear": {"teams": [{"key": "PAY"}, {"key": "WEB"}], "labels": [{"name": "theirs", "team": "WEB"}]},
}


@pytest.fixture
def server() -> Client:
    return Client(create_app(Store(), seed=SEED), token=None)


def jira(server: Client, method: str, path: str, body: Any = None, version: int = 3) -> tuple[int, Any]:
    answer = server.call(method, f"/jira/rest/api/{version}/{path}", body, headers=BASIC)
    return answer.status_code, answer.json() if answer.content else None


def linear(server: Client, query: str, authorization: str = "sandbox", **variables: Any) -> tuple[int, Any]:
    answer = asked(server, query, authorization, variables)
    return answer.status_code, answer.json()


def asked(server: Client, query: str, authorization: str = "sandbox", variables: Any = None) -> Answer:
    body = {"query": query, "variables": variables or {}}
    return server.call("POST", "/linear/graphql", body, headers={"authorization": authorization})


def test_jira_wants_an_address_before_the_token(server: Client) -> None:
    assert server.call("GET", "/jira/rest/api/3/myself", headers={"authorization": "Bearer sandbox"}).status_code == 401
    assert jira(server, "GET", "myself")[0] == 200


def test_jira_names_every_field_that_is_wrong(server: Client) -> None:
    fields = {
        "project": {"key": "PAY"}, "issuetype": {"name": "Wish"}, "summary": "a\nb", "priority": {"name": "Highest"},
        "labels": ["from support"], "components": [{"name": "Cart"}], "mood": "bad", "description": {"type": "doc"},
    }  # fmt: skip
    status, said = jira(server, "POST", "issue", {"fields": fields}, version=2)
    assert status == 400 and said["errorMessages"] == []
    assert set(said["errors"]) == set(fields) - {"project"}
    status, said = jira(server, "POST", "issue", {"fields": {"project": {"key": "NONE"}}})
    assert (status, list(said["errors"])) == (400, ["project"])
    assert jira(server, "POST", "issue", {}) == (400, {"errorMessages": ["one of 'fields' or 'update' required"],
                                                       "errors": {}})  # fmt: skip


def test_jira_takes_a_plain_description_in_version_2_only(server: Client) -> None:
    fields = {"project": {"key": "PAY"}, "issuetype": {"name": "Bug"}, "summary": "x", "description": "text"}
    assert jira(server, "POST", "issue", {"fields": fields})[0] == 400
    status, made = jira(server, "POST", "issue", {"fields": fields}, version=2)
    assert (status, made["key"]) == (201, "PAY-1")
    assert jira(server, "GET", "issue/PAY-1")[1]["fields"]["priority"] == {"name": "Medium"}


def test_jira_components_keep_their_project_and_leave_their_issues(server: Client) -> None:
    status, made = jira(server, "POST", "component", {"project": "PAY", "name": "Till"})
    assert (status, made["project"]) == (201, "PAY")
    assert jira(server, "PUT", f"component/{made['id']}", {"project": "WEB"})[1]["project"] == "PAY"
    assert jira(server, "POST", "component", {"project": "PAY", "name": "TILL"})[1]["errors"]["name"]
    assert jira(server, "POST", "component", {"project": "PAY", "name": "x", "colour": "red"})[0] == 400
    fields = {"project": {"key": "PAY"}, "issuetype": {"name": "Bug"}, "summary": "x", "components": [{"name": "Till"}]}
    jira(server, "POST", "issue", {"fields": fields})
    assert jira(server, "GET", f"component/{made['id']}/relatedIssueCounts")[1]["issueCount"] == 1
    assert jira(server, "DELETE", f"component/{made['id']}") == (204, None)
    assert jira(server, "GET", "issue/PAY-1")[1]["fields"]["components"] == []
    assert jira(server, "GET", f"component/{made['id']}")[0] == 404


def test_jira_pages_hold_fifty_at_most(server: Client) -> None:
    for number in range(60):
        jira(server, "POST", "component", {"project": "PAY", "name": f"Part {number:02}"})
    page = jira(server, "GET", "project/PAY/component?startAt=50&maxResults=500")[1]
    assert (page["maxResults"], len(page["values"]), page["isLast"], page["total"]) == (50, 10, True, 60)
    assert jira(server, "GET", "project/PAY/component?startAt=x")[0] == 400


def test_linear_takes_a_key_without_bearer(server: Client) -> None:
    assert linear(server, "{ viewer { id } }")[0] == 200
    status, said = linear(server, "{ viewer { id } }", authorization="wrong")
    assert (status, said["errors"][0]["extensions"]["code"]) == (401, "AUTHENTICATION_ERROR")


def test_linear_says_no_with_success(server: Client) -> None:
    create = "mutation($input: IssueLabelCreateInput!) { issueLabelCreate(input: $input) { success } }"
    status, said = linear(server, create, input={"name": "THEIRS", "teamId": "WEB"})
    assert (status, said["data"]) == (200, None)
    assert "already exists" in said["errors"][0]["extensions"]["userPresentableMessage"]
    status, said = linear(server, '{ issueLabel(id: "none") { id } }')
    assert (status, said["errors"][0]["message"]) == (200, "Entity not found: IssueLabel")


def test_linear_refuses_what_its_schema_does_not_have(server: Client) -> None:
    status, said = linear(server, "{ viewer { mood } }")
    assert (status, said["errors"][0]["extensions"]["code"]) == (400, "GRAPHQL_VALIDATION_FAILED")
    update = 'mutation($input: IssueLabelUpdateInput!) { issueLabelUpdate(id: "x", input: $input) { success } }'
    assert linear(server, update, input={"teamId": "PAY"})[0] == 400, "a label's team never changes"
    issue = 'mutation($p: Int) { issueCreate(input: {title: "x", teamId: "PAY", priority: $p}) { success } }'
    assert linear(server, issue, p="2")[0] == 400, "a number is no text"
    assert linear(server, issue, p=2)[1]["data"]["issueCreate"]["success"] is True


def test_linear_counts_what_a_document_costs(server: Client) -> None:
    query = "{ teams(first: 10) { nodes { id key } pageInfo { hasNextPage } } }"
    answer = asked(server, query)
    assert answer.headers["x-complexity"] == "33", "10 times 1 + (1 + 0.2) + (1 + 0.1)"
    server.call("POST", "/sandbox/settings", {"linear": {"points_an_hour": 50}})
    refused = asked(server, query)
    assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (400, "RATELIMITED")


def test_linear_labels_of_another_team_are_refused(server: Client) -> None:
    label = linear(server, "{ issueLabels { nodes { id } } }")[1]["data"]["issueLabels"]["nodes"][0]["id"]
    issue = 'mutation($l: [String!]) { issueCreate(input: {title: "x", teamId: "PAY", labelIds: $l}) { success } }'
    assert "incorrect team" in json.dumps(linear(server, issue, l=[label])[1])
