"""Writes without a known end: how they are noted, and what the state says once their end is known."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from pulumi.automation import Deployment

from provisioners.collection import Live
from provisioners.run_file import SystemSettings
from stacks.facts import RunFacts
from stacks.record import Record
from stacks.resolving import Resolver
from stacks.state import Adopted, changed, ids, payloads, record, with_adopted
from stacks.steps import Side, Step
from stacks.unfinished import (
    Found,
    Unfinished,
    is_left_open,
    noted,
    saved_at,
    settled,
    unfinished,
    unsettled_after,
)
from tests.engine.conftest import thing

RECORD = Record(fingerprint_key="00ff").resource()


def state_of(*keys: str) -> Deployment:
    found = [Adopted(RECORD, "record", RECORD.payload)]
    found += [Adopted(thing(key), f"id-{key}", {"name": key, "n": None}, key, {"address": "x"}) for key in keys]
    return with_adopted(Deployment(3, {}), "acme", "sandbox", found)


def entry(state: Deployment, key: str) -> dict[str, Any]:
    assert state.deployment is not None
    return next(each for each in state.deployment["resources"] if each["urn"].endswith(f"/{key}"))


def pending(state: Deployment, **types: str) -> Deployment:
    return changed(
        state, pending_operations=[{"resource": entry(state, key), "type": each} for key, each in types.items()]
    )


def found(one: Unfinished, identifier: str, **payload: Any) -> Found:
    return Found(one, Live(identifier, {}, "label"), {"name": "x", **payload}, {"address": "y"})


def test_what_the_engine_noted() -> None:
    state = state_of("a", "b", "c", "d")
    assert unfinished(state) == [] and not is_left_open(state)
    open_state = pending(state, a="creating", b="updating", c="deleting", d="reading", environment="updating")
    assert [(each.write, each.named.key) for each in unfinished(open_state)] == [
        ("create", "a"),
        ("update", "b"),
        ("delete", "c"),
    ]
    assert is_left_open(open_state)
    assert is_left_open(pending(state, environment="updating")), "nothing to look up, but to be cleared"


def test_what_golive_noted_comes_back_and_the_engines_own_is_newer() -> None:
    state = pending(state_of("a", "b"), a="creating")
    remembered = noted(state, [Unfinished("update", entry(state, "b"))])
    assert [(each.write, each.named.key) for each in unfinished(remembered)] == [("create", "a"), ("update", "b")]
    assert record(remembered).fingerprint_key == "00ff"
    again = pending(remembered, b="deleting")
    assert {each.named.key: each.write for each in unfinished(again)} == {"a": "create", "b": "delete"}
    assert payloads(state)["golive/record/environment"].payload == RECORD.payload, "and says nothing where nothing is"


def test_a_creation_that_took_effect_is_ours() -> None:
    state = state_of("a")
    begun = {**entry(state_of("a", "b"), "b")}
    del begun["id"], begun["outputs"]
    begun["dependencies"] = [entry(state, "a")["urn"], "urn:of:nothing"]
    after = settled(state, [found(Unfinished("create", begun), "17", n=2)], [], [])
    side = payloads(after)["helpdesk/things/b"]
    assert (side.id, side.payload, side.origin, side.label) == ("17", {"name": "x", "n": 2}, "made", "label")
    assert side.outputs == {"address": "y"}
    assert entry(after, "b")["dependencies"] == [entry(state, "a")["urn"]]
    assert unfinished(after) == [] and not is_left_open(after)


@pytest.mark.parametrize("deleted_before", [True, False])
def test_one_that_replaces_another_takes_its_place(deleted_before: bool) -> None:
    state = state_of("a")
    old = entry(state, "a")
    begun = {name: value for name, value in old.items() if name not in ("id", "outputs")}
    if deleted_before:
        old["pendingReplacement"] = True
    after = settled(state, [found(Unfinished("create", begun), "17")], [], [])
    assert ids(after)["helpdesk/things/a"] == "17"
    assert after.deployment is not None
    waiting = [each for each in after.deployment["resources"] if each.get("delete")]
    assert [each["id"] for each in waiting] == ([] if deleted_before else ["id-a"])


def test_a_change_is_taken_as_it_is_now_and_a_deletion_forgotten() -> None:
    state = state_of("a", "b", "c")
    sent = json.loads(json.dumps(entry(state, "a")))
    sent["inputs"]["on_remove"] = "release"
    gone, left = Unfinished("delete", entry(state, "b")), Unfinished("delete", entry(state, "c"))
    after = settled(state, [found(Unfinished("update", sent), "id-a", n=5)], [gone, gone], [left])
    side = payloads(after)["helpdesk/things/a"]
    assert (side.payload, side.origin, side.on_remove) == ({"name": "x", "n": 5}, "adopted", "release")
    assert "helpdesk/things/b" not in ids(after)
    assert [(each.write, each.named.key) for each in unfinished(after)] == [("delete", "c")], "not known yet"


def step(name: str, status: Any = "failed", new: bool = True) -> Step:
    side = Side("", {"name": "x"}) if new else None
    return Step(f"helpdesk/things/{name}", "toy:Thing", "create", "apply", None, side, status)


def test_what_a_run_leaves_open() -> None:
    state = state_of("b", "c")
    events: list[dict[str, Any]] = [
        {"event": "begun", "resource": f"helpdesk/things/{key}", "action": action}
        for key, action in {"a": "create", "b": "update", "c": "delete", "e": "create", "f": "create"}.items()
    ]
    refused = {"code": "refused", "what": "", "why": "", "do": "", "took_effect": False}
    events += [{"event": "fault", "resource": "helpdesk/things/e", **refused}]
    facts = RunFacts.of(events)
    steps = [step("a"), step("b"), step("c", new=False), step("d"), step("e"), step("f", "done")]
    left = unsettled_after(state, steps, facts, [thing("a", other={}), thing("d")])
    assert [(each.write, each.named.key) for each in left] == [("create", "a"), ("update", "b"), ("delete", "c")]
    assert entry(noted(state, left), "environment")["urn"] in left[0].entry["dependencies"]
    assert left[0].side.payload == {"name": "x"} and left[0].entry["provider"] == entry(state, "b")["provider"]
    assert unsettled_after(Deployment(3, {}), steps, facts, []) == [], "without the record nothing was sent"


def test_a_part_that_was_left_is_told_of_unless_it_went_with_the_whole() -> None:
    events = [
        *({"event": "kept", "resource": f"crm/pipelines/{key}/last", "why": "it is the last"} for key in "ab"),
        {"event": "done", "resource": "crm/pipelines/a", "action": "delete"},
        {"event": "done", "resource": "crm/pipelines/b", "action": "update"},
    ]
    assert RunFacts.of(events).kept == [("crm/pipelines/b/last", "it is the last")]


def test_when_a_state_was_saved() -> None:
    state = changed(state_of("a"), manifest={"time": "1970-01-01T00:01:40.123456789Z"})
    assert saved_at(state) == pytest.approx(100.123456)
    assert saved_at(changed(state, manifest={"time": "soon"})) == 0


def test_a_type_of_another_version_is_not_known_yet() -> None:
    state = state_of("a")
    other = {**entry(state, "a"), "urn": entry(state, "a")["urn"].replace("toy:Thing", "zendesk:Planet")}
    settings = {"helpdesk": SystemSettings("zendesk", "http://127.0.0.1:1", "sandbox", sandbox=True)}
    resolver = Resolver(noted(state, [Unfinished("update", other)]), settings, {}, threading.Event())
    [(unknown, why)] = resolver.resolved().unknown
    assert (unknown.named.key, why) == ("a", "this version of golive knows no zendesk:Planet")
