"""What gates ask of addresses, of messages and of the order of rules, judged from the files alone."""

from __future__ import annotations

import pytest

from tests.checklists.asking import asked
from tests.checklists.building import checklist_of

PEOPLE = """
roles: {agent: {name: Agent, like: agent}}
groups: {first: {name: First}}
people: {ada: {name: Ada, email: ada@acme.example, role: agent, groups: [first]}}
"""


def channel(address: str, forwards_from: str = "") -> str:
    known = f", forwards_from: {forwards_from}" if forwards_from else ""
    return f"channels: {{mail: {{type: email, name: Acme, address: {address}{known}}}}}\n"


@pytest.mark.parametrize(
    ("config", "seen", "word"),
    [
        (channel("support@acme.zendesk.com", "help@acme.example"), "pass", "1 address"),
        (channel("support@acme.zendesk.com"), "pass", "1 address"),
        (
            channel("support@acme.zendesk.com", "Ada@acme.example") + PEOPLE,
            "fail",
            "ada@acme.example is a person's own",
        ),
        ("channels: {form: {type: web_form, form: f}}\nticket_forms: {f: {name: F, fields: [subject]}}", "fail", "No"),
    ],
)
def test_support_has_an_address_of_its_own(config: str, seen: str, word: str) -> None:
    found, said = asked("separate_address", config=config)
    assert (found, word in said) == (seen, True), said


def test_an_address_of_somebody_in_the_project_is_no_address_of_supports() -> None:
    config = channel("support@acme.zendesk.com", "ana@acme.example")
    assert asked("separate_address", config=config)[0] == "pass"
    assert asked("separate_address", config=config, checklist=checklist_of(""))[0] == "fail"


SLACK = """
integrations:
  slack:
    channels: {{alarm: {{name: alarm}}}}
    alerts:
      first: {{name: One, to: alarm, when: [{{field: priority, changed_to: urgent}}], text: "{first}"}}
      second: {{name: Two, to: alarm, when: [{{field: status, changed_to: solved}}], text: "{second}"}}
"""
NAMES = {"kind": "alerts", "names": ["ticket.link", "ticket.latest_comment"]}


def alerts(first: str, second: str = "It is solved.") -> str:
    return SLACK.format(first=first, second=second)


@pytest.mark.parametrize(
    ("first", "second", "seen", "word"),
    [
        ("{{ticket.latest_comment}} {{ticket.link}}", "{{ticket.link}}", "pass", "first"),
        ("{{ ticket.latest_comment_formatted | strip }} {{-ticket.link-}}", "", "pass", "first"),
        ("{{ticket.link}}", "{{ticket.latest_comment}}", "fail", "lacks {{ticket.latest_comment}}"),
        ("{{ticket.link}} {{ticket.latest_comment_by}}", "", "fail", "lacks {{ticket.latest_comment}}"),
        ("ticket.link ticket.latest_comment", "", "fail", "lacks"),
    ],
)
def test_some_message_carries_all_that_its_reader_needs(first: str, second: str, seen: str, word: str) -> None:
    found, said = asked("placeholders", NAMES, config=alerts(first, second or "It is solved."))
    assert (found, word in said) == (seen, True), said


def test_a_text_in_a_file_counts_and_without_any_message_it_fails() -> None:
    config = alerts("-").replace('text: "-"', "text: {file: texts/first.md}")
    whole = {"texts/first.md": "{{ticket.link}} {{ticket.latest_comment}}"}
    assert asked("placeholders", NAMES, config=config, contents=whole)[0] == "pass"
    assert asked("placeholders", NAMES, config=config)[0] == "fail", "the file cannot be read"
    assert asked("placeholders", NAMES) == ("fail", "No alert is declared.")


BRANDS = """
groups: {one: {name: One}, two: {name: Two}}
brands: {shop: {name: Shop, subdomain: acme-shop}, bank: {name: Bank, subdomain: acme-bank}}
trigger_categories: {routing: {name: Routing}}
"""
SHOP = "  shop_own: {name: S, category: routing, when: [{field: brand, is: shop}], then: [{set: group, to: one}]}\n"
BANK = "  bank_own: {name: B, category: routing, when: [{field: brand, is: bank}], then: [{set: group, to: two}]}\n"
PEAK = "  peak: {name: P, category: routing, when: [{field: priority, is: urgent}], then: [{set: group, to: one}]}\n"
BOTH = PEAK.replace("{field: priority, is: urgent}", "{field: brand, is_one_of: [shop, bank]}")
TAG = "  tag: {name: T, category: routing, when: [{event: created}], then: [{add_tags: [new]}]}\n"


@pytest.mark.parametrize(
    ("rules", "seen", "word"),
    [
        (TAG + SHOP + BANK + PEAK, "pass", "come first"),
        (SHOP + BANK + BOTH, "pass", "come first"),
        (PEAK + SHOP + BANK, "fail", "triggers/peak"),
        (SHOP + BOTH + BANK, "fail", "triggers/peak"),
        (SHOP + PEAK, "fail", "bank"),
    ],
)
def test_each_brand_is_served_by_its_own_rules_first(rules: str, seen: str, word: str) -> None:
    found, said = asked("rule_order", config=f"{BRANDS}triggers:\n{rules}")
    assert (found, word in said) == (seen, True), said


def test_the_order_that_is_said_counts_and_queues_are_rules_too() -> None:
    order = BRANDS.replace("{name: Routing}", "{name: Routing, order: [shop_own, bank_own, peak]}")
    assert asked("rule_order", config=f"{order}triggers:\n{PEAK}{SHOP}{BANK}")[0] == "pass"
    queues = (
        "queues:\n  all: {name: A, groups: [one], when: [{field: priority, is: low}]}\n"
        "  shop: {name: S, groups: [one], when: [{field: brand, is: shop}]}\n"
    )
    found, said = asked("rule_order", config=f"{BRANDS}triggers:\n{SHOP}{BANK}{queues}")
    assert (found, "queues/all" in said) == ("fail", True), said


def test_one_brand_has_nothing_to_put_in_order() -> None:
    assert asked("rule_order", config="brands: {shop: {name: Shop, subdomain: acme-shop}}")[0] == "fail"


LATE = (
    "trigger_categories: {c: {name: C}}\ntriggers:\n"
    "  now: {name: N, category: c, when: [{event: created}], then: [{add_tags: [a]}]}\n"
    "  late: {name: L, category: c, not_before: WHEN, when: [{event: created}], then: [{add_tags: [b]}]}\n"
)


@pytest.mark.parametrize(
    ("when", "phase", "seen"),
    [
        ("day_60", "soft_launch", "pass"), ("day_90", "soft_launch", "pass"), ("day_30", "soft_launch", "fail"),
        ("day_30", "day_60", "fail"), ("day_30", "day_90", "pass"),
    ],
)  # fmt: skip
def test_what_needs_a_month_of_tickets_is_declared_and_sleeps(when: str, phase: str, seen: str) -> None:
    given = {"kind": "triggers", "at_least": 1, "not_before": "day_60"}
    found, said = asked("declared", given, config=LATE.replace("WHEN", when), phase=phase)
    assert found == seen
    assert seen == "pass" or "with not_before day_60" in said
