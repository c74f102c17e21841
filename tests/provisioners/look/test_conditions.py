"""Which conditions exclude each other: what is told must be certain."""

from __future__ import annotations

import itertools

import pytest

from provisioners.zendesk.look.conditions import Condition, condition_of, contradiction, excludes, impossible
from tests.provisioners.look.bodies import asks


def made(name: str, operator: str, value: object) -> Condition:
    return condition_of(asks(name, value, operator))


EXCLUDE = [
    ("status", ("is", "open"), ("is", "solved")),
    ("status", ("is", "solved"), ("less_than", "solved")),
    ("status", ("less_than", "open"), ("greater_than", "new")),
    ("status", ("is", "open"), ("is_not", "open")),
    ("status", ("value", "open"), ("is", "pending")),
    ("status", ("value", "open"), ("not_value", "open")),
    ("status", ("value_previous", "open"), ("value_previous", "new")),
    ("status", ("value_previous", "open"), ("not_value_previous", "open")),
    ("priority", ("is", "low"), ("greater_than", "normal")),
    ("priority", ("changed", None), ("not_changed", None)),
    ("priority", ("value", "high"), ("not_changed", None)),
    ("update_type", ("is", "Create"), ("is", "Change")),
    ("group_id", ("is", "7"), ("is", 8)),
    ("group_id", ("is", ""), ("is", "8")),
    ("group_id", ("includes", ["7", "8"]), ("is", "9")),
    ("group_id", ("includes", ["7", "8"]), ("not_includes", ["8", "7", "9"])),
    ("assignee_id", ("is", "7"), ("is", "8")),
    ("role", ("is", "end_user"), ("is", "agent")),
    ("comment_is_public", ("is", True), ("is", "false")),
    ("current_tags", ("includes", "vip"), ("not_includes", "spam vip")),
    ("custom_fields_1", ("is", "a"), ("is", "b")),
    ("custom_fields_1", ("present", None), ("not_present", None)),
    ("custom_fields_1", ("is", "a"), ("not_present", None)),
    ("custom_fields_1", ("includes", ["a"]), ("not_includes", ["a"])),
    ("organization.custom_fields.tier", ("is", "gold"), ("is", "silver")),
    ("subject_includes_word", ("is", "refund"), ("is_not", "refund")),
    ("subject_includes_word", ("includes", "refund"), ("not_includes", "refund bill")),
    ("PENDING", ("greater_than", "24"), ("less_than", "24")),
    ("PENDING", ("greater_than", "24"), ("less_than", "25")),
    ("SOLVED", ("is", "24"), ("is", "48")),
    ("reopens", ("is", 2), ("less_than", 2)),
]
MAY_HOLD = [
    ("status", ("is_not", "open"), ("is_not", "solved")),
    ("status", ("less_than", "solved"), ("greater_than", "new")),
    ("status", ("value_previous", "open"), ("is", "solved")),
    ("status", ("changed", None), ("is", "solved")),
    ("status", ("is", "a status of tomorrow"), ("less_than", "solved")),
    ("priority", ("is_not", ""), ("less_than", "high")),
    ("group_id", ("is", "current_groups"), ("is", "8")),
    ("assignee_id", ("is", "current_user"), ("is", "8")),
    ("requester_id", ("is", "assignee_id"), ("is", "8")),
    ("role", ("is", "agent"), ("is", "8")),
    ("role", ("is", "agent"), ("is", "admin")),
    ("comment_is_public", ("is", "true"), ("is", "requester_can_see_comment")),
    ("satisfaction_score", ("is", "good"), ("is", "good_with_comment")),
    ("within_schedule", ("is", "1"), ("is", "2")),
    ("current_tags", ("includes", "vip gold"), ("not_includes", "gold")),
    ("current_tags", ("includes", "vip"), ("includes", "gold")),
    ("custom_fields_1", ("includes", ["a"]), ("includes", ["b"])),
    ("custom_fields_1", ("not_value", "a"), ("is", "a")),
    ("subject_includes_word", ("is", "refund"), ("is", "bill")),
    ("PENDING", ("greater_than", "24"), ("less_than", "26")),
    ("PENDING", ("greater_than", "24"), ("less_than_business_hours", "10")),
    ("PENDING", ("greater_than", "soon"), ("less_than", "1")),
    ("exact_created_at", ("less_than", "2026-01-01"), ("greater_than", "2026-02-01")),
    ("recipient", ("is", "a@b.example"), ("is", "c@b.example")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "one", "other"), EXCLUDE)
def test_they_exclude_each_other(name: str, one: tuple[str, object], other: tuple[str, object]) -> None:
    first, second = made(name, *one), made(name, *other)
    assert excludes(first, second) and excludes(second, first)


@pytest.mark.parametrize(("name", "one", "other"), MAY_HOLD)
def test_they_may_hold_together(name: str, one: tuple[str, object], other: tuple[str, object]) -> None:
    first, second = made(name, *one), made(name, *other)
    assert not excludes(first, second) and not excludes(second, first)


def test_conditions_on_different_fields_never_exclude_each_other() -> None:
    assert contradiction([made("status", "is", "open"), made("priority", "is", "low")]) is None


def test_one_of_several_is_enough() -> None:
    status = [made("status", "is", each) for each in ("open", "solved", "new")]
    assert impossible(status[:1], status[1:]) == (status[1], status[0])
    assert impossible(status[:1], status) is None
    assert impossible([], status) is None


def test_what_is_written_differently_is_the_same() -> None:
    assert made("current_tags", "includes", "b a") == made("current_tags", "includes", ["a", "b"])
    assert made("group_id", "is", 7) == made("group_id", "is", "7") == made("group_id", "is", 7.0)
    assert made("status", "changed", None) == made("status", "changed", "")


def test_statuses_are_told_apart_as_a_ticket_would() -> None:
    """Against a model: a status fits a condition or not; two exclude each other where no status fits both."""
    order = ["new", "open", "pending", "hold", "solved", "closed"]
    fits = {
        "is": lambda status, value: status == value,
        "is_not": lambda status, value: status != value,
        "less_than": lambda status, value: order.index(status) < order.index(value),
        "greater_than": lambda status, value: order.index(status) > order.index(value),
    }
    everything = [(operator, value) for operator in fits for value in order]
    for one, other in itertools.product(everything, everything):
        possible = any(fits[one[0]](each, one[1]) and fits[other[0]](each, other[1]) for each in order)
        assert excludes(made("status", *one), made("status", *other)) is not possible, (one, other)
