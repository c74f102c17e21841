"""Part of an environment alone: what is not chosen stays exactly as it is, live and in the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from provisioners.resource import Compiled, NotSent, Resource, ResourceName, closure
from stacks.compile import drop_dangling

NOT_CHOSEN = "this run is about other objects (--only, --exclude)"

Chosen = Callable[[ResourceName], bool]


def keep_unchosen(result: Compiled, in_state: Mapping[str, Resource], chosen: Chosen) -> set[str]:
    """Register what is not chosen as the state has it, leave out what of it is new, and what needs that.

    in_state: everything of ours by name. The names under which the unchosen are registered.
    """
    kept: dict[str, Resource] = {}
    named_now: dict[str, str] = {}
    chosen_ones: list[Resource] = []
    for resource in result.resources:
        if chosen(resource.named):
            chosen_ones.append(resource)
            continue
        was = next((name for name in (resource.name, *resource.aliases) if name in in_state), None)
        if was is None:
            result.not_sent.append(NotSent(resource.source, resource.instance, NOT_CHOSEN))
        else:
            named_now[was] = resource.name
            kept[was] = replace(in_state[was], aliases=resource.aliases, source=resource.source)
    taken = {name for resource in chosen_ones for name in (resource.name, *resource.aliases)}
    for name, resource in in_state.items():
        if name not in taken and name not in kept and not chosen(resource.named):
            kept[name] = resource
    there = {resource.name for resource in chosen_ones} | {named_now.get(name, name) for name in kept}
    result.resources = chosen_ones
    for name, resource in kept.items():
        needs = (named_now.get(each, each) for each in resource.depends_on)
        depends = tuple(each for each in needs if each in there)
        result.resources.append(replace(resource, name=named_now.get(name, name), depends_on=depends, untouched=True))
    drop_dangling(result)
    result.not_sent = list(dict.fromkeys(result.not_sent))
    return {named_now.get(name, name) for name in kept}


def may_go(needs: Mapping[str, Sequence[str]], chosen: Chosen) -> tuple[set[str], dict[str, str]]:
    """Which resources can be deleted when only the chosen go; and what stays although it is chosen, with a resource
    that needs it and is not chosen.

    needs: resource → what must be there for it.
    """
    wanted = {name for name in needs if chosen(ResourceName.of(name))}
    held: dict[str, str] = {}
    for name in needs:
        if name not in wanted:
            for each in closure(needs, name):
                held.setdefault(each, name)
    return wanted - held.keys(), {name: held[name] for name in wanted & held.keys()}
