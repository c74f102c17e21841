"""Slack through the command line: channels, user groups and alerts in a round, and alerts through the whole way."""

from __future__ import annotations

import json
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from config.results import alerts_test
from golive.launch.alert_trials import LiveAlert, judged, refusal, why_not_tried, with_limits
from golive.launch.trying import STOPPED
from golive.terminal.exits import Exit
from golive.verbs import alerts
from provisioners.posts import Post
from provisioners.trial import TrialCall, TrialRule
from tests.cli.conftest import new_workspace
from tests.cli.workspace import Ran, Workspace
from tests.live_sandbox import running_sandbox

SEED: dict[str, Any] = {
    "zendesk": {"plan": "suite_professional"},
    "slack": {
        "users": [{"name": "Ana Sol", "email": "ana@acme.example"}, {"name": "Ben Okoro", "email": "ben@acme.example"}],
        "channels": [{"name": "bugs"}, {"name": "workshop"}, {"name": "old", "archived": True},
                     {"name": "board", "private": True}],
        "incoming_webhooks": [{"channel": "workshop", "address": "T1/B1/x"}],
    },
}  # fmt: skip
PEOPLE = """
schedules:
  never: {name: Never, time_zone: UTC, hours: {mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: []}}
on_call:
  nights: {name: Nights, outside: never, priorities: [urgent], people: [ana]}
webhooks:
  pager: {name: Pager, url: env:PAGER_URL, auth: {bearer: env:PAGER_TOKEN}}
trigger_categories: {alarm: {name: Alarm}}
triggers:
  wake:
    name: Wake somebody
    category: alarm
    when: [{field: priority, changed_to: urgent}, {outside_hours: never}]
    then: [{call: webhooks/pager, body: {message: "P1 {{ticket.title}}", link: "{{ticket.link}}"}}]
groups: {desk: {name: Desk}}
people:
  ana: {name: Ana Sol, email: ana@acme.example, role: agent, groups: [desk]}
  ben: {name: Ben Okoro, email: ben@acme.example, role: agent}
integrations:
  slack:
"""
CHANNELS = (
    PEOPLE
    + """\
    channels:
      urgent: {name: urgent, groups: [desk]}
      bugs: {name: bugs, existing: true}
      workshop: {name: workshop, existing: true, incoming_webhook: env:WORKSHOP_WEBHOOK}
    user_groups:
      on_duty: {name: On duty, handle: on-duty, groups: [desk], people: [ben]}
    alerts:
      p1: {name: P1, to: urgent, when: [{field: priority, changed_to: urgent}], text: "P1 {{ticket.title}}"}
      bug: {name: Bug, to: bugs, when: [{field: tags, has: bug}], text: "{{ticket.title}} {{ticket.link}}"}
      repair: {name: Repair, to: workshop, when: [{field: tags, has: repair}], text: "{{ticket.title}} <!channel>"}
      slow: {name: Slow, to: urgent, when: [{field: status, is: open}, {hours_since: open, is: 4h}], text: Old}
      later: {name: Later, to: urgent, phase: rollout, when: [{event: created}], text: "{{ticket.link}}"}
"""
)


