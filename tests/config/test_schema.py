"""The JSON Schemas: equal to the committed files, valid, and of one mind with the models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from pydantic import TypeAdapter

from config.document import parse_document, read_document
from config.draft7 import draft7
from config.environment import EnvironmentFile
from config.kinds import ALL_KINDS, KINDS
from config.model import Model
from config.registry import fragment, vendor_words
from config.schema import as_text, config_schema, members
from golive.workspace.schemas import schemas
from tests.config.samples import BAD, GOOD, expected

FOLDER = Path(__file__).parents[2] / "config" / "schemas"
MADE = schemas()
CONFIG = Draft7Validator(MADE["config.json"])
STRUCTURAL = [path for path in BAD if expected(path).judge == "structural"]
ACROSS = [path for path in BAD if expected(path).judge == "across"]


@pytest.mark.parametrize("name", MADE)
def test_committed_file_is_equal(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == as_text(MADE[name]), (
        "run `golive schema --out config/schemas`"
    )


def test_no_other_file_is_committed() -> None:
    assert {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.json")} == set(MADE)


def test_deterministic() -> None:
    assert as_text(config_schema()) == as_text(config_schema())


@pytest.mark.parametrize("name", MADE)
def test_is_draft_7(name: str) -> None:
    Draft7Validator.check_schema(MADE[name])
    assert MADE[name]["$schema"] == "http://json-schema.org/draft-07/schema#"
    text = json.dumps(MADE[name])
    for later in ("$defs", "prefixItems", "discriminator"):
        assert later not in text


def references_in(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return {each for part in schema for each in references_in(part)}
    if not isinstance(schema, dict):
        return set()
    own = {schema["$ref"]} if isinstance(schema.get("$ref"), str) else set()
    return own | {each for part in schema.values() for each in references_in(part)}


@pytest.mark.parametrize("name", MADE)
def test_references_resolve(name: str) -> None:
    definitions = MADE[name].get("definitions", {})
    assert {each.removeprefix("#/definitions/") for each in references_in(MADE[name])} <= set(definitions)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_takes_good_sample(path: Path) -> None:
    errors = [error.message for error in CONFIG.iter_errors(read_document(path, path.name).data)]
    assert errors == []


@pytest.mark.parametrize("path", STRUCTURAL, ids=lambda path: path.stem)
def test_refuses_structural_fault(path: Path) -> None:
    assert list(CONFIG.iter_errors(read_document(path, path.name).data))


@pytest.mark.parametrize("path", ACROSS, ids=lambda path: path.stem)
def test_leaves_other_faults_to_the_rules(path: Path) -> None:
    errors = [error.message for error in CONFIG.iter_errors(read_document(path, path.name).data)]
    assert errors == []


def test_both_sorts_are_there() -> None:
    assert len(STRUCTURAL) >= 30
    assert len(ACROSS) >= 30


@pytest.mark.parametrize("kind", KINDS)
def test_kind_has_title_and_description(kind: str) -> None:
    said = MADE["config.json"]["properties"][kind]
    assert said["title"] == ALL_KINDS[kind].title
    assert said["description"].endswith(".")


def classes() -> list[type[Model]]:
    found: list[type[Model]] = []
    waiting = [Model]
    while waiting:
        waiting += (below := waiting.pop().__subclasses__())
        found += below
    return [each for each in found if each.__module__.startswith("config.")]


@pytest.mark.parametrize("model", classes(), ids=lambda model: model.__name__)
def test_every_attribute_has_a_class(model: type[Model]) -> None:
    for name, info in model.model_fields.items():
        extra = info.json_schema_extra
        if name != "vendor":
            assert isinstance(extra, dict)
            assert extra.get("x-class") in ("required", "default", "leave"), name


NEVER_LEFT = {
    "active", "when", "when_any", "then", "order", "for_", "people", "groups", "read", "edit", "customers", "agents",
    "invite", "role", "rights", "phase", "not_before", "sort", "group_by", "columns", "default", "private", "to",
}  # fmt: skip
"""Whatever decides who sees, gets or may do something, order, conditions, actions (grammar 12)."""


@pytest.mark.parametrize("model", classes(), ids=lambda model: model.__name__)
def test_what_decides_is_never_left(model: type[Model]) -> None:
    left = {
        name
        for name, info in model.model_fields.items()
        if isinstance(info.json_schema_extra, dict) and info.json_schema_extra.get("x-class") == "leave"
    }
    if model.__name__ != "Help":
        assert not left & NEVER_LEFT


def test_required_only_unless_existing() -> None:
    group = MADE["config.json"]["definitions"]["Group"]
    assert group["else"] == {"required": ["name"]}
    assert "required" not in group
    assert MADE["config.json"]["definitions"]["CrmField"]["required"] == ["object", "type"]


def test_open_for_own_keys_and_closed_for_others() -> None:
    assert CONFIG.is_valid({"groups": {"a": {"name": "A", "x-owner": [1]}}, "x-note": {}})
    assert not CONFIG.is_valid({"groups": {"a": {"name": "A", "owner": "Dana"}}})
    assert not CONFIG.is_valid({"owner": "Dana"})


def test_keys_have_a_form() -> None:
    assert not CONFIG.is_valid({"groups": {"A-1": {"name": "A"}}})
    options = {"type": "dropdown", "name": "A", "options": {"Bad Key": "x"}}
    assert not CONFIG.is_valid({"ticket_fields": {"a": options}})


def test_values_stand_wherever_a_scalar_does() -> None:
    data = {"groups": {"a": {"name": "A", "phase": "${values.phase}", "by_hand": "${values.by_hand}"}}}
    assert CONFIG.is_valid(data)
    assert not CONFIG.is_valid({"groups": {"a": {"name": "A", "phase": "${values.}"}}})


def test_vendor_words_of_installed_systems() -> None:
    kinds = {"Trigger": "triggers", "Person": "people", "Group": "groups", "SlackChannel": "slack_channels"}
    for definition, kind in kinds.items():
        properties = MADE["config.json"]["definitions"][definition]["properties"]
        with_fragment = {word for word in vendor_words() if fragment(word, kind) is not None}
        assert {word for word in vendor_words() if word in properties} == with_fragment


def test_environment_schema_agrees_with_the_model() -> None:
    validator = Draft7Validator(MADE["environment.json"])
    good = parse_document(
        "config:\n  golive:environment:\n    state: local\n    systems:\n"
        "      helpdesk: {type: zendesk, url: 'https://a.example', token: env:TOKEN}\n", "f"
    ).data  # fmt: skip
    assert validator.is_valid(good)
    TypeAdapter(EnvironmentFile).validate_python(good)
    for word, wrong in (("state", None), ("state", 5), ("systems", []), ("production", "yes"), ("stat", "local")):
        bad = {"config": {"golive:environment": {**good["config"]["golive:environment"], word: wrong}}}
        assert not validator.is_valid(bad)
        with pytest.raises(ValueError):
            TypeAdapter(EnvironmentFile).validate_python(bad)
    assert not validator.is_valid({"config": {}})


def test_members_of_a_union() -> None:
    assert [each.__name__ for each in members(ALL_KINDS["channels"].model)] == [
        "EmailChannel", "WebFormChannel", "MessagingChannel", "HandMadeChannel"
    ]  # fmt: skip


def test_draft_7_wraps_references_with_neighbours() -> None:
    made = draft7({"properties": {"$ref": {"$ref": "#/$defs/A", "description": "x"}, "b": {"prefixItems": [True]}}})
    assert made["properties"]["$ref"] == {"description": "x", "allOf": [{"$ref": "#/definitions/A"}]}
    assert made["properties"]["b"] == {"items": [True]}
    assert draft7({"$defs": {"A": {"const": {"$ref": 1}}}}) == {"definitions": {"A": {"const": {"$ref": 1}}}}
