"""The JSON Schema of `checklists/` is of one mind with the models, the probes and the method."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from checklists.figures import misfit
from checklists.loading import method
from checklists.probes import PROBES
from checklists.schema import checklist_schema
from config.model import Model
from tests.checklists.samples import BAD, GOOD, data_of, judge_of

MADE = checklist_schema()
SCHEMA = Draft7Validator(MADE)
STRUCTURAL = [path for path in BAD if judge_of(path) == "structural"]
ACROSS = [path for path in BAD if judge_of(path) == "across"]
OWN = {"name": "Own", "phase": "build", "owner": "admin", "why": "It matters.", "fix": "Do it."}


def refused(data: Any) -> list[str]:
    return [each.message for each in SCHEMA.iter_errors(data)]


@pytest.mark.parametrize("document", method(), ids=lambda document: document.file)
def test_takes_the_method(document: Any) -> None:
    assert refused(document.data) == []


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_takes_good_sample(path: Path) -> None:
    assert refused(data_of(path)) == []


@pytest.mark.parametrize("path", STRUCTURAL, ids=lambda path: path.stem)
def test_refuses_structural_fault(path: Path) -> None:
    assert refused(data_of(path))


@pytest.mark.parametrize("path", ACROSS, ids=lambda path: path.stem)
def test_leaves_other_faults_to_the_checks(path: Path) -> None:
    assert refused(data_of(path)) == []


def test_both_sorts_are_there() -> None:
    assert len(STRUCTURAL) >= 40
    assert len(ACROSS) >= 15


def test_what_the_method_has_is_changed_and_what_is_new_says_everything() -> None:
    assert not refused({"items": {"channels_tried": {"owner": "admin"}}})
    assert refused({"items": {"own": {"owner": "admin"}}})
    assert not refused({"items": {"own": {**OWN, "evidence": {"what": "A photo"}}}})
    assert not refused({"gates": {"soft_launch": {"success": {"channels_work": {"lasting": False}}}}})
    assert refused({"gates": {"soft_launch": {"success": {"own": {"lasting": False}}}}})
    assert not refused({"figures": {"time_zone": "Europe/Berlin"}})
    assert refused({"figures": {"own": "Europe/Berlin"}})


def test_ways_to_establish_an_item_exclude_each_other() -> None:
    evidence: dict[str, Any] = {"evidence": {"what": "A photo"}}
    both: dict[str, Any] = {**evidence, "by_hand": {"task": "Press the button"}}
    for key, own in (("own", OWN), ("channels_tried", {})):
        assert not refused({"items": {key: {**own, **evidence}}})
        assert refused({"items": {key: {**own, **both}}})
        assert refused({"items": {key: {**own, "evidence": None}}})
        assert not refused({"items": {key: {**own, **both, "drop": "We have none."}}})
    assert refused({"items": {"own": OWN}})


@pytest.mark.parametrize("name", PROBES)
def test_every_probe_is_known_with_its_parameters(name: str) -> None:
    made = MADE["definitions"]["Probes"]["properties"][name]
    assert made["description"].endswith(".")
    fields = PROBES[name].Parameters.model_fields
    assert set(made["properties"]) == {info.alias or field for field, info in fields.items()}
    assert all(each.get("description") for each in made["properties"].values())
    assert made["additionalProperties"] is (PROBES[name].Parameters.model_config.get("extra") == "allow")
    nothing = {"items": {"channels_tried": {"probe": {name: None}}}}
    assert bool(refused(nothing)) == bool(PROBES[name].Parameters.needed({}))


@pytest.mark.parametrize("figure", MADE["properties"]["figures"]["properties"])
def test_a_figure_takes_what_has_its_form(figure: str) -> None:
    forms = {key: data["form"] for document in method() for key, data in (document.data.get("figures") or {}).items()}
    values: list[Any] = [
        "14d", "14", 0, 14, -1, 0.5, "0%", "100%", "101%", "05%", "word", " ", "", ["a"], [], [""], [1], True,
        "calendar", "business", "UTC", "Europe/Berlin",
    ]  # fmt: skip
    for value in values:
        fits = misfit(forms[figure], value) is None
        if forms[figure] != "time_zone" or fits or not isinstance(value, str):
            assert bool(refused({"figures": {figure: value}})) != fits, value


def classes() -> list[type[Model]]:
    found: list[type[Model]] = []
    waiting = [Model]
    while waiting:
        waiting += (below := waiting.pop().__subclasses__())
        found += below
    return [each for each in found if each.__module__.startswith("checklists.")]


@pytest.mark.parametrize("model", classes(), ids=lambda model: f"{model.__module__}.{model.__qualname__}")
def test_every_attribute_has_a_class_and_says_what_it_is(model: type[Model]) -> None:
    for name, info in model.model_fields.items():
        extra = info.json_schema_extra
        assert isinstance(extra, dict), name
        assert extra.get("x-class") in ("required", "default", "leave"), name
        assert info.description, name
