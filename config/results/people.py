"""`--json` of `golive people`: who has what in which system, and what differs from the files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error


@dataclass(frozen=True)
class InSystem:
    """Somebody in one system. there: whether they have a user there. has: what they belong to, by name. What `golive
    up` settles: missing (what the files give them, and they have not), beyond (what they have, and the files do not
    give them), differs (anything else, in words). by_hand: what only a person settles there, in words. waits: why they
    are not there yet, as the files have it."""

    system: str
    there: bool
    active: bool
    role: str
    has: list[str]
    missing: list[str]
    beyond: list[str]
    differs: str = ""
    page: str = ""
    by_hand: list[str] = field(default_factory=list)
    waits: str = ""

    @property
    def differs_from_files(self) -> bool:
        """Whether `golive up` has something to do."""
        return bool(self.missing or self.beyond or self.differs)

    @property
    def is_settled(self) -> bool:
        """Whether nobody has to do anything."""
        return not (self.differs_from_files or self.by_hand)


@dataclass(frozen=True)
class PersonEntry:
    """One person. key: empty for somebody who is in a team and not in the files. where: `file:line`."""

    key: str
    name: str
    email: str
    where: str
    active: bool
    systems: list[InSystem]


@dataclass(frozen=True)
class PeopleDocument:
    """not_read: system → why nobody knows. calls: system → calls made."""

    environment: str = ""
    people: list[PersonEntry] = field(default_factory=list)
    not_read: dict[str, str] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    schema: Literal["golive/people/1"] = "golive/people/1"
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
