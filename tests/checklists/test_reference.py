"""The reference checklists are the whole method, each part once, and nothing in them leads nowhere."""

from __future__ import annotations

import importlib.resources
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from checklists import left_out
from checklists.binding import ALL, BY_HAND
from checklists.gate import GATED, Gate
from checklists.item import FIGURE, STAGES, Item, Stage
from checklists.probes.later import LATER, RULES_BRING, bringer
from checklists.project import FigureNeeded
from config.document import read_document
from config.kinds import ALL_KINDS
from config.rules.catalogue import catalogue
from tests.checklists.method_ids import (
    CONDITION_IDS,
    CONDITIONAL,
    FIGURES,
    GATE_FIGURES,
    ITEM_IDS,
    MIGRATION_IDS,
    NEVER_WAIVED,
    OWN_CONDITION_IDS,
)

FOLDER = Path(str(importlib.resources.files("checklists") / "reference"))
FILES = sorted(FOLDER.glob("*.yaml"))
MODELS: dict[str, Any] = {"items": Item, "gates": Gate, "figures": FigureNeeded}
ROLES = {
    "head_of_support", "consultant", "support_lead", "agents", "csm", "admin", "crm_admin", "it_security", "web_team",
    "marketing", "finance", "engineering", "product",
}  # fmt: skip
NEEDS_THE_ENVIRONMENT = re.compile(
    r"golive (?:plan|up|pull|adopt|try channels|gate attach \w+ \w+|gate sign \w+)(?! -e ENV)\b"
)


def entries(word: str) -> Iterator[tuple[str, str, Any]]:
    """(File, key, plain data) of everything below a word."""
    for path in FILES:
        for key, data in (read_document(path, path.name).data.get(word) or {}).items():
            yield path.name, key, data


RAW = {word: {key: data for _, key, data in entries(word)} for word in MODELS}
ITEMS: dict[str, Item] = {key: Item.model_validate(data) for key, data in RAW["items"].items()}
GATES: dict[str, Gate] = {key: Gate.model_validate(data) for key, data in RAW["gates"].items()}
NEEDED: dict[str, FigureNeeded] = {key: FigureNeeded.model_validate(data) for key, data in RAW["figures"].items()}
BY_ID = {item.id: item for item in ITEMS.values()}


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


def figures_of(key: str) -> set[str]:
    """The figures that an item uses."""
    return {text[len("${figures.") : -1] for text in texts(RAW["items"][key]) if re.fullmatch(FIGURE, text)}


