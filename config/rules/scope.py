"""What a rule may look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from config.declaration import Declaration, Declared
from config.document import Path_, is_within, show_path
from config.findings import Finding
from config.kinds import PLACES, kind_path
from config.placeholders import texts_of
from config.references import Reference, references_of
from config.text import texts_elsewhere
from config.words import did_you_mean

_BELOW = {whole: [place for place in PLACES.values() if place[0] == whole] for whole in ("integrations", "help_center")}
"""Objects that stand below another one: they are looked at by themselves."""


@dataclass(frozen=True)
class Scope:
    """All valid objects, the keys of all objects by kind (also of those that are not valid), and the workspace's
    root, where there is one. `findings` is what the rules before this one have found; `perhaps` are words of files
    that cannot be read."""

    declaration: Declaration
    known: dict[str, set[str]] = field(default_factory=dict)
    root: Path | None = None
    findings: list[Finding] = field(default_factory=list)
    perhaps: frozenset[str] = frozenset()
    systems: frozenset[str] | None = None
    """The systems that the environment names; None where no environment is known."""
    _made: dict[str, Any] = field(default_factory=dict, repr=False)
    _texts: dict[tuple[str, str], list[tuple[Path_, str]]] = field(default_factory=dict, repr=False)
    _told: dict[tuple[str, str], list[tuple[Path_, Any]]] = field(default_factory=dict, repr=False)

    @cached_property
    def references(self) -> list[tuple[Declared, Reference]]:
        """Every reference of every object, found once for all rules."""
        return [
            (item, reference)
            for item in self.declaration
            for reference in references_of(item.value)
            if not any((item.kind, *reference.path)[: len(place)] == place for place in _BELOW.get(item.kind, ()))
        ]

    def texts(self, item: Declared) -> list[tuple[Path_, str]]:
        """Every text of an object with its place, found once for all rules."""
        found = self._texts.get((item.kind, item.key))
        if found is None:
            found = self._texts[item.kind, item.key] = list(texts_of(item.value))
        return found

    def told_texts(self, item: Declared) -> list[tuple[Path_, Any]]:
        """Every text that is a `FileText`, or a dict by language, with its place; found once for all rules."""
        found = self._told.get((item.kind, item.key))
        if found is None:
            found = self._told[item.kind, item.key] = list(texts_elsewhere(item.value))
        return found

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """What several rules need, made for the first of them."""
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    @cached_property
    def is_whole(self) -> bool:
        """Whether every object that is there could be read and is valid: only then can it be said that nothing does
        something, or that something always comes first."""
        read = self.declaration
        return not self.perhaps and all(keys <= read.of(kind).keys() for kind, keys in self.known.items())

    def knows(self, kind: str, key: str) -> bool:
        """Whether an object is there, or may be: in a file that cannot be read."""
        return key in self.known.get(kind, set()) or key in self.perhaps

    def is_wrong(self, item: Declared, path: Path_) -> bool:
        """Whether an error has been found at a place or inside it, so that nothing more is to be said of it."""
        whole = show_path((*item.path, *path))
        return any(each.severity == "error" and is_within(each.path, whole) for each in self.findings)

    def nearest(self, kind: str, key: str) -> str:
        """A hint: the key that was perhaps meant, else what there is."""
        known = sorted(self.known.get(kind, set()))
        nothing = f"Declare it: there is nothing yet under  {': '.join(kind_path(kind))}:"
        return did_you_mean(key, known, nothing, self.names(kind))

    def names(self, kind: str) -> dict[str, list[str]]:
        """What the objects of a kind are called by people, by their key: names, and addresses of people."""
        return {
            key: [item.name, *filter(None, [getattr(item.value, "email", None)])]
            for key, item in self.declaration.of(kind).items()
        }


__all__ = ["Scope", "did_you_mean"]
