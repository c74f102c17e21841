"""What is live and neither ours nor named by the files, as far as a run has listed it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from config.kinds import ALL_KINDS
from provisioners.resource import Compiled
from provisioners.run_file import SystemSettings
from provisioners.system import Connection, System, systems
from provisioners.translation import Names
from stacks.facts import RunFacts


@dataclass(frozen=True)
class LeftAlone:
    """One live object. then: what it does, as the YAML would have it, where it is a rule that is on and acts by itself.
    mails: whom it mails when it runs. points_to: (type, id) of the objects that it names. made_at: ISO 8601, empty
    where the list does not say it. active, default: see `provisioners.collection.Live`."""

    system: str
    kind: str
    type: str
    id: str
    name: str
    then: Sequence[Mapping[str, Any]] = ()
    mails: Sequence[str] = ()
    points_to: Sequence[tuple[str, str]] = field(default=())
    made_at: str = ""
    active: bool | None = None
    default: bool = False


MADE_FOR = {"alerts": "triggers", "escalations": "triggers", "rollout": "triggers"}
"""Kinds that golive turns into another, as which they are found live."""


def left_alone(
    compiled: Compiled, facts: RunFacts, names: Names, settings: Mapping[str, SystemSettings]
) -> Iterator[LeftAlone]:
    """Every object of a type that the files have something of, in the vendor's order. settings: instance → system."""
    kinds = kinds_listed(compiled)
    known = {each["id"] for each in facts.found.values() if each["id"]}
    ours = {*names.by_id, *((type_, each) for _, type_ in facts.listed for each in known)}
    for (instance, type_), objects in facts.listed.items():
        kind = kinds.get((instance, type_))
        if kind is None or ALL_KINDS[kind].single:
            continue
        system = systems()[settings[instance].type]
        for each in objects:
            if (type_, each["id"]) in ours:
                continue
            yield _left(instance, system, kind, type_, each, names)


def kinds_listed(compiled: Compiled) -> dict[tuple[str, str], str]:
    """(Instance, type) → the kind as which live objects of a type are spoken of, for types that the files have."""
    kinds: dict[tuple[str, str], str] = {}
    for resource in compiled.resources:
        if not resource.part and not resource.source.key.startswith("_") and "/_" not in resource.name:
            declared = resource.source.kind
            kinds.setdefault((resource.instance, resource.type), MADE_FOR.get(declared, declared))
    return kinds


def beside(connection: Connection, kind: str, type_: str, names: Names) -> Iterator[LeftAlone]:
    """Every live object of a type, also of one of which the files have nothing. Raises SystemFault."""
    system = systems()[connection.settings.type]
    collection = system.collections(connection)[type_]
    for live in collection.list({}):
        line = {
            "id": live.id, "label": live.label, "mails": live.mails, "active": live.active, "default": live.default,
            **collection.told(live),
        }  # fmt: skip
        yield _left(connection.instance, system, kind, type_, line, names)


def _left(instance: str, system: System, kind: str, type_: str, line: Mapping[str, Any], names: Names) -> LeftAlone:
    """line: as the host tells of it; see `RunFacts.listed`."""
    payload = line.get("payload")
    return LeftAlone(
        instance,
        kind,
        type_,
        str(line["id"]),
        str(line["label"]),
        system.does(payload, names) if payload else (),
        line["mails"] if payload else (),
        [(str(pointed), str(identifier)) for pointed, identifier in line.get("points_to", ())],
        str(line.get("made_at") or ""),
        line.get("active"),
        bool(line.get("default")),
    )


def counted(objects: Iterable[LeftAlone]) -> dict[str, int]:
    """Kind → how many, in the order of the vocabulary."""
    found = Counter(each.kind for each in objects)
    return {kind: found[kind] for kind in ALL_KINDS if found[kind]}