@pytest.fixture(scope="module")
def slack(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with running_sandbox(SEED) as sandbox, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAGER_URL", f"{sandbox.url}/pager")
        patch.setenv("WORKSHOP_WEBHOOK", f"{sandbox.url}/slack/services/T1/B1/x")
        workspace = new_workspace(tmp_path_factory.mktemp("slack"), sandbox)
        for file in (workspace.root / "config").glob("*.yaml"):
            if file.name != "company.yaml":
                file.unlink()
        (workspace.root / "config" / "company.yaml").write_text(
            "company: {name: Acme, default_locale: en-US}\nroles: {agent: {name: Agent, like: agent}}\n"
        )
        (workspace.root / "config" / "own.yaml").write_text(CHANNELS)
        workspace.first = workspace.plan().document
        workspace.up()
        yield workspace


def lists(workspace: Workspace) -> Counter[str]:
    """How often each list of Slack was asked for since the log was cleared."""
    asked = Counter(each["path"].removeprefix("/api/") for each in workspace.sandbox.log() if each["system"] == "slack")
    return Counter({name: number for name, number in asked.items() if name.endswith(".list")})


def sent(workspace: Workspace, *more: str) -> Ran:
    return workspace.golive("alerts", "test", "--yes", "--wait", "5", "--json", *more)


def results(ran: Ran) -> dict[str, str]:
    return {each["alert"]: each["result"] for each in ran.checked("alerts-test")["alerts"]}


def test_the_next_plan_is_empty_and_each_list_was_asked_for_once(slack: Workspace) -> None:
    slack.sandbox.clear_log()
    slack.is_settled()
    assert lists(slack) == {"conversations.list": 1, "usergroups.list": 1}


def test_the_first_plan_says_where_the_bot_is_missing(slack: Workspace) -> None:
    said = [each for each in slack.first["cautions"] if "The bot is not in" in each]
    assert len(said) == 1 and "#bugs" in said[0]


def test_alerts_through_the_whole_way(slack: Workspace) -> None:
    ran = sent(slack)
    assert ran.code == Exit.FAILED
    assert results(ran) == {"p1": "pass", "bug": "fail", "repair": "warn", "slow": "warn", "later": "pass"}
    said = {each["alert"]: each for each in ran.document["alerts"]}
    assert said["p1"]["text"].startswith("P1 ")
    assert (said["bug"]["status"], "not_in_channel" in said["bug"]["said"]) == (200, True)
    assert "takes that for success" in said["bug"]["said"]
    assert "looks once an hour" in said["slow"]["said"] and "which sleeps until the rollout" in said["later"]["said"]
    assert not [each for each in slack.titles("triggers") if "golive tries" in each], "no copy of a rule is left"
    assert slack.listed("tickets") == [] and slack.zendesk("GET", "deleted_tickets")["deleted_tickets"] == []
    left = slack.sandbox.store.table("slack", "messages").values()
    assert ["Old" if each["text"] == "Old" else each["text"][-13:] for each in left] == ["&lt;!channel>", "Old"], (
        "the bot cannot delete what it cannot see, and leaves alone what may be a real ticket's"
    )
    slack.sandbox.store.table("slack", "messages").clear()
    assert slack.golive("alerts", "test", "nobody", "--yes").code == Exit.USAGE


def test_a_fault_of_the_helpdesk_is_its_own(slack: Workspace) -> None:
    slack.sandbox.fault(kind="error_500", system="zendesk", method="GET", path="/(triggers|automations)/")
    ran = sent(slack, "p1")
    slack.sandbox.heal()
    assert (ran.code, ran.document["error"]["code"]) == (Exit.FAILED, "unreachable"), ran.err


def test_a_run_that_is_stopped_tries_no_more_and_notes_nothing(
    slack: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def stops(alert: LiveAlert, *rest: Any) -> alerts_test.TestedAlert:
        asked.append(alert.key)
        signal.raise_signal(signal.SIGINT)
        return alerts_test.TestedAlert(alert.key, alert.name, "skipped", STOPPED)

    monkeypatch.setattr(alerts, "try_alert", stops)
    monkeypatch.setattr(alerts, "_note", lambda *given: asked.append("noted"))
    ran = sent(slack)
    assert (ran.code, asked) == (Exit.CANCELLED, ["p1"]), ran.err
    assert ran.checked("alerts-test")["error"]["code"] == "cancelled"


def test_out_of_hours_the_pager_is_called(slack: Workspace) -> None:
    slack.sandbox.clear_log()
    ticket = {"subject": 'Down "now"', "priority": "urgent", "comment": {"body": "Help"}}
    made = slack.zendesk("POST", "tickets", {"ticket": ticket})["ticket"]["id"]
    assert [each["path"] for each in slack.sandbox.log() if each["system"] == "pager"] == [""]
    webhook = slack.one("webhooks", "Pager")["id"]
    (invocation,) = slack.zendesk("GET", f"webhooks/{webhook}/invocations")["invocations"][:1]
    (attempt,) = slack.zendesk("GET", f"webhooks/{webhook}/invocations/{invocation['id']}/attempts")["attempts"]
    assert json.loads(attempt["request"]["payload"])["message"] == "P1 Down ”now”"
    slack.zendesk("DELETE", f"tickets/{made}")
    slack.zendesk("DELETE", f"deleted_tickets/{made}")


def test_once_the_bot_is_there_it_arrives_and_is_taken_away_again(slack: Workspace) -> None:
    channel = next(row for row in slack.sandbox.store.table("slack", "channels").values() if row["name"] == "bugs")
    slack.slack("conversations.join", channel=channel["id"])
    before = len(slack.sandbox.store.table("slack", "messages"))
    ran = sent(slack, "bug")
    assert (ran.code, results(ran)) == (0, {"bug": "pass"}), ran.out
    assert len(slack.sandbox.store.table("slack", "messages")) == before
    slack.is_settled()


@pytest.mark.parametrize(("name", "why"), [("old", "archived"), ("board", "cannot see")])
def test_a_taken_name_never_looks_like_success(name: str, why: str, slack: Workspace) -> None:
    slack.config(CHANNELS.replace("    user_groups:", f"      more: {{name: {name}}}\n    user_groups:"))
    ran = slack.golive("up", "--yes")
    assert ran.code != 0
    assert why in ran.out + ran.err
    slack.config(CHANNELS)
    slack.is_settled()


def test_a_user_group_leaves_and_comes_back_as_the_same(slack: Workspace) -> None:
    def group() -> dict[str, Any]:
        listed = slack.slack("usergroups.list", include_disabled=True, include_users=True)["usergroups"]
        found: dict[str, Any] = listed[0]
        return found

    before = group()
    start = CHANNELS.index("    user_groups:")
    slack.config(CHANNELS[:start] + CHANNELS[CHANNELS.index("    alerts:") :])
    planned = slack.golive("plan")
    assert "On duty is switched off; nobody can mention it any more" in planned.out
    assert "- On duty  switched off  Slack user group on_duty" in planned.out
    assert slack.golive("up", "--yes", "--delete", "1").code == 0
    assert group()["date_delete"] > 0
    slack.is_settled()
    slack.config(CHANNELS)
    slack.up()
    assert (group()["id"], group()["users"], group()["date_delete"]) == (before["id"], before["users"], 0)
    slack.is_settled()


def test_the_doctor_names_the_scopes_that_are_missing(slack: Workspace) -> None:
    assert slack.golive("doctor").code == 0
    slack.sandbox.settings("slack", scopes=["channels:read", "channels:history", "groups:read", "users:read"])
    ran = slack.golive("doctor")
    slack.sandbox.settings("slack", scopes=None)
    assert ran.code == Exit.CREDENTIALS
    said = next(line for line in ran.out.splitlines() if "the token lacks" in line)
    assert "channels:manage (for public channels)" in said and "usergroups:write (for user groups)" in said
    assert "channels:history" not in said and "Bot Token Scopes" in ran.out


def test_a_renamed_channel_renames_the_target_of_its_alert_in_one_run(slack: Workspace) -> None:
    slack.config(CHANNELS.replace("name: urgent,", "name: critical,"))
    slack.up()
    assert results(sent(slack, "p1")) == {"p1": "pass"}
    slack.config(CHANNELS)
    slack.up()
    slack.is_settled()


def test_without_a_slack_rules_still_post_through_an_incoming_webhook(slack: Workspace) -> None:
    file = slack.root / "stacks" / "Pulumi.sandbox.yaml"
    text = file.read_text()
    file.write_text("\n".join(line for line in text.splitlines() if "chat:" not in line) + "\n")
    try:
        not_sent = {each["key"] for each in slack.plan().document["not_sent"]}
        assert {"urgent", "bugs"} <= not_sent and "repair" not in not_sent
        assert slack.golive("alerts", "test", "--yes").code == Exit.USAGE, "there is no chat to look into"
    finally:
        file.write_text(text)


# what a trial has shown

RULE = TrialRule("P1", True, False, "W1", "golive-alert-p1")
ALERT = LiveAlert("p1", "P1", RULE, "urgent", "C1")
NOT_THERE = '{"ok": false, "error": "not_in_channel"}'


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (TrialCall(200, '{"ok": true, "ts": "1.2"}'), ""),
        (TrialCall(200, '{"ok": false, "error": "not_in_channel"}'), "not_in_channel"),
        (TrialCall(200, "ok"), ""),
        (TrialCall(404, "no_service"), "no_service"),
        (TrialCall(500, ""), "status 500"),
    ],
)
def test_slack_refuses_with_status_200_too(call: TrialCall, why: str) -> None:
    assert refusal(call) == why
    assert judged(ALERT, True, call, None, "missing_scope")[0] == ("fail" if why else "warn")


