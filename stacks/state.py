"""The engine's state, read and changed as data."""

from __future__ import annotations

import copy
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from weakref import WeakKeyDictionary

from pulumi.automation import Deployment

from provisioners.host.providers import ENGINE_PREFIX, Address, engine_type
from provisioners.payload import FORMAT, encode
from provisioners.provider import ABSENT
from provisioners.resource import Known, Payload, Resource, ResourceName
from provisioners.run_file import Owned
from stacks.record import RECORD_NAME, Record
from stacks.steps import Side

PROVIDER_TYPE = "pulumi:providers:pulumi-python"
STACK_TYPE = "pulumi:pulumi:Stack"


@dataclass(frozen=True)
class Adopted:
    """A live object that is to become a resource of ours.

    payload: canonical and live, without references. outputs: `Collection.outputs` of the object. origin: `made` for one
    that golive had made and let go of.
    """

    resource: Resource
    id: str
    payload: Payload
    label: str = ""
    outputs: Mapping[str, str] = field(default_factory=dict)
    origin: str = "adopted"


def payloads(state: Deployment) -> Mapping[str, Side]:
    """Every resource of ours by name, as it was last known live. Read once for each state."""
    if state not in _payloads:
        _payloads[state] = {Address.of(entry["urn"]).name: _side(entry) for entry in _ours(state)}
    return _payloads[state]


_payloads: WeakKeyDictionary[Deployment, Mapping[str, Side]] = WeakKeyDictionary()


def _side(entry: Mapping[str, Any]) -> Side:
    return Side.of(entry.get("id", ""), {**entry.get("inputs", {}), **entry.get("outputs", {})})


def known(state: Deployment) -> dict[str, Known]:
    """What translations may know of earlier runs, by resource name."""
    return {name: Known(side.payload, side.notes) for name, side in payloads(state).items()}


def ids(state: Deployment) -> dict[str, str]:
    """Resource name → id, of those that have one."""
    return {Address.of(entry["urn"]).name: entry["id"] for entry in _ours(state) if entry.get("id")}


def names_by_id(state: Deployment) -> dict[tuple[str, str], str]:
    """(Type, id) → resource name, as `translation.Names` takes it."""
    named = {}
    for entry in _ours(state):
        address = Address.of(entry["urn"])
        if entry.get("id") not in (None, "", ABSENT):
            named[address.type, str(entry["id"])] = address.name
    return named


def count_by_kind(state: Deployment) -> dict[tuple[str, str], int]:
    """(Instance, kind) → how many objects of ours there are; what golive makes by itself is not counted."""
    names = [ResourceName.of(name) for name, side in payloads(state).items() if side.mode == "managed"]
    return dict(Counter((each.instance, each.kind) for each in names if not each.part and not each.is_generated))


def types(state: Deployment) -> dict[str, str]:
    """Resource name → type."""
    return {address.name: address.type for address in (Address.of(entry["urn"]) for entry in _ours(state))}


def altered(state: Deployment) -> dict[str, str]:
    """Resource name → when what the state holds of it was altered last (ISO 8601, UTC); empty where it does not say."""
    return {
        Address.of(entry["urn"]).name: str(entry.get("modified") or entry.get("created") or "")
        for entry in _ours(state)
    }


def dependencies(state: Deployment) -> dict[str, tuple[str, ...]]:
    """Resource name → names of the resources of ours that it depends on; the record is left out."""
    names = {entry["urn"]: Address.of(entry["urn"]).name for entry in _ours(state)}
    return {
        name: tuple(
            names[each] for each in by_urn.get("dependencies") or [] if each in names and names[each] != RECORD_NAME
        )
        for name, by_urn in ((names[entry["urn"]], entry) for entry in _ours(state))
    }


def dependents(state: Deployment, resources: Iterable[Resource]) -> dict[str, list[str]]:
    """Resource → what depended on it until now, by the names that a run's resources have."""
    new_names = {alias: each.name for each in resources for alias in each.aliases}
    found: dict[str, list[str]] = {}
    for name, needed in dependencies(state).items():
        for each in needed:
            found.setdefault(new_names.get(each, each), []).append(new_names.get(name, name))
    return found


def owned(state: Deployment) -> Owned:
    """What golive looks after, as the host's request takes it; what is only looked up is not ours."""
    found: Owned = {}
    for entry in _ours(state):
        address = Address.of(entry["urn"])
        if entry.get("inputs", {}).get("mode", "managed") == "managed":
            found.setdefault(address.instance, {}).setdefault(address.type, []).append(str(entry.get("id", "")))
    return found


def record(state: Deployment) -> Record:
    """What the state remembers; a new record where it has none yet."""
    entry = next((each for each in _ours(state) if Address.of(each["urn"]).name == RECORD_NAME), None)
    return Record.of(_side(entry).payload) if entry else Record()


