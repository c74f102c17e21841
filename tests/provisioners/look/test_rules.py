"""The catalogue of the health page: each rule fires where it should, and not where it nearly should."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from provisioners.zendesk.look.catalogue import CATALOGUE, examine
from provisioners.zendesk.look.entries import kinds
from provisioners.zendesk.look.inventory import Inventory, name_of
from provisioners.zendesk.look.lists import LISTS
from provisioners.zendesk.look.rule import WHOLE
from provisioners.zendesk.look.rules import limits
from tests.provisioners.look import cases_broken, cases_method, cases_rest
from tests.provisioners.look.bodies import (
    CREATED,
    OPEN,
    Case,
    Row,
    asks,
    body,
    does,
    inventory,
    policy,
    rule,
    ticket_field,
)

CASES = [*cases_broken.CASES, *cases_rest.CASES, *cases_method.CASES]
PRIORITY = cases_method.PRIORITY_FIELD
BY_ID = {each.id: each for each in CATALOGUE}


def named(case: Case) -> str:
    return case.rule


@pytest.mark.parametrize("case", CASES, ids=named)
def test_it_fires(case: Case) -> None:
    found = BY_ID[case.rule].found(inventory(case.bad, settings=case.bad_settings))
    assert found is not None
    assert [name_of(each.kind, each.body) for each in found.spots] == case.names


@pytest.mark.parametrize("case", CASES, ids=named)
def test_it_does_not_fire_on_what_is_nearly_the_same(case: Case) -> None:
    found = BY_ID[case.rule].found(inventory(case.good))
    assert found is None, [(name_of(each.kind, each.body), each.note) for each in found.spots]


def test_every_rule_has_a_case() -> None:
    assert {each.rule for each in CASES} == set(BY_ID)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_what_could_not_be_read_is_neither_wrong_nor_in_order(case: Case) -> None:
    for need in BY_ID[case.rule].needs:
        whole = inventory(case.bad, settings=case.bad_settings)
        lists = {kind: bodies for kind, bodies in whole.lists.items() if kind != need}
        without = Inventory(lists, None if need == "settings" else whole.settings, now=whole.now, whole=need != WHOLE)
        examined = examine(without, lambda type_, identifier: None)
        assert case.rule not in {each.rule for each in (*examined.findings, *examined.in_order)}, need
        assert case.rule in {each.rule for each in examined.not_asked}, need


def test_ids_and_sentences_are_of_one_form() -> None:
    assert [each for each, count in Counter(rule.id for rule in CATALOGUE).items() if count > 1] == []
    for each in CATALOGUE:
        assert re.fullmatch(r"look\.[a-z]+(-[a-z]+)*", each.id), each.id
        assert each.what[0].isupper() and not each.what.endswith("."), each.what
        for sentence in (each.why, each.do, each.in_order):
            assert sentence[0].isupper() or sentence.startswith("golive"), sentence
            assert sentence.endswith("."), sentence


def test_an_empty_account_has_nothing_in_order_that_is_not_there() -> None:
    in_order = examine(inventory(), lambda type_, identifier: None).in_order
    assert {each.rule for each in in_order} == {"look.tickets-deletable"}


def test_each_check_is_counted_once_and_never_in_order_where_it_was_not_asked() -> None:
    whole = inventory(cases_rest.CASES[0].bad)
    without = Inventory({kind: each for kind, each in whole.lists.items() if kind != "roles"}, {}, now=whole.now)
    for account in (whole, without, Inventory({}, now=whole.now, whole=False)):
        examined = examine(account, lambda type_, identifier: None)
        rules = [each.rule for each in (*examined.findings, *examined.in_order, *examined.not_asked)]
        assert sorted([*rules, *examined.nothing_to_check]) == sorted(BY_ID)
    [deletable] = examine(without, lambda type_, identifier: None).not_asked
    assert (deletable.rule, deletable.unread) == ("look.tickets-deletable", "custom roles")


def test_findings_come_with_the_most_serious_first() -> None:
    lists = {kind: bodies for case in CASES for kind, bodies in case.bad.items() if len(bodies) < 100}
    findings = examine(inventory(lists), lambda type_, identifier: f"https://a.example/{identifier}").findings
    weights = [each.weight for each in findings]
    assert weights == sorted(weights, key=["serious", "warning", "note"].index)
    assert {each.page for finding in findings for each in finding.places} <= {
        f"https://a.example/{each.id}" for finding in findings for each in finding.places
    }


def test_a_customers_tag_that_a_ticket_gets_otherwise_is_none_that_nobody_passes_on() -> None:
    segment = {**ticket_field("Segment", "dropdown", "big", "mid"), "key": "segment"}
    off = {"user": {"tagging": False}}

    def fires(*when: Row, one_of: list[Row] | None = None, **lists: list[Row]) -> bool:
        rules = {"views": [rule("V", list(when), [], one_of=one_of or [])], "organization_fields": [segment], **lists}
        return BY_ID["look.customers-tags-off"].found(inventory(rules, settings=off)) is not None

    big, other = asks("current_tags", "big", "includes"), asks("current_tags", "other", "includes")
    assert fires(big)
    assert not fires(asks("current_tags", "big other", "includes")), "one of both is enough"
    assert not fires(asks("current_tags", "big", "not_includes"))
    assert not fires(CREATED, one_of=[big, other])
    assert not fires(big, macros=[rule("Says so", None, [does("current_tags", "big")])])
    assert not fires(big, ticket_fields=[ticket_field("Size", "tagger", "big")])
    on = inventory({"views": [rule("V", [big], [])], "organization_fields": [segment]})
    assert "look.customers-tags-off" in {each.rule for each in examine(on, lambda type_, identifier: None).in_order}


def test_a_set_of_doubles_says_what_it_counts_and_which_of_them_runs_first() -> None:
    categories = [body("Routing", id="1", position=1), body("Mail", id="2", position=2)]
    twins = [
        rule("Rule 26", [OPEN], id=3, category_id="2", position=2),
        rule("Other", [OPEN], [does("type", "problem")], id=4, category_id="2", position=1),
        rule("Rule 26", [OPEN], id=5, category_id="2", position=3),
        rule("24/7 hotline", [OPEN], id=6, position=9),
    ]
    account = inventory({"triggers": twins, "trigger_categories": categories})
    [finding] = [
        each
        for each in examine(account, lambda type_, identifier: f"https://a.example/{identifier}").findings
        if each.rule == "look.trigger-duplicate"
    ]
    assert finding.what == "Triggers that ask and do the same: 3 triggers in 1 set"
    [place] = finding.places
    assert (place.name, place.where) == ("24/7 hotline", "runs first, no. 1 in “Routing”")
    assert [(each.name, each.where, each.page) for each in place.twins] == [
        ("Rule 26", "no. 2 in “Mail”", "https://a.example/3"),
        ("Rule 26", "no. 3 in “Mail”", "https://a.example/5"),
    ]
    groups = BY_ID["look.group-title"].found(inventory({"groups": [body("A", id=1), body("a", id=2), body("B")]}))
    assert groups is not None and groups.what == "Groups of the same name: 2 groups in 1 set"
    macros = BY_ID["look.macro-duplicate"].found(inventory({"macros": [rule("M", id=1), rule("M", id=2)]}))
    assert macros is not None and macros.spots[0].twins[0].where == "id 2"


def test_the_schedule_that_counts_for_all_is_named() -> None:
    found = BY_ID["look.schedule-unused"].found(inventory({"schedules": [body("Berlin"), body("Lisbon")]}))
    assert found is not None and "the first schedule, “Berlin”, whatever" in found.why


def test_fields_are_counted_as_they_are_said() -> None:
    fields = [*(ticket_field(str(number)) for number in range(10)), ticket_field("Off") | {"active": False}, PRIORITY]
    account = inventory({"ticket_fields": fields, "ticket_forms": [body("Ask", ticket_field_ids=[1, 2, 3])]})
    [limit] = [each for each in limits.limits(account) if "fields" in each.what]
    assert (limit.what, limit.used) == ("Ticket fields in the fullest form", 3)
    [counted] = [each for each in kinds(account, lambda type_, identifier: None) if each.kind == "ticket_fields"]
    assert counted.detail == "11 of the account's own (1 of them off), 1 of Zendesk's"
    silent = inventory({"ticket_fields": [ticket_field("S", agent_description="") | {"description": ""}, fields[-2]]})
    found = BY_ID["look.field-undescribed"].found(silent)
    assert found is not None and found.what.startswith("1 of the 1 ticket fields of the account's own that are on do")


JUNK: list[Any] = [
    {}, {"id": None}, {"id": 1, "conditions": None, "actions": None, "filter": None},
    {"id": 2, "conditions": [], "actions": {}, "filter": {"all": None, "any": [None, "x", {}]}},
    {"id": 3, "title": None, "conditions": {"all": [{"field": None, "operator": None, "value": {"a": 1}}]},
     "actions": [None, {"field": "group_id"}, {"field": None, "value": [[], {}]}]},
    {"id": 4, "title": 5, "name": ["x"], "position": "first", "custom_field_options": [{}],
     "endpoint": "http://[", "status": "active",
     "policy_metrics": [None, {}, {"target": "soon", "priority": 1}], "restriction": "Group", "email": 7,
     "ticket_field_ids": [None], "agent_conditions": [{}], "configuration": None, "created_at": "yesterday",
     "updated_at": 5, "last_login_at": "x", "team_member_count": None, "variants": None, "subscriptions": [None]},
    {"id": 5, "conditions": {"all": [{"field": "status", "operator": "is", "value": [True, 1.0, None]}]},
     "restriction": {"type": "Group"}, "actions": [{"field": "notification_user", "value": []}], "role_type": 0},
]  # fmt: skip


def test_no_answer_of_the_vendor_breaks_it() -> None:
    whole = {each.kind: [*JUNK, *JUNK] for each in LISTS}
    for lists in (whole, *({**whole, each.kind: []} for each in LISTS)):
        junk = inventory(lists)
        examine(junk, lambda type_, identifier: None)
        list(kinds(junk, lambda type_, identifier: None))


def test_a_finding_weighs_what_its_worst_object_weighs() -> None:
    by_macro = inventory({"macros": [rule("M", None, [does("group_id", "7")])], "groups": [body("G")]})
    by_trigger = inventory({"triggers": [rule("T", None, [does("group_id", "7")])], "groups": [body("G")]})
    asked = inventory({"triggers": [rule("T", [{"field": "group_id", "operator": "is", "value": "7"}])]})
    weights = [BY_ID["look.group-gone"].found(each) for each in (by_macro, by_trigger, asked)]
    assert [each and each.weight for each in weights] == ["warning", "serious", "warning"]
    full = inventory({"triggers": [rule("T")] * 6_700})
    found = BY_ID["look.limit-triggers"].found(full)
    assert found is not None and (found.weight, found.what) == ("serious", "Active triggers: 6,700 of 7,000")


def test_a_threshold_stands_in_its_finding() -> None:
    found = BY_ID["look.rules-many"].found(inventory({"triggers": [rule("T")] * 31}))
    assert found is not None and found.weight == "warning"
    assert (
        found.what == "31 rules act by themselves; golive's rule of thumb is to begin with 5 to 10, and 30 are too many"
    )
    loose = BY_ID["look.sla-loose"].found(
        inventory({"sla_policies": [policy("P", None, {("high", "total_resolution_time"): 7 * 24 * 60})]})
    )
    assert loose is not None and loose.spots[0].note == "resolution for high: 7 d, rule of thumb: 3 d"
