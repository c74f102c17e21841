"""Everything that a judgement goes by: found out before, so that judging asks nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime

from checklists.book import Book, evidence_of, is_for_another, is_review, signer_of
from checklists.checklist import Checklist
from checklists.moments import moment
from checklists.observation import Observation
from checklists.people import different_people, is_same_person, key_of, known_addresses, roles_of
from checklists.project import Participant
from config.declaration import Declaration
from config.results.log_entry import Actor, LogEntry


@dataclass(frozen=True)
class Circumstances:
    """now: the time that counts; see `Book.now`. people: with names and addresses. observations: item → what its probes
    saw. files: path → SHA-256 of files that something was bound to. authors: item → addresses of those who wrote what
    it is about; None where git does not say. proofs: entry's digest → why its signature proves nothing, empty where it
    does; entries without a signature are missing. practice: whether counts what somebody did who was only played: all
    systems are the local sandbox, and it is no production."""

    now: datetime
    checklist: Checklist
    declaration: Declaration
    book: Book
    people: Mapping[str, Participant] = field(default_factory=dict)
    observations: Mapping[str, tuple[Observation, ...]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    authors: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    proofs: Mapping[str, str] = field(default_factory=dict)
    practice: bool = False

    def roles_of(self, key: str, at: datetime) -> set[str]:
        """The roles that somebody has in this project, with those that were lent to them at a time."""
        return roles_of(self.people, key, at)

    def asked(self, roles: Set[str]) -> tuple[str, ...]:
        """Keys of all who have one of the roles now, in the order of the project's people."""
        return tuple(key for key in self.people if roles & self.roles_of(key, self.now))

    def key_of(self, actor: Actor) -> str:
        """The key under which the project has somebody now; empty for those whom it does not have any more."""
        return key_of(self.people, actor)

    def roles_in(self, entry: LogEntry) -> set[str]:
        """The roles in which an entry was made, as far as they count: its signer's own; and those that were lent to
        them at the time that it names and still at the latest time that stands beside it, because the log does not show
        that it was made before."""
        signer = signer_of(entry)
        key, at = self.key_of(signer), moment(entry.at)
        then = self.roles_of(key, at)
        if set(signer.roles) & then - self._own_roles(key):
            beside = self.book.chain.latest_beside(entry)
            then &= self.roles_of(key, max(at, moment(beside))) if beside else then
        return set(signer.roles) & then

    def _own_roles(self, key: str) -> set[str]:
        return set(self.people[key].roles) if key in self.people else set()

    def is_same_person(self, one: Actor, other: Actor) -> bool:
        """Whether two of the log are one person: by any of their addresses, whatever their keys were called then."""
        return is_same_person(self.people, one, other)

    def many_in(self, role: str, entries: Iterable[LogEntry]) -> int:
        """How many different people stand behind entries that were made in a role."""
        return len(different_people(self.people, [signer_of(each) for each in entries if role in self.roles_in(each)]))

    def unproven(self, entry: LogEntry) -> str:
        """Why nobody can rely on who made an entry; empty where they can. Whoever wrote it has to prove it where the
        project asks for that, also what they noted for somebody else or of a review."""
        if entry.data.get("practice") and not self.practice:
            return f"{entry.by.name} was only played, to practise"
        if self.proofs.get(entry.digest):
            return f"the signature of {entry.by.name} is not valid: {self.proofs[entry.digest]}"
        if self.checklist.signatures.required and entry.digest not in self.proofs:
            return f"{entry.by.name} did not prove who they are, as this project asks"
        return ""

    def counts(self, entry: LogEntry) -> str:
        """Why an entry does not count that stands in somebody's name; empty where it does."""
        signer = signer_of(entry)
        if not self.key_of(signer):
            return f"{signer.name} has no role in this project any more"
        if is_for_another(entry) and not is_review(entry) and not evidence_of(entry):
            return f"nothing shows that {signer.name} said so"
        return self.unproven(entry)

    def is_author(self, item: str, signer: Actor) -> bool | None:
        """Whether somebody wrote what an item is about; None where that is not known."""
        if item not in self.authors:
            return False
        authors = self.authors[item]
        if authors is None:
            return None
        return bool(known_addresses(self.people, signer) & {each.lower() for each in authors})

    def is_by_author(self, item: str, entry: LogEntry) -> bool | None:
        """Whether who signed with an entry wrote what the item is about, or who noted it for them; None where that is
        not known. A review can be looked up where it was given, so that who noted it only counts where their proof is
        all that there is."""
        noted = is_for_another(entry) and (not is_review(entry) or self.checklist.signatures.required)
        people = [signer_of(entry), *([entry.by] if noted else [])]
        found = [self.is_author(item, each) for each in people]
        return None if None in found else any(found)
