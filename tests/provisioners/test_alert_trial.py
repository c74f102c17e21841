"""Which ticket fits a rule, and what no ticket brings about."""

from __future__ import annotations

from typing import Any

import pytest

from provisioners.zendesk.alert_trial import fitting


def condition(field: str, operator: str, value: Any = "") -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value}


@pytest.mark.parametrize(
    ("asked", "made"),
    [
        (("priority", "value", "urgent"), {"priority": "urgent"}),
        (("priority", "greater_than", "normal"), {"priority": "high"}),
        (("priority", "less_than", "high"), {"priority": "low"}),
        (("status", "less_than", "solved"), {"status": "new"}),
        (("status", "is_not", "new"), {"status": "open"}),
        (("type", "is", "incident"), {"type": "incident"}),
        (("group_id", "is", "42"), {"group_id": 42}),
        (("group_id", "is", ""), {}),
        (("group_id", "is_not", "42"), {}),
        (("custom_fields_7", "value", "bug"), {"custom_fields": [{"id": 7, "value": "bug"}]}),
        (("recipient", "is", "help@acme.example"), {"recipient": "help@acme.example"}),
        (("update_type", "is", "Create"), {}),
        (("via_id", "is", "5"), {}),
    ],
)
def test_what_a_ticket_is_from_the_start(asked: tuple[str, str, str], made: dict[str, Any]) -> None:
    fit = fitting({"all": [condition(*asked)], "any": []})
    assert (fit.made, fit.unmet) == (made, [])


def test_tags_and_words() -> None:
    fit = fitting({"all": [
        condition("current_tags", "includes", "bug urgent"),
        condition("current_tags", "not_includes", "golive-alert-x"),
        condition("subject_includes_word", "includes", "refund"),
    ]})  # fmt: skip
    assert (fit.tags, fit.words, fit.unmet) == (["bug", "urgent"], ["refund"], [])


def test_what_changes_afterwards() -> None:
    assert fitting({"all": [condition("update_type", "is", "Change")]}).then["comment"]["public"] is False
    moved = fitting({"all": [condition("status", "value_previous", "pending")]})
    assert (moved.made, moved.then) == ({"status": "pending"}, {"status": "open"})


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("organization.custom_fields.segment", "is", "enterprise"), "the customer (organization.segment)"),
        (("in_business_hours", "is", "9"), "the time of day"),
        (("via_id", "is", "4"), "via"),
        (("reopens", "greater_than", "1"), "reopens"),
        (("status", "is", "closed"), "status"),
    ],
)
def test_what_no_ticket_brings_about_is_named(asked: tuple[str, str, str], said: str) -> None:
    (why,) = fitting({"all": [condition(*asked)]}).unmet
    assert said in why


def test_of_alternatives_one_is_enough() -> None:
    customer, urgent = condition("organization.custom_fields.x", "is", "y"), condition("priority", "is", "urgent")
    assert fitting({"all": [], "any": [customer, urgent]}).made == {"priority": "urgent"}
    assert fitting({"all": [], "any": [customer]}).unmet != []
