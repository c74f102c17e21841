"""Which live rules would act on imported tickets."""

from __future__ import annotations

from typing import Any

import pytest

from provisioners.imports import RuleMet
from provisioners.zendesk.imports.rules_met import Arrival, rules_met
from sandbox.zendesk import vendor_defaults

MARK = "imported_frontdesk"
EVERYTHING = ("new", "open", "pending", "hold", "solved", "closed")
MAIL = [{"field": "notification_user", "value": ["requester_id", "Hello", "Hello"]}]


def one(field: str, operator: str, value: Any = None) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value}


def rule(*asked: dict[str, Any], any_of: tuple[dict[str, Any], ...] = (), **more: Any) -> dict[str, Any]:
    conditions = {"all": list(asked), "any": list(any_of)}
    return {"id": 7, "title": "Rule", "active": True, "conditions": conditions, "actions": MAIL, **more}


def met(
    sort: str, body: dict[str, Any], *statuses: str, tags: frozenset[str] | None = None, mark: str = MARK
) -> RuleMet | None:
    """What is said of a rule; None where it does not meet."""
    found = rules_met({f"{sort.replace(' ', '_')}s": [body]}, Arrival(mark, statuses or EVERYTHING, tags))
    assert len(found) < 2 and all(each.sort == sort for each in found)
    return found[0] if found else None


WAITS = one("SOLVED", "greater_than", "96")


@pytest.mark.parametrize(
    ("asked", "statuses"),
    [
        ((one("status", "is", "solved"),), ("solved",)),
        ((one("status", "less_than", "solved"),), ("new", "open", "pending", "hold")),
        ((one("status", "less_than", "closed"),), EVERYTHING[:5]),
        ((one("status", "greater_than", "pending"),), ("hold", "solved")),
        ((one("status", "is_not", "solved"), one("status", "is_not", "closed")), EVERYTHING[:4]),
        ((one("status", "is", "closed"),), ()),
        ((), EVERYTHING[:5]),
        ((one("priority", "is", "urgent"), one("custom_status_id", "is", "77")), EVERYTHING[:5]),
    ],
)
def test_an_automation_meets_the_statuses_that_it_asks_for_and_never_closed_tickets(
    asked: tuple[dict[str, Any], ...], statuses: tuple[str, ...]
) -> None:
    assert tuple(each for each in EVERYTHING if met("automation", rule(WAITS, *asked), each)) == statuses


@pytest.mark.parametrize("sort", ["automation", "trigger"])
@pytest.mark.parametrize(
    ("asked", "any_of", "meets"),
    [
        ((one("current_tags", "not_includes", MARK),), (), False),
        ((one("current_tags", "not_includes", f"spam {MARK} vip"),), (), False),
        ((one("current_tags", "not_includes", ["spam", MARK.upper()]),), (), True),
        ((one("current_tags", "not_includes", "imported"),), (), True),
        ((one("current_tags", "includes", MARK),), (), True),
        ((), (one("current_tags", "not_includes", MARK), one("priority", "is", "high")), True),
        ((), (one("current_tags", "not_includes", MARK), one("current_tags", "not_includes", f"x {MARK}")), False),
        ((), (one("current_tags", "not_includes", MARK),), False),
    ],
)
def test_the_mark_keeps_a_rule_out_only_where_that_must_hold(
    sort: str, asked: tuple[dict[str, Any], ...], any_of: tuple[dict[str, Any], ...], meets: bool
) -> None:
    assert (met(sort, rule(*asked, any_of=any_of)) is not None) is meets


def test_a_tag_that_no_imported_ticket_has_keeps_a_rule_out_where_all_tags_are_known() -> None:
    vip = rule(one("current_tags", "includes", "vip gold"))
    assert met("automation", vip) and met("automation", vip, tags=frozenset({"gold"}))
    assert not met("automation", vip, tags=frozenset({"silver"}))
    either = rule(any_of=(one("current_tags", "includes", "vip"), one("priority", "is", "high")))
    assert met("automation", either, tags=frozenset())
    assert not met("automation", rule(any_of=(one("current_tags", "includes", "vip"),)), tags=frozenset())


