"""What an undo registers, told from states alone."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

from pulumi.automation import Deployment

from provisioners.collection import Switch
from provisioners.host.record import RECORD_ID
from provisioners.resource import Mode, Payload, Resource, ResourceName, Source
from stacks.record import Record
from stacks.run_files import Change
from stacks.state import Adopted, payloads, with_adopted
from stacks.steps import Side
from stacks.undoing import Known, Undoing, undoing

MACROS, GROUPS = "helpdesk/macros", "helpdesk/groups"


def side(identifier: str, payload: Payload, on_remove: Any = "delete") -> Side:
    return Side(identifier, payload, "managed", on_remove, origin="made")


def state(needs: dict[str, tuple[str, ...]] | None = None, **held: Side) -> Deployment:
    """A state that holds these, by names in which `__` stands for a slash."""
    record = Record().resource()
    entries = [Adopted(record, RECORD_ID, record.payload)]
    for key, each in held.items():
        name = "helpdesk/" + key.replace("__", "/")
        named = ResourceName.of(name)
        source, mode = Source(named.kind, named.key, "", 0), cast("Mode", each.mode)
        resource = Resource(name, f"zendesk:{named.kind}", each.payload, source, mode, each.on_remove)
        entries.append(Adopted(resource, each.id, each.payload, each.label, origin="made"))
    found = with_adopted(Deployment(3, {}), "acme", "sandbox", entries)
    for entry in (found.deployment or {})["resources"]:
        name = entry["urn"].rsplit("::", 1)[-1]
        urns = {other["urn"].rsplit("::", 1)[-1]: other["urn"] for other in (found.deployment or {})["resources"]}
        entry["dependencies"] = [urns[each] for each in (needs or {}).get(name, ())]
    return found


def undone(held: Deployment, *changes: Change, **more: Any) -> Undoing:
    kinds = SimpleNamespace(only_set=False, gone_for_good="", switch=Switch("active"), carries_data=False)
    orders = SimpleNamespace(only_set=True, gone_for_good="", switch=None, carries_data=False)

    def type_of(instance: str, type_: str) -> Any:
        return orders if "Order" in type_ else kinds

    return undoing(changes, Known(held, type_of, {}, lambda named: Source(named.kind, named.key, "", 0), **more))


def update(name: str, before: Payload, after: Payload) -> Change:
    named = ResourceName.of(name)
    return Change(name, f"zendesk:{named.kind}", "update", side("1", before), side("1", after))


def left(undo: Undoing) -> dict[str, str]:
    return {each.name: each.why for each in undo.left}


def registered(undo: Undoing) -> dict[str, Payload]:
    """What is not left as it is."""
    return {each.name: each.payload for each in undo.resources if not each.untouched}


def test_only_what_the_run_changed_comes_back() -> None:
    held = state(macros__a=side("1", {"title": "B", "tags": ["later"], "new": 1}))
    change = update(f"{MACROS}/a", {"title": "A", "tags": []}, {"title": "B", "tags": [], "new": 1})
    undo = undone(held, change)
    assert registered(undo) == {f"{MACROS}/a": {"title": "A", "tags": ["later"]}}
    held = state(macros__a=side("1", {"title": "C", "tags": [], "new": 1}))
    assert left(undone(held, change)) == {f"{MACROS}/a": "later"}
    held = state(macros__a=side("1", {"title": "A", "tags": ["later"]}))
    undo = undone(held, change)
    assert (registered(undo), left(undo)) == ({}, {})
    assert left(undone(state(macros__b=side("2", {})), change)) == {f"{MACROS}/a": "gone"}


def test_a_hand_is_respected() -> None:
    held = state(macros__a=side("1", {"title": "B", "tags": []}))
    change = update(f"{MACROS}/a", {"title": "A", "tags": []}, {"title": "B", "tags": []})
    by_hand: Payload = {"title": "Mine", "tags": ["mine"]}
    assert left(undone(held, change, now={f"{MACROS}/a": by_hand})) == {f"{MACROS}/a": "by_hand"}
    undo = undone(held, change, now={f"{MACROS}/a": by_hand}, put_back=True)
    assert registered(undo) == {f"{MACROS}/a": {"title": "A", "tags": ["mine"]}}
    undo = undone(held, change, now={f"{MACROS}/a": {"title": "B", "tags": ["mine"]}})
    assert registered(undo) == {f"{MACROS}/a": {"title": "A", "tags": ["mine"]}}


def test_nobody_keeps_secrets() -> None:
    before = {"authentication": {"secret": "env:X", "fingerprint": "1"}, "endpoint_fingerprint": "1", "name": "A"}
    after = {"authentication": {"secret": "env:X", "fingerprint": "2"}, "endpoint_fingerprint": "2", "name": "B"}
    undo = undone(state(webhooks__w=side("1", after)), update("helpdesk/webhooks/w", before, after))
    assert registered(undo) == {"helpdesk/webhooks/w": {**after, "name": "A"}}
    assert left(undo) == {"helpdesk/webhooks/w": "secret"}


def test_what_was_made_goes_as_its_kind_does_and_with_it_what_needs_nobody() -> None:
    made = {
        "groups__g": side("1", {"name": "G"}, "delete_ours"),
        "groups__needed": side("2", {"name": "N"}, "delete_ours"),
        "macros__m": side("3", {"active": True}, "switch_off"),
        "macros__d": side("4", {"active": True}),
        "people__p": side("5", {"role": "agent"}, "release"),
        "people__p__in": side("6", {"group": "1"}),
        "macros___order": side("7", {"order": ["3", "4"]}),
        "groups___order": side("8", {"order": ["1"]}),
    }
    needs = {f"{MACROS}/m": (f"{GROUPS}/needed",), f"{MACROS}/_order": (f"{MACROS}/m", f"{MACROS}/d")}
    held = state(needs, **made)
    changes = [
        Change(name, f"zendesk:{ResourceName.of(name).kind}", "create", None, each)
        for name, each in payloads(held).items()
        if name != "golive/record/environment"
    ]
    undo = undone(held, *changes)
    assert set(undo.removed) == {f"{GROUPS}/g", f"{MACROS}/d", f"{GROUPS}/_order"}
    assert registered(undo) == {f"{MACROS}/m": {"active": False}, f"{MACROS}/_order": {"order": ["3"]}}
    assert left(undo) == {f"{GROUPS}/needed": "kept", "helpdesk/people/p": "kept"}

    later = state({f"{MACROS}/m": (f"{GROUPS}/g",)}, groups__g=made["groups__g"], macros__m=side("3", {"active": True}))
    undo = undone(later, Change(f"{GROUPS}/g", "zendesk:groups", "create", None, made["groups__g"]))
    assert [(each.name, each.why, each.more) for each in undo.in_the_way] == [
        (f"{GROUPS}/g", "needed", f"{MACROS}/m")
    ]  # fmt: skip


def test_what_was_deleted_has_another_id_and_is_pointed_to() -> None:
    change = Change(f"{GROUPS}/g", "zendesk:groups", "delete", side("360001", {"name": "G"}))
    macro = update(f"{MACROS}/m", {"group": "360001"}, {"group": "2"})
    held = state(macros__m=side("1", {"group": "2"}))
    undo = undone(held, change, replace(macro, needs=(f"{GROUPS}/g",)))
    assert undo.made_anew == [f"{GROUPS}/g"]
    (resource,) = [each for each in undo.resources if each.name == f"{MACROS}/m"]
    assert resource.needs == (f"{GROUPS}/g",)
    assert not isinstance(resource.payload["group"], str)


def test_what_was_taken_over_again_under_another_name_does_not_get_two() -> None:
    change = Change(f"{MACROS}/m", "zendesk:macros", "delete", side("1", {"title": "M", "active": True}))
    undo = undone(state(macros__hello=side("1", {"title": "M", "active": True})), change)
    (left_,) = undo.in_the_way
    assert (left_.name, left_.why, left_.more) == (f"{MACROS}/m", "later", f"{MACROS}/hello")
    assert (registered(undo), undo.relinked, undo.made_anew) == ({}, {}, [])
    found = Side("1", {"title": "M"}, "found")
    assert undone(state(macros__hello=found), change).made_anew == [f"{MACROS}/m"]


def test_what_was_remade_as_another_type_is_made_anew_as_it_was_whole() -> None:
    name, was, waits = "helpdesk/alerts/late", {"title": "Late", "category_id": "4"}, {"title": "Late", "hours": "4"}
    change = Change(
        name, "zendesk:Automation", "replace", side("1", was), side("2", waits), type_before="zendesk:Trigger"
    )

    def held(payload: Payload) -> Deployment:
        resource = Resource(name, "zendesk:Automation", payload, Source("alerts", "late", "", 0))
        record = Record().resource()
        entries = [
            Adopted(record, RECORD_ID, record.payload),
            Adopted(resource, "2", payload, "Late", origin="made"),
        ]
        return with_adopted(Deployment(3, {}), "acme", "sandbox", entries)

    undo = undone(held(waits), change)
    (resource,) = [each for each in undo.resources if not each.untouched]
    assert (resource.name, resource.type, resource.other_types) == (name, "zendesk:Trigger", ("zendesk:Automation",))
    assert (resource.payload, left(undo)) == (was, {})

    later = {**waits, "hours": "8"}
    undo = undone(held(later), change)
    assert (registered(undo), left(undo)) == ({}, {name: "later"})
    undo = undone(held(waits), change, now={name: later})
    assert (registered(undo), left(undo)) == ({}, {name: "by_hand"})
    undo = undone(held(waits), change, now={name: later}, put_back=True)
    assert (registered(undo), left(undo)) == ({name: was}, {})
    undo = undone(held(waits), change, now={name: None})
    assert (registered(undo), left(undo)) == ({}, {name: "gone"})