def test_each_way_to_fail_says_what_to_do() -> None:
    assert "Apps and integrations > Webhooks" in judged(ALERT, True, None, None, "")[1]
    assert "Apps and integrations > Webhooks" in judged(ALERT, True, TrialCall(200, "ok"), None, "")[1]
    refused = TrialCall(200, '{"ok": false, "error": "restricted_action"}')
    assert "chat.postMessage, Errors" in judged(ALERT, True, refused, None, "")[1]
    assert "invites the bot into #urgent" in judged(ALERT, True, replace(refused, answer=NOT_THERE), None, "")[1]


@pytest.mark.parametrize(
    ("found", "named", "ends"),
    [
        (["skipped", "skipped"], False, Exit.PARTLY),
        (["skipped"], True, Exit.PARTLY),
        (["pass", "skipped"], True, Exit.PARTLY),
        (["pass", "skipped"], False, Exit.DONE),
        (["fail", "skipped"], True, Exit.FAILED),
    ],
)
def test_a_verb_that_tried_nothing_has_not_done_it(
    found: list[alerts_test.AlertResult], named: bool, ends: Exit
) -> None:
    assert alerts.ends([alerts_test.TestedAlert("p1", "P1", each, "") for each in found], named=named) is ends


def test_what_was_not_seen_is_not_said_to_have_arrived() -> None:
    took = TrialCall(200, "ok")
    assert judged(ALERT, False, None, None, "")[0] == "fail"
    assert judged(ALERT, True, None, None, "")[0] == "fail"
    assert judged(ALERT, True, took, None, "")[0] == "fail"
    assert judged(ALERT, True, took, Post("1", "P1"), "")[0] == "pass"


