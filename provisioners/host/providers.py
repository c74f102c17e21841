"""Which provider answers for a resource: found by its type and instance, never by anything in the state."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace

from pulumi.dynamic import ResourceProvider

from provisioners.access import Access
from provisioners.collection import Collection
from provisioners.errors import SystemFault
from provisioners.host.record import RECORD_TYPE, RecordProvider
from provisioners.provider import GenericProvider
from provisioners.report import Report
from provisioners.resource import ResourceName, closure
from provisioners.run_file import RunRequest
from provisioners.snapshot import Snapshot
from provisioners.system import Connection, system_named

ENGINE_PREFIX = "pulumi-python:dynamic/"


def engine_type(type_: str) -> str:
    """The type by which the engine knows one of ours. State format."""
    return ENGINE_PREFIX + type_


def our_type(token: str) -> str:
    """The type of ours behind an engine's type. Raises ValueError for any other."""
    if not token.startswith(ENGINE_PREFIX):
        raise ValueError(f"not a type of golive's: {token}")
    return token.removeprefix(ENGINE_PREFIX)


@dataclass(frozen=True)
class Address:
    """A resource as the engine addresses it: `urn:pulumi:STACK::PROJECT::TYPE::NAME`."""

    type: str
    name: str

    @classmethod
    def of(cls, urn: str) -> Address:
        """Raises ValueError where the URN is none of ours."""
        pieces = urn.split("::", 3)
        if len(pieces) != 4:
            raise ValueError(f"not a URN: {urn}")
        return cls(our_type(pieces[2].rsplit("$", 1)[-1]), pieces[3])

    @property
    def instance(self) -> str:
        return ResourceName.of(self.name).instance


@dataclass
class Providers:
    """Every provider of one run, made when it is first asked for."""

    request: RunRequest
    report: Report
    stop: threading.Event = field(default_factory=threading.Event)
    left: threading.Event = field(default_factory=threading.Event)
    """Set once golive is gone, so that nobody notes what became of a write."""
    _made: dict[tuple[str, str], ResourceProvider] = field(default_factory=dict)
    _instances: dict[str, tuple[Access, dict[str, Collection]]] = field(default_factory=dict)
    _unavailable: set[str] = field(default_factory=set)
    _failed: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def leave(self) -> None:
        """Golive is gone: send nothing new, and wait no longer."""
        self.left.set()
        self.stop.set()

    def note_failure(self, address: Address) -> None:
        """Remember that a resource was not made or changed as it should be."""
        with self._lock:
            self._failed.add(address.name)

    def as_called_now(self, address: Address) -> Address:
        """The address under which this run knows a resource of the state."""
        return replace(address, name=self.request.renamed.get(address.name, address.name))

    def refuse_if_in_use(self, address: Address) -> None:
        """Raises SystemFault for a deletion that would pull something away from what could not be changed.

        The engine only asks whether anything declared needs the object. But a macro whose change failed, or had to
        wait for a group that could not be made, still points to the old group, live and in the state.
        """
        for dependent in self.request.dependents.get(address.name, []):
            if self._is_behind(dependent):
                raise SystemFault(
                    "not_tried",
                    address.name,
                    f"{ResourceName.of(dependent).address} still points to it and could not be changed in this run",
                    "Once that is done, `golive up` goes on.",
                )

    def _is_behind(self, name: str) -> bool:
        """Whether a resource stays as it was because it failed, or something that it needs."""
        return name in self.request.needs and not self._failed.isdisjoint({name, *closure(self.request.needs, name)})

    def unavailable(self, address: Address, fault: SystemFault) -> None:
        """Say once that an instance's objects are not read because it has no provider."""
        if address.instance not in self._unavailable:
            self._unavailable.add(address.instance)
            facts = {"instance": address.instance, "type": address.type, "whole": True, "why": fault.why}
            self.report("not_read", facts)

    def provider(self, address: Address) -> ResourceProvider:
        """Raises SystemFault where the environment or the installation knows no such thing."""
        place = (address.instance, address.type)
        with self._lock:
            if place not in self._made:
                self._made[place] = self._make(address)
            return self._made[place]

    def _make(self, address: Address) -> ResourceProvider:
        if address.type == RECORD_TYPE:
            return RecordProvider()
        access, collections = self._instance(address)
        if address.type not in collections:
            raise SystemFault(
                "not_found",
                address.name,
                f"this version of golive knows no {address.type}",
                "Install the version that made it.",
            )
        return GenericProvider(collections[address.type], access)

    def _instance(self, address: Address) -> tuple[Access, dict[str, Collection]]:
        name = address.instance
        if name not in self._instances:
            settings = self.request.systems.get(name)
            if settings is None:
                raise SystemFault(
                    "not_tried",
                    address.name,
                    f"the environment file no longer names the system {name}",
                    f"Put {name} back under `systems:`, remove its objects with `golive up`, then take it out.",
                )
            system = system_named(settings.type)
            snapshot = Snapshot() if self.request.read_only else None
            request = self.request
            connection = Connection(
                name, settings, request.read_only, self.report, self.stop, snapshot, root=request.root
            )
            access = Access(name, self.request, self.report, self.stop)
            self._instances[name] = (access, dict(system.collections(connection)))
        return self._instances[name]
