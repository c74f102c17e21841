"""What became of unfinished writes: looked up in the live systems, reading only."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from pulumi.automation import Deployment

from provisioners.access import Access
from provisioners.collection import Collection, Live
from provisioners.errors import SystemFault
from provisioners.live_objects import RESOURCE, LiveObjects
from provisioners.provider import ABSENT
from provisioners.run_file import RunRequest, SystemSettings
from provisioners.system import Connection, systems
from stacks.state import owned
from stacks.unfinished import Found, Unfinished, is_renamed, saved_at, settled, unfinished

LISTS_LAG_SECONDS = 10.0
"""So long after a write a vendor's list may not show it yet; what is not found earlier is looked for again."""
LONG_AGO_SECONDS = 3600.0
"""A state notes a write before it is sent, and then it may wait for a limit; but not for so long."""


class SeveralFound(Exception):
    """Several live objects could be the one that was being made."""

    def __init__(self, unfinished: Unfinished, lives: list[Live]) -> None:
        super().__init__(unfinished.address.name)
        self.unfinished = unfinished
        self.lives = lives


@dataclass
class Resolved:
    """What became of each. found: is there. gone: was deleted. undone: nothing happened. unknown: could not be looked
    for, with the reason."""

    found: list[Found] = field(default_factory=list)
    gone: list[Unfinished] = field(default_factory=list)
    undone: list[Unfinished] = field(default_factory=list)
    unknown: list[tuple[Unfinished, str]] = field(default_factory=list)

    def state(self, before: Deployment) -> Deployment:
        """The state that knows it."""
        return settled(before, self.found, self.gone, [each for each, _ in self.unknown])


class Resolver:
    """Looks for what was unfinished. down: instance → why it is not asked. stop: ends all waiting once it is set."""

    def __init__(
        self,
        state: Deployment,
        settings: Mapping[str, SystemSettings],
        down: Mapping[str, str],
        stop: threading.Event,
    ) -> None:
        self._state = state
        self._settings = settings
        self._down = down
        self._stop = stop
        self._request = RunRequest("plan", dict(settings), owned=owned(state))
        self._collections: dict[str, Mapping[str, Collection]] = {}
        self._objects: dict[tuple[str, str], LiveObjects] = {}

    def resolved(self, on_wait: Callable[[float], None] = lambda seconds: None) -> Resolved:
        """on_wait: told before it waits so many seconds. Raises SeveralFound, and SystemFault."""
        resolved = Resolved()
        missing = self._look(unfinished(self._state), resolved)
        if missing:
            self._wait_for_lists(on_wait)
            resolved.undone += self._look(missing, resolved)
        return resolved

    def _look(self, items: Iterable[Unfinished], resolved: Resolved) -> list[Unfinished]:
        """Those that were to be made and are not there."""
        missing = []
        for each in items:
            why_not = self._why_not(each)
            if each.write == "create" and each.side.mode != "managed":
                resolved.undone.append(each)  # it was only looked for, or patched: that is done again
            elif why_not:
                resolved.unknown.append((each, why_not))
            elif each.write == "create" and self._of(each).collection.only_set:
                resolved.undone.append(each)
            elif each.write == "create":
                RESOURCE.set(each.address.name)
                lives = self._candidates(each)
                if len(lives) > 1:
                    raise SeveralFound(each, lives)
                if lives:
                    resolved.found.append(self._found(each, lives[0]))
                else:
                    missing.append(each)
            else:
                self._place(each, resolved)
        return missing

    def _why_not(self, each: Unfinished) -> str:
        """Why it cannot be looked for now; empty where it can."""
        instance, type_ = each.address.instance, each.address.type
        if instance not in self._settings:
            return "the system is gone"
        if type_ not in self._collections_of(instance):
            return f"this version of golive knows no {type_}"
        return self._down.get(instance, "")

    def _place(self, each: Unfinished, resolved: Resolved) -> None:
        """What became of an object that had been there."""
        if is_renamed(self._state, each):
            resolved.undone.append(each)  # under its old key the state still has it, and the next plan compares it
            return
        live = None if each.id == ABSENT else self._by_id(each)
        if live is None and each.write == "delete" and each.id != ABSENT:
            resolved.gone.append(each)
        elif live is None or each.write == "delete":
            resolved.undone.append(each)
        else:
            resolved.found.append(self._found(each, live))

    def _candidates(self, each: Unfinished) -> list[Live]:
        """Live objects that are nobody's and have its name; without a name, those that are all that was sent."""
        payload, objects = each.side.payload, self._of(each)
        collection = objects.collection
        try:
            listing = objects.listing(payload)
        except SystemFault as fault:
            if fault.code != "not_found":  # what it was to be in is gone
                raise
            return []
        key = collection.natural_key(payload)
        listed = list(listing or [])
        if key is None:
            named = [live for live in listed if collection.canonical(live, payload) == payload]
        else:
            named = [live for live in listed if collection.live_key(live) == key] or collection.unlisted(payload)
        ours = objects.access.owned(collection.type)
        return [live for live in named if live.id not in ours]

    def _by_id(self, each: Unfinished) -> Live | None:
        try:
            return self._of(each).by_id(each.id, each.side.payload)
        except SystemFault as fault:
            if fault.code != "not_found":
                raise
            return None

    def _found(self, each: Unfinished, live: Live) -> Found:
        collection = self._of(each).collection
        sent = each.side.payload
        # Of a change, what the vendor never shows may not have arrived; without it an object would not have been made.
        now = collection.canonical(live, sent) if each.write == "create" else collection.taken_over(live, sent)
        return Found(each, live, now, collection.outputs(live))

    def _of(self, each: Unfinished) -> LiveObjects:
        instance, type_ = each.address.instance, each.address.type
        if (instance, type_) not in self._objects:
            access = Access(instance, self._request, stop=self._stop)
            self._objects[instance, type_] = LiveObjects(self._collections_of(instance)[type_], access)
        return self._objects[instance, type_]

    def _collections_of(self, instance: str) -> Mapping[str, Collection]:
        if instance not in self._collections:
            settings = self._settings[instance]
            connection = Connection(instance, settings, read_only=True, stop=self._stop)
            self._collections[instance] = systems()[settings.type].collections(connection)
        return self._collections[instance]

    def _wait_for_lists(self, on_wait: Callable[[float], None]) -> None:
        """Until lists show whatever was made before the run ended. Raises SystemFault."""
        is_long_ago = time.time() - saved_at(self._state) > LONG_AGO_SECONDS
        seconds = 0.0 if is_long_ago else LISTS_LAG_SECONDS
        if seconds > 1:
            on_wait(seconds)
        if self._stop.wait(seconds):
            raise SystemFault("stopped", "the end of an earlier run", "the run was stopped")
        for objects in self._objects.values():
            objects.forget()
