"""Differences in the words of a head of support: nothing cut, no notation of a developer's."""

from __future__ import annotations

from typing import Any

import pytest
from rich.text import Text

from golive.screens.differences import difference_lines
from golive.words import Terms
from stacks.difference import differences

TERMS = Terms(
    priorities={"urgent": "P1 System down", "high": "P2", "normal": "P3", "low": "P4"},
    called={
        ("groups", "billing"): "Billing",
        ("groups", "tier_2"): "Tier 2",
        ("people", "ana"): "Ana Real",
        ("schedules", "desk"): "Support desk",
        ("slack_channels", "ops"): "support-ops",
        ("sla_policies", "gold"): "Gold",
        ("sla_policies", "all"): "Everyone",
        ("sla_policies", "chat"): "Gold, chat",
        ("triggers", "gold"): "Gold customers first",
        ("trigger_categories", "route"): "Route",
        ("webhooks", "pager"): "Pager",
    },
)
BODY = """\
Hi {{ticket.requester.first_name}},

your request has arrived and has the number {{ticket.id}}. One of us reads it and answers you by e-mail.

Kind regards
Support
"""


def said(kind: str, old: dict[str, Any], new: dict[str, Any], key: str = "it") -> list[str]:
    """The lines of what differs between two objects."""
    lines = [line for each in differences(old, new) for line in difference_lines(kind, each, TERMS, key)]
    return [Text.from_markup(line.markup).plain for line in lines]


def then(*actions: dict[str, Any]) -> dict[str, Any]:
    return {"then": list(actions)}


def test_a_text_that_customers_get_stands_whole_with_what_changes_in_it() -> None:
    before = {"email": "requester", "subject": "Your request", "body": BODY}
    after = {"email": "requester", "subject": "We have it", "body": BODY.replace("Kind regards", "Yours")}
    first, _, third, fourth, fifth = BODY.splitlines()[:5]
    assert said("triggers", then(before), then(after)) == [
        "action email to requester, subject: Your request → We have it",
        "action email to requester, body:",
        f"    {first}",
        "",
        f"    {third}",
        f"    {fourth}".rstrip(),
        f"  - {fifth}",
        "  + Yours",
        "    Support",
    ]


def test_an_action_that_comes_carries_its_texts_whole() -> None:
    mail = {"email": "groups/billing", "subject": "New", "body": BODY}
    lines = said("triggers", then({"set": "group", "to": "billing"}), then({"set": "group", "to": "billing"}, mail))
    assert lines[:3] == ["+ action email to group Billing", "+   subject: New", "+   body:"]
    assert [line[1:].removeprefix("     ") for line in lines[3:]] == BODY.splitlines()
    assert [line[0] for line in lines] == ["+"] * len(lines)
    assert said("triggers", then(mail), then()) == [f"-{line[1:]}" for line in lines]


def test_one_action_for_another_of_a_different_kind() -> None:
    post = {"slack": "slack_channels/ops", "text": "P1"}
    assert said("triggers", then({"set": "priority", "to": "urgent"}), then(post)) == [
        "- action set priority to P1 System down",
        "+ action post to Slack channel #support-ops",
        "+   text: P1",
    ]


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ({"set": "group", "to": "billing"}, {"set": "group", "to": "tier_2"}, "action set group: Billing → Tier 2"),
        ({"set": "reason", "to": "refund"}, {"set": "reason", "to": None}, "action set reason: refund → nothing"),
        ({"add_tags": ["a"]}, {"add_tags": ["a", "b"]}, "action add tags: a → a, b"),
        (
            {"email": "requester", "subject": "s", "body": "b"},
            {"email": "requester_and_ccs", "subject": "s", "body": "b"},
            "action: email to requester → email to requester and CCs",
        ),
        (
            {"call": "webhooks/pager", "body": {"message": "a"}},
            {"call": "webhooks/pager", "body": {"message": "b"}},
            "action call webhook Pager, body.message: a → b",
        ),
        ({"reply": "public", "text": "x"}, {"reply": "internal", "text": "x"}, "action: public reply → internal note"),
    ],
)
def test_one_action_changed(before: dict[str, Any], after: dict[str, Any], line: str) -> None:
    assert said("triggers", then(before), then(after)) == [line]


