"""Resources that are told by other names, of before or of after a run, under the names that a state has for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pulumi.automation import Deployment

from provisioners.provider import ABSENT
from provisioners.resource import ResourceName
from stacks.state import payloads, types
from stacks.steps import Side


@dataclass(frozen=True)
class Told:
    """A resource as something else than the state tells it. side: None where it was not there."""

    name: str
    type: str
    side: Side | None


def names_now(told: Iterable[Told], state: Deployment) -> dict[str, str]:
    """Name that is told → the name that the state has for the resource with that id; the told one where it has none.

    What an object has only looked up goes with the object: others may have looked up the same, and its id does not tell
    whose it is.
    """
    type_of = types(state)
    owners = {
        (ResourceName.of(name).instance, type_of[name], side.id): name
        for name, side in payloads(state).items()
        if side.id not in ("", ABSENT) and not _is_looked_up(name, side)
    }
    found: dict[str, str] = {}
    looked_up = []
    for each in told:
        if each.side is None:
            found[each.name] = each.name
        elif _is_looked_up(each.name, each.side):
            looked_up.append(ResourceName.of(each.name))
        else:
            place = (ResourceName.of(each.name).instance, each.type, each.side.id)
            found[each.name] = owners.get(place, each.name)
    for name in looked_up:
        main = ResourceName.of(found.get(str(name.main), str(name.main)))
        there = str(name._replace(key=main.key))
        found[str(name)] = there if there in type_of else str(name)
    return found


def _is_looked_up(name: str, side: Side) -> bool:
    return side.mode == "found" and bool(ResourceName.of(name).part)
