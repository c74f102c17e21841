"""What happens to objects whose declaration is gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from provisioners.resource import OnRemove
from stacks.steps import Side


def way_out(side: Side) -> OnRemove:
    """What leaving the YAML does to an object, by what its main resource said when it was last applied."""
    if side.mode != "managed":
        return "release"
    return side.on_remove


def released_parts(in_state: Mapping[str, Side], registered: Collection[str]) -> Iterator[str]:
    """Parts of objects that leave as a whole and are let go: their parts stay, too.

    A person who is released keeps the memberships, while a group taken from the person's list is a membership
    that goes.
    """
    for name in in_state:
        main = "/".join(name.split("/")[:3])
        if name == main or name in registered or main in registered or main not in in_state:
            continue
        if way_out(in_state[main]) == "release":
            yield name
