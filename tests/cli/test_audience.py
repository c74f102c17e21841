"""Who notices a change: customers, agents, or nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from config.kinds import ALL_KINDS
from config.model import Object
from config.results.plan import Action, Difference
from golive.changes.audience import audience_of
from golive.changes.noticed_kinds import COMMON, KINDS
from stacks.difference import differences

MAIL = {"email": "requester", "subject": "s", "body": "b"}
TAG = {"add_tags": ["x"]}
SHOWN = {"customers": {"can": "see"}}


def noticed(
    kind: str, old: dict[str, Any], new: dict[str, Any], action: Action = "update", key: str = "it"
) -> tuple[str, str]:
    told = differences(old, new) if action == "update" else []
    verdict = audience_of(kind, key, action, old, new, told)
    return verdict.audience, verdict.reason


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model in an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models(part)


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_every_attribute_of_every_kind_has_an_entry(kind: str) -> None:
    own = {
        info.alias or name
        for model in models(ALL_KINDS[kind].model)
        if issubclass(model, Object)
        for name, info in model.model_fields.items()
        if name != "vendor"
    }
    missing = own - set(KINDS[kind].attributes) - set(COMMON)
    assert not missing, f"golive/changes/noticed_kinds.py says nothing of {kind}: {sorted(missing)}"
    for verdict in audience_of(kind, "it", "create", {}, {}, []), audience_of(kind, "it", "update", {}, {}, []):
        assert verdict.reason


@pytest.mark.parametrize(
    ("kind", "old", "new", "audience"),
    [
        ("sla_policies", {"targets": {"first_reply": {"urgent": "1h"}}}, {"targets": {}}, "customers"),
        ("sla_policies", {"hours": "calendar"}, {"hours": "business"}, "customers"),
        ("sla_policies", {"name": "a"}, {"name": "b"}, "agents"),
        ("ticket_fields", {"name": "a", **SHOWN}, {"name": "b", **SHOWN}, "customers"),
        ("ticket_fields", {"name": "a"}, {"name": "b"}, "agents"),
        (
            "ticket_fields",
            {"name": "a", "customers": {"can": "see", "name": "x"}},
            {"name": "b", "customers": {"can": "see", "name": "x"}},
            "agents",
        ),
        ("ticket_fields", {"customers": {"can": "hidden"}}, {"customers": {"can": "edit"}}, "customers"),
        ("ticket_fields", {"customers": {"name": "a"}}, {"customers": {"name": "b"}}, "nobody"),
        ("ticket_fields", {"help": {"customers": "a"}, **SHOWN}, {"help": {"customers": "b"}, **SHOWN}, "customers"),
        ("ticket_fields", {"help": {"agents": "a"}, **SHOWN}, {"help": {"agents": "b"}, **SHOWN}, "agents"),
        ("ticket_fields", {"agents": {"required": "never"}}, {"agents": {"required": "on_solve"}}, "agents"),
        ("ticket_fields", {"options": {"a": "A"}, **SHOWN}, {"options": {"a": "B"}, **SHOWN}, "customers"),
        ("ticket_fields", {"pattern": "a", **SHOWN}, {"pattern": "b", **SHOWN}, "agents"),
        ("customer_fields", {"options": {"a": "A"}}, {"options": {"a": "B"}}, "agents"),
        ("triggers", {"then": [MAIL]}, {"then": [{**MAIL, "body": "c"}]}, "customers"),
        ("triggers", {"then": [MAIL, TAG]}, {"then": [MAIL]}, "agents"),
        ("triggers", {"then": [MAIL], "when": []}, {"then": [MAIL], "when": [{"event": "created"}]}, "customers"),
        ("triggers", {"then": [TAG], "when": []}, {"then": [TAG], "when": [{"event": "created"}]}, "agents"),
        ("triggers", {"then": [TAG], "name": "a"}, {"then": [TAG], "name": "b"}, "nobody"),
        ("triggers", {"active": True, "mails": ["customers"]}, {"active": False, "mails": ["customers"]}, "customers"),
        ("triggers", {"active": False, "then": [MAIL]}, {"active": False, "then": [TAG]}, "nobody"),
        ("triggers", {"active": False, "then": [MAIL]}, {"active": True, "then": [MAIL]}, "customers"),
        ("triggers", {"replaces": "a"}, {"replaces": "b"}, "customers"),
        ("macros", {"then": [{"reply": "public", "text": "a"}]}, {"then": [{"reply": "public", "text": "b"}]},
         "customers"),
        ("macros", {"then": [{"reply": "internal", "text": "a"}]}, {"then": [TAG]}, "agents"),
        ("macros", {"for": []}, {"for": ["groups/a"]}, "agents"),
        ("groups", {"name": "a"}, {"name": "b"}, "agents"),
        ("people", {"role": "agent"}, {"role": "admin"}, "agents"),
        ("people", {"name": "a"}, {"name": "b"}, "customers"),
        ("channels", {"name": "a"}, {"name": "b"}, "customers"),
        ("webhooks", {"url": "a"}, {"url": "b"}, "nobody"),
        ("webhooks", {"url": "a"}, {"url": "a", "subscriptions": ["x"]}, "nobody"),
        ("slack_channels", {"webhook": {"endpoint": "a"}}, {"webhook": {"endpoint": "b"}}, "nobody"),
        ("slack_channels", {"topic": "a"}, {"topic": "b"}, "agents"),
        ("crm_fields", {"name": "a"}, {"name": "a", "length": 3}, "agents"),
        ("crm_access", {"people": []}, {"people": ["a"]}, "agents"),
        ("groups", {"why": "a"}, {"why": "b"}, "nobody"),
        ("groups", {"on_remove": "delete"}, {"on_remove": "release"}, "nobody"),
        ("sla_policies", {"order": ["a", "b"]}, {"order": ["b", "a"]}, "customers"),
        ("sla_policies", {"order": ["a", "b"]}, {"order": ["a", "c", "b"]}, "nobody"),
        ("trigger_categories", {"order": ["a", "b"]}, {"order": ["b", "a"]}, "agents"),
    ],
)  # fmt: skip
def test_a_change(kind: str, old: dict[str, Any], new: dict[str, Any], audience: str) -> None:
    assert noticed(kind, old, new)[0] == audience, noticed(kind, old, new)


def test_of_several_differences_the_one_that_reaches_furthest_counts() -> None:
    old, new = {"name": "a", "hours": "calendar"}, {"name": "b", "hours": "business"}
    assert noticed("sla_policies", old, new) == ("customers", "it is what they are promised")


@pytest.mark.parametrize(
    ("kind", "action", "words", "audience"),
    [
        ("triggers", "create", {"active": False, "then": [MAIL]}, "nobody"),
        ("triggers", "create", {"active": True, "then": [MAIL]}, "customers"),
        ("triggers", "switch_off", {"active": True, "then": [TAG]}, "agents"),
        ("triggers", "release", {"active": True, "then": [MAIL]}, "nobody"),
        ("macros", "create", {"active": True, "then": [{"reply": "public", "text": "a"}]}, "agents"),
        ("ticket_fields", "create", {"customers": {"can": "edit"}}, "customers"),
        ("ticket_fields", "replace", {"customers": {"can": "hidden"}}, "agents"),
        ("trigger_categories", "create", {"name": "a"}, "nobody"),
        ("ticket_statuses", "create", {"name": "a"}, "agents"),
        ("ticket_statuses", "create", {"name": "a", "customers": {"name": "b"}}, "customers"),
        ("ticket_statuses", "create", {"name": "a", "default": True}, "customers"),
        ("sla_policies", "delete", {"name": "a"}, "customers"),
        ("slack_channels", "create", {"webhook": {"endpoint": "a"}}, "nobody"),
        ("slack_channels", "create", {"name": "ops"}, "agents"),
    ],
)
def test_what_comes_or_goes(kind: str, action: Action, words: dict[str, Any], audience: str) -> None:
    old, new = ({}, words) if action == "create" else (words, {})
    assert noticed(kind, old, new, action)[0] == audience


@pytest.mark.parametrize("action", ["create", "update"])
@pytest.mark.parametrize(
    ("said", "audience"),
    [
        ({"languages": ["en-US", "de"]}, "customers"),
        ({"organization_tags": True, "macro_order": "manual"}, "customers"),
        ({"macro_order": "manual"}, "agents"),
        ({"zendesk": {"branding": {"header_color": "000000"}}}, "customers"),
        ({"zendesk": {"tickets": {"comments_public_by_default": False}}}, "customers"),
        ({"zendesk": {"tickets": {"list_empty_views": False}}}, "agents"),
    ],
)
def test_a_setting_is_told_to_those_whom_it_concerns(action: Action, said: dict[str, Any], audience: str) -> None:
    """Also where the files say it for the first time."""
    assert noticed("settings", {}, said, action, "settings")[0] == audience


def test_what_golive_makes_for_others_is_noticed_with_these() -> None:
    assert noticed("sla_policies", {}, {"order": ["a", "b"]}, "create", "_order")[0] == "nobody"
    assert noticed("alerts", {}, {"name": "Alerts"}, "create", "_category")[0] == "nobody"


def test_differences_of_a_path_take_the_nearest_entry() -> None:
    told = [Difference("options (order)", ["a", "b"], ["b", "a"])]
    assert audience_of("ticket_fields", "it", "update", SHOWN, SHOWN, told).audience == "customers"
