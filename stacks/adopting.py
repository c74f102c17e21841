"""Live objects that are to become ours: found for declared objects with all their parts, and entered into the state."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pulumi.automation import Deployment

from config.declaration import Declaration
from provisioners.collection import Collection, Live
from provisioners.detailed_diff import changed_attributes
from provisioners.errors import SystemFault
from provisioners.lasting import VALUES, values_of_live
from provisioners.resource import SYMBOL, Compiled, Payload, Resource, references_in, with_symbols
from provisioners.run_file import SystemSettings
from provisioners.system import readable, systems
from stacks.program import in_order
from stacks.state import Adopted, ids, owned, payloads, with_adopted, without
from stacks.steps import Operation, Side, Step


class Ambiguous(Exception):
    """Several live objects bear a declared object's name."""

    def __init__(self, resource: Resource, lives: list[Live]) -> None:
        super().__init__(resource.name)
        self.resource = resource
        self.lives = lives


@dataclass(frozen=True)
class Link:
    """A live object for a resource. gone: the id of the one that golive looked after and that is there no more."""

    resource: Resource
    live: Live
    gone: str = ""


@dataclass
class Links:
    """What there is of the declared objects. held: golive looks after it already. absent: `up` will make it. lost: what
    golive looked after and what is there no more, by its names in the state."""

    found: list[Link] = field(default_factory=list)
    held: list[Resource] = field(default_factory=list)
    absent: list[Resource] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


class Finder:
    """Looks for the live objects of one environment. Reads only; each list once."""

    def __init__(self, state: Deployment, settings: Mapping[str, SystemSettings], compiled: Compiled) -> None:
        self.known = known_ids(state, compiled)
        """Resource → id, of what the state holds and of what was found so far."""
        self._compiled = compiled
        self._sides = payloads(state)
        self._owned = {
            (instance, type_): set(identifiers)
            for instance, types in owned(state).items()
            for type_, identifiers in types.items()
        }
        self._collections: dict[str, Mapping[str, Collection]] = {}
        self.settings = settings
        self._lists: dict[tuple[str, str, str], list[Live]] = {}

    def collection(self, resource: Resource) -> Collection:
        instance = resource.instance
        if instance not in self._collections:
            self._collections[instance] = readable(instance, self.settings[instance])
        return self._collections[instance][resource.type]

    def links(self, addresses: Container[str]) -> Links:
        """All main resources and parts of the objects, each after what it refers to. Raises SystemFault, Ambiguous."""
        links = Links()
        for resource in in_order(self._compiled.resources):
            if resource.named.address not in addresses or resource.mode != "managed" or resource.untouched:
                continue
            name = self._held_as(resource)
            if name and self._is_there(resource, self._sides[name]):
                links.held.append(resource)
                continue
            if name:
                links.lost.append(name)
                self.known.pop(resource.name, None)
            live = self._live(resource)
            if live is None:
                links.absent.append(resource)
                continue
            self._owned.setdefault((resource.instance, resource.type), set()).add(live.id)
            self.known[resource.name] = live.id
            links.found.append(Link(resource, live, self._sides[name].id if name else ""))
        return links

    def _held_as(self, resource: Resource) -> str:
        """Under which name golive looks after a resource; "" where it does not."""
        names = (name for name in (resource.name, *resource.aliases) if name in self._sides)
        return next((name for name in names if self._sides[name].mode == "managed"), "")

    def _is_there(self, resource: Resource, side: Side) -> bool:
        if any(live.id == side.id for live in self._list(resource, side.payload)):
            return True
        try:
            return self.collection(resource).get(side.id, side.payload) is not None
        except SystemFault as fault:
            if fault.code != "not_found":  # as is said of what is in another object that is gone
                raise
            return False

    def _live(self, resource: Resource) -> Live | None:
        """The one live object that is nobody's and is meant by a resource: by its name, or by all that it says."""
        collection = self.collection(resource)
        payload = with_symbols(resource.payload, self.known)
        key = collection.natural_key(payload)
        if key is None:
            if any(ref.resource not in self.known for ref in references_in(resource.payload)):
                return None
            same = [live for live in self._list(resource, payload) if collection.canonical(live, payload) == payload]
            return next(iter(self._free(resource, same)), None)
        if SYMBOL in key:
            return None
        named = [live for live in self._list(resource, payload) if collection.live_key(live) == key]
        free = self._free(resource, named or collection.unlisted(payload))
        if len(free) > 1:
            raise Ambiguous(resource, free)
        return free[0] if free else None

    def _free(self, resource: Resource, lives: list[Live]) -> list[Live]:
        return [live for live in lives if live.id not in self._owned.get((resource.instance, resource.type), ())]

    def _list(self, resource: Resource, payload: Payload) -> list[Live]:
        """The list in which the payload's object would be; empty where what it is in is not there."""
        collection = self.collection(resource)
        scope = collection.list_scope(payload)
        if not collection.lists_all or SYMBOL in scope:
            return []
        place = (resource.instance, resource.type, scope)
        if place not in self._lists:
            try:
                self._lists[place] = collection.list(payload)
            except SystemFault as fault:
                if fault.code != "not_found":
                    raise
                self._lists[place] = []
        return self._lists[place]