def test_actions_in_another_order() -> None:
    tag, group = {"add_tags": ["a"]}, {"set": "group", "to": "billing"}
    assert said("macros", then(tag, group), then(group, tag)) == [
        "new order of the actions: set group to Billing; add tags a"
    ]


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        (
            [{"field": "status", "is": "open"}, {"field": "organization.tier", "is": "gold"}],
            [{"field": "status", "is": "open"}, {"field": "organization.tier", "is": "silver"}],
            ["condition organization.tier: is gold → is silver"],
        ),
        (
            [{"field": "organization.tier", "is": "gold"}],
            [{"field": "organization.tier", "is_one_of": ["gold", "silver"]}],
            ["condition organization.tier: is gold → is one of gold, silver"],
        ),
        (
            [{"event": "created"}],
            [{"field": "priority", "changed_to": "urgent"}],
            ["- condition the ticket is created", "+ condition priority changed to P1 System down"],
        ),
        (
            [{"in_hours": "desk"}],
            [{"outside_hours": "desk"}],
            [
                "- condition in the hours of Support desk",
                "+ condition outside the hours of Support desk",
            ],
        ),
        (
            [{"field": "group", "empty": True}],
            [{"field": "group", "empty": False}],
            ["condition group: is empty → is not empty"],
        ),
        (
            [],
            [{"hours_since": "pending", "more_than": "24h", "clock": "business"}],
            ["+ condition more than 24h since pending in business hours"],
        ),
    ],
)
def test_conditions(before: list[Any], after: list[Any], lines: list[str]) -> None:
    assert said("triggers", {"when": before}, {"when": after}) == lines


def test_conditions_of_which_one_must_hold() -> None:
    before, after = {"when": [], "when_any": []}, {"when_any": [{"field": "tags", "has": "vip"}]}
    assert said("triggers", before, after) == ["+ one of the conditions tags has vip"]


CLOCKS = {
    "first_reply": {"urgent": "calendar", "high": "business", "normal": "business", "others": "calendar"},
    "total_resolution": "business",
}


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("calendar", "business", ["hours: calendar → business"]),
        (
            "business",
            CLOCKS,
            ["hours, first reply, P1 System down: business → calendar"],
        ),
        (
            CLOCKS,
            {**CLOCKS, "first_reply": {**CLOCKS["first_reply"], "high": "calendar"}},  # type: ignore[dict-item]
            ["hours, first reply, P2: business → calendar"],
        ),
        (
            CLOCKS,
            {**CLOCKS, "first_reply": "business"},
            ["hours, first reply, P1 System down: calendar → business"],
        ),
    ],
)
def test_hours_per_metric_and_priority(before: Any, after: Any, lines: list[str]) -> None:
    assert said("sla_policies", {"hours": before}, {"hours": after}) == lines


def test_a_whole_metric_comes() -> None:
    row = {"urgent": "1h", "low": "none"}
    assert said("sla_policies", {"targets": {}}, {"targets": {"next_reply": row}}) == [
        "next reply, P1 System down: nothing → 1h",
        "next reply, P4: nothing → none",
    ]


def test_holidays() -> None:
    before = [{"name": "Christmas", "date": "2026-12-25"}, {"name": "Labour Day", "date": "2026-05-01"}]
    after = [
        {"name": "Christmas", "from": "2026-12-24", "to": "2026-12-26"},
        {"name": "New Year", "date": "2027-01-01"},
    ]
    assert said("schedules", {"holidays": before}, {"holidays": after}) == [
        "holiday Christmas: 25 Dec 2026 → 24 Dec 2026 to 26 Dec 2026",
        "- holiday Labour Day: 1 May 2026",
        "+ holiday New Year: 1 Jan 2027",
    ]


def test_orders_by_names() -> None:
    assert said("sla_policies", {"order": ["all", "gold"]}, {"order": ["gold", "all"]}, "_order") == [
        "new order: Gold, Everyone"
    ]
    moved = {"order": ["all", "...", "gold"]}, {"order": ["gold", "...", "new", "all"]}
    assert said("sla_policies", *moved, "_order") == ["new order: Gold, all others, new, Everyone"]
    assert said("trigger_categories", {"order": ["a", "gold"]}, {"order": ["gold", "a"]}, "route") == [
        "new order: Gold customers first, a"
    ]
    with_comma = {"order": ["all", "chat"]}, {"order": ["chat", "all"]}
    assert said("sla_policies", *with_comma, "_order") == ["new order: Gold, chat; Everyone"]
    categories = {"order": ["route", "_category"]}, {"order": ["route", "...", "_category"]}
    assert said("trigger_categories", *categories, "_order") == ["new order: Route, all others, Alerts (golive)"]
    options = {"options": {"a": "A", "b": "B"}}, {"options": {"b": "B", "a": "A"}}
    assert said("ticket_fields", *options) == ["new order of the options: b, a"]


def test_people_and_channels_by_their_names() -> None:
    assert said("slack_channels", {"people": ["ana"]}, {"people": []}) == [
        "people:",
        "  - Ana Real  (stays in the channel)",
    ]
    assert said("macros", {"for": []}, {"for": ["groups/billing"]}) == ["for:", "  + group Billing"]
    assert said("alerts", {"to": "ops"}, {"to": "other"}) == ["to: #support-ops → #other"]
    assert said("slack_channels", {"webhook": {"channel": "ops"}}, {"webhook": {"channel": "#C1"}}) == [
        "posts to: #support-ops → #C1"
    ]


def test_a_list_that_is_only_moved_says_so() -> None:
    assert said("macros", {"x": ["a", "b"]}, {"x": ["b", "a", "c"]}) == [
        "x:",
        "  + c",
        "  new order: [b, a, c]",
    ]
