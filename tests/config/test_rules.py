"""Every rule over several objects: a text that breaks it, and the same text put right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.document import parse_document
from config.findings import Finding
from config.loading import load_documents
from config.rules import Scope, systems
from config.rules.ids import RULE_IDS
from tests.config.rule_cases import CASES, person, policy, rollout, trigger
from tests.config.samples import declared, documents, findings, rules

ELSEWHERE = {
    "order.missing", "systems.extra", "texts.file", "applied.not-yet", "sla_policies.warning-times",
    "sla_policies.warning-late", "rollout.internal-first",
}  # fmt: skip
"""Rules that need more than one text; their tests are below, or in test_applied."""


@pytest.mark.parametrize(("rule", "bad", "good"), CASES, ids=[f"{rule}-{n}" for n, (rule, _, _) in enumerate(CASES)])
def test_rule(rule: str, bad: str, good: str) -> None:
    assert rules(bad) == [rule]
    assert rules(good) == []
    (finding,) = findings(bad)
    assert finding.hint, "a finding says what to do"


def test_every_rule_is_tested() -> None:
    sources = (Path(__file__).parents[2] / "config" / "rules").glob("*.py")
    ids = {
        found
        for source in sources
        for found in re.findall(r'"([a-z_-]+\.[a-z-]+)",\s*"(?:error|warning|note)"', source.read_text())
    }
    ids |= {"channels.default-twice", "ticket_forms.default-twice"}
    ids -= {"organization.name"}
    assert ids == {rule for rule, _, _ in CASES} | ELSEWHERE
    assert ids == set(RULE_IDS)


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


ONE_TRIGGER = "triggers: {{{0}: {{name: {0}, category: c, when: [{{event: created}}], then: [{{add_tags: [x]}}]}}}}\n"


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
def test_a_warning_that_comes_late_holds_up_nothing_while_warnings_are_not_applied(late: str, in_time: str) -> None:
    (note,) = [each for each in declared(late).findings if each.rule == "sla_policies.warning-late"]
    assert note.severity == "note" and note.hint
    assert rules(late) == []
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
