"""An alert tried from end to end without the engine: what a trial takes for its own, and what it leaves behind."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from config.results import alerts_test
from golive.launch.alert_trials import LiveAlert, Tried, try_alert
from golive.launch.trying import STOPPED
from provisioners.system import Connection, systems
from provisioners.trial import TrialMail, TrialRule, Trials
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.declared import settings

SEED = {"slack": {"channels": [{"name": "alerts", "bot": True}]}}
SENDER = "ops@acme.example"


@pytest.fixture
def live() -> Iterator[LiveSandbox]:
    with running_sandbox(SEED) as sandbox:
        sandbox.zendesk("POST", "users", {"user": {"name": "Ops", "email": SENDER}})
        yield sandbox


def tried(live: LiveSandbox, stop: threading.Event | None = None) -> Tried:
    def connection(type_: str) -> Connection:
        return Connection(type_, settings(type_, f"{live.url}/{type_}"), False, stop=stop or threading.Event())

    trials, posts = systems()["zendesk"].trials(connection("zendesk")), systems()["slack"].posts(connection("slack"))
    assert trials is not None and posts is not None
    return Tried(trials, posts)


def alert(live: LiveSandbox, text: str = "{{ticket.title}}", *, active: bool = True) -> LiveAlert:
    channel = next(key for key, row in live.store.table("slack", "channels").items() if row["name"] == "alerts")
    webhook = live.zendesk("POST", "webhooks", {"webhook": {
        "name": "W", "status": "active", "endpoint": f"{live.url}/slack/api/chat.postMessage", "http_method": "POST",
        "request_format": "json", "subscriptions": ["conditional_ticket_events"],
        "authentication": {"type": "bearer_token", "data": {"token": "sandbox"}, "add_position": "header"},
    }})["webhook"]["id"]  # fmt: skip
    trigger = live.zendesk("POST", "triggers", {"trigger": {
        "title": "P1", "active": active,
        "conditions": {"all": [{"field": "priority", "operator": "is", "value": "urgent"}], "any": []},
        "actions": [
            {"field": "notification_webhook", "value": [webhook, json.dumps({"channel": channel, "text": text})]},
            {"field": "current_tags", "value": "golive-alert-p1"},
        ],
    }})["trigger"]["id"]  # fmt: skip
    rule = tried(live).trials.rule(str(trigger), waits=False)
    assert rule is not None and rule.active is active
    return LiveAlert("p1", "P1", rule, "alerts", channel, "" if active else "rollout", "Urgent tickets post to #alerts")


def sent(
    live: LiveSandbox, tells: LiveAlert, stop: threading.Event | None = None, first: Trials | None = None
) -> alerts_test.TestedAlert:
    stop = stop or threading.Event()
    ways = tried(live, stop)
    return try_alert(tells, Tried(first or ways.trials, ways.posts), tried(live), SENDER, timedelta(seconds=1), stop)


def texts(live: LiveSandbox) -> list[str]:
    return [row["text"] for row in live.store.table("slack", "messages").values()]


def left(live: LiveSandbox) -> dict[str, list[Any]]:
    """Tickets, copies of rules and customers of a trial that are still there."""
    tickets = [each["id"] for each in live.zendesk("GET", "tickets")["tickets"]]
    copies = [each["title"] for each in live.zendesk("GET", "triggers")["triggers"] if "golive tries" in each["title"]]
    users = [each["email"] for each in live.zendesk("GET", "users")["users"] if "golive-" in str(each["email"])]
    deleted = live.zendesk("GET", "deleted_users")["deleted_users"]
    return {"tickets": tickets, "copies": copies, "users": users, "deleted": deleted}


NOTHING: dict[str, list[Any]] = {"tickets": [], "copies": [], "users": [], "deleted": []}


def test_it_arrives_and_the_senders_own_user_stays(live: LiveSandbox) -> None:
    seen = sent(live, alert(live))
    assert (seen.result, seen.left) == ("pass", ""), seen.said
    assert (left(live), texts(live)) == (NOTHING, [])
    assert SENDER in [each["email"] for each in live.zendesk("GET", "users")["users"]]


def test_nobody_is_deleted_who_was_known_before_the_trial(live: LiveSandbox) -> None:
    trials = tried(live).trials
    for since, stays in ((datetime.now(UTC) + timedelta(seconds=5), True), (datetime.now(UTC), False)):
        requester = {"name": "New", "email": "new@acme.example"}
        made = {"subject": "golive-1", "comment": {"body": "Text"}, "requester": requester}
        live.zendesk("POST", "tickets", {"ticket": made})
        ticket = trials.find("golive-1")
        assert ticket is not None
        assert ("knew before the trial" in trials.clean_up(ticket, "new@acme.example", since)) is stays
        assert ("new@acme.example" in [each["email"] for each in live.zendesk("GET", "users")["users"]]) is stays
        if stays:
            live.zendesk("DELETE", f"users/{ticket.requester_id}")


def test_a_post_that_may_be_a_real_tickets_stays_and_is_no_pass(live: LiveSandbox) -> None:
    seen = sent(live, alert(live, "P1 at once"))
    assert (seen.result, texts(live)) == ("warn", ["P1 at once"])
    assert "may be a real ticket's" in seen.said and "{{ticket.title}}" in seen.said
    assert seen.left == "the post in #alerts, which may be a real ticket's"
    assert left(live) == NOTHING


@pytest.mark.parametrize("active", [True, False])
def test_what_is_stopped_is_taken_away_and_not_judged(
    live: LiveSandbox, active: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    tells, stop = alert(live, active=active), threading.Event()
    helpdesk = tried(live, stop).trials
    make = helpdesk.open_ticket

    def made(mail: TrialMail, rule: TrialRule) -> None:
        make(mail, rule)
        stop.set()

    monkeypatch.setattr(helpdesk, "open_ticket", made)
    seen = sent(live, tells, stop, helpdesk)
    assert (seen.result, seen.said, seen.left) == ("skipped", STOPPED, "")
    assert (left(live), texts(live)) == (NOTHING, [])


def test_a_copy_whose_answer_was_lost_is_found_and_deleted(live: LiveSandbox) -> None:
    tells = alert(live, active=False)
    live.fault(kind="cut_after", system="zendesk", method="POST", path="/triggers$", times=1)
    seen = sent(live, tells)
    assert (live.fired(), seen.result, seen.left) == (1, "fail", "")
    assert left(live) == NOTHING


def test_what_to_do_is_said_where_the_rule_does_not_act(live: LiveSandbox) -> None:
    tells = alert(live)
    rule = tells.rule
    assert rule is not None
    live.zendesk("PUT", f"triggers/{rule.id}", {"trigger": {"active": False}})
    seen = sent(live, tells)
    assert seen.result == "fail"
    assert "It says: Urgent tickets post to #alerts." in seen.said and "under Events" in seen.said
