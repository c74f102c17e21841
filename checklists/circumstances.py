"""Everything that a judgement goes by: found out before, so that judging asks nobody."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime

from checklists.book import Book, signer_of
from checklists.checklist import Checklist
from checklists.moments import moment
from checklists.observation import Observation
from checklists.project import Participant
from config.declaration import Declaration
from config.results.log_entry import Actor, LogEntry


@dataclass(frozen=True)
class Circumstances:
    """now: the time that counts; see `Book.now`. people: with names and addresses. observations: item → what its probes
    saw. files: path → SHA-256 of files that something was bound to. authors: item → addresses of those who wrote what
    it is about; None where git does not say. proofs: entry's digest → why its signature proves nothing, empty where it
    does; entries without a signature are missing."""

    now: datetime
    checklist: Checklist
    declaration: Declaration
    book: Book
    people: Mapping[str, Participant] = field(default_factory=dict)
    observations: Mapping[str, tuple[Observation, ...]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    authors: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    proofs: Mapping[str, str] = field(default_factory=dict)

    def roles_of(self, key: str, at: datetime) -> set[str]:
        """The roles that somebody has in this project, with those that were lent to them at a time."""
        return roles_of(self.people, key, at)

    def asked(self, roles: Set[str]) -> tuple[str, ...]:
        """Keys of all who have one of the roles now, in the order of the project's people."""
        return tuple(key for key in self.people if roles & self.roles_of(key, self.now))

    def person_of(self, email: str) -> str:
        """The key of somebody whom git or a mail knows by an address; empty for strangers."""
        wanted = email.strip().lower()
        for key, person in self.people.items():
            known = [person.email or "", *person.git]
            if wanted and wanted in (each.lower() for each in known):
                return key
        return ""

    def counts(self, entry: LogEntry) -> str:
        """Why an entry does not count; empty where it does."""
        signer = signer_of(entry)
        if signer.key not in self.people:
            return f"{signer.name} has no role in this project any more"
        needed = self.checklist.signatures.required and not entry.data.get("on_behalf_of")
        if self.proofs.get(entry.digest):
            return f"the signature of {signer.name} is not valid: {self.proofs[entry.digest]}"
        if needed and entry.digest not in self.proofs and entry.data.get("source") != "review":
            return f"{signer.name} did not prove who they are, as this project asks"
        return ""

    def is_author(self, item: str, signer: Actor) -> bool | None:
        """Whether somebody wrote what an item is about; None where that is not known."""
        if item not in self.authors:
            return False
        authors = self.authors[item]
        if authors is None:
            return None
        person = self.people.get(signer.key)
        own = {signer.email.lower()} | (
            {each.lower() for each in (person.email or "", *person.git)} if person else set()
        )
        return bool((own - {""}) & {each.lower() for each in authors})


def roles_of(people: Mapping[str, Participant], key: str, at: datetime) -> set[str]:
    """The roles that somebody of a project has at a time: their own, and those that are lent to them then."""
    person = people.get(key)
    lent = {
        each.role
        for other in people.values()
        for each in other.delegates
        if each.to == key and each.role in other.roles and _begins(each.from_) <= at <= moment(each.until)
    }
    return lent | set(person.roles if person else ())


def _begins(day: str) -> datetime:
    return moment(f"{day}T00:00:00Z")
