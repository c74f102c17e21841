"""Which SLA policy holds for a ticket: found out, or said to be uncertain, but never wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from provisioners.clocks import Target
from provisioners.zendesk.policy_match import Policy, policy_of, with_targets

LONG_AGO, THEN, NOW = (datetime(2026, 9, day, tzinfo=UTC) for day in (1, 10, 20))
TICKET: dict[str, Any] = {
    "priority": "high", "type": "problem", "tags": ["vip", "segment_smb"], "group_id": 7, "assignee_id": None,
    "organization_id": 9, "recipient": "Help@Client.example", "via": {"channel": "email"},
    "custom_fields": [{"id": 31, "value": "area_cards"}, {"id": 32, "value": None}, {"id": 33, "value": ["a", "b"]}],
}  # fmt: skip


def condition(field: str, operator: str, value: Any) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value}


def policy(number: int, *all_of: dict[str, Any], any_of: tuple[Any, ...] = (), at: datetime = LONG_AGO) -> Policy:
    metrics = [{"priority": "high", "metric": "first_reply_time", "target": number * 10, "business_hours": True}]
    body = {"id": number, "title": f"P{number}", "filter": {"all": list(all_of), "any": list(any_of)}}
    return Policy.of({**body, "policy_metrics": metrics}, at)


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        (condition("current_tags", "includes", "gold vip"), True),
        (condition("current_tags", "includes", "gold"), False),
        (condition("current_tags", "not_includes", "gold silver"), True),
        (condition("current_tags", "not_includes", ["vip"]), False),
        (condition("group_id", "is", "7"), True),
        (condition("group_id", "is", 8), False),
        (condition("group_id", "includes", [7, 8]), True),
        (condition("assignee_id", "is", ""), True),
        (condition("assignee_id", "is_not", ""), False),
        (condition("type", "is", "problem"), True),
        (condition("ticket_type_id", "is", "3"), True),
        (condition("ticket_type_id", "is_not", "3"), False),
        (condition("recipient", "is", "help@client.example"), True),
        (condition("via_id", "is", "4"), True),
        (condition("via_id", "is_not", 4), False),
        (condition("via_id", "includes", [0, 4]), True),
        (condition("custom_fields_31", "is", "area_cards"), True),
        (condition("ticket_fields_31", "is_not", "area_cards"), False),
        (condition("custom_fields_32", "is", "false"), True),
        (condition("custom_fields_32", "present", ""), False),
        (condition("custom_fields_33", "includes", "b"), True),
        (condition("custom_fields_99", "is", "x"), None),
        (condition("exact_created_at", "less_than", "2026-01-01"), None),
        (condition("schedule_id", "is", "5"), None),
        (condition("locale_id", "is", "1"), None),
        (condition("group_id", "greater_than", "3"), None),
    ],
)
def test_one_condition(asked: dict[str, Any], fits: bool | None) -> None:
    assert policy(1, asked).fits(TICKET) is fits


@pytest.mark.parametrize(
    ("channel", "number", "fits"),
    [("web", "0", None), ("web", "4", False), ("native_messaging", "91", None), ("fax", "4", None), ("api", "5", True)],
)
def test_a_channel_that_stands_for_several_ways_is_uncertain(channel: str, number: str, fits: bool | None) -> None:
    assert policy(1, condition("via_id", "is", number)).fits({**TICKET, "via": {"channel": channel}}) is fits


def test_all_of_and_any_of() -> None:
    vip, gold, odd = (
        condition("current_tags", "includes", "vip"),
        condition("current_tags", "includes", "gold"),
        condition("locale_id", "is", 1),
    )
    assert policy(1).fits(TICKET) is True
    assert policy(1, vip, any_of=(gold,)).fits(TICKET) is False
    assert policy(1, vip, any_of=(gold, vip)).fits(TICKET) is True
    assert policy(1, gold, odd).fits(TICKET) is False
    assert policy(1, vip, odd).fits(TICKET) is None
    assert policy(1, vip, any_of=(gold, odd)).fits(TICKET) is None


def test_the_first_that_fits_holds() -> None:
    gold, vip = condition("current_tags", "includes", "gold"), condition("current_tags", "includes", "vip")
    found, certain = policy_of([policy(1, gold), policy(2, vip), policy(3)], TICKET, NOW)
    assert found is not None
    assert (found.id, certain) == ("2", True)
    assert policy_of([policy(1, gold)], TICKET, NOW) == (None, True)


@pytest.mark.parametrize("changed", [0, 1])
def test_a_policy_that_was_changed_since_leaves_it_uncertain(changed: int) -> None:
    gold = condition("current_tags", "includes", "gold")
    found, certain = policy_of(
        [policy(1, gold, at=NOW if changed == 0 else LONG_AGO), policy(2, at=NOW if changed == 1 else LONG_AGO)],
        TICKET,
        THEN,
    )
    assert found is not None
    assert (found.id, certain) == ("2", False)


def test_a_later_policy_that_was_changed_does_not_matter() -> None:
    assert policy_of([policy(1), policy(2, at=NOW)], TICKET, THEN)[1] is True


def test_a_policy_that_may_fit_is_a_guess() -> None:
    found, certain = policy_of([policy(1, condition("locale_id", "is", 1)), policy(2)], TICKET, NOW)
    assert found is not None
    assert (found.id, certain) == ("1", False)


def test_policies_are_known_by_what_they_promise() -> None:
    told = {"first_reply": Target(timedelta(minutes=20), True)}
    known = [policy(1), policy(2), policy(3)]
    assert [each.id for each in with_targets(known, "high", told)] == ["2"]
    assert with_targets(known, "low", told) == []
