"""Writes of which nobody knows whether they arrived, and the state once that is known.

The engine notes what is under way in the state (`pending_operations`), so that a run that died left it there. Where the
engine lived on and only the host died, or an answer was lost, golive notes it in the record itself (`unsettled`),
because importing a state drops the engine's own notes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pulumi.automation import Deployment

from config.results import plan as results
from provisioners.collection import Live
from provisioners.host.providers import ENGINE_PREFIX, Address, engine_type
from provisioners.payload import encode
from provisioners.resource import Payload, Resource, ResourceName
from stacks.facts import RunFacts
from stacks.record import RECORD_NAME
from stacks.state import changed, properties, record, urns_of, with_record, without
from stacks.steps import Side, Step

Write = Literal["create", "update", "delete"]

_WRITES: dict[str, Write] = {"creating": "create", "updating": "update", "deleting": "delete"}


@dataclass(frozen=True)
class Unfinished:
    """One such write. entry: as the state would hold the resource, its inputs those that were sent."""

    write: Write
    entry: Mapping[str, Any]

    @property
    def address(self) -> Address:
        return Address.of(self.entry["urn"])

    @property
    def named(self) -> ResourceName:
        return ResourceName.of(self.address.name)

    @property
    def id(self) -> str:
        """The object's id; empty for one that was to be made."""
        return str(self.entry.get("id") or "")

    @property
    def side(self) -> Side:
        """What was sent."""
        return Side.of(self.id, {**self.entry.get("outputs", {}), **self.entry.get("inputs", {})})

    @property
    def as_text(self) -> str:
        """The form in which the record keeps it. State format."""
        return json.dumps({"write": self.write, "entry": self.entry}, sort_keys=True)


@dataclass(frozen=True)
class Found:
    """The object of an unfinished write, as it is there now. payload: canonical. outputs: `Collection.outputs`."""

    unfinished: Unfinished
    live: Live
    payload: Payload
    outputs: Mapping[str, str]


def is_left_open(state: Deployment) -> bool:
    """Whether an earlier run left anything to be cleared up in the state."""
    return bool((state.deployment or {}).get("pending_operations") or record(state).unsettled)


def unfinished(state: Deployment) -> list[Unfinished]:
    """What is not settled; a write to one resource once, the last that is known."""
    found: dict[str, Unfinished] = {}
    for text in record(state).unsettled:
        noted = json.loads(text)
        found[noted["entry"]["urn"]] = Unfinished(noted["write"], noted["entry"])
    in_state = _entries(state)
    for operation in (state.deployment or {}).get("pending_operations") or []:
        entry, write = operation["resource"], _WRITES.get(operation["type"])
        if write and entry["type"].startswith(ENGINE_PREFIX) and Address.of(entry["urn"]).name != RECORD_NAME:
            if write == "update" and not entry.get("id"):  # the engine notes an update before it copies the id
                entry = {**entry, "id": in_state.get(entry["urn"], {}).get("id", "")}
            found[entry["urn"]] = Unfinished(write, entry)
    return list(found.values())


def is_renamed(state: Deployment, each: Unfinished) -> bool:
    """Whether the state holds the object of an update under another key, which it has until the update is done."""
    return each.write == "update" and each.entry["urn"] not in _entries(state)


def saved_at(state: Deployment) -> float:
    """When the state was written (seconds since the epoch); 0 where it does not say."""
    said = str(((state.deployment or {}).get("manifest") or {}).get("time") or "")
    try:
        return datetime.fromisoformat(said).timestamp()
    except ValueError:
        return 0.0


def settled(
    state: Deployment, found: Iterable[Found], gone: Iterable[Unfinished], unknown: Sequence[Unfinished]
) -> Deployment:
    """The state that knows what became of everything.

    found: is there. gone: was deleted. unknown: could not be looked for, and stays noted. What is in none of them was
    not made or not changed.
    """
    for each in found:
        state = _with_found(state, each)
    for name in {each.address.name for each in gone} & urns_of(state).keys():
        state = without(state, name)
    if RECORD_NAME in urns_of(state):
        state = with_record(state, unsettled=tuple(each.as_text for each in unknown))
    return changed(state, pending_operations=[])