def urns_of(state: Deployment) -> dict[str, str]:
    """Resource name → the engine's name for it."""
    return {Address.of(entry["urn"]).name: entry["urn"] for entry in _ours(state)}


def changed(state: Deployment, **parts: Any) -> Deployment:
    """The state with other parts, such as `resources`."""
    return Deployment(state.version, {**(state.deployment or {}), **parts})


def with_record(state: Deployment, **attributes: Any) -> Deployment:
    """The state whose record says something else. Raises KeyError where it has none."""
    entries, urn = _entries(state), urns_of(state)[RECORD_NAME]
    entry = next(each for each in entries if each["urn"] == urn)
    payload = encode(replace(record(state), **attributes).payload)
    for side in ("inputs", "outputs"):
        entry[side] = {**entry[side], "payload": payload}
    return changed(state, resources=entries)


def with_payloads(state: Deployment, found: Mapping[str, Payload]) -> Deployment:
    """The state with other payloads for some resources; everything else that it knows of them stays."""
    entries = _entries(state)
    urns = {urn: found[name] for name, urn in urns_of(state).items() if name in found}
    for entry in entries:
        if entry["urn"] in urns and not entry.get("delete"):
            payload = encode(urns[entry["urn"]])
            for side in ("inputs", "outputs"):
                entry[side] = {**entry[side], "payload": payload}
    return changed(state, resources=entries)


def with_adopted(state: Deployment, project: str, environment: str, adopted: Sequence[Adopted]) -> Deployment:
    """The state with these objects in it, as if golive had looked after them all along.

    The stack and the default provider are entered where they are missing: without them the engine's saved
    plans fail. Raises ValueError for a name that the state already has.
    """
    entries = _entries(state)
    start = f"urn:pulumi:{environment}::{project}::"
    stack = f"{start}{STACK_TYPE}::{project}-{environment}"
    if not any(entry["type"] == STACK_TYPE for entry in entries):
        entries.insert(0, {"urn": stack, "type": STACK_TYPE, "custom": False})
    provider = next((entry for entry in entries if entry["type"] == PROVIDER_TYPE), None)
    if provider is None:
        urn = f"{start}{PROVIDER_TYPE}::default"
        provider = {"urn": urn, "type": PROVIDER_TYPE, "custom": True, "id": str(uuid.uuid4())}
        entries.insert(1, provider)
    there = {entry["urn"] for entry in entries}
    for each in adopted:
        entry = _entry(each, start, stack, f"{provider['urn']}::{provider['id']}")
        if entry["urn"] in there:
            raise ValueError(f"{each.resource.name} is in the state already")
        there.add(entry["urn"])
        entries.append(entry)
    return changed(state, resources=entries)


def without(state: Deployment, *names: str) -> Deployment:
    """The state without some resources; their objects are left alone. Raises KeyError for a name that it has not."""
    urns = urns_of(state)
    gone = {urns[name] for name in names}
    if not gone:
        return state
    entries = [entry for entry in _entries(state) if entry["urn"] not in gone]
    for entry in entries:
        if "dependencies" in entry:
            entry["dependencies"] = [urn for urn in entry["dependencies"] if urn not in gone]
        depends = entry.get("propertyDependencies") or {}
        for attribute, urns_there in depends.items():
            depends[attribute] = [urn for urn in urns_there or [] if urn not in gone]
    return changed(state, resources=entries)


def _entries(state: Deployment) -> list[dict[str, Any]]:
    """A copy of the state's entries."""
    return copy.deepcopy(list((state.deployment or {}).get("resources") or []))


def properties(side: Side) -> dict[str, Any]:
    """A resource's inputs as the state holds them. State format."""
    return {
        "payload": encode(side.payload),
        "mode": side.mode,
        "on_remove": side.on_remove,
        "optional": side.optional,
        "notes": encode(side.notes),
        "format": FORMAT,
    }


_ORIGIN = {"found": "found"}
"""What is only looked up is nothing that golive has taken over."""


def _entry(adopted: Adopted, start: str, stack: str, provider: str) -> dict[str, Any]:
    resource = adopted.resource
    inputs = properties(
        Side("", adopted.payload, resource.mode, resource.on_remove, resource.optional, notes=resource.notes)
    )
    type_ = engine_type(resource.type)
    origin = _ORIGIN.get(resource.mode, adopted.origin)
    return {
        "urn": f"{start}{type_}::{resource.name}",
        "type": type_,
        "custom": True,
        "id": adopted.id,
        "inputs": inputs,
        "outputs": {
            **adopted.outputs,
            **inputs,
            "origin": origin,
            "label": adopted.label,
        },
        "parent": stack,
        "provider": provider,
    }


def _ours(state: Deployment) -> Iterator[dict[str, Any]]:
    """Entries of our resources; copies that wait for their deletion are not among them."""
    for entry in (state.deployment or {}).get("resources") or []:
        if entry["type"].startswith(ENGINE_PREFIX) and not entry.get("delete"):
            yield entry
