"""`--json` of `golive people`: who has what in which system, and what differs from the files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error


@dataclass(frozen=True)
class InSystem:
    """Somebody in one system. there: whether they have a user there. has: what they belong to, by name. missing: what
    the files give them, and they have not. beyond: what they have, and the files do not give them, of what golive looks
    after. differs: anything else, in words."""

    system: str
    there: bool
    active: bool
    role: str
    has: list[str]
    missing: list[str]
    beyond: list[str]
    differs: str = ""
    page: str = ""

    @property
    def is_settled(self) -> bool:
        """Whether it is as the files say."""
        return not (self.missing or self.beyond or self.differs)


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
