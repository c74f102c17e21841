"""What the account says of itself, one call for each question, and a fault where its answer is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast, get_args

import pytest

from config.results.standing import AccountQuestion
from provisioners.errors import SystemFault
from provisioners.zendesk.account_answers import account_answer
from provisioners.zendesk.client import Reply, ZendeskClient
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.zendesk_workspace import connection


@pytest.fixture
def sandbox() -> Iterator[LiveSandbox]:
    with running_sandbox({"zendesk": {"plan": "enterprise"}}) as running:
        yield running


def answer(sandbox: LiveSandbox, asked: AccountQuestion) -> Mapping[str, Any]:
    found = account_answer(ZendeskClient(connection(sandbox.url, read_only=True)), asked)
    assert found is not None
    return found


OF_OTHERS = ("crm_rights", "crm_page", "crm_apps", "issues_made")


@pytest.mark.parametrize("question", [each for each in get_args(AccountQuestion) if each not in OF_OTHERS])
def test_each_question_takes_one_call_that_reads(sandbox: LiveSandbox, question: AccountQuestion) -> None:
    sandbox.clear_log()
    answer(sandbox, question)
    assert [entry["method"] for entry in sandbox.log()] == ["GET"]


def test_who_is_asked_something_else_says_nothing(sandbox: LiveSandbox) -> None:
    assert account_answer(ZendeskClient(connection(sandbox.url, read_only=True)), "weather") is None


def test_the_audit_log_is_there_where_the_plan_has_it(sandbox: LiveSandbox) -> None:
    assert answer(sandbox, "audit_log") == {"readable": True, "newest": ""}
    conditions = {"all": [{"field": "status", "operator": "is", "value": "new"}], "any": []}
    rule = {"title": "T", "conditions": conditions, "actions": [{"field": "status", "value": "open"}]}
    sandbox.zendesk("POST", "triggers", {"trigger": rule})
    assert answer(sandbox, "audit_log")["newest"] > "2020"
    sandbox.settings("zendesk", plan="team")
    said = answer(sandbox, "audit_log")
    assert (said["readable"], "Enterprise" in said["why"]) == (False, True)


@pytest.mark.parametrize(
    ("settings", "sso", "password"),
    [
        ({}, False, True),
        ({"remote_login": True}, True, True),
        ({"remote_login": True, "zendesk_login": False}, True, False),
        ({"google_login": True, "enforce_sso": True}, True, False),
        ({"office_365_login": True}, True, True),
        ({"zendesk_login": False}, False, False),
    ],
)
def test_how_the_team_signs_in(sandbox: LiveSandbox, settings: dict[str, bool], sso: bool, password: bool) -> None:
    sandbox.settings("zendesk", sign_in=settings)
    assert answer(sandbox, "sign_in") == {"single_sign_on": sso, "password": password}


def test_whether_tickets_are_handed_out(sandbox: LiveSandbox) -> None:
    assert answer(sandbox, "routing") == {"on": False, "by_skill": False}
    sandbox.zendesk("PUT", "account/settings", {"settings": {"routing": {"enabled": True}}})
    assert answer(sandbox, "routing") == {"on": True, "by_skill": False}
    sandbox.zendesk("PUT", "account/settings", {"settings": {"tickets": {"using_skill_based_routing": True}}})
    assert answer(sandbox, "routing") == {"on": True, "by_skill": True}


class _Guard:
    system = "helpdesk"


class _Says:
    """A client that gets this answer to whatever it asks, or this fault."""

    guard = _Guard()

    def __init__(self, body: dict[str, Any], fault: SystemFault | None = None) -> None:
        self.body, self.fault = body, fault

    def get(self, path: str, **query: Any) -> Reply:
        if self.fault:
            raise self.fault
        return Reply(self.body, {})


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("audit_log", {}),
        ("audit_log", {"audit_logs": None}),
        ("sign_in", {"security_settings": {}}),
        ("sign_in", {"security_settings": {"authentication": {"agent": {"zendesk_login": None}}}}),
        ("sign_in", {}),
        ("routing", {"settings": {}}),
        ("routing", {"settings": {"routing": {"enabled": None}}}),
    ],
)
def test_an_answer_that_is_none_is_never_taken_for_a_no(question: str, body: dict[str, Any]) -> None:
    with pytest.raises(SystemFault) as caught:
        account_answer(cast(ZendeskClient, _Says(body)), question)
    assert caught.value.code == "unreachable"


def test_a_log_that_is_down_is_not_a_log_that_is_not_there() -> None:
    down = SystemFault("unreachable", "GET audit_logs", "HTTP 503", status=503)
    with pytest.raises(SystemFault):
        account_answer(cast(ZendeskClient, _Says({}, down)), "audit_log")


def test_apps_that_are_installed() -> None:
    apps = [{"app_id": "1", "settings": {"name": "Jira"}}, {"app_id": "2", "settings": {}, "enabled": False}]
    with running_sandbox({"zendesk": {"installations": apps}}) as running:
        assert answer(running, "helpdesk_apps") == {"apps": ["Jira"]}


def test_what_was_changed_over_the_api_on_tickets_that_became_issues(sandbox: LiveSandbox) -> None:
    field = sandbox.zendesk("POST", "ticket_fields", {"ticket_field": {"title": "State", "type": "text"}})
    number = field["ticket_field"]["id"]
    made = {"subject": "S", "comment": {"body": "B"}, "tags": ["golive-escalated-bug"]}
    ticket = sandbox.zendesk("POST", "tickets", {"ticket": made})["ticket"]
    assert answer(sandbox, "issues_back")["tickets"] == [
        {"ticket": str(ticket["id"]), "escalation": "bug", "changes": {}}
    ]
    sandbox.zendesk("PUT", f"tickets/{ticket['id']}", {"ticket": {"custom_fields": [{"id": number, "value": "done"}]}})
    [found] = answer(sandbox, "issues_back")["tickets"]
    assert found["changes"] == {str(number): "done"}
