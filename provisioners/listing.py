"""Lists of live objects, read once per run and kept up to date with our own writes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from provisioners.collection import Live
from provisioners.errors import SystemFault


@dataclass
class Listing:
    """The live objects of one type in one scope, in the vendor's order, by id."""

    _objects: dict[str, Live] = field(default_factory=dict)
    _filled: bool = False
    _fault: SystemFault | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def fill(self, read: Callable[[], list[Live]]) -> bool:
        """Read the list unless that has been done; True if it was read now. Others wait meanwhile.

        Raises SystemFault, and the same one again for those who waited: it has been tried often enough.
        """
        with self._lock:
            if self._filled:
                return False
            if self._fault is not None:
                raise self._fault
            try:
                self._objects = {live.id: live for live in read()}
            except SystemFault as fault:
                self._fault = fault
                raise
            self._filled = True
            return True

    def forget(self) -> None:
        with self._lock:
            self._filled = False
            self._fault = None
            self._objects = {}

    def get(self, identifier: str) -> Live | None:
        with self._lock:
            return self._objects.get(identifier)

    def put(self, live: Live) -> None:
        with self._lock:
            if self._filled:
                self._objects[live.id] = live

    def drop(self, identifier: str) -> None:
        with self._lock:
            self._objects.pop(identifier, None)

    def __iter__(self) -> Iterator[Live]:
        with self._lock:
            return iter(list(self._objects.values()))
