"""State as data: what is in it, and surgery."""

from __future__ import annotations

import pytest
from pulumi.automation import Deployment

from stacks.record import Record
from stacks.state import Adopted, ids, names_by_id, owned, payloads, record, with_adopted, without
from tests.engine.conftest import thing

EMPTY = Deployment(3, {})


def adopted(*keys: str) -> Deployment:
    found = [Adopted(thing(key), f"id-{key}", {"name": key, "n": None}, key, {"address": "x"}) for key in keys]
    return with_adopted(EMPTY, "acme", "sandbox", found)


def test_what_the_state_knows() -> None:
    state = adopted("a", "b")
    assert owned(state) == {"helpdesk": {"toy:Thing": ["id-a", "id-b"]}}
    assert names_by_id(state)["toy:Thing", "id-a"] == "helpdesk/things/a"
    assert ids(state) == {"helpdesk/things/a": "id-a", "helpdesk/things/b": "id-b"}
    side = payloads(state)["helpdesk/things/a"]
    assert (side.payload, side.origin, side.label, side.id) == ({"name": "a", "n": None}, "adopted", "a", "id-a")
    assert side.outputs == {"address": "x"}


def test_surgery_leaves_the_original_and_enters_stack_and_provider_once() -> None:
    first = adopted("a")
    second = with_adopted(first, "acme", "sandbox", [Adopted(thing("b"), "2", {"name": "b"})])
    assert first.deployment is not None and second.deployment is not None
    assert len(first.deployment["resources"]) == 3
    types = [entry["type"] for entry in second.deployment["resources"]]
    assert types[:2] == ["pulumi:pulumi:Stack", "pulumi:providers:pulumi-python"]
    assert types[2:] == ["pulumi-python:dynamic/toy:Thing"] * 2
    with pytest.raises(ValueError, match="in the state already"):
        with_adopted(second, "acme", "sandbox", [Adopted(thing("b"), "2", {"name": "b"})])


def test_taking_out_also_takes_out_what_depends_on_it() -> None:
    state = adopted("a", "b")
    assert state.deployment is not None
    first, second = state.deployment["resources"][2:]
    second["dependencies"] = [first["urn"]]
    second["propertyDependencies"] = {"payload": [first["urn"]], "mode": None}
    left = without(state, "helpdesk/things/a")
    assert ids(left) == {"helpdesk/things/b": "id-b"}
    assert left.deployment is not None
    entry = left.deployment["resources"][2]
    assert entry["dependencies"] == [] and entry["propertyDependencies"] == {"payload": [], "mode": []}
    with pytest.raises(KeyError):
        without(left, "helpdesk/things/a")


def test_the_record_comes_back_and_is_new_where_there_is_none() -> None:
    given = Record("rollout", "abc", {"helpdesk": "1"}, switched_off=("helpdesk/triggers/x",), fingerprint_key="00")
    resource = given.resource()
    state = with_adopted(EMPTY, "acme", "sandbox", [Adopted(resource, "record", resource.payload)])
    assert record(state) == given
    assert record(EMPTY) == Record()
    assert Record.of({**resource.payload, "of a newer version": 1}) == given
