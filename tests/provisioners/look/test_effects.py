"""Which trigger keeps another one from ever acting: told only where nothing can let it through after all."""

from __future__ import annotations

from typing import Any

import pytest

from provisioners.zendesk.look.effects import defeats, ends_itself, overruled
from provisioners.zendesk.look.inventory import name_of, rule_of
from tests.provisioners.look.bodies import CREATED, OPEN, Row, asks, does, rule

NO_GROUP = asks("group_id", "")
FIRST = rule("First", [CREATED], [does("group_id", "7")])
SECOND = rule("Second", [CREATED, NO_GROUP])


def defeated(*bodies: Row) -> list[str]:
    return [name_of("triggers", each.rule.body) for each in defeats([rule_of("triggers", body) for body in bodies])]


def test_the_wider_trigger_before_the_narrower_one() -> None:
    assert defeated(FIRST, SECOND) == ["Second"]
    assert defeated(rule("First", [CREATED, NO_GROUP], [does("group_id", "7")]), SECOND) == ["Second"]
    assert defeated(rule("First", [CREATED], [does("status", "pending")]), rule("Second", [CREATED, OPEN])) == [
        "Second"
    ]
    assert defeated(
        rule("First", [CREATED], [does("priority", "low")]),
        rule("Second", [CREATED, asks("priority", "normal", "greater_than"), OPEN]),
    ) == ["Second"]


LETS_THROUGH: dict[str, list[Any]] = {
    "the other order": [SECOND, FIRST],
    "the earlier asks for more": [rule("First", [CREATED, OPEN], [does("group_id", "7")]), SECOND],
    "the earlier asks one of several": [
        rule("First", [CREATED], [does("group_id", "7")], one_of=[OPEN, asks("type", "task")]), SECOND,
    ],
    "what is set is what is asked for": [FIRST, rule("Second", [CREATED, asks("group_id", "7")])],
    "one between them changes what the earlier asks for": [
        rule("First", [asks("type", "task")], [does("group_id", "7")]),
        rule("Between", [CREATED], [does("type", "task")]),
        rule("Second", [asks("type", "task"), NO_GROUP]),
    ],
    "one between them sets a tag, and the earlier asks for tags": [
        rule("First", [asks("current_tags", "a", "includes")], [does("group_id", "7")]),
        rule("Between", [CREATED], [does("custom_fields_1", "a")]),
        rule("Second", [asks("current_tags", "a", "includes"), NO_GROUP]),
    ],
    "one between them sets a tag, and the earlier asks for a field of its own": [
        rule("First", [asks("custom_fields_1", "a")], [does("group_id", "7")]),
        rule("Between", [CREATED], [does("current_tags", "a")]),
        rule("Second", [asks("custom_fields_1", "a"), NO_GROUP]),
    ],
    "another one empties the group": [FIRST, SECOND, rule("Last", [OPEN], [does("group_id", "")])],
    "another one sets what is asked for": [
        rule("First", [CREATED], [does("status", "pending")]), rule("Second", [CREATED, OPEN]),
        rule("Last", [CREATED], [does("status", "open")]),
    ],
    "another one sets a status of the account's own": [
        rule("First", [CREATED], [does("status", "pending")]), rule("Second", [CREATED, OPEN]),
        rule("Last", [CREATED], [does("custom_status_id", "9")]),
    ],
    "the later asks what an update does": [
        rule("First", [CREATED], [does("status", "pending")]),
        rule("Second", [CREATED, asks("status", "open", "value_previous")]),
    ],
    "the group may take the assignee away": [
        rule("First", [CREATED], [does("assignee_id", "7")]),
        rule("Second", [CREATED, asks("assignee_id", "")]),
        rule("Last", [CREATED], [does("group_id", "9")]),
    ],
}  # fmt: skip


@pytest.mark.parametrize("why", LETS_THROUGH)
def test_what_may_let_it_through(why: str) -> None:
    assert defeated(*LETS_THROUGH[why]) == []


def test_an_assignee_brings_a_group_along() -> None:
    assert defeated(FIRST, SECOND, rule("Last", [OPEN], [does("assignee_id", "current_user")])) == ["Second"]


def test_overruled_only_where_both_always_act() -> None:
    def undone(*bodies: Row) -> list[tuple[str, str, str]]:
        rules = [rule_of("triggers", body) for body in bodies]
        found = overruled(rules)
        return [(name_of("triggers", a.body), name_of("triggers", b.body), field) for a, b, field in found]

    first = rule("First", [CREATED, OPEN], [does("priority", "low")])
    second = rule("Second", [OPEN, CREATED], [does("priority", "high")])
    assert undone(first, second) == [("First", "Second", "priority")]
    assert undone(first, rule("Between", [CREATED], [does("status", "pending")]), second) == []
    assert undone(rule("First", [CREATED, OPEN], [does("priority", "low"), does("status", "pending")]), second) == []
    assert undone(first, rule("Second", [OPEN, CREATED], [does("priority", "low"), does("type", "task")])) == []


def test_a_rule_that_changes_what_it_asks_for_ends_itself() -> None:
    def ends(when: list[Row], then: list[Row]) -> bool:
        return ends_itself(rule_of("triggers", rule("R", when, then)))

    assert ends([asks("current_tags", "a", "not_includes")], [does("current_tags", "a")])
    assert ends([OPEN], [does("custom_status_id", "9")])
    assert ends([asks("custom_fields_1", "a")], [does("remove_tags", "a")])
    assert not ends([OPEN], [does("priority", "low")])


def test_many_alike_are_not_compared_for_ever() -> None:
    """All ask the same and set the same: the worst there is. The work is bounded, not the answer."""
    many = [rule_of("triggers", rule(str(n), [CREATED, NO_GROUP], [does("group_id", "7")])) for n in range(2_500)]
    assert len(list(defeats(many))) == 2_499