@pytest.mark.parametrize(
    ("rule", "result"),
    [(None, "fail"), (TrialRule("P1", False, False, "W", "t"), "skipped")],
)  # fmt: skip
def test_what_cannot_be_tried_is_said(rule: TrialRule | None, result: str) -> None:
    found = why_not_tried(LiveAlert("p1", "P1", rule, "urgent", "C1"))
    assert found is not None and found[0] == result
    assert why_not_tried(ALERT) is None


@pytest.mark.parametrize(
    ("rule", "asleep", "result", "word"),
    [
        (RULE, "", "pass", "It arrived."),
        (replace(RULE, active=False), "rollout", "pass", "which sleeps until the rollout"),
        (replace(RULE, active=False), "over", "pass", "which sleeps, because its phase is over"),
        (replace(RULE, active=False), "crm_full_enough", "pass", "until the CRM holds enough of what it asks for"),
        (replace(RULE, waits=True), "", "warn", "within an hour of the first ticket that fits"),
        (replace(RULE, unmet=("it asks for the customer",)), "", "warn", "because it asks for the customer"),
    ],
)
def test_what_a_copy_of_the_rule_does_not_show_is_said(rule: TrialRule, asleep: str, result: str, word: str) -> None:
    alert = replace(ALERT, rule=rule, asleep=asleep)
    found, said = with_limits(alert, "pass", "It arrived.")
    assert (found, word in said) == (result, True), said
    assert with_limits(alert, "fail", "No.") == ("fail", "No.")
