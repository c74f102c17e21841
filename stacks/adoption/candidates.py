"""Which live objects nobody has declared, and under which keys they would stand in the files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from config.keys import unique_key
from config.kinds import ALL_KINDS
from config.rules.naming import RESERVED
from provisioners.resource import ResourceName
from provisioners.sighting import Data, Look, Sighting
from provisioners.translation import Translation

_OTHER_READERS = frozenset({"on", "off", "yes", "no", "y", "n", "true", "false", "null"})
"""Words that other readers of YAML take for something else."""


@dataclass
class Candidate:
    """A live object on its way into the files.

    data: what the YAML says of it so far. existing: it is only named there, because golive cannot look after it, with
    the reason. left: why it does not come into the files. allowed: rules that it breaks, which is let pass.
    """

    instance: str
    sighting: Sighting
    key: str
    data: Data = field(default_factory=dict)
    existing: str = ""
    left: str = ""
    allowed: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str:
        return self.sighting.kind

    @property
    def address(self) -> str:
        return f"{self.kind}/{self.key}"

    @property
    def resource(self) -> str:
        """The name of its main resource."""
        return str(ResourceName(self.instance, self.kind, self.key))

    @property
    def identifier(self) -> str:
        """The vendor's id."""
        return self.sighting.main.live.id


@dataclass
class Found:
    """What is live. order: by kind, keys in live order, of what is declared and of what is not yet."""

    candidates: list[Candidate] = field(default_factory=list)
    order: dict[str, list[str]] = field(default_factory=dict)


def found_live(
    instance: str,
    look: Look,
    translations: Iterable[Translation],
    known_as: Callable[[Sighting], str | None],
    keys: Mapping[str, Iterable[str]],
) -> Found:
    """Everything that is live in a system, in the order in which the files have it.

    known_as: the key of what is declared, "" of what the files name otherwise, None of what they do not know. keys: by
    kind, those that are taken. Raises SystemFault.
    """
    found = Found()
    for translation in translations:
        seen = [(each, known_as(each)) for each in translation.sightings(look)]
        named = _named(
            translation.kind, [each for each, key in seen if key is None], set(keys.get(translation.kind, ()))
        )
        for each, key in seen:
            if key is None:
                key = named[each.main.live.id]
                found.candidates.append(Candidate(instance, each, key, existing=each.beyond, left=each.left))
            if key:
                found.order.setdefault(translation.kind, []).append(key)
    return found


def _named(kind: str, sightings: Iterable[Sighting], taken: set[str]) -> dict[str, str]:
    """Id → key."""
    return new_keys(kind, {each.main.live.id: (each.hint, each.name) for each in sightings}, taken)


def new_keys(kind: str, wishes: Mapping[str, Sequence[str]], taken: set[str]) -> dict[str, str]:
    """Id → key, for objects that nobody has declared. Of those that share a name the oldest has it plainly, whatever
    the order in which they are listed.

    wishes: id → what a key is made of, the best first. taken: keys that are not free; those that are given are added.
    """
    reserved = {*_OTHER_READERS, *(RESERVED if kind == "ticket_fields" else ())}
    used = taken | reserved
    title = ALL_KINDS[kind].title
    found: dict[str, str] = {}
    for identifier in sorted(wishes, key=_age):
        key = unique_key([*wishes[identifier], f"{title} {identifier}"], taken)
        found[identifier] = key if key not in reserved else unique_key([f"{key} {title}"], used)
        taken.add(found[identifier])
        used.add(found[identifier])
    return found


def _age(identifier: str) -> tuple[int, str]:
    """Vendors count upwards."""
    return len(identifier), identifier
