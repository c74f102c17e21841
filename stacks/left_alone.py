"""What is live and neither ours nor named by the files, as far as a run has listed it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from config.kinds import ALL_KINDS
from provisioners.resource import Compiled
from provisioners.run_file import SystemSettings
from provisioners.system import systems
from provisioners.translation import Names
from stacks.facts import RunFacts


@dataclass(frozen=True)
class LeftAlone:
    """One live object. then: what it does, as the YAML would have it, where it is a rule that is on and acts by itself.
    mails: whom it mails when it runs. points_to: (type, id) of the objects that it names. made_at: ISO 8601, empty
    where the list does not say it."""

    system: str
    kind: str
    type: str
    id: str
    name: str
    then: Sequence[Mapping[str, Any]] = ()
    mails: Sequence[str] = ()
    points_to: Sequence[tuple[str, str]] = field(default=())
    made_at: str = ""


MADE_FOR = {"alerts": "triggers"}
"""Kinds that golive turns into another, as which they are found live."""


def left_alone(
    compiled: Compiled, facts: RunFacts, names: Names, settings: Mapping[str, SystemSettings]
) -> Iterator[LeftAlone]:
    """Every object of a type that the files have something of, in the vendor's order. settings: instance → system."""
    kinds: dict[tuple[str, str], str] = {}
    for resource in compiled.resources:
        if not resource.part and not resource.source.key.startswith("_") and "/_" not in resource.name:
            declared = resource.source.kind
            kinds.setdefault((resource.instance, resource.type), MADE_FOR.get(declared, declared))
    known = {each["id"] for each in facts.found.values() if each["id"]}
    ours = {*names.by_id, *((type_, each) for _, type_ in facts.listed for each in known)}
    for (instance, type_), objects in facts.listed.items():
        kind = kinds.get((instance, type_))
        if kind is None:
            continue
        system = systems()[settings[instance].type]
        for each in objects:
            if (type_, each["id"]) in ours:
                continue
            payload = each.get("payload")
            yield LeftAlone(
                instance,
                kind,
                type_,
                each["id"],
                str(each["label"]),
                system.does(payload, names) if payload else (),
                each["mails"] if payload else (),
                [(str(pointed), str(identifier)) for pointed, identifier in each.get("points_to", ())],
                str(each.get("made_at") or ""),
            )


def counted(objects: Iterable[LeftAlone]) -> dict[str, int]:
    """Kind → how many, in the order of the vocabulary."""
    found = Counter(each.kind for each in objects)
    return {kind: found[kind] for kind in ALL_KINDS if found[kind]}
