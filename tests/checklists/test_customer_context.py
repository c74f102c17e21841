"""What gates ask of the CRM: that it has accounts, how full they are, and that the helpdesk shows the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from config.results.context import (
    ContextDocument,
    DependentRule,
    FieldFill,
    Sampled,
    TicketTraces,
    UntracedTicket,
    ValueCompared,
)
from tests.checklists.asking import asked

RULE = """
customer_fields: {arr: {of: organization, name: ARR, type: decimal}}
trigger_categories: {route: {name: Route}}
triggers:
  rich_first:
    name: Rich first
    category: route
    phase: rollout
    when: [{event: created}, {field: organization.arr, more_than: 5}]
    then: [{add_tags: [rich]}]
"""


def fill(field: str, share: float | None, helpdesk: str = "") -> FieldFill:
    return FieldFill(field, field.upper(), helpdesk, None, share, True, None, "a long text" if share is None else "")


COUNTED = ContextDocument(
    accounts=200,
    fields=[fill("arr", 0.69, "organization.arr"), fill("csm_name", 0.9, "organization.csm"), fill("notes", None)],
    rules=[DependentRule("triggers/rich_first", "Rich first", ["arr"])],
    sample=Sampled(5, 12, 0, []),
)


@pytest.mark.parametrize(
    ("given", "phase", "seen", "word"),
    [
        ({"of": ["csm"], "at_least": "70%"}, "soft_launch", "pass", "CSM_NAME 90 %"),
        ({"of": ["csm_name"], "at_least": "91%"}, "soft_launch", "fail", "CSM_NAME (90 %)"),
        ({"of": ["arr"], "at_least": "70%"}, "soft_launch", "fail", "ARR (69 %)"),
        ({"of": ["arr"]}, "soft_launch", "pass", "ARR 69 %"),
        ({"of": ["arr"], "at_least": "70%", "or_nothing_relies_on_it": True}, "soft_launch", "pass", "no rule relies"),
        ({"of": ["arr"], "at_least": "70%", "or_nothing_relies_on_it": True}, "rollout", "fail", "triggers/rich_first"),
        ({"of": ["arr", "segment"], "at_least": "70%"}, "soft_launch", "fail", "no field segment"),
        ({"of": ["notes"], "at_least": "70%"}, "soft_launch", "unknown", "a long text"),
    ],
)
def test_fields_are_full_enough_or_nothing_relies_on_them(
    given: dict[str, Any], phase: str, seen: str, word: str
) -> None:
    found, said = asked("context_complete", given, config=RULE, phase=phase, context=COUNTED)
    assert (found, word in said) == (seen, True), said


def test_nobody_knows_what_no_crm_was_asked_for() -> None:
    for probe, given in (("context_complete", {"of": ["arr"]}), ("context_agrees", {}), ("crm_accounts", {})):
        assert asked(probe, given) == ("unknown", "No CRM was asked")
    assert asked("context_complete", {"of": ["arr"]}, context=ContextDocument())[0] == "fail"


def test_samples_agree() -> None:
    assert asked("context_agrees", {"accounts": 5}, context=COUNTED)[0] == "pass"
    assert asked("context_agrees", {"accounts": 6}, context=COUNTED)[0] == "fail"
    different = Sampled(5, 12, 0, [ValueCompared("001", "Shop", "organization.arr", 1, 2)])
    found, said = asked("context_agrees", context=replace(COUNTED, sample=different))
    assert (found, "Shop, organization.arr" in said) == ("fail", True)
    assert asked("context_agrees", context=replace(COUNTED, sample=None))[0] == "unknown"


def test_the_crm_has_accounts_and_golive_may_see_them() -> None:
    assert asked("crm_accounts", {"at_least": 200}, context=COUNTED)[0] == "pass"
    assert asked("crm_accounts", {"at_least": 201}, context=COUNTED)[0] == "fail"
    assert asked("crm_access", answers={"crm_rights": {"missing": []}})[0] == "pass"
    found, said = asked("crm_access", answers={"crm_rights": {"missing": ["Manage Users"]}})
    assert (found, "Manage Users" in said) == ("fail", True)
    assert asked("crm_access", unanswered={"crm_rights": "crm does not answer"}) == ("unknown", "crm does not answer")


def test_fields_that_are_too_empty_have_a_stand_in() -> None:
    thin = replace(fill("arr", 0.69), enough=False)
    full = replace(fill("csm_name", 0.9), enough=True)
    document = replace(COUNTED, fields=[thin, full])
    found, said = asked("stand_ins_named", context=document)
    assert (found, "ARR" in said, "CSM" in said) == ("warn", True, False)
    named = replace(document, fields=[replace(thin, stand_in="the plan in billing"), full])
    found, said = asked("stand_ins_named", context=named)
    assert (found, "the plan in billing" in said) == ("pass", True)
    assert asked("stand_ins_named", context=replace(COUNTED, fields=[full]))[0] == "pass"
    assert asked("stand_ins_named", context=replace(COUNTED, fields=[fill("notes", None)]))[0] == "unknown"
    assert asked("stand_ins_named", context=replace(COUNTED, fields=[replace(full, decides=False)]))[0] == "unknown"


def test_tickets_leave_a_trace_in_the_crm() -> None:
    whole = TicketTraces(2, 3, 3, [])
    assert asked("crm_trace", context=replace(COUNTED, traces=whole))[0] == "pass"
    lost = TicketTraces(2, 3, 2, [UntracedTicket("35", "It is down", "001", "Shop")])
    found, said = asked("crm_trace", context=replace(COUNTED, traces=lost))
    assert (found, "#35 of Shop" in said) == ("fail", True)
    for unknown in (None, TicketTraces(0, 0, 0, [])):
        assert asked("crm_trace", context=replace(COUNTED, traces=unknown))[0] == "unknown"
