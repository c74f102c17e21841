"""Whole runs through the real engine, with a toy system."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from provisioners.payload import UNKNOWN
from provisioners.resource import Ref, Text
from stacks.automation import EngineFailed
from stacks.state import Adopted, ids, payloads, record, with_adopted, without
from tests.engine.conftest import Site, operations, thing

pytestmark = pytest.mark.engine

ODD = {
    "null": None,
    "deep": [{"null": None, "list": [None, 1, 1.5, 2**60, True, "~", UNKNOWN, ""]}],
    "empty": {},
    "none": [],
    "__internal": 1,
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    "ünïcode ☃": "\U0001f600 a\x00b",
    'quoted "key".with[dots]': -0.25,
    "number": 9007199254740993,
}


def test_the_whole_life_of_a_few_things(site: Site) -> None:
    a = thing("a", n=1)
    b = thing("b", of=Ref("helpdesk/things/a"), text=Text(("to ", Ref("helpdesk/things/a", "address"))))
    planned = site.plan(a, b)
    assert planned.ok and operations(planned) == {"a": "create", "b": "create"}
    assert site.account.writes() == []
    assert site.events("listed")[0]["objects"] == []

    assert site.up(a, b, with_plan=True).ok
    identifier = site.account.id_of("a")
    assert site.account.live()["b"] == {"name": "b", "of": identifier, "text": f"to {identifier}@toy"}
    again = site.plan(a, b)
    assert operations(again) == operations(again, "refresh") == {"a": "same", "b": "same"}

    site.account.edit("a", n=5)
    drift = site.drift()
    (edited,) = [step for step in drift.steps if step.operation == "update"]
    assert edited.old is not None and edited.new is not None
    assert (edited.phase, edited.old.payload["n"], edited.new.payload["n"]) == ("refresh", 1, 5)
    assert site.up(a, b).ok
    assert site.account.live()["a"]["n"] == 1

    site.account.remove("b")
    planned = site.plan(thing("a", n=2), b)
    assert operations(planned, "refresh") == {"a": "same", "b": "delete"}
    assert operations(planned) == {"a": "update", "b": "create"}
    (update,) = [step for step in planned.steps if step.operation == "update"]
    assert update.changed == ("n",) and update.old is not None and update.old.payload["n"] == 1
    assert site.up(thing("a", n=2), b, with_plan=True).ok

    writes = len(site.account.writes())
    replaced = site.up(thing("a", n=2, kind="new"), b)
    assert replaced.ok, [(step.name, step.error) for step in replaced.steps]
    assert operations(replaced) == {"a": "replace", "b": "update"}
    assert [verb for verb, _ in site.account.writes()[writes:]] == ["delete", "create", "update"]
    assert site.account.live()["b"]["of"] == site.account.id_of("a") != identifier

    assert operations(site.up(thing("a", n=2, kind="new"))) == {"a": "same", "b": "delete"}
    assert operations(site.destroy()) == {"a": "delete"}
    assert site.account.live() == {}
    assert ids(site.stack().export_state()) == {}


def test_odd_values_come_to_the_system_as_they_are_and_plan_empty_after(site: Site) -> None:
    odd = thing("odd", **ODD)
    assert site.up(odd).ok
    live = site.account.live()["odd"]
    assert live == {"name": "odd", **ODD}
    assert json.dumps(live, sort_keys=True) == json.dumps({"name": "odd", **ODD}, sort_keys=True)
    assert operations(site.plan(odd)) == operations(site.plan(odd), "refresh") == {"odd": "same"}
    assert payloads(site.stack().export_state())["helpdesk/things/odd"].payload == live


def test_more_than_a_thousand_resources_in_one_program(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULUMI_SKIP_CHECKPOINTS", "true")
    things = [thing(f"n{number}") for number in range(1000)]
    things += [thing(f"m{number}", of=Ref(f"helpdesk/things/n{number}")) for number in range(20)]
    made = site.up(*things)
    assert made.ok and made.not_tried == []
    assert len(site.account.items()) == 1020
    planned = site.plan(*things)
    assert set(operations(planned).values()) == {"same"} and len(operations(planned)) == 1020
    assert site.account.calls("list")[-1:] == [("list", "")] and site.account.calls("get") == []


def test_what_depends_on_a_failure_is_left_out_and_the_rest_is_done(site: Site) -> None:
    site.account.faults(create_a="unreachable", create_c="slow 1")
    a, b = thing("a"), thing("b", of=Ref("helpdesk/things/a"), as_number=Ref("helpdesk/things/a", as_number=True))
    c, d = thing("c"), thing("d", of=Ref("helpdesk/things/c"))
    e = thing("e", of=Ref("helpdesk/things/d"))
    done = site.up(a, b, c, d, e)
    assert not done.ok
    assert set(site.account.live()) == {"c", "d", "e"}
    assert done.not_tried == ["helpdesk/things/b"]
    (failed,) = [step for step in done.steps if step.status == "failed"]
    assert failed.name == "helpdesk/things/a" and "no answer" in failed.error
    assert done.messages == []
    site.account.faults()
    assert site.up(a, b, c, d, e).ok
    assert set(site.account.live()) == {"a", "b", "c", "d", "e"}


def test_a_failed_update_leaves_out_what_depends_on_it_and_deletes_nothing(site: Site) -> None:
    a, b = thing("a", n=1), thing("b", of=Ref("helpdesk/things/a"))
    assert site.up(a, b).ok
    before = site.account.live()
    site.account.faults(update_a="unreachable")
    site.plan(thing("a", n=2), b)
    done = site.up(thing("a", n=2), b, with_plan=True)
    assert not done.ok
    assert site.account.live() == before
    assert ids(site.stack().export_state()).keys() >= {"helpdesk/things/a", "helpdesk/things/b"}


def test_what_was_made_in_part_is_kept_and_completed(site: Site) -> None:
    site.account.faults(create_a="drop note")
    done = site.up(thing("a", note="x"))
    (failed,) = [step for step in done.steps if step.status == "failed"]
    assert "note" in failed.error and "Traceback" not in failed.error
    identifier = site.account.id_of("a")
    known = payloads(site.stack().export_state())["helpdesk/things/a"]
    assert (known.id, known.payload, known.origin) == (identifier, {"name": "a"}, "made")
    assert operations(site.plan(thing("a", note="x"))) == {"a": "update"}
    site.account.faults()
    assert site.up(thing("a", note="x")).ok
    assert site.account.live() == {"a": {"name": "a", "note": "x"}}
    assert [verb for verb, _ in site.account.writes()] == ["create", "update"]


def test_an_update_in_part_is_kept_too(site: Site) -> None:
    assert site.up(thing("a")).ok
    site.account.faults(update_a="drop note")
    assert not site.up(thing("a", note="x", n=1)).ok
    assert payloads(site.stack().export_state())["helpdesk/things/a"].payload == {"name": "a", "n": 1}
    site.account.faults()
    assert site.up(thing("a", note="x", n=1)).ok
    assert site.account.live()["a"]["note"] == "x"


def test_a_collision_is_refused_and_the_rest_is_done(site: Site) -> None:
    site.account.add("a", "17")
    done = site.up(thing("a"), thing("b"))
    (failed,) = [step for step in done.steps if step.status == "failed"]
    assert "golive adopt things/a" in failed.error
    assert [event["code"] for event in site.events("fault")] == ["collision"]
    assert site.account.writes() == [("create", "b")]


def test_what_cannot_be_read_is_neither_gone_nor_changed(site: Site) -> None:
    assert site.up(thing("a", n=1)).ok
    site.account.faults(list_="unreachable")
    planned = site.plan(thing("a", n=1), thing("b"))
    assert planned.ok
    assert operations(planned, "refresh") == {"a": "same"}
    assert [event["type"] for event in site.events("not_read")] == ["toy:Thing"]
    done = site.up(thing("a", n=2), thing("b"))
    assert not done.ok
    assert {event["code"] for event in site.events("fault")} == {"not_tried"}
    assert site.account.writes() == [("create", "a")]


def test_a_system_that_left_the_environment_file_is_not_read(site: Site) -> None:
    assert site.up(thing("a")).ok
    site.settings.clear()
    planned = site.plan()
    assert planned.ok and operations(planned) == {"a": "delete"}
    assert [event["instance"] for event in site.events("not_read")] == ["helpdesk"]
    assert not site.up().ok
    assert set(site.account.live()) == {"a"}


def test_no_secret_and_no_traceback_in_errors(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOY_TOKEN", "s3cr3t-value")
    site.account.faults(create_a="credentials")
    refused = site.up(thing("a"))
    site.account.faults(create_b="bug")
    broken = site.up(thing("b"))
    errors = [step.error for outcome in (refused, broken) for step in outcome.steps if step.status == "failed"]
    assert "<TOY_TOKEN> is wrong" in errors[0]
    assert "fault of golive" in errors[1] and "KeyError" in errors[1]
    assert site.events("bug")[0]["where"]
    everything = "".join(errors + refused.messages + broken.messages)
    for file in site.root.rglob("*"):
        if file.is_file():
            everything += file.read_text(errors="replace")
    assert "s3cr3t-value" not in everything
    assert "Traceback" not in everything


def test_adopting_by_surgery_plans_empty_and_runs_with_a_plan(site: Site) -> None:
    site.account.add("a", "17", n=None)
    stack = site.stack()
    adopted = Adopted(thing("a", n=None), "17", {"name": "a", "n": None}, "a", {"address": "17@toy"})
    stack.import_state(with_adopted(stack.export_state(), "acme", "sandbox", [adopted]))
    a, b = thing("a", n=None), thing("b", of=Ref("helpdesk/things/a", "address"))
    assert operations(site.plan(a)) == operations(site.plan(a), "refresh") == {"a": "same"}
    assert operations(site.plan(a, b)) == {"a": "same", "b": "create"}
    assert site.up(a, b, with_plan=True).ok
    assert site.account.live()["b"]["of"] == "17@toy"
    assert payloads(site.stack().export_state())["helpdesk/things/a"].origin == "adopted"

    assert operations(site.destroy()) == {"a": "delete", "b": "delete"}
    assert set(site.account.live()) == {"a"}


def test_taking_out_by_surgery_leaves_the_object(site: Site) -> None:
    a, b = thing("a"), thing("b", of=Ref("helpdesk/things/a"))
    assert site.up(a, b).ok
    stack = site.stack()
    stack.import_state(without(stack.export_state(), "helpdesk/things/a"))
    assert operations(site.plan(thing("b"))) == {"b": "update"}
    assert set(site.account.live()) == {"a", "b"}


def test_another_key_is_the_same_object(site: Site) -> None:
    assert site.up(thing("a", "The thing")).ok
    renamed = thing("b", "The thing", options={"aliases": ("helpdesk/things/a",)})
    assert operations(site.plan(renamed)) == {"b": "same"}
    assert site.up(renamed, with_plan=True).ok
    assert ids(site.stack().export_state())["helpdesk/things/b"] == site.account.id_of("The thing")


def test_a_replaced_object_is_deleted_whatever_leaving_means(site: Site) -> None:
    assert site.up(thing("a", kind=1, options={"on_remove": "release"})).ok
    assert site.up(thing("a", kind=2, options={"on_remove": "release"})).ok
    assert [verb for verb, _ in site.account.writes()] == ["create", "delete", "create"]


def test_an_absent_optional_object_is_no_failure_and_is_patched_later(site: Site) -> None:
    patched = thing("a", active=False, options={"mode": "patched", "optional": True})
    assert site.up(patched).ok
    assert [event["resource"] for event in site.events("absent")] == ["helpdesk/things/a"]
    assert operations(site.plan(patched)) == {"a": "same"}
    site.account.add("a", "17", active=True, n=1)
    planned = site.plan(patched)
    assert operations(planned) == {"a": "create"}
    (found,) = site.events("found")
    assert (found["id"], found["payload"]) == ("17", {"name": "a", "active": True})
    assert site.up(patched, with_plan=True).ok
    assert site.account.live()["a"] == {"name": "a", "active": False, "n": 1}


def test_the_record_is_kept(site: Site) -> None:
    assert site.up().ok
    assert record(site.stack().export_state()).fingerprint_key == "00ff"


def test_the_scratch_folder_can_be_deleted_and_the_clients_files_are_theirs(site: Site) -> None:
    project = site.root / "Pulumi.yaml"
    settings = site.root / "stacks" / "Pulumi.sandbox.yaml"
    settings.parent.mkdir()
    texts = {project: "name: acme # ours\nruntime: python\nstackConfigDir: stacks\n", settings: "config: {} # x\n"}
    for file, text in texts.items():
        file.write_text(text)
    assert site.up(thing("a")).ok
    assert "encryptionsalt" in (site.root / ".golive" / "engine" / "Pulumi.sandbox.yaml").read_text()
    shutil.rmtree(site.root / ".golive")
    assert operations(site.plan(thing("a"))) == {"a": "same"}
    assert site.up(thing("a"), with_plan=True).ok
    assert {file: file.read_text() for file in texts} == texts


def test_nothing_of_the_workspace_is_imported(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    trap = "import pathlib; pathlib.Path(__file__).with_suffix('.imported').touch()\n"
    assert site.up().ok
    for folder in (site.root, site.root / ".golive" / "engine"):
        for name in ("dill.py", "pulumi.py", "config/__init__.py", "grpc.py", "provisioners/__init__.py"):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(trap)
    monkeypatch.chdir(site.root)
    monkeypatch.setenv("PYTHONPATH", str(site.root))
    assert site.plan(thing("a")).ok
    assert site.up(thing("a")).ok
    assert list(site.root.rglob("*.imported")) == []


def test_what_the_plan_does_not_hold_is_not_done(site: Site) -> None:
    assert site.plan(thing("a")).ok
    done = site.up(thing("a"), thing("b"), with_plan=True)
    assert not done.ok
    assert any("not allowed by the plan" in message for message in done.messages)
    assert "b" not in site.account.live()


def test_the_engines_own_failures_are_said(site: Site) -> None:
    stack = site.stack()
    assert site.up(thing("a")).ok
    (site.root / ".pulumi-state" / ".pulumi" / "stacks" / "acme" / "sandbox.json").write_text("{")
    with pytest.raises(EngineFailed):
        stack.preview([thing("a")], Path("plan.json"))


def test_what_has_to_go_first_and_cannot_keeps_its_successor_waiting_for_no_run(site: Site) -> None:
    assert site.up(thing("a"), thing("b", of=Ref("helpdesk/things/a"))).ok
    identifier = site.account.id_of("a")
    site.account.faults(delete_any="unreachable")
    a, b, c = thing("a", kind="new"), thing("b", of=Ref("helpdesk/things/a"), n=1), thing("c")
    failed = site.up(a, b, c)
    assert not failed.ok
    assert site.events("fault")[0]["why"] == "no answer"
    assert site.account.id_of("a") == identifier and "c" in site.account.live(), "all else goes on"
    assert ids(site.stack().export_state())["helpdesk/things/a"] == identifier, "it is not forgotten"
    site.account.faults()
    planned = site.plan(a, b, c)
    assert operations(planned, "refresh")["a"] == "same", "nobody changed it by hand"
    assert operations(planned)["a"] == "replace"
    assert site.up(a, b, c).ok
    assert site.account.id_of("a") != identifier
    assert site.account.live()["b"]["of"] == site.account.id_of("a")
    assert set(operations(site.plan(a, b, c)).values()) == {"same"}