def known_ids(state: Deployment, compiled: Compiled) -> dict[str, str]:
    """Resource → id, by the names that the resources have now."""
    found = ids(state)
    for resource in compiled.resources:
        former = next((found[alias] for alias in resource.aliases if alias in found), None)
        if former is not None:
            found.setdefault(resource.name, former)
    return found


def noted(links: Iterable[Link], finder: Finder, declaration: Declaration) -> list[Adopted]:
    """The objects with what only they know: their names for ever, and which value each option has.

    What is declared depends on it, so that it is compiled again before anything is entered for good.
    """
    found = []
    for each in links:
        payload = with_symbols(each.resource.payload, finder.known)
        notes = {**each.resource.notes, **_values(each, payload, finder, declaration)}
        now = finder.collection(each.resource).canonical(each.live, payload)
        found.append(Adopted(replace(each.resource, notes=notes), each.live.id, now))
    return found


def _values(link: Link, payload: Payload, finder: Finder, declaration: Declaration) -> dict[str, Any]:
    resource = link.resource
    item = declaration.get(resource.named.kind, resource.named.key)
    if VALUES not in resource.notes or item is None:
        return {}
    translations = systems()[finder.settings[resource.instance].type].translations()
    options = next(each.options(item, declaration) for each in translations if each.kind == item.kind)
    live = finder.collection(resource).choices(link.live, payload)
    return {VALUES: values_of_live(options, resource.notes[VALUES], live)}


def entered(links: Iterable[Link], finder: Finder, compiled: Compiled) -> list[Adopted]:
    """The objects as the state will hold them, for the resources as they are compiled now."""
    resources = {resource.name: resource for resource in compiled.resources}
    found = []
    for each in links:
        resource = resources[each.resource.name]
        collection = finder.collection(resource)
        payload = collection.taken_over(each.live, with_symbols(resource.payload, finder.known))
        found.append(Adopted(resource, each.live.id, payload, each.live.label, collection.outputs(each.live)))
    return found


def with_links(
    state: Deployment, project: str, environment: str, adopted: Sequence[Adopted], lost: Sequence[str]
) -> Deployment:
    """The state with these objects in it; what it held under their names until now, and what is lost, is forgotten."""
    names = {name for each in adopted for name in (each.resource.name, *each.resource.aliases)}
    for name in payloads(state):
        if name in names or name in lost:
            state = without(state, name)
    return with_adopted(state, project, environment, adopted)


def steps_of(state: Deployment, compiled: Compiled, addresses: Container[str], finder: Finder) -> list[Step]:
    """What the next plan will say of these objects, told from the state alone."""
    sides, known = payloads(state), known_ids(state, compiled)
    found = []
    for each in compiled.resources:
        if each.named.address not in addresses or each.mode != "managed" or each.untouched:
            continue
        payload = with_symbols(each.payload, known)
        new = Side("", payload, each.mode, each.on_remove, each.optional, notes=each.notes)
        old = next((sides[name] for name in (each.name, *each.aliases) if name in sides), None)
        changed = () if old is None else tuple(changed_attributes(old.payload, payload))
        operation: Operation = "create" if old is None else "update" if changed else "same"
        if finder.collection(each).replace_on.intersection(changed):
            operation = "replace"
        found.append(Step(each.name, each.type, operation, "apply", old, new, changed=changed))
    return found
