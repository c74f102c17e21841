"""What webhooks call reaches the other stand-ins, and the log says what came back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.live_sandbox import LiveSandbox, running_sandbox

SEED = {
    "slack": {
        "channels": [{"name": "alerts", "bot": True}, {"name": "elsewhere"}, {"name": "shut", "archived": True}],
        "incoming_webhooks": [
            {"channel": "elsewhere", "address": "T1/B1/x"},
            {"channel": "shut", "address": "T1/B1/y"},
        ],
    }
}


@pytest.fixture
def live() -> Iterator[LiveSandbox]:
    with running_sandbox(SEED) as sandbox:
        yield sandbox


def called(live: LiveSandbox, path: str, *, token: str = "sandbox", body: str = '{"text": "P1 <!here>"}') -> Any:
    """The attempt of the one call that a new ticket's rule makes; None where none is logged."""
    webhook = {
        "name": "W", "status": "active", "endpoint": path if "://" in path else f"{live.url}{path}",
        "http_method": "POST", "request_format": "json", "subscriptions": ["conditional_ticket_events"],
    }  # fmt: skip
    if token:
        webhook["authentication"] = {"type": "bearer_token", "data": {"token": token}, "add_position": "header"}
    made = live.zendesk("POST", "webhooks", {"webhook": webhook})["webhook"]["id"]
    trigger = {
        "title": "T",
        "conditions": {"all": [{"field": "update_type", "operator": "is", "value": "Create"}], "any": []},
        "actions": [{"field": "notification_webhook", "value": [made, body]}],
    }
    live.zendesk("POST", "triggers", {"trigger": trigger})
    live.zendesk("POST", "tickets", {"ticket": {"subject": "S", "comment": {"body": "B"}}})
    listed = live.zendesk("GET", f"webhooks/{made}/invocations")["invocations"]
    if not listed:
        return None
    (attempt,) = live.zendesk("GET", f"webhooks/{made}/invocations/{listed[0]['id']}/attempts")["attempts"]
    assert attempt["status_code"] == listed[0]["status_code"]
    assert attempt["request"]["payload"] == body
    return attempt


def channel(live: LiveSandbox, name: str) -> str:
    return next(key for key, row in live.store.table("slack", "channels").items() if row["name"] == name)


def texts(live: LiveSandbox) -> list[str]:
    return [row["text"] for row in live.store.table("slack", "messages").values()]


def test_a_post_arrives_and_its_answer_is_kept(live: LiveSandbox) -> None:
    attempt = called(live, f"/slack/api/chat.postMessage?channel={channel(live, 'alerts')}")
    assert attempt["status_code"] == 200 and json.loads(attempt["response"]["payload"])["ok"] is True
    assert texts(live) == ["P1 <!here>"]
    assert "sandbox" not in json.dumps(attempt["request"]["headers"])


@pytest.mark.parametrize(
    ("where", "token", "error"),
    [("elsewhere", "sandbox", "not_in_channel"), ("shut", "sandbox", "is_archived"),
     ("alerts", "other", "invalid_auth"),
     ("alerts", "", "not_authed")],
)  # fmt: skip
def test_a_refusal_has_status_200_and_says_so_in_its_body(
    where: str, token: str, error: str, live: LiveSandbox
) -> None:
    attempt = called(live, f"/slack/api/chat.postMessage?channel={channel(live, where)}", token=token)
    assert (attempt["status"], attempt["status_code"]) == ("success", 200)
    assert json.loads(attempt["response"]["payload"]) == {"ok": False, "error": error}
    assert texts(live) == []


@pytest.mark.parametrize(
    ("address", "body", "status", "answer"),
    [("T1/B1/x", '{"text": "Hi"}', 200, "ok"), ("T1/B1/z", '{"text": "Hi"}', 404, "no_service"),
     ("T1/B1/y", '{"text": "Hi"}', 410, "channel_is_archived"), ("T1/B1/x", "{}", 400, "no_text"),
     ("T1/B1/x", "{", 400, "invalid_payload")],
)  # fmt: skip
def test_incoming_webhooks_answer_in_plain_text(
    address: str, body: str, status: int, answer: str, live: LiveSandbox
) -> None:
    attempt = called(live, f"/slack/services/{address}", token="", body=body)
    assert (attempt["status_code"], attempt["response"]["payload"]) == (status, answer)
    assert texts(live) == (["Hi"] if status == 200 else [])


def test_what_goes_elsewhere_is_kept_and_not_sent(live: LiveSandbox) -> None:
    assert called(live, "https://hooks.slack.example/services/T1/B1/x") is None
    assert called(live, "/inbox/pager")["status_code"] == 200


def test_a_fault_in_slack_is_what_comes_back(live: LiveSandbox) -> None:
    live.fault(kind="error_500", system="slack", path="chat.postMessage", times=1)
    attempt = called(live, f"/slack/api/chat.postMessage?channel={channel(live, 'alerts')}")
    assert (attempt["status"], attempt["status_code"]) == ("failed", 500)
