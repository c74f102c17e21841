"""Live objects that are to become ours: found for declared objects with all their parts, and entered into the state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from pulumi.automation import Deployment

from config.declaration import Declaration
from provisioners.collection import Collection, Live
from provisioners.detailed_diff import changed_attributes
from provisioners.errors import SystemFault
from provisioners.lasting import VALUES, values_of_live
from provisioners.resource import SYMBOL, Compiled, Payload, Resource, references_in, with_symbols
from provisioners.run_file import SystemSettings
from provisioners.sighting import Look
from provisioners.snapshot import Snapshot
from provisioners.system import Connection, systems
from stacks.program import in_order
from stacks.state import Adopted, ids, owned, payloads, types, with_adopted, without
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
    several: list[Ambiguous] = field(default_factory=list)
    """What is absent because it could be more than one live object."""
    looked_up: list[Link] = field(default_factory=list)
    """What is declared as existing and is new to the state. Others refer to it, and the engine must know to what."""
    renewed: list[Link] = field(default_factory=list)
    """Orders that golive looks after, and that hold more than before without anything having moved."""


def look_at(instance: str, settings: SystemSettings, declared: Declaration | None = None) -> Look:
    """A system's live objects. Several types stand in one of its lists, which is read once for all of them."""
    connection = Connection(instance, settings, read_only=True, snapshot=Snapshot())
    return Look(systems()[settings.type].collections(connection), declared)


