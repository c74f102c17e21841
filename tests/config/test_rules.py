"""Every rule over several objects: a text that breaks it, and the same text put right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.document import Unreadable, parse_document
from config.findings import Finding
from config.loading import load_documents
from config.rules import FAMILIES, Scope, exceptions, systems
from config.rules.catalogue import OWN, catalogue
from config.schema_errors import _RULES
from tests.config.cases import CASES
from tests.config.cases.forms import mapping, person, policy, rollout, trigger
from tests.config.cases.objects import STRIPE
from tests.config.samples import BAD, GOOD, declared, documents, findings, rules

ELSEWHERE = {
    "order.missing", "systems.extra", "texts.file", "applied.not-yet", "sla_policies.warning-times",
    "sla_policies.warning-late", "rollout.internal-first", "mapping.billing-file",
}  # fmt: skip
"""Rules that need more than one text; their tests are below, or in test_applied."""

ID = r'"([a-z_-]+\.[a-z-]+|[A-Z]{2}-?[A-Z0-9]+)",\s*"(error|warning|note)"'


@pytest.mark.parametrize(("rule", "bad", "good"), CASES, ids=[f"{rule}-{n}" for n, (rule, _, _) in enumerate(CASES)])
def test_rule(rule: str, bad: str, good: str) -> None:
    assert rules(bad) == ([rule] if catalogue()[rule].severity != "note" else [])
    assert rules(good) == []
    found = [each for each in declared(bad).findings if each.rule == rule]
    assert len(found) == 1 and rule not in {each.rule for each in declared(good).findings}
    assert found[0].hint, "a finding says what to do"


def test_every_rule_is_tested() -> None:
    ids = {rule.id for family in FAMILIES for rule in family.CATALOGUE if rule.is_decided_here}
    ids |= {rule.id for rule in exceptions.CATALOGUE}
    assert ids == {rule for rule, _, _ in CASES} | ELSEWHERE


def test_every_finding_is_in_the_catalogue_with_its_severity() -> None:
    texts = [text for _, bad, good in CASES for text in (bad, good)]
    texts += [path.read_text(encoding="utf-8") for path in (*GOOD, *BAD)]
    found = {(each.rule, each.severity) for text in texts for each in _all_findings(text)}
    assert len(found) > 100
    known = {(rule.id, rule.severity) for rule in catalogue().values() if rule.is_decided_here}
    assert found - known == set()


def _all_findings(text: str) -> list[Finding]:
    try:
        return declared(text).findings
    except Unreadable as broken:
        return [broken.finding]


def test_every_id_in_the_code_is_in_the_catalogue() -> None:
    """Also those that no sample reaches."""
    root = Path(__file__).parents[2]
    said: dict[str, set[str]] = {}
    for folder in ("config", "provisioners"):
        for source in (root / folder).rglob("*.py"):
            text = source.read_text(encoding="utf-8")
            for rule, severity in re.findall(
                r'"([a-z_-]+\.[a-z-]+|[A-Z]{2}-?[A-Z0-9]+)",\s*"(error|warning|note)"', text
            ):
                said.setdefault(rule, set()).add(severity)
    assert len(said) > 100
    assert {rule: each for rule, each in said.items() if each != {catalogue()[rule].severity}} == {}


def test_every_error_of_a_shape_is_in_the_catalogue() -> None:
    """What models raise becomes `schema.…`."""
    raised: set[str] = set()
    for source in (Path(__file__).parents[2] / "config").rglob("*.py"):
        raised |= set(re.findall(r'PydanticCustomError\(\s*"([a-z_]+)"', source.read_text(encoding="utf-8")))
    ids = {f"schema.{name.replace('_', '-')}" for name in raised} | {f"schema.{name}" for name in _RULES.values()}
    assert ids - set(catalogue()) == set()


def test_the_catalogue_says_everything_of_a_rule_once() -> None:
    rules = list(OWN)
    assert len({rule.id for rule in rules}) == len(rules)
    for rule in catalogue().values():
        for text in (rule.what, rule.why, rule.fix):
            assert len(text) > 4 and (text[0].isupper() or text[0] == "`" or text.startswith("golive")), rule.id
        assert rule.what.endswith(".") and rule.why.endswith("."), rule.id
        assert rule.elsewhere or rule.severity != "gate"


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        ("views: {a: {name: A, when: [{field: status, is: new}], columns: [subject]}}",
         "views: {b: {name: B, when: [{field: status, is: new}], columns: [subject]}}", ["order.missing"]),
        ("views: {a: {name: A, when: [{field: status, is: new}], columns: [subject]}}",
         "views: {b: {name: B, when: [{field: status, is: new}], columns: [subject]}}\norder: {views: [b, a]}", []),
        ("views: {a: {name: A, when: [{field: status, is: new}], columns: [subject]}}",
         "views: {b: {name: B, when: [{field: status, is: new}], columns: [subject]}}\norder: {views: [b, c]}",
         ["reference.unknown"]),
        ("help_center: {categories: {a: {name: A}}}", "help_center: {categories: {b: {name: B}}}", ["order.missing"]),
        ("help_center: {categories: {a: {name: A}}}",
         "help_center: {categories: {b: {name: B}}}\norder: {help_center_categories: [b, a]}", []),
        ("help_center: {categories: {a: {name: A}}}",
         "help_center: {categories: {b: {name: B}}}\norder: {help_center_categories: [b, c, b, a]}",
         ["order.twice", "reference.unknown"]),
        ("macros: {a: {name: A, then: [{reply: public, text: x}]}}",
         "macros: {b: {name: B, then: [{reply: public, text: x}]}}", []),
    ],
)  # fmt: skip
def test_order_over_files(first: str, second: str, rule: list[str]) -> None:
    found = load_documents(documents(a=first, b=second), {}).findings
    assert [each.rule for each in found if each.severity != "note"] == rule


ONE_TRIGGER = "triggers: {{{0}: {{name: {0}, category: c, when: [{{event: created}}], then: [{{add_tags: [{0}]}}]}}}}\n"


@pytest.mark.parametrize(
    ("category", "more", "rule"),
    [
        ("{name: C}", "", ["order.missing"]),
        ("{name: C, order: [b, a]}", "", []),
        ('{name: C, order: [b, "..."]}', "", []),
        ("{name: C, order: [b, z]}", "", ["reference.unknown"]),
        ("{name: C}", "order: {triggers: [a, b]}\n", []),
    ],
)
def test_order_of_triggers_over_files(category: str, more: str, rule: list[str]) -> None:
    first = f"trigger_categories: {{c: {category}}}\n{more}" + ONE_TRIGGER.format("a")
    found = load_documents(documents(a=first, b=ONE_TRIGGER.format("b")), {}).findings
    assert [each.rule for each in found] == rule


def test_order_names_a_trigger_of_another_category() -> None:
    text = "trigger_categories: {c: {name: C}, d: {name: D, order: [a]}}\n" + ONE_TRIGGER.format("a")
    (finding,) = findings(text)
    assert finding.message == "there is no trigger `a` in this category"


def test_allowed_with_a_reason() -> None:
    text = trigger(then="{replace_all_tags: [x]}").replace(
        "category: route\n", "category: route\n    x-allow: {actions.replace-all-tags: The import left rubbish.}\n"
    )
    assert rules(text) == []


def test_reason_counts_for_its_object_only() -> None:
    allowed = "name: A, x-allow: {name.twice: Two teams share a name.}"
    assert rules(f"groups: {{a: {{{allowed}}}, b: {{name: A}}}}") == ["name.twice"]
    assert rules(f"groups: {{b: {{name: A}}, a: {{{allowed}}}}}") == []
    assert rules(f"groups: {{a: {{{allowed}}}, a_b: {{name: A}}}}") == ["name.twice"]


def test_what_is_allowed_is_kept_with_its_reason() -> None:
    loaded = declared("groups: {b: {name: A}, a: {name: A, x-allow: {name.twice: ' Two teams. '}}}")
    assert [(each.finding.rule, each.finding.path, each.reason) for each in loaded.allowed] == [
        ("name.twice", "groups.a.name", "Two teams.")
    ]
    assert loaded.findings == []


def test_an_exception_of_a_whole_does_not_reach_the_objects_in_it() -> None:
    inside = 'slack: {channels: {c: {name: c, topic: "a\\u200b"}}}'
    found = rules(f"integrations: {{x-allow: {{texts.hidden: Never.}}, {inside}}}")
    assert found == ["x-allow.unused", "texts.hidden"]


def test_beside_a_mistake_nothing_is_called_unused() -> None:
    allow = "x-allow: {name.twice: Two.}"
    assert rules(f"groups: {{a: {{name: A, {allow}}}}}\nmacros: {{m: {{nme: M}}}}") == ["schema.unknown-attribute"]


def test_warning_times_are_shown() -> None:
    (note,) = [each for each in declared(policy()).findings if each.rule == "sla_policies.warning-times"]
    assert note.severity == "note"
    assert note.message == "warnings come at first_reply: urgent 6h, high 12h"


def test_that_nobody_of_ones_own_comes_first_is_noted_and_holds_up_nothing() -> None:
    (note,) = [each for each in declared(rollout(internal="[]")).findings if each.rule == "rollout.internal-first"]
    assert note.severity == "note" and note.hint
    said = rollout(internal="[]", allow="x-allow: {rollout.internal-first: We write to each other elsewhere.}")
    assert "rollout.internal-first" not in [each.rule for each in declared(said).findings]
    assert "rollout.internal-first" not in [each.rule for each in declared(rollout()).findings]


@pytest.mark.parametrize(
    ("late", "in_time"),
    [
        (policy(urgent="4h"), policy(urgent="4h", how="watch")),
        (policy(urgent="4h", how="{first_reply: hourly}"), policy(urgent="4h", how="{next_reply: hourly}")),
    ],
)
def test_an_hourly_warning_that_may_come_late_is_an_error(late: str, in_time: str) -> None:
    (error,) = [each for each in declared(late).findings if each.rule == "sla_policies.warning-late"]
    assert error.severity == "error" and error.hint
    assert rules(late) == ["sla_policies.warning-late"]
    assert [each for each in declared(in_time).findings if each.rule == "sla_policies.warning-late"] == []


def test_files_of_texts(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("x")

    def found(name: str) -> list[str]:
        text = f"macros: {{a: {{name: A, then: [{{reply: public, text: {{file: {name}}}}}]}}}}"
        loaded = load_documents([parse_document(text, "f")], {}, tmp_path)
        return [each.message for each in loaded.findings if each.severity == "error"]

    assert found("there.md") == []
    assert found("gone.md") == ["there is no file `gone.md`"]
    assert found("../there.md") == ["`../there.md` is outside the workspace"]
    assert found("/etc/passwd") == ["`/etc/passwd` is outside the workspace"]


PERSON = "roles: {r: {name: R, like: agent}}\npeople:\n  a:\n    name: A\n    email: a@b.c\n    role: r\n    zendesk: "


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("{alias: Lucia}", []),
        ("{alias: 5}", ["systems.extra"]),
        ("{role: x}", ["systems.extra"]),
        ("{tags: [a, a]}", ["systems.extra"]),
        ("{alis: L}", ["systems.extra"]),
        ("5", ["schema.type"]),
    ],
)
def test_vendor_words(monkeypatch: pytest.MonkeyPatch, said: str, rule: list[str]) -> None:
    properties = {"alias": {"type": "string"}, "role": {"enum": ["a", "b"]}, "tags": {"uniqueItems": True}}
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    monkeypatch.setattr(systems, "fragment", lambda system, kind: schema if kind == "people" else None)
    monkeypatch.setattr(systems, "facts", dict)
    found = findings(PERSON + said)
    assert [each.rule for each in found] == rule
    assert all(each.position.line == 7 for each in found)


def test_vendor_words_where_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(systems, "fragment", lambda system, kind: None)
    monkeypatch.setattr(systems, "facts", dict)
    assert rules("groups: {a: {name: A, zendesk: {colour: red}}}") == ["systems.extra"]


def test_rules_of_systems_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(scope: Scope) -> Iterator[Finding]:
        for item in scope.declaration.of("groups").values():
            yield item.finding("toy.group", "warning", ("name",), "no", "say yes")

    facts: dict[str, Any] = {"toy": {"rules": [check]}}
    monkeypatch.setattr(systems, "facts", lambda: facts)
    assert rules("groups: {a: {name: A}}") == ["toy.group"]


def test_an_unknown_group_is_told_and_not_its_consequence() -> None:
    found = [each for each in findings(person("[biling], default_group: g")) if each.severity == "error"]
    assert [(each.rule, each.path) for each in found] == [("reference.unknown", "people.a.groups[0]")]


def test_an_export_that_is_not_there(tmp_path: Path) -> None:
    text = parse_document(mapping(billing=STRIPE % "csm"), "config/own.yaml")
    file = tmp_path / "a.csv"

    def found() -> list[str]:
        return [each.rule for each in load_documents([text], {}, tmp_path).findings if each.severity == "warning"]

    assert found() == ["mapping.billing-file"]
    file.touch()
    assert found() == []
