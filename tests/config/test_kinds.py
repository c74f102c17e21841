"""Every kind takes what the grammar allows, and answers each mistake with one clear finding at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.document import Unreadable, parse_document, read_document
from config.findings import Finding
from config.kinds import ALL_KINDS, KINDS, PLACES, kind_path
from config.loading import load_documents
from tests.config.samples import BAD, GOOD, VALUES, expected


def found(path: Path) -> list[Finding]:
    try:
        document = read_document(path, path.name)
    except Unreadable as broken:
        return [broken.finding]
    return [each for each in load_documents([document], VALUES).findings if each.severity != "note"]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_good_sample_has_no_finding(path: Path) -> None:
    assert found(path) == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_sample_has_exactly_its_finding(path: Path) -> None:
    want = expected(path)
    got = [(each.rule, each.position.line, each.position.column, each.severity) for each in found(path)]
    assert got == [(want.rule, want.line, want.column, want.severity)]


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_message_is_for_people(path: Path) -> None:
    (finding,) = found(path)
    said = f"{finding.message} {finding.hint}"
    assert finding.message
    for jargon in ("Input should", "pydantic", "NoneType", "dict", "Extra inputs", "validation error", "literal"):
        assert jargon not in said
    assert finding.position.file == path.name


@pytest.mark.parametrize("kind", KINDS)
def test_kind_has_a_good_sample(kind: str) -> None:
    using = [path for path in GOOD if kind in (parse_document(path.read_text(), path.name).data or {})]
    assert using, f"no good sample declares {kind}"


@pytest.mark.parametrize("kind", KINDS)
def test_kind_has_a_bad_sample(kind: str) -> None:
    assert any(path.stem.startswith(f"{kind}_") for path in BAD)


def test_there_are_enough_bad_files() -> None:
    assert len([path for path in BAD if expected(path).judge == "yaml"]) >= 8
    assert len(BAD) >= 100


def test_places_of_kinds_below_single_objects() -> None:
    assert kind_path("alerts") == ("integrations", "slack", "alerts")
    assert kind_path("groups") == ("groups",)
    assert set(PLACES) | set(KINDS) == set(ALL_KINDS)


@pytest.mark.parametrize(
    ("kind", "several"),
    [("people", "people"), ("sla_policies", "SLA policies"), ("rollout", "the rollout"), ("groups", "groups"),
     ("help_center_categories", "help centre categories"), ("dynamic_content", "dynamic content")],
)  # fmt: skip
def test_plural(kind: str, several: str) -> None:
    assert ALL_KINDS[kind].plural == several
