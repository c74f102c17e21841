"""Macros and rules in words, whatever stands in them."""

from __future__ import annotations

from typing import Any

import pytest

from migrations.sources.zendesk.rules import macro_of, rule_in_words
from provisioners.zendesk.look.inventory import Inventory

ACCOUNT = Inventory({"groups": [{"id": 7, "name": "Billing"}], "people": [{"id": 8, "name": "Grace"}]})


def condition(field: str, operator: str, value: Any) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value}


def test_a_trigger_says_what_it_asks_and_does() -> None:
    body = {
        "id": 1,
        "title": "Route",
        "active": False,
        "conditions": {
            "all": [condition("group_id", "is", "7"), condition("current_tags", "includes", "vip late")],
            "any": [condition("priority", "is", "high"), condition("assignee_id", "is", "current_user")],
        },
        "actions": [
            {"field": "assignee_id", "value": "8"},
            {"field": "notification_group", "value": ["7", "Look", "Text"]},
            {"field": "current_tags", "value": "seen"},
        ],
    }
    rule = rule_in_words("triggers", body, ACCOUNT)
    assert (rule.id, rule.name, rule.active) == ("trigger-1", "Route", False)
    assert rule.asks == (
        "group is Billing",
        "tags includes late, vip",
        "any of: priority is high",
        "or assignee is whoever acts",
    )
    assert rule.does == ("assignee becomes Grace", "mails the group Billing: Look", "adds tags seen")


def test_a_policy_says_its_targets_and_a_view_its_columns() -> None:
    metrics = [{"priority": "urgent", "metric": "first_reply_time", "target": 60}]
    policy = rule_in_words("sla_policies", {"id": 1, "title": "All", "policy_metrics": metrics}, ACCOUNT)
    assert (policy.id, policy.does) == ("sla-policy-1", ("urgent: first reply time within 60 minutes",))
    view = {"id": 2, "title": "Mine", "execution": {"columns": [{"title": "Subject"}, {"title": "Group"}]}}
    assert rule_in_words("views", view, ACCOUNT).does == ("shows Subject, Group",)


def test_a_macro_has_a_folder_a_text_and_what_else_it_does() -> None:
    actions = [
        {"field": "comment_value", "value": ["channel:all", "Hello"]},
        {"field": "comment_mode_is_public", "value": "false"},
        {"field": "priority", "value": "high"},
    ]
    macro = macro_of({"id": 1, "title": "A::B::C", "actions": actions}, ACCOUNT)
    assert (macro.folder, macro.name, macro.text, macro.public) == ("A::B", "C", "Hello", False)
    assert macro.does == ("priority becomes high",)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"title": None, "actions": None, "conditions": [], "execution": 3, "policy_metrics": {}},
        {"actions": [None, {}, {"field": "comment_value", "value": []}, {"field": "notification_user", "value": []}]},
        {"conditions": {"all": [None, {}, condition("x", "y", {"a": 1})], "any": "z"}},
    ],
)
def test_an_odd_form_ends_nothing(body: dict[str, Any]) -> None:
    assert macro_of(body, ACCOUNT).text == ""
    for kind in ("triggers", "automations", "sla_policies", "views"):
        assert rule_in_words(kind, body, ACCOUNT).sort
