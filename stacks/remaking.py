"""What goes by another type or name from a run on.

What is made anew as another type: the new object first, then the old one goes. What is made anew and has another key at
once: the engine tells of the old one by its old name, although it is the same object of ours.
"""

from __future__ import annotations

from collections.abc import Sequence

from pulumi.automation import Deployment

from provisioners.resource import Resource
from stacks.state import payloads, types


class AnotherSort(Exception):
    """What the files call by a key of ours is another sort of object, which golive does not exchange for the old."""


def renamed(resources: Sequence[Resource], state: Deployment) -> dict[str, str]:
    """Name in the state → that of the resource that goes on under another one."""
    there = payloads(state)
    aliases = ((alias, each.name) for each in resources if each.name not in there for alias in each.aliases)
    return {alias: name for alias, name in aliases if alias in there}


def remade(resources: Sequence[Resource], state: Deployment) -> dict[str, str]:
    """Resource name → its type in the state, of everything that is another type now.

    Only what says itself that it can be both is exchanged, and only in place: deleting any other object because its
    key means something else now would take its values along. Raises AnotherSort.
    """
    before, sides = types(state), payloads(state)
    found = {}
    for resource in resources:
        for name in (resource.name, *resource.aliases):
            type_ = before.get(name, resource.type)
            if type_ == resource.type:
                continue
            place = f"{resource.source.file}:{resource.source.line}: `{resource.named.address}`"
            can_be_both = type_ in resource.other_types and {resource.mode, sides[name].mode} == {"managed"}
            if can_be_both and name != resource.name:
                raise AnotherSort(
                    f"{place} gets another key and becomes another sort of rule at once. Keep the key in this run, and "
                    "rename it in the next."
                )
            if not can_be_both:
                raise AnotherSort(
                    f"{place} is another sort of object than the one that golive looks after under this key. Give it a "
                    "key of its own; the old one then leaves as any other does."
                )
            found[name] = type_
    return found
