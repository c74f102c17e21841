"""Orders as they will be once a plan is carried out, with what is not ours in its place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate

from config.ordering import REST
from config.results.plan import Placed, ResultingOrder
from provisioners.collection import Collection
from provisioners.resource import SYMBOL, Payload, Resource, ResourceName, with_symbols
from provisioners.run_file import SystemSettings
from provisioners.system import readable
from stacks.facts import RunFacts
from stacks.leaving import way_out
from stacks.steps import Step


@dataclass(frozen=True)
class Arranging:
    """One plan. planned: its steps. ids: resource name → id of what is there. names: (type, id) → resource name of what
    is ours. called: what people call declared objects."""

    planned: Mapping[str, Step]
    settings: Mapping[str, SystemSettings]
    facts: RunFacts
    ids: Mapping[str, str]
    names: Mapping[tuple[str, str], str]
    called: Mapping[tuple[str, str], str]

    def orders(self, resources: Sequence[Resource]) -> Iterator[ResultingOrder]:
        """Every order that a plan sets and in which something moves, or comes to stand beside what is not ours."""
        for resource in resources:
            step = self.planned.get(resource.name)
            if not resource.only_orders or step is None or step.operation not in ("create", "update", "replace"):
                continue
            types = readable(resource.instance, self.settings[resource.instance])
            collection = types[resource.type]
            if not collection.orders:
                continue
            named = resource.named
            entries = self._entries(resource, step, collection)
            moves = any(each.moves for each in entries)
            beside = any(not each.ours for each in entries) and any(each.was is None for each in entries)
            if moves or beside:
                of = types[collection.orders].kind_word
                yield ResultingOrder(named.instance, named.kind, named.key, of, entries)

    def _entries(self, resource: Resource, step: Step, collection: Collection) -> list[Placed]:
        payload = with_symbols(resource.payload, self.ids)
        before = self._live(resource, collection, payload)
        leaving = self._leaving(resource.instance, collection)
        now = [each for each in before if each not in leaving]
        now += [each for each in _declared(payload) if each not in now]  # the vendor puts what is new last
        old = step.old.payload if step.old is not None and step.operation == "update" else None
        will = collection.rearranged(now, payload, old)
        labels = {
            str(each["id"]): str(each["label"])
            for each in self.facts.listed.get((resource.instance, collection.orders), [])
        }
        names = {each: self._called(collection.orders, each, labels) for each in will}
        others = {before.index(each) for each in will if each in before and not names[each][1]}
        stay = _staying([before.index(each) for each in will if each in before], others)
        return [
            Placed(
                *names[each],
                was=before.index(each) + 1 if each in before else None,
                moves=each in before and before.index(each) not in stay,
            )
            for each in will
        ]

    def _live(self, resource: Resource, collection: Collection, payload: Payload) -> list[str]:
        """What stands in the order now; nothing where it has no place yet, as in a category that is to be made."""
        listed = self.facts.listed.get((resource.instance, resource.type), [])
        places = {str(payload[name]) for name in collection.replace_on}
        found = [each for each in listed if not places or str(each["id"]) in places]
        return [str(each) for each in found[0].get("order", ())] if found else []

    def _leaving(self, instance: str, collection: Collection) -> set[str]:
        """What is deleted, or goes elsewhere (a trigger to another category), and so stands here no more."""
        found = set()
        for step in self.planned.values():
            if step.type != collection.orders or step.old is None or ResourceName.of(step.name).instance != instance:
                continue
            old, new = step.old.payload, step.new.payload if step.new is not None else {}
            goes = step.operation != "delete" and any(old.get(name) != new.get(name) for name in collection.replace_on)
            if goes or (step.operation == "delete" and way_out(step.old) == "delete"):
                found.add(step.old.id)
        return found

    def _called(self, type_: str, each: str, labels: Mapping[str, str]) -> tuple[str, str]:
        """An entry's name, and its `kind/key` where it is in the files."""
        name = each.removeprefix(SYMBOL) if each.startswith(SYMBOL) else self.names.get((type_, each), "")
        step = self.planned.get(name)
        if not name or (step is not None and step.operation == "delete"):
            return labels.get(each, each), ""
        named, made = ResourceName.of(name), step.new.payload if step is not None and step.new is not None else {}
        titles = (made.get(attribute) for attribute in ("name", "title"))
        said = None if named.part else self.called.get((named.kind, named.key))
        said = said or next((str(each) for each in titles if each), None) or labels.get(each)
        return said or named.part or named.key, f"{named.kind}/{named.key}"


def _declared(payload: Payload) -> list[str]:
    """Every id that an order's payload names, in any of its lists."""
    return [each for value in payload.values() if isinstance(value, list) for each in value if each != REST]


def _staying(places: Sequence[int], others: Set[int]) -> set[int]:
    """Of places in their new order, as many as possible that stand one behind the other as before: all others move.
    others: those of what is not ours, which nobody moves."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for place in _passing_none(places, others):
        length = bisect_left(ends, place)
        before[place] = ends[length - 1] if length else None
        ends[length : length + 1] = [place]
    last = ends[-1] if ends else None
    found: set[int] = set()
    while last is not None:
        found.add(last)
        last = before[last]
    return found


def _passing_none(places: Sequence[int], others: Set[int]) -> list[int]:
    """The places of what stands before and behind the same others as before."""
    below = list(accumulate((place if place in others else -1 for place in places), max))
    last = max(places, default=0) + 1
    above = list(accumulate((place if place in others else last for place in reversed(places)), min))[::-1]
    return [place for place, low, high in zip(places, below, above, strict=True) if low <= place <= high]
