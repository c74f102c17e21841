"""What happens to objects whose declaration is gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Literal

from provisioners.resource import OnRemove, ResourceName
from stacks.steps import Side

WayOut = Literal["delete", "switch_off", "release"]


def way_out(side: Side) -> WayOut:
    """What leaving the YAML does to an object, by what its main resource said when it was last applied."""
    if side.mode != "managed":
        return "release"
    return chosen(side.on_remove, side.origin)


def chosen(on_remove: OnRemove, origin: str) -> WayOut:
    """The way out that a rule means for an object that golive made or took over."""
    if on_remove == "delete_ours":
        return "delete" if origin == "made" else "release"
    return on_remove


def released_parts(in_state: Mapping[str, Side], registered: Collection[str]) -> Iterator[str]:
    """Parts of objects that leave as a whole and are let go or switched off: their parts stay, too.

    A person who is released keeps the memberships, while a group taken from the person's list is a membership
    that goes. A macro that is switched off keeps the texts that it names.
    """
    for name in in_state:
        main = str(ResourceName.of(name).main)
        if name == main or name in registered or main in registered or main not in in_state:
            continue
        if way_out(in_state[main]) != "delete":
            yield name
