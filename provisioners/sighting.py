"""Live objects as the vocabulary would have them, before anybody has declared them: what `golive adopt` begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from config.declaration import Declaration
from provisioners.collection import Collection, Live
from provisioners.errors import SystemFault
from provisioners.resource import SYMBOL, Payload


@dataclass(frozen=True)
class Part:
    """A live object that is an object of the vocabulary, or a part of one.

    payload: in the form in which a translation would send it, with everything that the vocabulary can say.
    """

    type: str
    live: Live
    payload: Payload


@dataclass(frozen=True)
class Sighting:
    """An object of a kind, with its parts by name ("" is the main one).

    hint: what its key is made of, where there is something better than its name. beyond: why golive cannot look after
    it, for a support lead; it can still be named by others. left: why it has no place in the files at all. vendors:
    it is the vendor's own and stands in every account, so that nobody misses it in the files. found_by: what
    `existing:` finds it by, where that is not its name.
    """

    kind: str
    name: str
    parts: Mapping[str, Part] = field(default_factory=dict)
    hint: str = ""
    beyond: str = ""
    left: str = ""
    vendors: bool = False
    found_by: str = ""

    @property
    def main(self) -> Part:
        return self.parts[""]


class Look:
    """One system's live objects. Reads only; each list once.

    declared: what the files say, for kinds that are looked for where the files already have some.
    """

    def __init__(self, collections: Mapping[str, Collection], declared: Declaration | None = None) -> None:
        self.collections = collections
        self.declared = declared or Declaration()
        self._lists: dict[tuple[str, str], list[Live]] = {}
        self._by_id: dict[tuple[str, str], dict[str, Live]] = {}
        self._by_key: dict[tuple[str, str], dict[str | None, list[Live]]] = {}

    def lives(self, type_: str, payload: Payload | None = None) -> list[Live]:
        """The list in which an object of the type would be; empty where what it is in is not there."""
        return self._lists[self._place(type_, payload or {})]

    def with_id(self, type_: str, identifier: str, payload: Payload | None = None) -> Live | None:
        """The object of that id in the list."""
        place = self._place(type_, payload or {})
        if place not in self._by_id:
            self._by_id[place] = {live.id: live for live in self._lists[place]}
        return self._by_id[place].get(identifier)

    def named(self, type_: str, key: str, payload: Payload) -> list[Live]:
        """The objects of that natural key in the list."""
        place = self._place(type_, payload)
        if place not in self._by_key:
            found: dict[str | None, list[Live]] = {}
            for live in self._lists[place]:
                found.setdefault(self.collections[type_].live_key(live), []).append(live)
            self._by_key[place] = found
        return self._by_key[place].get(key, [])

    def alike(self, type_: str, payload: Payload) -> list[Live]:
        """The objects of a payload's natural key in the list."""
        self._place(type_, payload)
        key = self.collections[type_].natural_key(payload)  # some are known only once the list has been read
        return [] if key is None else self.named(type_, key, payload)

    def _place(self, type_: str, payload: Payload) -> tuple[str, str]:
        collection = self.collections[type_]
        scope = collection.list_scope(payload)
        place = (type_, scope)
        if place not in self._lists:
            self._lists[place] = [] if not collection.lists_all or SYMBOL in scope else self._read(collection, payload)
        return place

    @staticmethod
    def _read(collection: Collection, payload: Payload) -> list[Live]:
        try:
            return collection.list(payload)
        except SystemFault as fault:
            if fault.code != "not_found":
                raise
            return []

    def part(self, type_: str, live: Live, form: Payload) -> Part:
        """A live object in the form of a payload."""
        return Part(type_, live, self.collections[type_].canonical(live, form))


Data = dict[str, Any]
"""What the YAML says of one object, in the vocabulary's words."""
