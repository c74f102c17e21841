"""The live objects of one type: listed once per run, found by id or by name, and told to whoever reads the run."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from provisioners.access import Access
from provisioners.collection import Collection, Live
from provisioners.errors import SystemFault
from provisioners.listing import Listing
from provisioners.payload import UNKNOWN, has_unknown
from provisioners.resource import Payload

RESOURCE: ContextVar[str] = ContextVar("resource", default="")
"""The name of the resource that the engine is asking about in this thread."""


class LiveObjects:
    """One type of one instance in one run. Safe from many threads. Every method may raise SystemFault."""

    def __init__(self, collection: Collection, access: Access) -> None:
        self.collection = collection
        self.access = access
        self._listings: dict[str, Listing] = {}
        self._beside: dict[str, list[Live]] = {}
        self._lock = threading.Lock()

    def listing(self, payload: Payload) -> Listing | None:
        """The list in which the payload's object would be; None where that cannot be read (yet)."""
        if not self.collection.lists_all:
            return None
        try:
            scope = self.collection.list_scope(payload)
        except (KeyError, TypeError, ValueError):
            if has_unknown(payload):
                return None
            raise
        if UNKNOWN in scope:
            return None
        with self._lock:
            listing = self._listings.setdefault(scope, Listing())
        if listing.fill(lambda: self.collection.list(payload)):
            self.access.report(
                "listed",
                {
                    "instance": self.access.instance,
                    "type": self.collection.type,
                    "scope": scope,
                    "objects": self._lines(listing),
                },
            )
        return listing

    def _lines(self, lives: Iterable[Live]) -> list[dict[str, Any]]:
        """What a run is told of live objects; more of those that are not ours."""
        ours = frozenset(self.access.owned(self.collection.type))
        return [{**self._line(live), **({} if live.id in ours else self.collection.told(live))} for live in lives]

    def _line(self, live: Live) -> dict[str, Any]:
        key = self.collection.live_key(live)
        return {
            "id": live.id,
            "key": key,
            "label": live.label,
            "active": live.active,
            "default": live.default,
            "mails": list(live.mails),
            "do": self.collection.if_taken(live),
            **({"facts": facts} if (facts := self.collection.standing(live)) else {}),
            **({"order": order} if (order := self.collection.arranged(live)) else {}),
        }

    def by_id(self, identifier: str, payload: Payload) -> Live | None:
        listing = self.listing(payload)
        live = listing.get(identifier) if listing else None
        return live or self.collection.get(identifier, payload)

    def by_key(self, payload: Payload, mode: str = "managed") -> Live | None:
        """The live object of the payload's name. Only what came with the vendor can be patched, never one of ours."""
        named = self.all_by_key(payload)
        if mode == "patched":
            ours = self.access.owned(self.collection.type)
            return next((live for live in named if live.default and live.id not in ours), None)
        if mode == "found" and len(named) > 1:
            ids = " and ".join(live.id for live in named)
            raise SystemFault(
                "collision",
                self.called(payload),
                f"{self.access.instance} has {len(named)} of that name (ids {ids}), and which one is meant is not said",
                "Give the others another name there.",
            )
        return next(iter(named), None)

    def all_by_key(self, payload: Payload) -> list[Live]:
        """Every live object of the payload's name; beside the list is looked only where the list has none."""
        listing = self.listing(payload)
        key = self.collection.natural_key(payload)  # some are known only once the list has been read
        if key is None or listing is None:
            return []
        return [live for live in listing if self.collection.live_key(live) == key] or self._unlisted(payload, key)

    def _unlisted(self, payload: Payload, key: str) -> list[Live]:
        if key not in self._beside:
            self._beside[key] = self.collection.unlisted(payload)
        return self._beside[key]

    def report_unlisted(self, payload: Payload) -> None:
        """What bears a new object's name and is not in the list, so that a plan sees the collision."""
        key = None if has_unknown(payload) else self.collection.natural_key(payload)
        listing = self.listing(payload)
        if key is None or listing is None or any(self.collection.live_key(live) == key for live in listing):
            return
        objects = self._lines(self._unlisted(payload, key))
        if objects:
            facts = {"instance": self.access.instance, "type": self.collection.type, "objects": objects}
            self.access.report("in_the_way", facts)

    def report_found(self, payload: Payload, mode: str) -> None:
        """What is there for a resource that is declared as existing: id and payload, or null and null."""
        facts = {"resource": RESOURCE.get(), "type": self.collection.type}
        try:
            live = None if has_unknown(payload) else self.by_key(payload, mode)
        except SystemFault as fault:
            if fault.code != "collision":
                raise
            self.access.report("found", {**facts, "id": None, "payload": None, "why": fault.why})
            return
        now = None if live is None else self.collection.canonical(live, payload)
        self.access.report("found", {**facts, "id": live.id if live else None, "payload": now})

    def called(self, payload: Payload) -> str:
        """What people call the object, for messages."""
        key = self.collection.natural_key(payload)
        named = f'"{key}"' if key else RESOURCE.get()
        return f"{self.collection.kind_word} {named}"

    def put(self, live: Live, sent: Payload) -> None:
        """Take note of what was written just now."""
        listing = self._listings.get(self.collection.list_scope(sent)) if self.collection.lists_all else None
        if listing is not None:
            listing.put(live)

    def drop(self, identifier: str) -> None:
        """Take note of what was deleted just now."""
        for listing in self._all_listings():
            listing.drop(identifier)

    def forget(self) -> None:
        """Read everything anew when it is needed next."""
        with self._lock:
            self._beside.clear()
        for listing in self._all_listings():
            listing.forget()

    def _all_listings(self) -> list[Listing]:
        with self._lock:
            return list(self._listings.values())
