"""What a check of a checklist may look at."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from checklists.checklist import Checklist
from config.declaration import Declaration
from config.document import Path_, show_path
from config.findings import Finding, Position, Severity


@dataclass(frozen=True)
class ChecklistScope:
    """The whole checklist, and what the workspace declares. said: word of a checklist → keys of all that is said below
    it, valid or not; declared: kind → the same of `config/`. perhaps: words of files that could not be read, any of
    which may be a key."""

    checklist: Checklist
    declaration: Declaration
    said: Mapping[str, Set[str]] = field(default_factory=dict)
    declared: Mapping[str, Set[str]] = field(default_factory=dict)
    perhaps: frozenset[str] = frozenset()

    def has(self, word: str, key: str) -> bool:
        """Whether a key stands below a word of the checklist, or may: what is wrong with it is said where it stands."""
        return key in self.said.get(word, ()) or key in self.perhaps

    def declares(self, kind: str, key: str) -> bool:
        """The same of an object in `config/`."""
        valid = self.declaration.get(kind, key) is not None
        return valid or key in self.declared.get(kind, ()) or key in self.perhaps

    def find(
        self,
        rule: str,
        severity: Severity,
        place: tuple[str, str],
        path: Path_,
        message: str,
        hint: str = "",
        *,
        of_key: bool = False,
    ) -> Finding:
        """A finding about an entry: place is (word, key), path counts from the entry."""
        document, whole = self.checklist.places[place]
        at = (*whole, *path)
        return Finding(rule, severity, document.position(at, of_key=of_key), show_path(at), message, hint)

    def whole(self, rule: str, severity: Severity, word: str, message: str, hint: str) -> Finding:
        """A finding about something that no entry says: where the word stands, else in the first file there is."""
        own = [place for place in self.checklist.places.items() if place[1][0].file.startswith("checklists/")]
        for (found, _), (document, path) in own:
            if found == word:
                return Finding(rule, severity, document.position(path[:1], of_key=True), word, message, hint)
        file = own[0][1][0].file if own else "checklists/"
        return Finding(rule, severity, Position(file), word, message, hint)

    def is_own(self, place: tuple[str, str]) -> bool:
        """Whether the project says something of an entry."""
        return place in self.checklist.places and self.checklist.places[place][0].file.startswith("checklists/")
