"""A project's whole checklist: the method's items and gates, with what the project adds, changes and leaves out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from checklists.gate import Gate
from checklists.item import Item, Profile
from checklists.project import FigureNeeded, Participant, ProfileAnswer, Signatures, Waivers
from config.document import Document, Path_, show_path
from config.findings import Finding, Position, Severity
from config.results.log_entry import canonical

DEFINES = ("name", "probe", "metric", "evidence", "sign_off", "by_hand", "concerns", "lasts", "only_if", "advisory")
"""What an item asks for. Its reasons, hints and owner can be reworded without making a signature worthless."""


@dataclass(frozen=True)
class Listed:
    """An item with its place. document and path: where the project says something of it, else where the method does.
    unset: figures that it needs and that nobody has set. ours: it stands in the method, unchanged."""

    key: str
    item: Item
    document: Document = field(repr=False, compare=False)
    path: Path_ = ()
    unset: tuple[str, ...] = ()
    ours: bool = False

    @property
    def position(self) -> Position:
        return self.document.position(self.path, of_key=True)

    @property
    def digest(self) -> str:
        """Of what the item asks for: a signature given for another definition is worth nothing."""
        said = self.item.model_dump(mode="json", by_alias=True, include=set(DEFINES), exclude_defaults=True)
        return hashlib.sha256(canonical(said).encode()).hexdigest()[:16]

    def finding(self, rule: str, severity: Severity, path: Path_, message: str, hint: str = "") -> Finding:
        """A finding about one of its attributes; path counts from the item."""
        whole = (*self.path, *path)
        return Finding(rule, severity, self.document.position(whole), show_path(whole), message, hint)


@dataclass(frozen=True)
class Checklist:
    """Everything by key, in the order of the method. places: (word, key) → where it stands."""

    items: Mapping[str, Listed] = field(default_factory=dict)
    gates: Mapping[str, Gate] = field(default_factory=dict)
    figures: Mapping[str, FigureNeeded] = field(default_factory=dict)
    people: Mapping[str, Participant] = field(default_factory=dict)
    profiles: Mapping[Profile, Literal[True] | ProfileAnswer] = field(default_factory=dict)
    waivers: Waivers = field(default_factory=Waivers)
    signatures: Signatures = field(default_factory=Signatures)
    places: Mapping[tuple[str, str], tuple[Document, Path_]] = field(default_factory=dict, repr=False)

    def find(self, word: str) -> Listed | None:
        """The item of a key, or of the method's id."""
        if word in self.items:
            return self.items[word]
        return next((each for each in self.items.values() if each.item.id == word), None)

    def asked_by(self, phase: str) -> Iterator[tuple[str, str, str, Listed]]:
        """(part, condition's key, item's key, item) of everything that a gate asks for itself."""
        gate = self.gates.get(phase)
        for part, key, condition in gate.conditions() if gate else ():
            for name in condition.items:
                if name in self.items:
                    yield part, key, name, self.items[name]

    def asked_figures(self) -> Iterator[tuple[str, FigureNeeded]]:
        """(Key, figure) of those that a project like this one needs, set or not."""
        for key, figure in self.figures.items():
            if self.answer(figure.only_if)[0] is not False:
                yield key, figure

    def answer(self, profiles: list[Profile]) -> tuple[bool | None, str]:
        """(Whether all of the profiles apply, why not). None: nobody has said it of the profile that is named."""
        for name in profiles:
            said = self.profiles.get(name)
            if isinstance(said, ProfileAnswer):
                return False, said.why
        for name in profiles:
            if name not in self.profiles:
                return None, name
        return True, ""

    def deciders_of(self, item: str) -> set[str]:
        """The roles that decide about a gate which asks for an item: they accept its risk."""
        return {
            role
            for gate in self.gates.values()
            if any(item in each.items for _, _, each in gate.conditions())
            for role in gate.decision or ()
        }

    @property
    def counts_working_days(self) -> bool:
        """Whether milestones are counted in working days, as the project says."""
        figure = self.figures.get("day_sort")
        return figure is not None and figure.value == "business"

    def with_role(self, role: str) -> list[str]:
        """Keys of the people who have a role."""
        return [key for key, person in self.people.items() if role in person.roles]


def plain(value: Any) -> Any:
    """A model's value as plain data."""
    return value.model_dump(mode="json", by_alias=True, exclude_unset=True) if hasattr(value, "model_dump") else value
