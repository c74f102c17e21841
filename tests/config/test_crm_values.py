"""Rules that ask for a field of the CRM that is too empty sleep, whatever their phase."""

from __future__ import annotations

from config.crm_values import crm_fields_asked
from config.phases import FULL_CRM, asleep_until
from tests.config.samples import declared

FILES = """
roles: {admin: {name: Admin, like: admin}}
people: {ada: {name: Ada, email: ada@acme.example, role: admin}}
segments: {big: {name: Big}, small: {name: Small}}
customer_fields:
  arr: {of: organization, name: ARR, type: decimal}
  segment: {of: organization, name: Segment, type: dropdown, options_from: segments}
  region: {of: organization, name: Region, type: text}
trigger_categories: {route: {name: Route}}
triggers:
  by_segment: {name: S, category: route, when: [{field: organization.segment, is: big}], then: [{add_tags: [a]}]}
  by_tag: {name: T, category: route, phase: rollout, when: [{field: tags, has: segment_big}], then: [{add_tags: [b]}]}
  by_arr: {name: A, category: route, when: [{field: organization.arr, more_than: 5}], then: [{add_tags: [c]}]}
  by_region: {name: R, category: route, when: [{field: organization.region, is: x}], then: [{add_tags: [d]}]}
views:
  big:
    name: Big
    columns: [subject]
    when: [{field: status, before: solved}]
    when_any: [{field: organization.segment, is: big}]
integrations:
  crm:
    fields:
      arr: {object: Account, type: decimal, existing: ARR__c}
      segment: {object: Account, type: dropdown, existing: Segment__c, options_from: segments}
    mapping:
      written_by: golive
      rows: [{crm: arr, helpdesk: organization.arr}, {crm: segment, helpdesk: organization.segment}]
    completeness: {at_least: 70%, of: [arr, segment]THIN}
"""
THIN = ", too_empty: {segment: {stand_in: seats in the product, owner: ada, by: 2027-01-31}}"


def test_what_asks_for_a_field_that_is_too_empty_sleeps() -> None:
    declaration = declared(FILES.replace("THIN", THIN)).declaration
    rules = {("triggers", key): item for key, item in declaration.of("triggers").items()}
    rules |= {("views", key): item for key, item in declaration.of("views").items()}
    assert {key: asleep_until(item.value, "rollout") for (_, key), item in rules.items()} == {
        "by_segment": FULL_CRM,
        "by_tag": FULL_CRM,
        "by_arr": None,
        "by_region": None,
        "big": FULL_CRM,
    }
    assert asleep_until(rules["triggers", "by_tag"].value, "build") == "rollout"


def test_nothing_sleeps_where_the_files_call_no_field_too_empty() -> None:
    declaration = declared(FILES.replace("THIN", "")).declaration
    assert [asleep_until(item.value, "rollout") for item in declaration.of("triggers").values()] == [None] * 4
    assert crm_fields_asked(declaration) == {
        ("triggers", "by_segment"): ["segment"],
        ("triggers", "by_tag"): ["segment"],
        ("triggers", "by_arr"): ["arr"],
        ("views", "big"): ["segment"],
    }


def test_fields_and_owners_that_are_too_empty_are_declared() -> None:
    wrong = declared(FILES.replace("THIN", THIN.replace("{segment:", "{segmint:").replace("owner: ada", "owner: bea")))
    assert sorted(each.message for each in wrong.errors if each.rule == "reference.unknown") == [
        "there is no CRM field `segmint`",
        "there is no person `bea`",
    ]
    assert [each.rule for each in declared(FILES.replace("THIN", THIN.replace("01-31", "02-31"))).errors]
