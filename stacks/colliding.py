"""What is in the way of what would be made: live objects that bear the same name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from config.results.plan import Collision
from provisioners.resource import Resource, ResourceName, with_symbols
from provisioners.run_file import Owned, SystemSettings
from provisioners.system import readable
from stacks.facts import RunFacts
from stacks.leaving import WayOut, way_out
from stacks.steps import Step

TAKE_OVER = "Take it over:  "
"""How `Collision.do` begins where adopting is the way."""

_Leaving = Mapping[tuple[str, str], tuple[ResourceName, WayOut]]
"""(type, id) → which resource of ours leaves the files, and how."""


def collisions(
    planned: Mapping[str, Step],
    resources: Sequence[Resource],
    settings: Mapping[str, SystemSettings],
    ids: Mapping[str, str],
    owned: Owned,
    facts: RunFacts,
    perhaps_made: Collection[str],
    option: str,
) -> list[Collision]:
    """Live objects that bear the name of one that would be made, in the order of the systems.

    planned: the plan's steps. ids: resource name → id in the state. perhaps_made: resources that an earlier run may
    have made; they are looked up before anything is sent. option: names the environment in the commands that are told.
    """
    leaving = {
        (step.type, step.old.id): (ResourceName.of(name), way_out(step.old))
        for name, step in planned.items()
        if step.operation == "delete" and step.old
    }
    found: list[Collision] = []
    for instance, of_instance in settings.items():
        collections = readable(instance, of_instance)
        for resource in resources:
            step = planned.get(resource.name)
            if resource.instance != instance or resource.mode != "managed" or step is None:
                continue
            if step.operation not in ("create", "replace") or collections[resource.type].joins:
                continue
            if not {resource.name, *resource.aliases}.isdisjoint(perhaps_made):
                continue
            collection, payload = collections[resource.type], with_symbols(resource.payload, ids)
            key, scope = collection.natural_key(payload), collection.list_scope(payload)
            if key is None:
                continue
            ours = owned.get(instance, {}).get(resource.type, [])
            for live in _there(resource, facts):
                if live["key"] == key and live.get("scope", scope) == scope:
                    found += _collisions(resource, live, leaving, live["id"] in ours, option)
    return found


def _there(resource: Resource, facts: RunFacts) -> list[Mapping[str, Any]]:
    """Live objects of the resource's type, listed or not."""
    place = (resource.instance, resource.type)
    return [*facts.listed.get(place, []), *facts.in_the_way.get(place, [])]


def _collisions(
    resource: Resource, live: Mapping[str, Any], leaving: _Leaving, is_ours: bool, option: str
) -> Iterator[Collision]:
    """What a live object of the same name comes to: nothing where it is ours, or about to be deleted."""
    former, way = leaving.get((resource.type, live["id"]), (None, "delete"))
    if former is not None and way != "delete":
        yield _collision(resource, live, _was(former, resource))
    elif not is_ours and former is None:
        take = f"{TAKE_OVER}golive adopt {resource.named.address}{option}"
        yield _collision(resource, live, live["do"] or f"{take}   or give one of the two another name.")


def _was(former: ResourceName, resource: Resource) -> str:
    """What to do where our own object leaves the files, stays there, and another is to have its name."""
    return (
        f"It is what `{former.key}` was until now, and it stays there: if the two are one, write `was: {former.key}` "
        f"under `{resource.named.key}`; if not, give one of them another name."
    )


def _collision(resource: Resource, live: Mapping[str, Any], do: str) -> Collision:
    _, kind, key = resource.named.object
    return Collision(
        system=resource.instance,
        kind=kind,
        key=key,
        name=str(live["label"]),
        id=str(live["id"]),
        do=do,
        file=resource.source.file,
        line=resource.source.line,
    )
