"""Escalations in Zendesk: what they become, and back again, for each tracker."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from config.declaration import Declaration
from provisioners.collection import Collection
from provisioners.resource import Known, with_symbols
from provisioners.translation import Context, Names
from provisioners.zendesk import SYSTEM
from provisioners.zendesk.translations.escalations import Escalations
from tests.provisioners.declared import connection, context, declaration, settings

JIRA = {"urgent": "Highest", "high": "High", "normal": "Medium", "low": "Low"}
LINEAR = {"urgent": "Urgent", "high": "High", "normal": "Medium", "low": "No priority"}


def escalation(words: dict[str, str], **more: Any) -> dict[str, Any]:
    return {
        "name": "To Engineering",
        "from": ["tier_2", "senior"],
        "project": "pay",
        "labels": ["support"],
        "tag": "bug",
        "fields": [
            {"issue": "priority", "ticket": "priority", "as": words},
            {"issue": "description", "ticket": "message"},
            {"issue": "customer_impact", "ticket": "impact"},
        ],
        "comes_back": {"status": "stands", "at_first": "reported"},
        **more,
    }


def declared(said: dict[str, Any]) -> Declaration:
    options = {"reported": "Reported", "fixed": "Fixed"}
    return declaration(
        groups={"tier_2": {"name": "Tier 2"}, "senior": {"name": "Senior"}},
        ticket_fields={
            "impact": {"name": "Impact", "type": "dropdown", "options": {"all": "All", "one": "One"}},
            "stands": {"name": "Stands", "type": "dropdown", "options": options},
        },
        engineering_projects={"pay": {"name": "Payments", "existing": "PAY"}},
        engineering_components={"checkout": {"name": "Checkout", "project": "pay"}},
        engineering_labels={"support": {"name": "from-support"}},
        escalations={"bug": said},
    )


def in_environment(declaration_: Declaration, tracker: str) -> Context:
    here = context(declaration_, "helpdesk", "zendesk")
    return replace(here, systems={**here.systems, "tracker": settings(tracker, f"http://127.0.0.1:1/{tracker}")})


def back(declaration_: Declaration, here: Context) -> dict[str, Any]:
    """What a plan reads of an escalation's parts."""
    sent = Escalations().resources(declaration_.of("escalations")["bug"], here)
    parts = {each.part: (each.type, with_symbols(each.payload)) for each in sent if each.named.key == "bug"}
    assert set(parts) == {"", "webhook", "macro", "view"}
    return Escalations().declared(parts, Names(values=SYSTEM.words(here)))


@pytest.mark.parametrize(
    ("tracker", "said"),
    [
        ("jira", escalation(JIRA, issue_type="Defect", components=["checkout"], active=False)),
        ("linear", escalation(LINEAR, components=[], active=True)),
    ],
)
def test_it_comes_back_as_it_was_declared(tracker: str, said: dict[str, Any]) -> None:
    declaration_ = declared(said)
    read = back(declaration_, in_environment(declaration_, tracker))
    assert {name: read[name] for name in said} == said
    assert read.keys() - said.keys() == {"view", "webhook"}, "the macro is as it must be"
    assert read["view"]["for"] == ["groups/tier_2", "groups/senior"]
    assert "stands" in read["view"]["columns"]


def test_what_somebody_changes_in_a_part_is_seen() -> None:
    declaration_ = declared(escalation(JIRA))
    here = in_environment(declaration_, "jira")
    sent = Escalations().resources(declaration_.of("escalations")["bug"], here)
    parts = {each.part: (each.type, with_symbols(each.payload)) for each in sent if each.named.key == "bug"}
    parts["macro"][1]["actions"].append({"field": "status", "value": "solved"})
    parts[""][1]["actions"][0]["value"][1] = '{"text": "elsewhere"}'
    read = Escalations().declared(parts, Names(values=SYSTEM.words(here)))
    assert read["macro"]["then"][1] == {"set": "status", "to": "solved"}
    assert read["body"] == {"text": "elsewhere"} and "project" not in read


def test_each_part_can_be_switched_off() -> None:
    declaration_ = declared(escalation(JIRA, on_remove="switch_off"))
    sent = Escalations().resources(declaration_.of("escalations")["bug"], in_environment(declaration_, "jira"))
    collections = SYSTEM.collections(connection("zendesk", "http://127.0.0.1:1", read_only=True))
    parts = [each for each in sent if each.named.key == "bug"]
    assert {each.on_remove for each in parts} == {"switch_off"}
    for each in parts:
        assert type(collections[each.type]).switch_off is not Collection.switch_off, each.type


def test_a_new_key_keeps_the_tag_of_tickets_that_are_issues_already() -> None:
    declaration_ = declared(escalation(JIRA, was="old"))
    here = in_environment(declaration_, "jira")
    item = declaration_.of("escalations")["bug"]
    [trigger] = [each for each in Escalations().resources(item, here) if each.type == "zendesk:Trigger"]
    assert trigger.notes == {"tag": "golive-escalated-old"}
    known = {"helpdesk/escalations/bug": Known({}, {"tag": "golive-escalated-first"})}
    [later] = [each for each in Escalations().resources(item, replace(here, known=known)) if each.notes]
    assert later.notes == {"tag": "golive-escalated-first"}


@pytest.mark.parametrize(
    ("tracker", "words", "reason"),
    [
        ("", JIRA, "this environment has no issue tracker"),
        ("slack", JIRA, "this environment has no issue tracker"),
        ("linear", JIRA, "Linear has no priority “Highest”; it has Urgent, High, Medium, Low, No priority"),
    ],
)
def test_what_the_tracker_cannot_take_is_not_sent(tracker: str, words: dict[str, str], reason: str) -> None:
    declaration_ = declared(escalation(words))
    here = in_environment(declaration_, tracker) if tracker else context(declaration_, "helpdesk", "zendesk")
    assert Escalations().resources(declaration_.of("escalations")["bug"], here) == []
    assert [each.reason for each in here.compiled.not_sent] == [reason]
