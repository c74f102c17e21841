"""YAML → payloads → the sandbox over HTTP → payloads → YAML: nothing is lost, and nothing is left to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.declaration import Declaration
from provisioners.resource import Compiled, with_symbols
from provisioners.zendesk import SYSTEM
from provisioners.zendesk.markup.html_tree import meaning
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.zendesk_workspace import (
    SEED,
    Applied,
    apply,
    compiled,
    connection,
    declaration,
    named,
    parts_of,
    translation_of,
)

YAML = (Path(__file__).parent / "zendesk_workspace.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[LiveSandbox]:
    with running_sandbox(SEED) as live:
        yield live


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workspace")


@pytest.fixture(scope="module")
def declared(root: Path) -> Declaration:
    return declaration(YAML, root)


@pytest.fixture(scope="module")
def result(declared: Declaration, sandbox: LiveSandbox) -> Compiled:
    found = compiled(declared, "soft_launch", sandbox.url)
    assert not found.not_sent
    return found


@pytest.fixture(scope="module")
def applied(result: Compiled, sandbox: LiveSandbox, root: Path) -> Applied:
    return apply(result.resources, SYSTEM.collections(connection(sandbox.url, root=root)))


def test_every_type_is_exercised(result: Compiled, applied: Applied) -> None:
    there = {resource.type for resource in result.resources}
    assert set(applied.collections) - there == set()


def test_the_vendor_drops_nothing_and_warns_of_nothing(applied: Applied) -> None:
    assert applied.warnings == []
    for name, payload in applied.payloads.items():
        collection = applied.collections[applied.types[name]]
        assert collection.canonical(applied.lives[name], payload) == payload, name


def test_nothing_is_left_to_do_after_reading_again(applied: Applied) -> None:
    for name, payload in applied.payloads.items():
        collection = applied.collections[applied.types[name]]
        assert collection.canonical(applied.live_again(name), payload) == payload, name


def test_lists_show_what_was_made(applied: Applied) -> None:
    for name, payload in applied.payloads.items():
        collection = applied.collections[applied.types[name]]
        live = {live.id: live for live in collection.list(payload)}
        if name in (
            "helpdesk/macros/own",
            "helpdesk/views/mine",
        ):  # of one person: it is not in the shared list, and is read by its id
            assert applied.lives[name].id not in live
            continue
        assert applied.lives[name].id in live, name
        assert collection.canonical(live[applied.lives[name].id], payload) == payload, name


def test_desired_and_live_read_the_same_in_the_yaml_words(
    result: Compiled, applied: Applied, declared: Declaration
) -> None:
    desired = parts_of(result.resources, {each.name: with_symbols(each.payload) for each in result.resources})
    live = parts_of(
        result.resources,
        {
            name: applied.collections[applied.types[name]].canonical(applied.live_again(name), payload)
            for name, payload in applied.payloads.items()
        },
    )
    for (kind, key), parts in desired.items():
        names = applied.names(declared, key)
        translation = translation_of(kind)
        here = translation.declared(parts, names)
        if kind == "slack_channels":  # the channel's id belongs to the other system
            assert here["webhook"]["channel"] == "alerts"
            here["webhook"]["channel"] = "#C0ALERTS"
        assert here == translation.declared(live[kind, key], names), (kind, key)


def _said(result: Compiled, applied: Applied, declared: Declaration, kind: str, key: str) -> dict[str, Any]:
    parts = parts_of(result.resources, applied.payloads)[kind, key]
    return translation_of(kind).declared(parts, applied.names(declared, key))


@pytest.mark.parametrize(
    "kind",
    [
        "triggers",
        "automations",
        "dynamic_content",
        "settings",
        "ticket_forms",
        "views",
        "deletion_schedules",
        "group_sla_policies",
        "custom_objects",
        "macros",
        "sla_policies",
        "ticket_fields",
        "customer_fields",
        "schedules",
        "webhooks",
        "alerts",
        "groups",
        "channels",
        "ticket_statuses",
        "roles",
        "brands",
        "skills",
        "queues",
        "help_center_categories",
        "help_center_sections",
        "articles",
    ],
)
def test_the_yaml_comes_back(kind: str, result: Compiled, applied: Applied, declared: Declaration) -> None:
    """What `declared` says is valid YAML for the object, and compiles to the same payloads."""
    for key, item in declared.of(kind).items():
        if item.value.existing or item.value.is_built_in:
            continue
        said = _said(result, applied, declared, kind, key)
        if "pattern" in said:  # samples are for validation and are not sent
            said["samples"] = {"good": item.value.samples.good, "bad": item.value.samples.bad}
        if kind.startswith("help_center_"):  # the order of what is in it is not its own
            said = {name: value for name, value in said.items() if name not in ("order", "sections")}
        for word in ("pictures", "file_contents"):  # which file is meant
            said.pop(word, None)
        again = type(item.value).model_validate(said)
        copy = Declaration(
            {
                **declared.objects,
                kind: {**declared.of(kind), key: item.__class__(item.kind, item.key, again, item.position, item.index)},
            },
            root=declared.root,
        )
        once_more = compiled(copy, "rollout")
        for resource in (each for each in result.resources if each.source.key == key and each.source.kind == kind):
            if resource.part == "replaces":
                continue
            other = named(once_more, resource.name).payload
            assert _comparable(with_symbols(other)) == _comparable(with_symbols(resource.payload)), resource.name


def _comparable(payload: dict[str, Any]) -> dict[str, Any]:
    """Without what phases decide; groups of conditions have no order."""
    kept = {name: value for name, value in payload.items() if name not in ("active", "former_values", "endpoint")}
    if "source_id" in kept and kept.get("body"):
        kept["body"] = meaning(kept["body"])
    for attribute in ("conditions", "filter", "definition"):
        if attribute in kept:
            kept[attribute] = {group: sorted(map(str, listed)) for group, listed in kept[attribute].items()}
    if "policy_metrics" in kept:
        kept["policy_metrics"] = sorted(map(str, kept["policy_metrics"]))
    return kept
