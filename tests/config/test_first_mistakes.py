"""The first files that somebody writes: each mistake is one finding, in its line, and says what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checklists.schema import checklist_schema
from config.document import Unreadable, parse_document
from config.findings import Finding
from config.forms import FORMS, form_hint
from config.kind_words import kind_hint
from config.kinds import KINDS as ALL_WORDS
from config.kinds import PLACES
from config.loading import load, load_documents
from config.schema import config_schema
from config.time_zones import PLACE_OF, time_zones
from config.vocabulary import TICKET
from config.words import MEANT, as_key, nearest
from config.workspace import find_workspace
from tests.config.first_mistakes import GROUP, KINDS, MISTAKES, ROLE, macro, person
from tests.config.samples import documents, findings

PROJECT = 'name: halden\nruntime: python\nstackConfigDir: stacks\ngolive: {format: 1, requires: ">=0.1"}\n'


def found(text: str) -> list[Finding]:
    try:
        parse_document(text, "config/test.yaml")
    except Unreadable as broken:
        return [broken.finding]
    return findings(text)


@pytest.mark.parametrize(
    ("text", "line", "rule", "words"), [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES]
)
def test_one_finding_that_says_what_to_do(text: str, line: int, rule: str, words: tuple[str, ...]) -> None:
    (finding,) = found(text)
    assert (finding.rule, finding.position.line, finding.severity) == (rule, line, "error")
    said = f"{finding.message} | {finding.hint}"
    assert all(word in said for word in words), said
    assert finding.hint


@pytest.mark.parametrize("text", [row[1] for row in MISTAKES], ids=[row[0] for row in MISTAKES])
def test_in_plain_words(text: str) -> None:
    for finding in found(text):
        said = f"{finding.message} {finding.hint}"
        for jargon in ("scalar", "flow", "token", "anchor", "literal", "None", "dict", "not YAML", "expected"):
            assert jargon not in said.replace("`None`", "")


def test_there_are_many() -> None:
    assert len(MISTAKES) >= 150
    assert len({row[0] for row in MISTAKES}) == len(MISTAKES)


def test_who_refers_to_a_kind_by_another_name_is_not_blamed() -> None:
    text = GROUP.replace("groups", "teams") + macro("{set: group, to: billing}")
    assert [each.message for each in findings(text)] == ["there is no kind `teams`"]
    lost = person().replace("groups:\n  billing:", "groups:\nbilling:")
    assert [each.rule for each in findings(lost)] == ["schema.kind"]


def test_who_refers_to_a_file_that_cannot_be_read_is_not_blamed(tmp_path: Path) -> None:
    """One open quotation mark is one finding, however many rules name what stands in its file."""
    (tmp_path / "config").mkdir()
    (tmp_path / "Pulumi.yaml").write_text(PROJECT)
    (tmp_path / "config" / "a.yaml").write_text(GROUP.replace("{name: Billing Team}", '{name: "Billing}'))
    (tmp_path / "config" / "b.yaml").write_text(person().replace(GROUP, "").replace("[billing]", "[billing, cards]"))
    workspace = find_workspace(tmp_path)
    assert [(str(each.position), each.message) for each in load(workspace, {}).findings] == [
        ("config/a.yaml:2:19", "a quotation mark opens here and is not closed"),
        ("config/b.yaml:6:23", "there is no group `cards`"),
    ]


def test_a_file_named_after_its_kind() -> None:
    (finding,) = load_documents(documents(groups="billing:\n  name: Billing\ncards:\n  name: Cards\n"), {}).findings
    assert finding.message == "there are no kinds `billing` and `cards`"
    assert finding.hint == "If they are groups, write  groups:  above, and indent them below it."


@pytest.mark.parametrize(
    "text",
    [
        "groups: {people: {name: P, x-note: 1}, roles: {name: R, zendesk: {}}, name: {name: N}}",
        "channels: {a: {type: voice, by_hand: true, name: A, email: a@b.c, role: r}, "
        "b: {type: voice, by_hand: true, name: B, email: b@b.c, role: r}}",
        "custom_objects: {groups: {name: G, plural: Gs}, people: {name: P, plural: Ps}}",
        "tags: {vip: , name: {name: N}}",
    ],
)
def test_what_only_looks_misplaced_is_valid(text: str) -> None:
    assert [each.rule for each in findings(text) if each.rule != "systems.extra"] == []


def test_two_slips_in_two_lines_are_two_findings() -> None:
    text = "people:\n  ann:\n    name: Ann\n    email: a@b.c\n    role: agent\n    hwy: x\n    invit: now\n" + ROLE
    assert [each.position.line for each in findings(text)] == [6, 7]


@pytest.mark.parametrize(
    "line",
    [
        "bearer: %hunter2",
        "bearer:hunter2\n      x: y",
        "basic: {username: u, password: @hunter2}",
        "bearer: hunter2: x",
    ],
)
def test_a_hint_repeats_no_secret(line: str) -> None:
    (finding,) = found(f"webhooks:\n  h:\n    auth:\n      {line}\n")
    assert finding.rule == "yaml.syntax"
    assert "hunter2" not in f"{finding.message} {finding.hint}"


def test_what_is_meant_is_a_word_of_ours() -> None:
    """A suggestion that the vocabulary does not have would send people astray."""
    schema = json.dumps([config_schema(), checklist_schema()])
    ours = {word for words in MEANT.values() for word in words} - set(TICKET)
    assert sorted(word for word in ours if f'"{word}"' not in schema) == []
    for word in KINDS:
        assert set(kind_hint(word)[1]) <= {*ALL_WORDS, *PLACES}
    assert set(PLACE_OF.values()) <= time_zones()


@pytest.mark.parametrize("word", ["team", "Tier 2", "priorty", "P1"])
def test_nothing_is_meant_where_nothing_is_like_it(word: str) -> None:
    assert nearest(word, ["schedule", "webhook"]) == ()


def test_names_count_as_well_as_keys() -> None:
    names = {"t2": ["Second line"], "t1": ["First line"]}
    assert nearest("second line", ["t1", "t2"], names) == ("t2",)
    assert nearest("First", ["t1", "t2"], names) == ("t1",)
    assert nearest("Fir", ["t1", "t2"], names) == ()


@pytest.mark.parametrize(
    ("text", "key"),
    [("Tier 2", "tier_2"), ("  Ähnlich--Viel ", "ahnlich_viel"), ("2nd", ""), ("…", ""), ("a_b", "a_b")],
)
def test_as_key(text: str, key: str) -> None:
    assert as_key(text) == key


@pytest.mark.parametrize("pattern", FORMS)
def test_a_form_is_explained_also_where_nothing_can_be_suggested(pattern: str) -> None:
    explained = FORMS[pattern][0]
    for given in ("", "-", "é" * 200, 7, None):
        assert form_hint(pattern, given).endswith(explained)
