"""Zendesk's own rules: samples, limits, plans, and a place for every mistake that others know of."""

from __future__ import annotations

import re

import pytest

from config.environment import Environment
from config.findings import Finding
from config.loading import against_plans
from config.rules.catalogue import catalogue
from provisioners.zendesk import asking, plans
from provisioners.zendesk.rules import CATALOGUE, sendable, sizes
from provisioners.zendesk.system import PLANS
from provisioners.zendesk.translations import all_translations
from tests.config.samples import declared, rules
from tests.provisioners.vendor_checks import PLACES
from tests.provisioners.zendesk_rule_cases import CASES, CATEGORY, FIELD, automation

LIMITED = {"ZD010", "ZD011", "ZD012"}


@pytest.mark.parametrize(("rule", "bad", "good"), CASES, ids=[f"{rule}-{n}" for n, (rule, _, _) in enumerate(CASES)])
def test_rule(rule: str, bad: str, good: str) -> None:
    assert rules(bad) == ([rule] if catalogue()[rule].severity != "note" else [])
    assert rules(good) == []
    found = [each for each in declared(bad).findings if each.rule == rule]
    assert len(found) == 1 and rule not in {each.rule for each in declared(good).findings}
    assert found[0].hint


def test_every_rule_has_a_sample() -> None:
    tested = {rule for rule, _, _ in CASES} | LIMITED | {rule.id for rule in sendable.CATALOGUE}
    assert tested | {rule.id for rule in plans.CATALOGUE} == {rule.id for rule in CATALOGUE if rule.is_decided_here}


TRIGGERS = f"{CATEGORY}triggers:\n" + "".join(
    f"  t{n}: {{name: {name}, category: c, when: [{{field: type, is: {word}}}], then: [{{add_tags: [y{n}]}}]}}\n"
    for n, (name, word) in enumerate((("First", "task"), ("Second", "problem")))
)
SPENT = "{field: status, is: open}, {hours_since: open, is: %sh}"


