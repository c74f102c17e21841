"""What this version accepts without applying: one note per place, and what depends on it is not sent."""

from __future__ import annotations

import pytest

from config.applied import not_sent
from tests.config.samples import declared

WORKSPACE = """
company: {name: Halden, locales: [en-US, de]}
segments: {enterprise: {name: Enterprise}}
groups: {tier_2: {name: Tier 2}}
roles:
  agent: {name: Agent, like: agent}
  auditor: {name: Auditor, like: light_agent, rights: {reports: see}}
people:
  mei: {name: Mei, email: mei@halden.example, role: agent, groups: [tier_2]}
  ada: {name: Ada, email: ada@halden.example, role: auditor}
channels:
  support: {type: email, name: Support, address: help@halden.example}
  form: {type: web_form, form: question}
  chat: {type: messaging, existing: Chat}
  phone: {type: voice, by_hand: true}
ticket_fields:
  area: {name: Area, type: dropdown, options: {api: API}, customers: {can: see, name: {en-US: Area, de: Bereich}}}
  sum: {name: Sum, type: decimal}
  card: {name: Card, type: card}
ticket_forms:
  question: {name: Question, fields: [subject, sum, area, card]}
  escalation: {name: Escalation, fields: [subject, sum]}
trigger_categories:
  route: {name: Route, order: [by_area, by_sum]}
triggers:
  by_area:
    name: By area
    category: route
    when: [{field: area, is: api}]
    then: [{set: group, to: tier_2}]
  by_sum:
    name: By sum
    category: route
    when: [{field: sum, empty: false}]
    then: [{set: group, to: tier_2}]
  by_card:
    name: By card
    category: route
    when: [{field: card, empty: false}]
    then: [{set: group, to: tier_2}]
  says_area:
    name: Says the area
    category: route
    when: [{field: status, changed_to: pending}]
    then: [{email: requester, subject: {en-US: Hello, de: Hallo}, body: "{{ticket.fields.area}}"}]
macros:
  with_article:
    name: With article
    then: [{reply: public, text: "{{article:password}}"}]
  from_file:
    name: From file
    then: [{reply: public, text: {file: answer.md}}]
  plain:
    name: Plain
    then: [{reply: public, text: Hello}]
sla_policies:
  all:
    name: All
    targets: {first_reply: {urgent: 4h, high: none, normal: none, low: none}}
    hours: calendar
    warn: {at: 50%, to: [slack_channels/alerts, people/ada], how: hourly}
    breach: {to: [slack_channels/alerts]}
order: {views: [mine]}
views:
  mine: {name: Mine, when: [{field: assignee, is: me}], columns: [subject]}
help_center:
  categories: {account: {name: Account}}
  sections: {access: {name: Access, category: account}}
  articles: {password: {name: Password, section: access, body: {en-US: x, de: y}}}
scenarios: {late: {name: Late}}
integrations:
  slack:
    channels: {alerts: {name: alerts, people: [ada]}}
    user_groups: {all: {name: All, people: [ada]}}
    alerts:
      at_once: {name: At once, to: alerts, when: [{field: priority, is: urgent}], text: x}
      later: {name: Later, to: alerts, when: [{hours_since: open, more_than: 4h}], text: x}
  crm:
    fields: {arr: {object: Account, name: ARR, type: currency}}
    completeness: {at_least: 70%, of: [arr]}
"""


@pytest.fixture(scope="module")
def notes() -> dict[str, str]:
    loaded = declared(WORKSPACE)
    assert loaded.errors == []
    assert {each.severity for each in loaded.findings} == {"note"}
    return {each.path: each.message for each in loaded.findings if each.rule == "applied.not-yet"}


def test_one_note_for_each_kind_and_file(notes: dict[str, str]) -> None:
    assert notes == {"scenarios.late": "`scenarios`: not applied by this version"}


@pytest.fixture(scope="module")
def reasons() -> dict[tuple[str, str], str]:
    return not_sent(declared(WORKSPACE).declaration)


@pytest.mark.parametrize(
    "place",
    [("groups", "tier_2"), ("triggers", "by_sum"), ("macros", "plain"), ("sla_policies", "all"), ("people", "mei"),
     ("trigger_categories", "route"), ("slack_channels", "alerts"), ("slack_user_groups", "all"),
     ("alerts", "at_once"), ("alerts", "later"),
     ("people", "ada"), ("roles", "auditor"),
     ("crm_fields", "arr"),
     ("channels", "support"), ("channels", "phone"), ("order", "order")],
)  # fmt: skip
def test_sent_all_the_same(reasons: dict[tuple[str, str], str], place: tuple[str, str]) -> None:
    assert place not in reasons


def test_one_note_per_file_for_a_whole_kind() -> None:
    text = "scenarios: {a: {}, b: {}, c: {}}"
    assert [each.message for each in declared(text).findings] == [
        "`scenarios` (3 objects): not applied by this version"
    ]
