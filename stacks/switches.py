"""Objects that somebody has switched off by hand with golive, and what a run makes of that."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from config.declaration import Declaration
from config.phases import asleep_until
from config.results.plan import HeldFate, HeldOff
from provisioners.collection import Switch
from provisioners.resource import Resource, ResourceName
from provisioners.run_file import SystemSettings
from provisioners.system import collection_of


@dataclass(frozen=True)
class SwitchedOff:
    """A note in the record: nobody but a person switches this on again. State format.

    resource: its name. since: ISO 8601, UTC. by: who. why: in that person's words.
    """

    resource: str
    since: str = ""
    by: str = ""
    why: str = ""

    @property
    def named(self) -> ResourceName:
        return ResourceName.of(self.resource)

    @property
    def as_text(self) -> str:
        """The form in which the record keeps it. State format."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def of(cls, text: str) -> SwitchedOff:
        """What `as_text` gave. Attributes of a newer version are ignored."""
        known = json.loads(text)
        return cls(**{name: value for name, value in known.items() if name in cls.__dataclass_fields__})


def notes_in(texts: Iterable[str]) -> list[SwitchedOff]:
    """The notes that a record holds."""
    return [SwitchedOff.of(text) for text in texts]


@dataclass(frozen=True)
class Held:
    """A note by the name that its resource has in this run, and what the run makes of it."""

    note: SwitchedOff
    fate: HeldFate
    resource: Resource

    def told(self, name: str) -> HeldOff:
        """As documents tell it. name: what people call the object."""
        instance, kind, key = self.note.named.object
        source = self.resource.source
        place = (source.file, source.line)
        return HeldOff(instance, kind, key, self.fate, self.note.since, self.note.by, self.note.why, name, *place)


def held(
    notes: Sequence[SwitchedOff],
    resources: Sequence[Resource],
    declaration: Declaration,
    phase: str,
    *,
    turn_on: bool = False,
) -> list[Held]:
    """What a run makes of each note; one whose object is in the run no more is forgotten.

    resources: what is registered. turn_on: somebody has said that this run switches them on again.
    """
    by_name = {name: each for each in resources for name in (*each.aliases, each.name)}
    found = []
    for note in notes:
        resource = by_name.get(note.resource)
        if resource is not None:
            fate = _fate(resource, declaration, phase, turn_on=turn_on)
            found.append(Held(replace(note, resource=resource.name), fate, resource))
    return found


def _fate(resource: Resource, declaration: Declaration, phase: str, *, turn_on: bool) -> HeldFate:
    item = declaration.get(resource.named.kind, resource.named.key)
    if resource.untouched or item is None:
        return "apart"
    if getattr(item.value, "active", True) is False:
        return "settled"
    if asleep_until(item.value, phase) is not None:
        return "asleep"
    return "turned_on" if turn_on else "stays_off"


def switch_of(resource: Resource, settings: Mapping[str, SystemSettings]) -> Switch | None:
    """How a resource is switched off and on; None where its type has no switch, or golive does not write it."""
    if resource.instance not in settings:
        return None
    switch = collection_of(resource, settings).switch
    return switch if switch is not None and switch.attribute in resource.payload else None


def turned(
    resources: Sequence[Resource], which: Iterable[Held], settings: Mapping[str, SystemSettings], *, on: bool
) -> list[Resource]:
    """The resources, with these switched off or on, whatever the files say of that."""
    names = {each.note.resource for each in which}
    return [_turned(each, settings, on=on) if each.name in names else each for each in resources]


def _turned(resource: Resource, settings: Mapping[str, SystemSettings], *, on: bool) -> Resource:
    switch = switch_of(resource, settings)
    if switch is None or resource.untouched:
        return resource
    return replace(resource, payload={**resource.payload, switch.attribute: switch.on if on else switch.off})
