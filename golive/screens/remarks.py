"""What is said under a change besides its differences: why it happens, and what it comes to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from config.declaration import Declaration
from config.results.plan import Change, Difference, PlanDocument
from golive.phrases import PHASES
from golive.screens.texts import Line
from golive.words import title_of
from provisioners.resource import Compiled, Resource, ResourceName, references_in
from provisioners.translation import STILL_ACTIVE

_LEAVES = ("delete", "switch_off", "release")
_SUBSTANCE = ("when", "when_any", "then", "targets", "options", "email", "address", "url", "text", "hours")
"""Attributes by which an object can be known again under another name; the rest is alike in many."""


@dataclass(frozen=True)
class Remarks:
    """Of one plan. known: names of the resources in the state. is_first: golive has never done anything here."""

    document: PlanDocument
    compiled: Compiled
    declaration: Declaration
    known: Collection[str]
    is_first: bool = False

    def of(self, change: Change) -> tuple[list[Line], list[Difference]]:
        """Lines in words, and the differences that are left to show."""
        if change.action not in ("create", "update", "replace"):
            return [], []
        told = {each.path: each for each in change.diff}
        switched = list(self._switch(change, told.get("active")))
        lines = [*switched, *self._replaced(change, told.get("replaces"))]
        said = {"replaces", *(["active"] if switched else [])}
        left = [each for each in change.diff if each.path not in said and change.action != "create"]
        if change.action == "update" and not lines and not left:
            lines += self._points_to(change)
        return [*lines, *self._becomes(change, told), *self._unknown_key(change)], left

    def _resources(self, change: Change) -> Iterator[Resource]:
        name = (change.system, change.kind, change.key)
        return (each for each in self.compiled.resources if each.named.object == name)

    def _switch(self, change: Change, active: Difference | None) -> Iterator[Line]:
        """A rule of ours that falls asleep or wakes."""
        if active is None or change.action != "update" or {active.old, active.new} != {True, False}:
            return
        until = next(
            (each.why for each in self.document.asleep if (each.kind, each.key) == (change.kind, change.key)), None
        )
        by_hand = {(each.kind, each.key) for each in self.document.switched_off}
        has_slept = self.document.undoes is None and (change.kind, change.key) not in by_hand
        patched = any(each.mode == "patched" for each in self._resources(change) if not each.part)
        if not active.new and until == "over":
            yield Line(f"falls asleep, because {PHASES[until]}")
        elif not active.new and until is not None:
            yield Line(f"falls asleep until {PHASES.get(until, until)}")
        elif active.new and has_slept and not patched:
            yield Line("wakes, and is switched on")

    def _replaced(self, change: Change, replaces: Difference | None) -> Iterator[Line]:
        """Which rule of the vendor's ours takes the place of (grammar 6)."""
        if replaces is None:
            return
        old, new = str(replaces.old or ""), str(replaces.new or "")
        unread = {each.system for each in self.document.not_read}
        if not new and old.endswith(STILL_ACTIVE):
            yield Line(f"the vendor's rule “{old.removesuffix(STILL_ACTIVE)}” stays switched on", quiet=True)
        elif not new:
            yield Line(f"the vendor's rule “{old}” is not replaced any more; it stays switched off", quiet=True)
        elif new.endswith(STILL_ACTIVE):
            yield Line(f"switches the vendor's rule “{new.removesuffix(STILL_ACTIVE)}” on again")
        elif old or change.system in unread:
            yield Line(f"switches off the vendor's rule “{new}”")
            if old.removesuffix(STILL_ACTIVE) not in ("", new):
                yield Line(f"the vendor's rule “{old}” stays switched off", quiet=True)
        else:
            yield Line(f"the vendor's rule “{new}” is not there, so that there is nothing to switch off", quiet=True)

    def _points_to(self, change: Change) -> Iterator[Line]:
        """Why an object changes whose own words stay: what it refers to is made anew and has another id then."""
        made = {
            (each.system, each.kind, each.key): each
            for each in self.document.changes
            if each.action in ("create", "replace")
        }
        targets = [ref.resource for resource in self._resources(change) for ref in references_in(resource.payload)]
        for name in dict.fromkeys(ResourceName.of(target).object for target in targets):
            if name in made and name != (change.system, change.kind, change.key):
                yield Line(f"points to the new {title_of(name[1])} {made[name].name or name[2]}")

    def _becomes(self, change: Change, told: Mapping[str, Difference]) -> Iterator[Line]:
        """What the system makes of our words, where that is something else (grammar 22, 27)."""
        for resource in self._resources(change):
            for attribute, text in resource.becomes.items():
                if not attribute or attribute in told:
                    yield Line(text, quiet=True)

    def _unknown_key(self, change: Change) -> Iterator[Line]:
        """A `was:` that names nothing, while the object is made anew: probably misspelt."""
        item = self.declaration.get(change.kind, change.key)
        was = item.value.was if item is not None else None
        if not was or change.action != "create" or self.is_first:
            return
        names = {str(ResourceName(change.system, change.kind, key)) for key in (was, change.key)}
        if not names & set(self.known):
            yield Line(f"was: {was}: nothing of that key is known here", quiet=True)

    def renamed(self) -> Iterator[tuple[Change, Change]]:
        """(what leaves, what is made) where the two look like one object under another key."""
        leaving = [each for each in self.document.changes if each.action in _LEAVES]
        said: set[tuple[str, str]] = set()
        for new in self.document.changes:
            if new.action != "create" or (new.kind, new.key) in said or new.key.startswith("_"):
                continue
            here = [old for old in leaving if (old.system, old.kind) == (new.system, new.kind)]
            same = [old for old in here if old.name and old.name == new.name] or [
                old for old in here if _alike(old, new)
            ]
            if same:
                said.add((new.kind, new.key))
                leaving.remove(same[0])
                yield same[0], new


def _alike(old: Change, new: Change) -> bool:
    """Whether two objects differ in their names only, and have something that is their own."""
    before = {each.path: each.old for each in old.diff if each.path != "name"}
    after = {each.path: each.new for each in new.diff if each.path != "name"}
    return before == after and any(before.get(path) for path in _SUBSTANCE)
