"""When customer success managers are brought in, and who is told where nobody knows them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checklists.asking import asked

GIVEN = {
    "senior_account": "Every large one.",
    "disputed_amount": 5000,
    "repeat_contacts": 3,
    "risk_words": ["Cancel", "lawyer"],
}
RULES = """
roles: {admin: {name: Admin, like: admin}}
people: {ada: {name: Ada Lang, email: ada@acme.example, role: admin}}
customer_fields:
  arr: {of: organization, name: ARR, type: decimal}
  csm: {of: organization, name: CSM, type: text}
ticket_fields:
  disputed_amount: {name: Disputed, type: dropdown, options: {much: Much}}
trigger_categories: {route: {name: Route}}
triggers:
  senior:
    {name: Senior, category: route, when: [{field: organization.arr, more_than: 9}], then: [{add_tags: [csm-review]}]}
  disputed:
    {name: Disputed, category: route, when: [{field: disputed_amount, is: much}], then: [{add_tags: [csm-review]}]}
  again: {name: Again, category: route, when: [{field: reopens, more_than: 1}], then: [{add_tags: [again]}]}
  again_to_csm:
    name: Again to the manager
    category: route
    when: [{field: tags, has: again}, {field: organization.arr, more_than: 1}]
    then: [{add_tags: [csm-review]}]
  words:
    name: Talk of leaving
    category: route
    when: [{field: comment_text, has_word: [cancel, lawyer]}]
    then: [{add_tags: [csm-review]}]
integrations:
  crm:
    fields:
      arr: {object: Account, type: decimal, existing: ARR__c}
      csm: {object: Account, type: text, existing: CSM__c}
    mapping:
      written_by: golive
      rows: [{crm: arr, helpdesk: organization.arr}, {crm: csm, helpdesk: organization.csm}]
  slack:
    channels: {managers: {name: managers}}
    alerts:
      review:
        name: Reviews
        to: managers
        when: [{field: tags, has: csm-review}]
        text: "{{organization.fields.csm}}, or Ada: {{ticket.link}}"
"""


@pytest.mark.parametrize(
    ("old", "new", "seen", "word"),
    [
        ("", "", "pass", "alerts/review"),
        ("has_word: [cancel, lawyer]", "has_word: [cancel]", "fail", "lawyer"),
        ("{field: comment_text, has_word: [cancel, lawyer]}", "{field: status, is: open}", "fail", "may leave"),
        ("{field: organization.arr, more_than: 9}", "{event: created}", "fail", "a senior account"),
        ("{field: reopens, more_than: 1}", "{event: created}", "fail", "repeated contacts"),
        ("{field: disputed_amount, is: much}", "{event: created}", "fail", "a disputed amount"),
        ("when: [{field: tags, has: csm-review}]", "when: [{field: tags, has: again}]", "fail", "nobody is told"),
        ("category: route, when: [{field: reopens", "category: route, active: false, when: [{field: reopens", "fail",
         "repeated contacts"),
        ("then: [{add_tags: [again]}]", "then: [{add_tags: [again, csm-review]}]", "pass", "alerts/review"),
        ("triggers:\n", "triggers:\n  all_urgent: {name: All, category: route, when: [{field: priority, is: urgent}], "
         "then: [{add_tags: [csm-review]}]}\n", "warn", "triggers/all_urgent"),
    ],
)  # fmt: skip
def test_four_signs_mark_a_ticket_and_somebody_is_told(old: str, new: str, seen: str, word: str) -> None:
    assert old in RULES
    found, said = asked("csm_bridge", GIVEN, config=RULES.replace(old, new, 1))
    assert (found, word in said) == (seen, True), said


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("{{organization.fields.csm}}, or Ada: {{ticket.link}}", "pass"),
        ("{{organization.fields.csm}}, please: {{ticket.link}}", "fail"),
        ("{% if organization.fields.csm %}{{organization.fields.csm}}{% else %}all{% endif %}", "pass"),
        ("A managed customer: {{ticket.link}}", "pass"),
    ],
)
def test_somebody_else_is_named_where_no_manager_is_known(text: str, seen: str) -> None:
    files = RULES.replace("{{organization.fields.csm}}, or Ada: {{ticket.link}}", text)
    assert asked("csm_stand_in", config=files)[0] == seen


def test_nobody_stands_in_where_nobody_is_told() -> None:
    given: dict[str, Any] = {"mark": "other"}
    assert asked("csm_stand_in", given, config=RULES)[0] == "fail"
