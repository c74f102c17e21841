"""Warnings by the helpdesk's hourly rules: whom they tell, and what is made for it."""

from __future__ import annotations

from collections.abc import Callable

from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

PROMISE = """\
integrations: {slack: {channels: {ops: {name: ops}}}}
sla_policies:
  all:
    name: All
    targets: {first_reply: {urgent: 8h, high: none, normal: none, low: none}}
    hours: calendar
"""
WARNED = PROMISE + "    warn: {at: 75%, to: [slack_channels/ops], how: HOW}\n"
WEBHOOK, TITLE = "Slack #ops (golive)", "SLA warning (golive): All, urgent, 2 hours"


def _warnings(workspace: Workspace) -> list[str]:
    return [each for each in workspace.titles("automations") if each.startswith("SLA warning")]


def test_a_channel_that_only_a_warning_posts_to_gets_its_webhook(set_up: Small) -> None:
    workspace = set_up(WARNED.replace("HOW", "{first_reply: hourly}"))
    assert workspace.plan().document["not_sent_parts"] == []
    webhook = workspace.one("webhooks", WEBHOOK)
    (posts,) = [
        each["value"]
        for each in workspace.one("automations", TITLE)["actions"]
        if each["field"] == "notification_webhook"
    ]
    assert posts[0] == webhook["id"]
    assert webhook["endpoint"].endswith(f"?channel={workspace.channels()['ops']['id']}")

    workspace.config(WARNED.replace("HOW", "watch"))
    workspace.up()
    assert (_warnings(workspace), WEBHOOK in workspace.titles("webhooks")) == ([], False)
    workspace.config(WARNED.replace("HOW", "hourly"))
    assert "hourly warnings, urgent: 2h before: #ops" in workspace.golive("plan").out
    workspace.up()
    workspace.config(PROMISE)
    workspace.up()
    assert (_warnings(workspace), WEBHOOK in workspace.titles("webhooks")) == ([], False)
    workspace.is_settled()