def asked() -> Iterator[tuple[str, str, str, str]]:
    """(Gate, part, condition's id, item's key) of everything that gates ask for."""
    for gate, value in GATES.items():
        for part, _, condition in value.conditions():
            for key in condition.items:
                yield gate, part, str(condition.id), key


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_can_be_read_at_a_glance(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert len(lines) <= 450
    assert [line for line in lines if len(line) > 120] == []
    assert set(read_document(path, path.name).data) <= set(MODELS)


@pytest.mark.parametrize("word", MODELS)
def test_key_stands_once(word: str) -> None:
    twice = [key for key, many in Counter(key for _, key, _ in entries(word)).items() if many > 1]
    assert twice == []


def test_id_stands_once() -> None:
    ids = Counter(item.id for item in ITEMS.values())
    ids.update(condition.id for gate in GATES.values() for _, _, condition in gate.conditions())
    assert [name for name, many in ids.items() if many > 1 or name is None] == []


@pytest.mark.parametrize("name", [*ITEM_IDS, *MIGRATION_IDS])
def test_method_is_whole(name: str) -> None:
    assert (name in BY_ID) != (name in left_out.ITEMS)


def test_method_has_its_size() -> None:
    assert len(ITEM_IDS) == 216
    assert len(CONDITION_IDS) == 52
    assert len(MIGRATION_IDS) == 24


@pytest.mark.parametrize("name", sorted(str(name) for name in BY_ID))
def test_item_belongs_to_the_method(name: str) -> None:
    assert name.partition("-")[0] in {*ITEM_IDS, *MIGRATION_IDS}


@pytest.mark.parametrize("reason", left_out.ITEMS.values(), ids=left_out.ITEMS)
def test_what_is_left_out_is_said_elsewhere(reason: str) -> None:
    named = re.findall(r"[PM][0-9]+(?:\.[0-9]\.[a-z](?:-[a-z]+)?)?", reason)
    assert named
    assert [name for name in named if name not in BY_ID] == []


@pytest.mark.parametrize("name", GATE_FIGURES)
def test_gate_figure_stands_in_an_item_or_is_explained(name: str) -> None:
    items, about = GATE_FIGURES[name]
    assert items or about
    assert [each for each in items if each not in FIGURES] == []
    explained = {each.about for each in left_out.FIGURES}
    assert [each for each in about if each not in explained] == []


def test_what_is_explained_is_a_figure_of_a_gate() -> None:
    said = [each for _, about in GATE_FIGURES.values() for each in about]
    assert sorted(said) == sorted(each.about for each in left_out.FIGURES)


def test_explanations_name_what_there_is() -> None:
    ids = {*BY_ID, *(condition.id for gate in GATES.values() for _, _, condition in gate.conditions())}
    named = {word for side in left_out.SIDES.values() for word in side.where.split(", ") if word}
    for figure in left_out.FIGURES:
        named |= set(re.findall(r"\bP[0-9]\.[0-9]\.[a-z](?:-[a-z]+)?", figure.instead))
    assert sorted(named - ids) == []
    assert list(left_out.SIDES) == [f"C{number:02}" for number in range(1, 43)]


def test_every_condition_stands_at_its_gate() -> None:
    gates = {"SL": "soft_launch", "FR": "rollout", "HO": "handoff", "PO": "day_"}
    found = [(gate, condition.id) for gate, value in GATES.items() for _, _, condition in value.conditions()]
    assert tuple(GATES) == GATED
    assert sorted(str(name) for _, name in found) == sorted(CONDITION_IDS + OWN_CONDITION_IDS)
    assert [(gate, name) for gate, name in found if not gate.startswith(gates[str(name)[:2]])] == []


@pytest.mark.parametrize("gate", GATED)
def test_gate_asks_for_something(gate: str) -> None:
    for _, key, condition in GATES[gate].conditions():
        assert condition.items or condition.outcome_of, key


def test_gate_asks_for_items_that_exist() -> None:
    assert [(name, key) for _, _, name, key in asked() if key not in ITEMS] == []


def test_gate_asks_for_no_later_work() -> None:
    """What must be there before a phase begins is not made in it; what it must come to may be."""

    def latest(gate: str, part: str) -> int:
        begins = gate in ("soft_launch", "rollout") and part != "outcome"
        return STAGES.index(gate) - begins  # type: ignore[arg-type]

    late = [
        (name, key)
        for gate, part, name, key in asked()
        if STAGES.index(ITEMS[key].phase) > latest(gate, part)
    ]  # fmt: skip
    assert late == []


def test_outcome_is_that_of_the_phase_before() -> None:
    found = {
        gate: condition.outcome_of
        for gate, value in GATES.items()
        for _, _, condition in value.conditions()
        if condition.outcome_of
    }
    assert found == {"rollout": "soft_launch", "handoff": "rollout"}
    assert all(GATES[phase].outcome for phase in found.values() if phase)


@pytest.mark.parametrize("name", CONDITIONAL)
def test_condition_holds_for_some_projects_only(name: str) -> None:
    (condition,) = [each for gate in GATES.values() for _, _, each in gate.conditions() if each.id == name]
    told = [set(condition.only_if) or set(ITEMS[key].only_if) for key in condition.items]
    assert all(told)
    assert set().union(*told) == CONDITIONAL[name]


@pytest.mark.parametrize("key", ITEMS)
def test_only_probes_and_metrics_are_found_out(key: str) -> None:
    item = ITEMS[key]
    assert bool(item.not_probed) == (item.sort not in ("probe", "metric"))


@pytest.mark.parametrize("key", ITEMS)
def test_item_names_what_there_is(key: str) -> None:
    item = ITEMS[key]
    kinds = [about.partition("/")[0] for about in item.concerns if about not in (ALL, BY_HAND)]
    for parameters in (item.probe or {}).values():
        kinds += [*(parameters or {}).get("kinds", ()), *([parameters["kind"]] if "kind" in (parameters or {}) else ())]
    assert [kind for kind in kinds if kind not in ALL_KINDS] == []
    assert {item.owner, *(item.sign_off.roles if item.sign_off else ())} <= ROLES


@pytest.mark.parametrize("key", [key for key, item in ITEMS.items() if "rules_hold" in (item.probe or {})])
def test_rules_that_items_name_are_there_and_are_looked_for_or_will_be(key: str) -> None:
    named = ITEMS[key].probe["rules_hold"]["rules"]  # type: ignore[index]
    assert [rule for rule in named if rule not in catalogue()] == []
    assert [rule for rule in named if not catalogue()[rule].is_decided_here and not bringer(rule)] == []


def test_whatever_brings_the_facts_of_rules_is_waited_for_by_some() -> None:
    assert set(RULES_BRING) - {rule.elsewhere for rule in catalogue().values()} == set()


def test_no_probe_waits_for_what_nothing_asks() -> None:
    named = {name for item in ITEMS.values() for name in item.probe or {}}
    assert sorted({each.name for each in LATER} - named) == []


@pytest.mark.parametrize("key", ITEMS)
def test_item_is_said_for_people(key: str) -> None:
    item = ITEMS[key]
    assert not item.name.endswith(".")
    assert item.why.endswith(".") and item.fix.endswith(".")
    assert len({item.name, item.why, item.fix}) == 3
    assert NEEDS_THE_ENVIRONMENT.findall(item.fix) == []


@pytest.mark.parametrize(
    "key", [key for key, item in ITEMS.items() if item.sort in ("evidence", "by_hand", "sign_off")]
)
def test_fix_names_the_command_that_settles_it(key: str) -> None:
    verb = "sign" if ITEMS[key].sort == "sign_off" else "attach"
    assert re.findall(r"golive gate (\w+) (\w+)", ITEMS[key].fix) == [(verb, key)]


def test_every_figure_that_is_used_is_declared_and_the_reverse() -> None:
    used = {name for key in ITEMS for name in figures_of(key)}
    assert used == set(NEEDED)


@pytest.mark.parametrize("name", NEEDED)
def test_project_sets_figure_before_a_gate_needs_it(name: str) -> None:
    figure = NEEDED[name]
    assert figure.value is None
    assert figure.needed_by in get_args(Stage)
    using = [key for key in ITEMS if name in figures_of(key)]
    gates = [STAGES.index(gate) for gate, _, _, key in asked() if key in using]  # type: ignore[arg-type]
    assert min(gates, default=STAGES.index(figure.needed_by)) >= STAGES.index(figure.needed_by)
    assert all(set(figure.only_if) <= set(ITEMS[key].only_if) for key in using)


def test_what_nobody_can_waive() -> None:
    assert {item.id for item in ITEMS.values() if not item.waivable} == NEVER_WAIVED


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, places in FIGURES.items() for path in places])
def test_figure_of_the_method(name: str, path: str) -> None:
    value: Any = BY_ID[name].model_dump(mode="json", by_alias=True)
    for step in path.split("."):
        value = value[step]
    assert value == FIGURES[name][path]