def test_what_a_change_may_bring_keeps_no_trigger_out() -> None:
    """An open ticket that somebody solves becomes solved, and may get any tag."""
    assert met("trigger", rule(one("status", "value", "solved")), "open")
    assert met("trigger", rule(one("status", "is", "closed")), "solved")
    assert met("trigger", rule(one("current_tags", "includes", "vip")), "open", tags=frozenset())
    assert not met("trigger", rule(one("status", "value", "solved")), "closed")


@pytest.mark.parametrize(
    ("body", "meets"),
    [
        (rule(one("update_type", "is", "Create")), False),
        (rule(one("update_type", "is", "Change")), True),
        (rule(one("status", "value", "solved")), True),
        (rule(active=False), False),
        (rule(actions=[{"field": "priority", "value": "high"}]), False),
        (rule(actions=[{"field": "notification_webhook", "value": ["01H", "{}"]}]), True),
        (rule(actions=[{"field": "notification_target", "value": ["7", "x"]}]), True),
        (rule(actions=[{"field": "notification_group", "value": ["7", "x", "y"]}]), True),
        (rule(actions=[{"field": "side_conversation_slack", "value": ["x"]}]), True),
        (rule(one("status", "is", "open"), one("status", "is", "pending")), False),
    ],
)
def test_a_trigger_meets_where_somebody_would_hear_of_the_next_update(body: dict[str, Any], meets: bool) -> None:
    assert (met("trigger", body) is not None) is meets


def test_what_is_told_of_a_rule() -> None:
    actions = [
        *MAIL,
        {"field": "notification_group", "value": ["22", "Hello", "Hello"]},
        {"field": "notification_webhook", "value": ["01H", "{}"]},
        {"field": "status", "value": "closed"},
        {"field": "current_tags", "value": "seen"},
    ]
    automation = rule(one("status", "greater_than", "pending"), actions=actions)
    names = {("groups", "22"): "Tier 2", ("webhooks", "01H"): "Pager"}
    (told,) = rules_met({"automations": [automation]}, Arrival(MARK, ("open", "hold", "solved")), names)
    assert told == RuleMet(
        sort="automation",
        id="7",
        title="Rule",
        does=("mails the customer", "mails the group Tier 2", "calls the webhook Pager", "sets status to closed",
              "adds tags"),
        mails=("agents", "customers", "others"),
        why="Within an hour of the import it acts on tickets that are hold or solved; none of its conditions keeps out "
            f"those with the tag {MARK}.",
        do=f"Add to the conditions that must all hold:  Tags · Contains none of the following · {MARK}",
    )  # fmt: skip


def test_the_vendors_own_rules_meet_open_and_solved_tickets_but_no_closed_ones() -> None:
    lists = {
        "automations": [{"active": True, **body} for body in vendor_defaults.AUTOMATIONS],
        "triggers": [{"active": True, **body} for body in vendor_defaults.TRIGGERS],
    }
    found = rules_met(lists, Arrival(MARK, ("open", "solved")))
    assert any(each.sort == "automation" and "sets status to closed" in each.does for each in found)
    assert any(each.sort == "trigger" and "customers" in each.mails for each in found)
    assert rules_met(lists, Arrival(MARK, ("closed",))) == []


def test_a_deletion_schedule_meets_whatever_will_be_closed_one_day() -> None:
    old = one("updated_at", "greater_than", "26280")
    schedule = rule(old, actions=[], object="zen:ticket")
    for status in ("open", "closed"):
        told = met("deletion schedule", schedule, status)
        assert told is not None and told.does == ("deletes tickets for good",) and "that are closed;" in told.why
    assert not met("deletion schedule", rule(old, object="zen:user"))
    assert not met("deletion schedule", rule(old, active=False, object="zen:ticket"))
    assert not met("deletion schedule", rule(old, one("current_tags", "not_includes", MARK), object="zen:ticket"))


@pytest.mark.parametrize("odd", [{}, {"conditions": None, "actions": None}, {"conditions": [], "actions": [None, 1]}])
def test_a_rule_in_a_form_that_nobody_knows_counts_as_one_that_meets(odd: dict[str, Any]) -> None:
    assert met("automation", odd) is not None
