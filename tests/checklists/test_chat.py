"""What gates see of Slack: alerts that were tried, and channels that the app is in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from checklists.binding import bound_objects
from checklists.checklist import Checklist
from checklists.facts import Configuration, Facts, Found
from checklists.probes import PROBES
from config.chain import Chain
from config.results.standing import LiveObject, Standing
from tests.checklists import logs
from tests.checklists.asking import NOW
from tests.checklists.building import declaration_of

CHANNELS = """
integrations:
  slack:
    channels:
      calls: {name: calls}
      bugs: {name: bugs}
      shop: {name: shop, existing: true, incoming_webhook: env:SHOP}
    alerts:
      p1: {name: P1, to: calls, phase: soft_launch, when: [{field: priority, is: urgent}], text: "TEXT"}
      bug: {name: Bug, to: bugs, phase: rollout, when: [{field: tags, has: bug}], text: Bug}
      sale: {name: Sale, to: shop, not_before: day_30, when: [{field: tags, has: sale}], text: Sale}
"""


def observed(probe: str, *tries: tuple[str, str, float], text: str = "P1", phase: str = "soft_launch",
             live: dict[str, bool] | None = None) -> tuple[str, str]:  # fmt: skip
    """What a probe sees. tries: alert, result, and how many days ago; the files said then that P1 posts “P1”. live:
    name of a channel that is there → whether the app is in it."""
    then = declaration_of(CHANNELS.replace("TEXT", "P1"))
    lines: list[str] = []
    for key, result, days in tries:
        objects = bound_objects([f"alerts/{key}", f"slack_channels/{then.of('alerts')[key].value.to}"], then)
        at = f"{NOW - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"
        data: dict[str, Any] = {"alert": key, "result": result, "objects": objects}
        lines = logs.added(lines, "alert_tried", at, data)
    channels = [
        LiveObject("chat", "slack_channels", f"C{name}", name, f"slack_channels/{name}", facts={"member": member})
        for name, member in (live or {}).items()
    ]
    webhook = LiveObject("helpdesk", "slack_channels", "1", "Slack #calls (golive)", "slack_channels/calls")
    facts = Facts(
        NOW,
        phase,
        Checklist(),
        Found(Configuration(declaration_of(CHANNELS.replace("TEXT", text))), NOW),
        standing=Found(Standing((*channels, webhook), ("slack_channels",)), NOW),
        log=logs.chain_of(lines) if lines else Chain(),
    )
    seen = PROBES[probe].observe(PROBES[probe].Parameters(), facts)
    return seen.seen, seen.said


@pytest.mark.parametrize(
    ("tries", "phase", "seen", "word"),
    [
        ([("p1", "pass", 1)], "soft_launch", "pass", "1 alert arrived"),
        ([("p1", "warn", 1)], "soft_launch", "warn", "not all was shown: p1"),
        ([("p1", "pass", 3), ("p1", "fail", 1)], "soft_launch", "fail", "did not arrive: p1"),
        ([("p1", "fail", 3), ("p1", "pass", 1)], "soft_launch", "pass", "arrived"),
        ([("p1", "pass", 15)], "soft_launch", "unknown", "out of date: p1"),
        ([], "soft_launch", "unknown", "Never tried: p1"),
        ([("p1", "pass", 1)], "rollout", "unknown", "Never tried: bug"),
        ([("p1", "pass", 1), ("bug", "pass", 1)], "rollout", "pass", "2 alerts"),
        ([("p1", "pass", 1)], "build", "fail", "No alert is declared that is awake"),
    ],
)  # fmt: skip
def test_every_alert_that_is_awake_by_then_was_tried(
    tries: list[tuple[str, str, float]], phase: str, seen: str, word: str
) -> None:
    found, said = observed("slack_flow", *tries, phase=phase)
    assert (found, word in said) == (seen, True), said


def test_what_was_tried_must_still_be_what_the_files_say() -> None:
    assert observed("slack_flow", ("p1", "pass", 1), text="P1 now")[0] == "unknown"


def test_the_app_is_in_every_channel_that_a_rule_names() -> None:
    assert observed("slack_member", live={"calls": True, "bugs": True}) == (
        "pass",
        "The app can post in 3 channels of rules.",
    ), "the shop has a way of its own"
    assert observed("slack_member", live={"calls": True, "bugs": False}) == ("fail", "The app is not in #bugs.")
    assert observed("slack_member", live={"calls": True}) == ("fail", "The app is not in bugs (not there).")