@pytest.mark.parametrize(
    ("rule", "kind", "text"),
    [
        ("ZD010", "triggers", TRIGGERS),
        ("ZD011", "automations", automation(SPENT % 4, SPENT % 5).replace("A 1", "Second")),
        ("ZD012", "ticket_fields", FIELD % "" + "  b: {name: Second, type: text}\n"),
    ],
)
def test_more_than_an_account_takes(rule: str, kind: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rules(text) == []
    monkeypatch.setitem(sizes.LIMITS, kind, 1)
    assert rules(text) == [rule]
    assert rules(text.replace("name: Second,", "name: Second, active: false,")) == []


# ------------------------------------------------------------ plans

SAMPLES: dict[str, str] = {
    "a role with rights of its own": "roles: {r: {name: R, like: agent, rights: {reports: see}}}",
    "an SLA policy": "sla_policies: {p: {name: P, targets: {first_reply: {urgent: 1h, high: 2h, normal: 4h, low: 8h}}, "
    "hours: calendar}}",
    "a light agent": "roles: {r: {name: R, like: light_agent}}\n"
    "people: {p: {name: P, email: p@b.c, role: r, invite: now}}",
    "dynamic content": "dynamic_content: {d: {name: D, text: x}}",
    "a text in several languages": "macros: {m: {name: M, then: [{reply: public, text: {de: x, en-US: y}}]}}",
    "a second form": "ticket_forms: {a: {name: A, fields: [subject]}, b: {name: B, fields: [subject]}}",
    "a second brand": "brands: {a: {name: A, subdomain: aaa}, b: {name: B, subdomain: bbb}}",
    "a skill": "skills: {s: {name: S, values: {v: V}}}",
    "a queue": "groups: {g: {name: G}}\nqueues: {q: {name: Q, when: [{field: status, is: open}], groups: [g]}}",
    "a custom object": "custom_objects: {c: {name: C, plural: Cs}}",
    "a deletion schedule": "deletion_schedules: {d: {name: D, of: tickets, "
    "when: [{hours_since: updated, more_than: 400d}]}}",
    "a survey": "surveys: {s: {name: S}}",
}
WEEK = "mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: []"
SCHEDULE = f"name: %s, time_zone: Europe/Dublin, hours: {{{WEEK}}}"
SAMPLES["a schedule"] = f"schedules: {{a: {{{SCHEDULE % 'A'}}}}}"
SAMPLES["a second schedule"] = f"schedules: {{a: {{{SCHEDULE % 'A'}}}, b: {{{SCHEDULE % 'B'}}}}}"


SAMPLES["a group SLA policy"] = (
    "groups: {g: {name: G}}\ngroup_sla_policies: {p: {name: P, groups: [g], targets: {group_ownership: {urgent: 1h, "
    "high: 2h, normal: 4h, low: 8h}}, hours: calendar}}"
)
for what, kind, said, many in (
    ("a sixth brand", "brands", "name: B{0}, subdomain: bbb{0}", 6),
    ("a fourth custom object", "custom_objects", "name: O{0}, plural: Os{0}", 4),
    ("a sixth custom object", "custom_objects", "name: O{0}, plural: Os{0}", 6),
    ("a 31st custom object", "custom_objects", "name: O{0}, plural: Os{0}", 31),
):
    SAMPLES[what] = f"{kind}:\n" + "".join(f"  k{n}: {{{said.format(n)}}}\n" for n in range(many))
CENTRE = "help_center: {categories: {c: {name: C}}, sections: {s: {name: S, category: c}%s}, articles: {%s}}"
SAMPLES["a help centre"] = CENTRE % ("", "")
SAMPLES["a section in a section"] = CENTRE % (", t: {name: T, category: c, section: s}", "")
SAMPLES["an article that only some read"] = "groups: {g: {name: G}}\n" + CENTRE % (
    "",
    "a: {name: A, section: s, body: x, for: [groups/g]}",
)


def level(plan: str) -> tuple[str, str]:
    known = plans.level_of(plan)
    assert known is not None
    return known


def beyond(text: str, plan: str | None) -> list[Finding]:
    """What an account's plan adds to the findings of a text."""
    loaded = declared(text)
    systems = {"helpdesk": {"type": "zendesk", "url": "https://a.zendesk.com", "token": "env:T"}}
    if plan is not None:
        systems["helpdesk"]["plan"] = plan
    environment = Environment.model_validate({"state": "local", "systems": systems})
    return [
        each
        for each in against_plans(loaded, environment, "stacks/Pulumi.sandbox.yaml").findings
        if each not in loaded.findings
    ]


@pytest.mark.parametrize("need", plans.NEEDS, ids=lambda need: need.what)
def test_what_a_plan_does_not_carry_is_told_with_the_nearest_thing(need: plans.Need) -> None:
    assert need.nearest and need.source and need.least
    for plan in PLANS:
        found = [each for each in beyond(SAMPLES[need.what], plan) if f" {need.what}: " in each.message]
        assert len(found) == (0 if need.carried_by(*level(plan)) else 1), plan
        for each in found:
            expected = ("ZD080", "error") if need.certain else ("ZD081", "warning")
            assert (each.rule, each.severity) == expected
            other = "If another plan is bought, write it as `plan:` into stacks/Pulumi.sandbox.yaml."
            assert plan in each.message
            assert each.hint == f"{need.nearest} {other}"
    carried = [need.carried_by(*level(plan)) for plan in PLANS]
    assert any(carried) and not all(carried)


def test_without_a_plan_or_of_one_that_nobody_knows_nothing_is_said() -> None:
    for plan in (None, "suite_huge", "zendesk_one"):
        assert beyond(SAMPLES["an SLA policy"], plan) == []


def test_every_kind_has_its_needs_or_is_on_every_plan() -> None:
    """Of people, brands and forms the smallest plan has some, so that both is said of them."""
    needed = {need.kind for need in plans.NEEDS if need.kind}
    kinds = {translation.kind for translation in all_translations()}
    assert kinds - needed - plans.ON_EVERY_PLAN == set()
    assert (plans.ON_EVERY_PLAN | needed) - kinds == set()
    assert needed & plans.ON_EVERY_PLAN == set()


def test_a_trial_has_what_its_plan_has() -> None:
    assert plans.level_of("trial") == ("suite", "professional") and plans.brands_of("trial") == 5
    assert plans.brands_of("support_enterprise") is None and plans.brands_of("") is None


def test_an_add_on_is_said_as_a_reason() -> None:
    text = SAMPLES["a role with rights of its own"]
    allowed = text.replace("name: R,", "name: R, x-allow: {ZD080: We have the add-on.},")
    assert [each.rule for each in beyond(text, "suite_team")] == ["ZD080"]
    assert rules(allowed) == [], "what no environment is known for is not called unused"
    assert beyond(allowed, "suite_team") == [] and beyond(allowed, "suite_enterprise") == []


def test_few_agents_on_a_large_plan() -> None:
    launch = "rollout: {soft_launch: {cohort: {share: 15%, internal: [a.example]}}}\n"
    team = "roles: {r: {name: R, like: agent}}\ngroups: {g: {name: G}}\npeople:\n"
    lines = [f"  p{n}: {{name: P {n}, email: p{n}@b.c, role: r, groups: [g]}}\n" for n in range(4)]
    assert [each.rule for each in beyond(launch + team + "".join(lines[:3]), "suite_enterprise")] == ["GL-P05"]
    assert beyond(launch + team + "".join(lines), "suite_enterprise") == []
    assert beyond(launch + team + "".join(lines[:3]), "suite_professional") == []
    assert beyond(team + "".join(lines[:3]), "suite_enterprise") == []


# ------------------------------------------------------------ the neighbour's list


def test_every_mistake_that_others_know_of_has_its_place() -> None:
    assert len(PLACES) == 75
    ids = {found for place in PLACES.values() for found in re.findall(r"[a-z_-]+\.[a-z-]+|ZD[0-9]{3}", place)}
    assert ids - set(catalogue()) == set()
    for name, place in PLACES.items():
        assert place and (re.search(r"[a-z]\.[a-z]|ZD", place) or " " in place), name


def test_rules_that_the_account_answers_are_all_on_that_list_or_among_the_limits() -> None:
    named = {found for place in PLACES.values() for found in re.findall(r"ZD1[0-9]{2}", place)}
    beside = {rule.id for rule in asking.CATALOGUE} - named
    assert beside == {
        "ZD100",
        "ZD122",
        "ZD127",
        "ZD128",
        "ZD129",
        "ZD130",
        "ZD131",
        "ZD132",
        "ZD133",
        "ZD134",
        "ZD135",
        "ZD136",
        "ZD137",
        "ZD138",
        "ZD139",
        "ZD140",
    }