def _with_found(state: Deployment, found: Found) -> Deployment:
    """Made or changed as the object is now; one that was to replace another stands in its place."""
    entry = dict(found.unfinished.entry)
    side = found.unfinished.side
    inputs = {**entry["inputs"], "payload": encode(found.payload)}
    entries = []
    place = None
    for other in (state.deployment or {}).get("resources") or []:
        if other["urn"] != entry["urn"] or other.get("delete"):
            entries.append(other)
        elif found.unfinished.write == "update":
            place = len(entries)
            entry = {**other, **{name: value for name, value in entry.items() if name != "outputs"}}
            entries.append(other)
        elif not other.get("pendingReplacement"):  # it goes once the new one is there
            entries.append({**other, "delete": True})
    origin = side.origin or "made"
    if found.unfinished.write == "update" and place is not None:
        origin = str(entries[place].get("outputs", {}).get("origin", origin))
    entry["inputs"] = inputs
    entry["id"] = found.live.id
    entry["outputs"] = {**found.outputs, **inputs, "origin": origin, "label": found.live.label}
    known = {each["urn"] for each in entries}
    entry["dependencies"] = [urn for urn in entry.get("dependencies") or [] if urn in known]
    entry.pop("propertyDependencies", None)
    if place is None:
        entries.append(entry)
    else:
        entries[place] = entry
    return changed(state, resources=entries)


def unsettled_after(
    state: Deployment, steps: Iterable[Step], facts: RunFacts, resources: Iterable[Resource]
) -> list[Unfinished]:
    """Writes of a run that has ended, of which neither engine nor host know the end.

    state: after the run. facts.begun: resource → how it was to be written.
    """
    urns = urns_of(state)
    if RECORD_NAME not in urns:  # the first of all was not noted, so that nothing else was sent
        return []
    resource_of = {each.name: each for each in resources}
    by_urn = _entries(state)
    entries = {name: by_urn[urn] for name, urn in urns.items()}
    found = []
    for step in steps:
        write = facts.begun.get(step.name)
        if step.phase != "apply" or step.status == "done" or write is None or facts.is_settled(step.name):
            continue
        if write == "delete" and step.name in entries:
            found.append(Unfinished(write, entries[step.name]))
        elif step.new is not None:
            if step.name not in urns:  # of an object that is only patched, the first write is an update already
                write = "create"
            found.append(Unfinished(write, _entry(step, write, urns, entries[RECORD_NAME], resource_of.get(step.name))))
    return found


def _entry(
    step: Step, write: Write, urns: Mapping[str, str], pattern: Mapping[str, Any], resource: Resource | None
) -> dict[str, Any]:
    """pattern: the entry of the record."""
    assert step.new is not None  # noqa: S101 - the caller has seen to it
    record_urn = urns[RECORD_NAME]
    start = record_urn.rsplit("::", 2)[0]
    type_ = engine_type(step.type)
    return {
        "urn": f"{start}::{type_}::{step.name}",
        "type": type_,
        "custom": True,
        **({"id": step.old.id} if write == "update" and step.old else {}),
        "inputs": properties(step.new),
        "parent": pattern["parent"],
        "provider": pattern["provider"],
        "dependencies": [record_urn, *(urns[name] for name in (resource.needs if resource else ()) if name in urns)],
    }


def _entries(state: Deployment) -> dict[str, dict[str, Any]]:
    """URN → the entry of the live resource; not of one that waits for its deletion."""
    entries = (state.deployment or {}).get("resources") or []
    return {each["urn"]: each for each in entries if not each.get("delete")}


def noted(state: Deployment, unsettled: Iterable[Unfinished]) -> Deployment:
    """The state that remembers these, and what it had open itself."""
    everything = [*unfinished(state), *unsettled]
    return with_record(state, unsettled=tuple(each.as_text for each in everything))


def told(items: Iterable[Unfinished]) -> list[results.Unfinished]:
    """As documents tell it, sorted."""
    found = [results.Unfinished(*each.named[:3], each.write, each.named.part) for each in items]
    return sorted(found, key=lambda each: (each.system, each.kind, each.key, each.part))
