"""The contract of a translation: our vocabulary to the vendor's and back, per kind."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from config.declaration import Declaration, Declared
from config.kinds.fields import Option
from config.phases import asleep_until
from provisioners.resource import SYMBOL, Compiled, Known, NotSent, Payload, Ref, Resource, ResourceName, Source
from provisioners.run_file import SystemSettings
from provisioners.sighting import Data, Look, Sighting

STILL_ACTIVE = " (still active)"
"""What `declared` says behind the name of a vendor's rule that ours replaces, as long as that rule is on."""


@dataclass
class Context:
    """What a translation may ask while it compiles one environment.

    instance: the system's name in the environment (`helpdesk`). chat, crm: the other instances' settings.
    """

    declared: Declaration
    instance: str
    settings: SystemSettings
    systems: Mapping[str, SystemSettings]
    fingerprint: Callable[[str], str] = lambda named: ""
    """A short keyed digest of the secret that `env:NAME` names, for noticing that it was rotated."""
    phase: str = "build"
    known: Mapping[str, Known] = field(default_factory=dict)
    """What the state holds, by resource name."""
    compiled: Compiled = field(default_factory=Compiled)

    def last_known(self, kind: str, key: str) -> Known | None:
        """What the state holds of a declared object's main resource, under its key or its former one."""
        item = self.declared.get(kind, key)
        former = item.value.was if item is not None else None
        names = [self.name(kind, each) for each in (key, former) if each]
        return next((self.known[name] for name in names if name in self.known), None)

    def ref(self, kind: str, key: str, part: str = "", **more: Any) -> Ref:
        """A reference to another object of this instance."""
        return Ref(self.name(kind, key, part), **more)

    def instance_of(self, role: str) -> str | None:
        """The instance that plays `helpdesk`, `crm`, `chat` or `tracker` in this environment, or None."""
        return role if role in self.systems else None

    def name(self, kind: str, key: str, part: str = "") -> str:
        return str(ResourceName(self.instance, kind, key, part))

    def source(self, item: Declared) -> Source:
        return Source(item.kind, item.key, item.position.file, item.position.line)

    def leave_out(self, item: Declared, reason: str) -> None:
        """Say that a declared object is not sent to this system in this run."""
        self.compiled.not_sent.append(NotSent(self.source(item), self.instance, reason))

    def leave_out_part(self, item: Declared, reason: str) -> None:
        """Say that a part of an object is not sent in this run; the rest of it is."""
        self.compiled.not_sent_parts.append(NotSent(self.source(item), self.instance, reason))

    def asleep(self, item: Declared, until: str) -> None:
        """Say that an object sleeps; `until` is a phase, a milestone, or `over`."""
        self.compiled.asleep.append(NotSent(self.source(item), self.instance, until))

    def active(self, item: Declared) -> bool:
        """Whether an object with a switch is on: declared so, and awake in this phase."""
        return bool(item.value.active) and asleep_until(item.value, self.phase) is None

    def by_hand(self, item: Declared, task: str) -> None:
        """Say that a person sets an object up."""
        self.compiled.by_hand.append(NotSent(self.source(item), self.instance, task))


_SYMBOL = re.compile(rf"{SYMBOL}(?P<resource>[a-z0-9_/]+)(?:#(?P<output>[a-z_]+))?")


@dataclass(frozen=True)
class Names:
    """From ids and symbols back to keys.

    by_id: (resource type, id) → a resource's name. values: (field as conditions write it, the vendor's value) → the
    word that the YAML has for it (an option's key for its tag, a channel's key for its address). own: the key of the
    object that is being translated back. ids: a resource's name → its id. raw_texts: placeholders stay the vendor's.
    """

    by_id: Mapping[tuple[str, str], str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)
    own: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    raw_texts: bool = False

    def key(self, type_: str, identifier: Any) -> str:
        """The key of the object of that type with that id or symbol; `#<id>` when it is not one of ours."""
        return self.address(type_, identifier).rpartition("/")[2]

    def address(self, type_: str, identifier: Any) -> str:
        """Like `key`, with the kind before it: `kind/key`."""
        text = str(identifier)
        found = _SYMBOL.fullmatch(text)
        name = found["resource"] if found else self.by_id.get((type_, text))
        if name is None:
            return f"#{text}"
        return ResourceName.of(name).address


class Translation(ABC):
    """One kind of the vocabulary in one system.

    `resources` goes from a declared object to vendor payloads; `declared` comes back from payloads, desired or
    live, to plain data in the shape of the YAML. They are each other's inverse: the plan, drift and adoption
    all read both sides through `declared`.
    """

    kind: ClassVar[str]
    """The vocabulary's kind, for example `triggers`; `slack_channels`, `alerts`, `crm_fields`, `crm_access`
    for what stands below `integrations`."""
    only_when_named: ClassVar[bool] = False
    """Nobody looks for live objects of the kind unless it is named: they are another team's, and each costs calls.
    `sightings` lists them then, and `whole` reads those that are wanted."""

    @abstractmethod
    def resources(self, item: Declared, context: Context) -> list[Resource]:
        """The resources of one object; its main one has no part. Empty when nothing is sent (say why through
        `context`)."""

    @abstractmethod
    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        """What the YAML would say. `parts`: part name → (resource type, payload with ids or symbols); "" is
        the main resource. Only attributes that are managed or applied appear."""

    def options(self, item: Declared, declared: Declaration) -> Mapping[str, Option]:
        """A field's options by key, whose values the resource's notes keep under `lasting.VALUES`."""
        return {}

    def task(self, item: Declared, context: Context) -> str:
        """What a person does for an object that is declared `by_hand`."""
        return f"set up “{item.name}” in the vendor's pages"

    def sightings(self, look: Look) -> Iterable[Sighting]:
        """What is live of this kind, in the order in which the files would have it. Reads only; raises SystemFault."""
        return ()

    def whole(self, sighting: Sighting, look: Look, key: str) -> Sighting:
        """A sighting that is wanted, with everything that listing did not bring. key: its key in the files.

        Reads only; raises SystemFault.
        """
        return sighting

    def several(self, look: Look, number: int) -> str:
        """What people call that many of a kind that nobody named: `fields of Account, Case`."""
        return self.kind

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        """What the YAML would say of a live object.

        names: with the keys of everything that is going to be declared. context: with what is declared so far; rules
        are asked when everything else is.
        """
        return self.declared({part: (each.type, each.payload) for part, each in sighting.parts.items()}, names)

    def unsaid(self, sighting: Sighting, data: Data) -> str:
        """What of a live object the files do not say, so that golive leaves it as it is; "" where that is nothing."""
        return ""

    def together(self, items: list[Declared], context: Context) -> list[Resource]:
        """Resources that belong to the kind as a whole, such as its order."""
        return []