class Finder:
    """Looks for the live objects of one environment. Reads only; each list once."""

    def __init__(
        self,
        state: Deployment,
        settings: Mapping[str, SystemSettings],
        compiled: Compiled,
        looks: dict[str, Look] | None = None,
        chosen: Mapping[str, Live] = MappingProxyType({}),
    ) -> None:
        """looks: lists that are read already, by instance. chosen: resource → the live object that it is."""
        self.known = known_ids(state, compiled)
        """Resource → id, of what the state holds and of what was found so far."""
        self._compiled = compiled
        self._sides = payloads(state)
        self._types = types(state)
        self._owned = {
            (instance, type_): set(identifiers)
            for instance, types in owned(state).items()
            for type_, identifiers in types.items()
        }
        self.settings = settings
        self._looks = {} if looks is None else looks
        self._chosen = chosen
        self._by_place: dict[tuple[str, str, str], dict[str, list[Live]]] = {}
        self._rivals: dict[tuple[str, str, str], list[Resource]] = defaultdict(list)
        for each in compiled.resources:
            if (key := self._rival(each)) is not None:
                self._rivals[key].append(each)

    def look(self, instance: str) -> Look:
        """What is live in a system."""
        if instance not in self._looks:
            self._looks[instance] = look_at(instance, self.settings[instance])
        return self._looks[instance]

    def collection(self, resource: Resource) -> Collection:
        return self.look(resource.instance).collections[resource.type]

    def _rival(self, resource: Resource) -> tuple[str, str, str] | None:
        """By what several declared objects would be found, where that is a name."""
        if resource.mode != "managed" or resource.instance not in self.settings:
            return None
        key = self.collection(resource).natural_key(with_symbols(resource.payload))
        return None if key is None or SYMBOL in key else (resource.instance, resource.type, key)

    def links(self, addresses: Container[str]) -> Links:
        """All main resources and parts of the objects, each after what it refers to; nothing is said of systems whose
        settings were not given. Raises SystemFault."""
        links = Links()
        for resource in in_order(self._compiled.resources):
            if resource.instance not in self.settings:
                continue
            if resource.mode == "found" and (link := self._looked_up(resource)) is not None:
                links.looked_up.append(link)
            if resource.named.address not in addresses or resource.mode != "managed" or resource.untouched:
                continue
            name = self._held_as(resource)
            held = self._held(resource.instance, name) if name else None
            if held is not None:
                self._know(resource, held)
                links.held.append(resource)
                if resource.only_orders and self._is_renewed(resource, held, self._sides[name]):
                    links.renewed.append(Link(resource, held))
                continue
            if name:
                links.lost.append(name)
                self.known.pop(resource.name, None)
            try:
                live = self._live(resource)
            except Ambiguous as several:
                links.several.append(several)
                live = None
            if live is None:
                links.absent.append(resource)
                continue
            self._owned.setdefault((resource.instance, resource.type), set()).add(live.id)
            self._know(resource, live)
            links.found.append(Link(resource, live, self._sides[name].id if name else ""))
        return links

    def _held_as(self, resource: Resource) -> str:
        """Under which name golive looks after a resource; "" where it does not."""
        name = self._name_in_state(resource)
        return name if name and self._sides[name].mode == "managed" else ""

    def _name_in_state(self, resource: Resource) -> str:
        return next((name for name in (resource.name, *resource.aliases) if name in self._sides), "")

    def _held(self, instance: str, name: str) -> Live | None:
        """The live object of one that golive looks after; None where it is there no more. It is what the state says,
        whatever it is about to become: an alert can be another sort of rule next."""
        look, type_, side = self.look(instance), self._types[name], self._sides[name]
        listed = look.with_id(type_, side.id, side.payload)
        if listed is not None:
            return listed
        try:
            return look.collections[type_].get(side.id, side.payload)
        except SystemFault as fault:
            if fault.code != "not_found":  # as is said of what is in another object that is gone
                raise
            return None

    def _looked_up(self, resource: Resource) -> Link | None:
        """Note the id of what is declared as existing, where there is one of its name; what is new to the state."""
        payload = with_symbols(resource.payload, self.known)
        named = self.look(resource.instance).alike(resource.type, payload)
        if len(named) != 1:
            return None
        self._know(resource, named[0])
        return None if self._name_in_state(resource) else Link(resource, named[0])

    def _is_renewed(self, resource: Resource, live: Live, side: Side) -> bool:
        payload = with_symbols(resource.payload, self.known)
        return payload != side.payload and bool(self.collection(resource).canonical(live, payload) == payload)

    def _know(self, resource: Resource, live: Live) -> None:
        """Note what others refer to."""
        self.known[resource.name] = live.id
        outputs = self.collection(resource).outputs(live)
        self.known.update({f"{resource.name}#{output}": value for output, value in outputs.items()})

    def _live(self, resource: Resource) -> Live | None:
        """The one live object that is nobody's and is meant by a resource: by its name, or by all that it says."""
        if resource.name in self._chosen:
            return self._chosen[resource.name]
        collection, look = self.collection(resource), self.look(resource.instance)
        payload = with_symbols(resource.payload, self.known)
        key = collection.natural_key(payload)
        if key is None:
            if any(ref.resource not in self.known for ref in references_in(resource.payload)):
                return None
            same = (live for live in self._places(resource, payload) if self._is_exactly(live, resource))
            return next(iter(self._free(resource, same)), None)
        if SYMBOL in key:
            return None
        free = self._free(resource, look.named(resource.type, key, payload) or collection.unlisted(payload))
        if len(free) < 2:
            return free[0] if free else None
        exact = next((live for live in free if self._is_exactly(live, resource)), None)
        if exact is not None:
            return exact
        rivals = [each for each in self._rivals[resource.instance, resource.type, key] if each is not resource]
        left = [live for live in free if not any(self._is_exactly(live, each) for each in rivals)]
        if len(left) != 1:
            raise Ambiguous(resource, left or free)
        return left[0]

    def _is_exactly(self, live: Live, resource: Resource) -> bool:
        payload = with_symbols(resource.payload, self.known)
        return bool(self.collection(resource).canonical(live, payload) == payload)

    def _places(self, resource: Resource, payload: Payload) -> Iterable[Live]:
        """Where something without a name may be: in a list with ids that follow from the payload, else anywhere."""
        look = self.look(resource.instance)
        collection = self.collection(resource)
        by_place = self._by_place.setdefault((resource.instance, resource.type, collection.list_scope(payload)), {})
        lives = look.lives(resource.type, payload)
        if not by_place and lives:
            for live in lives:
                by_place.setdefault(collection.place_of(live.body), []).append(live)
        return by_place.get(collection.place_of(payload), [])

    def _free(self, resource: Resource, lives: Iterable[Live]) -> list[Live]:
        return [live for live in lives if live.id not in self._owned.get((resource.instance, resource.type), ())]


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
    state = without(state, *(name for name in payloads(state) if name in names or name in lost))
    return with_adopted(state, project, environment, adopted)


def steps_of(state: Deployment, compiled: Compiled, addresses: Container[str], finder: Finder) -> list[Step]:
    """What the next plan will say of these objects in the finder's systems, told from the state alone."""
    sides, known = payloads(state), {**finder.known, **known_ids(state, compiled)}
    before, found = types(state), []
    for each in compiled.resources:
        if each.named.address not in addresses or each.mode != "managed" or each.untouched:
            continue
        if each.instance not in finder.settings:
            continue
        payload = with_symbols(each.payload, known)
        new = Side("", payload, each.mode, each.on_remove, each.optional, notes=each.notes)
        name = next((name for name in (each.name, *each.aliases) if name in sides), "")
        old = sides.get(name)
        changed = () if old is None else tuple(changed_attributes(old.payload, payload))
        operation: Operation = "create" if old is None else "update" if changed else "same"
        if finder.collection(each).replace_on.intersection(changed) or before.get(name, each.type) != each.type:
            operation = "replace"
        found.append(Step(each.name, each.type, operation, "apply", old, new, changed=changed))
    return found
