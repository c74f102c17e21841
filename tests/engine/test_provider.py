"""The generic provider over the toy's collections, without host or engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from toy_system import Folder, Parts, Things

from provisioners.access import FAILURES_IN_A_ROW, Access
from provisioners.detailed_diff import property_path
from provisioners.errors import SystemFault
from provisioners.live_objects import RESOURCE
from provisioners.payload import UNKNOWN, decode, encode
from provisioners.provider import ABSENT, GenericProvider, PartialFailure
from provisioners.run_file import RunMode, RunRequest
from tests.engine.conftest import Account


class Bench:
    """A provider and what it reported."""

    def __init__(self, root: Path, mode: RunMode = "up", **request: Any) -> None:
        self.account = Account(root)
        self.reports: list[tuple[str, dict[str, Any]]] = []
        self.access = Access(
            "helpdesk", RunRequest(mode, {}, **request), lambda event, facts: self.reports.append((event, dict(facts)))
        )
        self.things = GenericProvider(Things(Folder(root)), self.access)
        self.parts = GenericProvider(Parts(Folder(root)), self.access)
        RESOURCE.set("helpdesk/things/a")

    def reported(self, name: str) -> list[dict[str, Any]]:
        return [facts for event, facts in self.reports if event == name]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def props(mode: str = "managed", on_remove: str = "delete", optional: bool = False, **payload: Any) -> dict[str, Any]:
    return {
        "payload": encode(payload),
        "mode": mode,
        "on_remove": on_remove,
        "optional": optional,
        "format": 1.0,
    }


def fault(raised: pytest.ExceptionInfo[SystemFault]) -> str:
    return raised.value.code


def test_create_gives_the_echo_and_says_so(bench: Bench) -> None:
    made = bench.things.create(props(name="A", note=None, n=2.0))
    assert bench.account.live() == {"A": {"name": "A", "note": None, "n": 2}}
    assert made.outs is not None
    assert decode(made.outs["payload"]) == {"name": "A", "note": None, "n": 2}
    assert (made.outs["origin"], made.outs["label"]) == ("made", "A")
    assert made.outs["address"] == f"{made.id}@toy"
    assert bench.reported("done") == [
        {"resource": "helpdesk/things/a", "type": "toy:Thing", "id": made.id, "action": "create"}
    ]


def test_create_never_adopts(bench: Bench) -> None:
    bench.account.add("A", "17")
    with pytest.raises(SystemFault) as raised:
        bench.things.create(props(name="A"))
    assert fault(raised) == "collision"
    assert "17" in str(raised.value) and "golive adopt things/a" in str(raised.value)
    assert bench.account.writes() == []


def test_an_owned_object_of_that_name_is_no_collision(tmp_path: Path) -> None:
    bench = Bench(tmp_path, owned={"helpdesk": {"toy:Thing": ["17"]}})
    bench.account.add("A", "17")
    bench.things.create(props(name="A"))
    assert bench.account.writes() == [("create", "A")]


def test_two_of_one_name_in_one_run_collide(bench: Bench) -> None:
    bench.things.create(props(name="A"))
    with pytest.raises(SystemFault) as raised:
        bench.things.create(props(name="A"))
    assert fault(raised) == "collision"
    assert len(bench.account.items()) == 1


def test_two_that_the_files_call_the_same_are_both_made(bench: Bench) -> None:
    bench.things.create(props(name="A"))
    RESOURCE.set("helpdesk/things/b")
    bench.things.create(props(name="A"))
    assert len(bench.account.items()) == 2


def test_a_dropped_field_is_a_partial_failure_that_keeps_the_object(bench: Bench) -> None:
    bench.account.faults(create_A="drop note")
    with pytest.raises(PartialFailure) as raised:
        bench.things.create(props(name="A", note="x"))
    assert raised.value.fault.code == "dropped_field"
    assert raised.value.identifier == bench.account.id_of("A")
    assert decode(raised.value.outs["payload"]) == {"name": "A"}
    assert "note" in str(raised.value) and "not allowed on this plan" in str(raised.value)
    assert bench.reported("warning") == [{"resource": "helpdesk/things/a", "text": "note is not allowed on this plan"}]


def test_a_lost_reply_is_found_again(bench: Bench) -> None:
    bench.account.faults(create_A="lost reply")
    made = bench.things.create(props(name="A"))
    assert made.id == bench.account.id_of("A")
    assert [what for verb, what in bench.account.calls("create")] == ["A"]


def test_a_lost_reply_is_found_again_among_namesakes_of_ours(tmp_path: Path) -> None:
    bench = Bench(tmp_path, owned={"helpdesk": {"toy:Thing": ["17"]}})
    bench.account.add("A", "17")
    bench.things.create(props(name="A"))
    RESOURCE.set("helpdesk/things/b")
    bench.account.faults(create_A="lost reply")
    before = set(bench.account.items())
    made = bench.things.create(props(name="A"))
    assert {made.id} == set(bench.account.items()) - before, "neither the old one nor the one that this run has made"
    assert [what for _, what in bench.account.calls("create")] == ["A", "A"]


def test_after_a_lost_reply_a_strangers_namesake_is_never_taken(bench: Bench) -> None:
    """Somebody has made one of the same name in the meantime: which of the two is ours, nobody knows."""

    class Raced(Things):
        def create(self, payload: dict[str, Any]) -> Any:
            bench.account.add("A", "99")
            return super().create(payload)

    raced = GenericProvider(Raced(bench.things.collection.folder), bench.access)  # type: ignore[attr-defined]
    bench.account.faults(create_A="lost reply")
    with pytest.raises(SystemFault) as raised:
        raced.create(props(name="A"))
    assert (fault(raised), raised.value.took_effect) == ("unreachable", None)
    assert len(bench.account.items()) == 2
    assert bench.reported("done") == []


def test_a_lost_reply_without_an_object_stays_a_fault(bench: Bench) -> None:
    class Lost(Things):
        def create(self, payload: dict[str, Any]) -> Any:
            raise SystemFault("unreachable", "toy", "the connection broke", took_effect=None)

    lost = GenericProvider(Lost(bench.things.collection.folder), bench.access)  # type: ignore[attr-defined]
    with pytest.raises(SystemFault) as raised:
        lost.create(props(name="A"))
    assert fault(raised) == "unreachable"
    bench.account.faults(list_="unreachable")
    with pytest.raises(SystemFault, match="connection broke"):
        lost._create({"name": "A"})


def test_deleting_what_is_gone_succeeds_and_other_faults_do_not(bench: Bench) -> None:
    class Gone(Things):
        code = "not_found"

        def delete(self, identifier: str, payload: dict[str, Any]) -> None:
            raise SystemFault(self.code, "toy", "no such thing")  # type: ignore[arg-type]

    gone = Gone(bench.things.collection.folder)  # type: ignore[attr-defined]
    GenericProvider(gone, bench.access).delete("1", props(name="A"))
    gone.code = "refused"
    with pytest.raises(SystemFault) as raised:
        GenericProvider(gone, bench.access).delete("1", props(name="A"))
    assert fault(raised) == "refused"


def test_reading_uses_one_list_and_asks_again_only_for_the_absent(bench: Bench) -> None:
    for number in range(5):
        bench.account.add(f"N{number}", str(number))
    for number in range(5):
        read = bench.things.read(str(number), props(name=f"N{number}"), props(name=f"N{number}"))
        assert read.id == str(number)
    gone = bench.things.read("99", props(name="gone"), props(name="gone"))
    assert gone.id == ""
    assert bench.account.calls() == [("list", ""), ("get", "99")]
    assert [len(each["objects"]) for each in bench.reported("listed")] == [5]


def test_own_writes_are_in_the_list(bench: Bench) -> None:
    made = bench.things.create(props(name="A"))
    read = bench.things.read(made.id, props(name="A"), props(name="A"))
    assert read.id == made.id
    bench.things.delete(made.id, props(name="A"))
    assert bench.things.read(made.id, props(name="A"), props(name="A")).id == ""
    assert [verb for verb, _ in bench.account.calls()] == ["list", "create", "delete", "get"]


def test_reading_shows_the_live_values_as_inputs_too(bench: Bench) -> None:
    bench.account.add("A", "1", n=4)
    read = bench.things.read("1", {**props(name="A", n=3), "origin": "adopted"}, props(name="A", n=3))
    assert read.outs is not None and read.inputs is not None
    assert decode(read.inputs["payload"]) == decode(read.outs["payload"]) == {"name": "A", "n": 4}
    assert read.outs["origin"] == "adopted"
    assert set(read.inputs) == {"payload", "mode", "on_remove", "optional", "format"}


def test_what_cannot_be_read_stays_as_it_is_and_is_not_written(bench: Bench) -> None:
    bench.account.faults(list_="unreachable")
    state = props(name="A")
    for _ in range(2):
        read = bench.things.read("1", state, state)
        assert (read.id, read.outs, read.inputs) == ("1", state, state)
    said = {"instance": "helpdesk", "type": "toy:Thing", "word": "thing", "whole": True, "why": "no answer"}
    assert bench.reported("not_read") == [said]
    for write in (
        lambda: bench.things.create(props(name="B")),
        lambda: bench.things.update("1", state, props(name="A", n=1)),
        lambda: bench.things.delete("1", state),
        lambda: bench.parts.create(props(name="P", thing_id="1")),
    ):
        with pytest.raises(SystemFault) as raised:
            write()
        assert fault(raised) == "not_tried"
    assert bench.account.writes() == []


def test_an_instance_that_is_down_is_not_asked(tmp_path: Path) -> None:
    bench = Bench(tmp_path, down={"helpdesk": "no answer from its address"})
    state = props(name="A")
    assert bench.things.read("1", state, state).id == "1"
    bench.things.check({}, state)
    assert bench.account.calls() == []
    assert bench.reported("not_read")[0]["why"] == "no answer from its address"


def test_a_system_that_stops_answering_is_left_alone(bench: Bench) -> None:
    bench.account.faults(create_any="unreachable")
    codes = []
    for number in range(FAILURES_IN_A_ROW + 1):
        with pytest.raises(SystemFault) as raised:
            bench.things.create(props(name=f"N{number}"))
        codes.append(fault(raised))
    assert codes == ["unreachable"] * FAILURES_IN_A_ROW + ["not_tried"]


def test_a_plan_never_writes(tmp_path: Path) -> None:
    bench = Bench(tmp_path, mode="plan")
    with pytest.raises(SystemFault) as raised:
        bench.things.create(props(name="A"))
    assert fault(raised) == "not_allowed"
    assert bench.account.writes() == []


def test_check_lists_the_type_of_what_is_new(bench: Bench) -> None:
    bench.things.check({}, props(name="A"))
    bench.things.check({}, props(name="B"))
    bench.things.check(props(name="C"), props(name="C"))
    assert bench.account.calls() == [("list", "")]


def test_check_waits_for_the_parent_that_the_list_needs(bench: Bench) -> None:
    bench.parts.check({}, props(name="P", thing_id=UNKNOWN))
    assert bench.account.calls() == []
    bench.parts.check({}, props(name="P", thing_id="7"))
    assert bench.account.calls() == [("list", "7")]


def test_found_objects_are_looked_up_and_never_written(bench: Bench) -> None:
    bench.account.add("A", "1", n=4)
    bench.things.check({}, props("found", name="A"))
    assert bench.reported("found")[0] | {"payload": None} == {
        "resource": "helpdesk/things/a",
        "type": "toy:Thing",
        "id": "1",
        "payload": None,
    }
    made = bench.things.create(props("found", name="A"))
    assert made.id == "1" and made.outs is not None and made.outs["origin"] == "found"
    bench.things.update("1", made.outs, props("found", name="A", n=9))
    bench.things.delete("1", props("found", name="A"))
    with pytest.raises(SystemFault) as raised:
        bench.things.create(props("found", name="nobody"))
    assert fault(raised) == "not_found"
    assert bench.account.writes() == []


def test_patched_objects_get_the_named_attributes_only(bench: Bench) -> None:
    bench.account.add("A", "1", n=4, active=True)
    made = bench.things.create(props("patched", name="A", active=False))
    assert made.id == "1"
    assert bench.account.live()["A"] == {"name": "A", "n": 4, "active": False}
    bench.things.delete("1", {**props("patched", name="A", active=False), "origin": "found"})
    assert bench.account.writes() == [("update", "A")]


def test_only_what_came_with_the_vendor_is_patched_and_never_one_of_ours(bench: Bench) -> None:
    bench.account.add("A", "1", active=True, default=False)
    with pytest.raises(SystemFault) as raised:
        bench.things.create(props("patched", name="A", active=False))
    assert fault(raised) == "not_found"
    ours = Bench(bench.account.root, owned={"helpdesk": {"toy:Thing": ["2"]}})
    ours.account.add("B", "2", active=True)
    assert ours.things.create(props("patched", optional=True, name="B", active=False)).id == ABSENT
    assert bench.account.writes() == []


def test_patching_what_is_right_already_writes_nothing(bench: Bench) -> None:
    bench.account.add("A", "1", active=False)
    assert bench.things.create(props("patched", name="A", active=False)).id == "1"
    assert bench.account.writes() == []


def test_an_optional_one_may_be_absent_and_appear_later(bench: Bench) -> None:
    wanted = props("patched", optional=True, name="A", active=False)
    made = bench.things.create(wanted)
    assert made.id == ABSENT
    assert bench.reported("absent") == [{"resource": "helpdesk/things/a", "type": "toy:Thing"}]
    assert made.outs is not None
    assert bench.things.read(ABSENT, made.outs, wanted).id == ABSENT
    bench.things.update(ABSENT, made.outs, {**wanted, "payload": encode({"name": "A", "active": None})})
    bench.things.delete(ABSENT, made.outs)
    assert bench.account.writes() == []
    later = Bench(bench.account.root)
    later.account.add("A", "1", active=True)
    assert later.things.read(ABSENT, made.outs, wanted).id == ""


@pytest.mark.parametrize(
    ("old", "new", "detailed", "replaces"),
    [
        ({"a": 1}, {"a": 1.0}, {}, []),
        ({"a": None}, {"a": None}, {}, []),
        ({"a": 1}, {"a": None}, {"payload.a": "update"}, []),
        ({"a": 1}, {}, {"payload.a": "delete"}, []),
        ({}, {"a b": 1}, {'payload["a b"]': "add"}, []),
        ({"a": "1"}, {"a": UNKNOWN}, {"payload.a": "update"}, []),
        ({"kind": 1, "a": 1}, {"kind": 2, "a": 2}, {"payload.kind": "update", "payload.a": "update"}, ["payload.kind"]),
    ],
)
def test_differences_are_told_by_attribute(
    bench: Bench, old: dict[str, Any], new: dict[str, Any], detailed: dict[str, str], replaces: list[str]
) -> None:
    wanted = {**props(), "payload": {key: item if item == UNKNOWN else encode(item) for key, item in new.items()}}
    found = bench.things.diff("1", {**props(**old), "origin": "made"}, wanted)
    assert (found.detailed, found.replaces) == (detailed, replaces)
    assert found.changes == bool(detailed)


def test_another_way_out_is_an_update_without_a_call(bench: Bench) -> None:
    old, new = props(name="A"), props(name="A", on_remove="release")
    assert bench.things.diff("1", old, new).detailed == {"on_remove": "update"}
    updated = bench.things.update("1", {**old, "label": "A"}, new)
    assert updated.outs is not None
    assert (updated.outs["on_remove"], updated.outs["label"]) == ("release", "A")
    assert bench.account.calls() == []


def test_another_name_of_a_found_object_is_another_object(bench: Bench) -> None:
    assert bench.things.diff("1", props("found", name="A"), props("found", name="B")).replaces == ["payload.name"]


@pytest.mark.parametrize(
    ("mode", "origin", "on_remove", "writes"),
    [
        ("up", "made", "delete", [("delete", "1")]),
        ("up", "made", "switch_off", [("switch_off", "1")]),
        ("up", "made", "release", []),
        ("up", "adopted", "delete", [("delete", "1")]),
        ("destroy", "made", "release", [("delete", "1")]),
        ("destroy", "adopted", "delete", []),
        ("destroy", "found", "delete", []),
    ],
)
def test_ways_out(tmp_path: Path, mode: RunMode, origin: str, on_remove: str, writes: list[tuple[str, str]]) -> None:
    bench = Bench(tmp_path, mode=mode)
    bench.account.add("A", "1", active=True)
    bench.things.delete("1", {**props(name="A", on_remove=on_remove), "origin": origin})
    assert bench.account.writes() == writes
    actions = [facts["action"] for facts in bench.reported("done")]
    assert actions == [verb for verb, _ in writes]
    assert len(bench.reported("released")) == (0 if writes else 1)


def test_what_is_deleted_to_be_made_anew_is_always_deleted(bench: Bench) -> None:
    bench.account.add("A", "1", kind=1)
    old = {**props(name="A", kind=1, on_remove="release"), "origin": "made"}
    bench.things.check(old, props(name="A", kind=2, on_remove="release"))
    bench.things.delete("1", old)
    assert bench.account.writes() == [("delete", "1")]


def test_what_merely_refers_to_a_replaced_object_is_not_replaced(bench: Bench) -> None:
    """The engine then asks with the whole payload unknown."""
    found = bench.things.diff("1", props(name="A", kind="7"), {**props(), "payload": UNKNOWN})
    assert (found.detailed, found.replaces) == ({"payload": "update"}, [])


def test_a_stopped_run_sends_nothing(bench: Bench) -> None:
    bench.access.stop.set()
    with pytest.raises(SystemFault) as raised:
        bench.things.create(props(name="A"))
    assert fault(raised) == "stopped"
    assert bench.account.calls() == []


def test_property_paths() -> None:
    assert property_path("name") == "payload.name"
    assert property_path('a"b.c') == 'payload["a\\"b.c"]'
    assert property_path("1a") == 'payload["1a"]'
