"""What is said under a change besides its differences: why it happens, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from config.declaration import Declaration
from config.results.plan import Change, Difference, PlanDocument
from golive.screens.texts import Line
from golive.wording.sleep import sleeps
from golive.wording.words import listed, title_of
from provisioners.resource import (
    Compiled,
    Known,
    ObjectName,
    Payload,
    Resource,
    ResourceName,
    references_in,
    with_symbols,
)
from provisioners.translation import STILL_ACTIVE

CONTENT_PART = "content/"
"""With this begins the name of a part that is the dynamic content of one of the object's texts; see
`provisioners.zendesk.translations.speech`."""
FEW = 3
"""So much dynamic content of one object is named."""
_LEAVES = ("delete", "switch_off", "release")
_SUBSTANCE = ("when", "when_any", "then", "targets", "options", "email", "address", "url", "text", "hours")
"""Attributes by which an object can be known again under another name; the rest is alike in many."""


@dataclass(frozen=True)
class Remarks:
    """Of one plan. known: what the state holds, by resource name. is_first: golive has never done anything
    here. ids: resource name → id, of what is there."""

    document: PlanDocument
    compiled: Compiled
    declaration: Declaration
    known: Mapping[str, Known]
    is_first: bool = False
    ids: Mapping[str, str] = field(default_factory=dict)

    def of(self, change: Change) -> tuple[list[Line], list[Difference]]:
        """Lines in words, and the differences that are left to show."""
        if change.action == "delete":
            return list(self._languages(change)), []
        if change.action not in ("create", "update", "replace"):
            return [], []
        told = {each.path: each for each in change.diff}
        switched = list(self._switch(change, told.get("active")))
        lines = [*switched, *self._replaced(change, told.get("replaces"))]
        said = {"replaces", *(["active"] if switched else [])}
        left = [each for each in change.diff if each.path not in said and change.action != "create"]
        if change.action == "update" and not lines and not left:
            lines += self._points_to(change)
        lines += self._languages(change)
        lines += renamed_options(change)
        return [*lines, *self._becomes(change, told), *self._unknown_key(change)], left

    def _resources(self, change: Change) -> list[Resource]:
        return self._by_object.get((change.system, change.kind, change.key), [])

    @cached_property
    def _by_object(self) -> dict[ObjectName, list[Resource]]:
        found: dict[ObjectName, list[Resource]] = {}
        for each in self.compiled.resources:
            found.setdefault(each.named.object, []).append(each)
        return found

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
        if not active.new and until is not None:
            yield Line(sleeps(until, "falls asleep"))
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

    def _languages(self, change: Change) -> Iterator[Line]:
        """Which dynamic content the object's texts in several languages make, change or take with them."""
        start = str(ResourceName(change.system, change.kind, change.key, CONTENT_PART))
        before = {name: known.payload for name, known in self.known.items() if name.startswith(start)}
        now = {}
        if change.action != "delete":
            parts = (each for each in self._resources(change) if each.name.startswith(start))
            now = {each.name: with_symbols(each.payload, self.ids) for each in parts}
        made = [now[name] for name in now if name not in before]
        differ = [now[name] for name in now if name in before and now[name] != before[name]]
        gone = [before[name] for name in before if name not in now]
        for payloads, does in ((made, "makes"), (differ, "changes"), (gone, "removes")):
            if payloads:
                yield Line(f"{does} {_contents(payloads)}", quiet=True)

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
        return renamed_pairs(self.document.changes)


def _contents(payloads: Sequence[Payload]) -> str:
    """`dynamic content golive_macros_greet_reply, which holds the text in each language`."""
    names = [str(each.get("name")) for each in payloads]
    said = listed(names[:FEW]) + (f" and {len(names) - FEW} more" if names[FEW:] else "")
    holds = "which hold the texts" if names[1:] else "which holds the text"
    return f"dynamic content {said}, {holds} in each language"


def renamed_pairs(changes: Collection[Change]) -> Iterator[tuple[Change, Change]]:
    """(what leaves, what is made) where the two look like one object under another key: of one name, or the same but
    for their names."""
    leaving = [each for each in changes if each.action in _LEAVES]
    by_name, by_content = (_by(key, leaving) for key in (_name, _content))
    taken: set[int] = set()
    said: set[tuple[str, str]] = set()
    for new in changes:
        if new.action != "create" or (new.kind, new.key) in said or new.key.startswith("_"):
            continue
        alike = [*by_name.get(_name(new), ()), *by_content.get(_content(new), ())]
        old = next((each for each in alike if id(each) not in taken), None)
        if old is not None:
            said.add((new.kind, new.key))
            taken.add(id(old))
            yield old, new


def renamed_options(change: Change) -> Iterator[Line]:
    """What to write where a field's option leaves and one of the same name is made: they look like one option under
    another key, and people would see two."""
    gone: dict[str, str] = {}
    come: dict[str, str] = {}
    for path, old, new in _entries(change.diff, "options") if change.action == "update" else ():
        if old is None or new is None:
            sides, option = (come, new) if old is None else (gone, old)
            sides[path] = str(option.get("name") if isinstance(option, Mapping) else option)
    for key, name in come.items():
        former = next((each for each, called in gone.items() if called.casefold() == name.casefold()), None)
        if former is not None:
            del gone[former]
            write = f"{key}: {{name: {name}, was: {former}}}"
            yield Line(f"looks like a renamed key: write  {write} , and “{name}” stays one choice")


def _entries(differences: Sequence[Difference], attribute: str) -> Iterator[tuple[str, Any, Any]]:
    """(key, before, after) of the entries of a map that differ, whether they were told one by one or together."""
    for each in differences:
        head, _, key = each.path.partition(".")
        if head != attribute:
            continue
        if key and "." not in key:
            yield key, each.old, each.new
        elif not key and all(side is None or isinstance(side, Mapping) for side in (each.old, each.new)):
            old, new = each.old or {}, each.new or {}
            yield from ((name, old.get(name), new.get(name)) for name in dict.fromkeys([*old, *new]))


_Known = tuple[str, ...] | None


def _by(key: Callable[[Change], _Known], changes: list[Change]) -> dict[_Known, list[Change]]:
    found: dict[_Known, list[Change]] = {}
    for each in changes:
        known = key(each)
        if known is not None:
            found.setdefault(known, []).append(each)
    return found


def _name(change: Change) -> _Known:
    """What an object is known by if it keeps its name."""
    return (change.system, change.kind, change.name) if change.name else None


def _content(change: Change) -> _Known:
    """What it is known by if it has another one, and something that is its own."""
    side = {each.path: each.new if change.action == "create" else each.old for each in change.diff}
    side.pop("name", None)
    if not any(side.get(path) for path in _SUBSTANCE):
        return None
    return (change.system, change.kind, repr(sorted(side.items(), key=lambda entry: entry[0])))
