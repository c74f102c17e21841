"""Objects that were taken over and that the files of no run have declared yet: they are not taken to have left them.

Taking over writes files on somebody's machine, and the state for everybody. Until these files have arrived where the
next run is made, it must leave alone what only the state knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from provisioners.resource import Compiled, NotSent, Resource, ResourceName, Source

NOT_IN_FILES = "taken over with `golive adopt`, and in no file here"


def keep_taken_over(result: Compiled, in_state: Mapping[str, Resource], names: Iterable[str]) -> None:
    """Register what was taken over and is not declared as the state has it, and say so.

    in_state: everything of ours by name. names: what was taken over and has not been declared in a run so far.
    """
    there = {name for resource in result.resources for name in (resource.name, *resource.aliases)}
    kept = [each for each in names if each in in_state and str(ResourceName.of(each).main) not in there]
    result.taken_over = kept
    there |= set(kept)
    for name in kept:
        resource = in_state[name]
        depends = tuple(each for each in resource.depends_on if each in there)
        result.resources.append(replace(resource, depends_on=depends, untouched=True))
        named = resource.named
        if not named.part and not named.is_generated:
            result.not_sent.append(NotSent(Source(named.kind, named.key, "", 0), named.instance, NOT_IN_FILES))
