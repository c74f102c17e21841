"""The people and companies that rows name, each once, whatever row says what of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from migrations.records.organization import Organization
from migrations.records.person import Person
from migrations.records.record import Record
from migrations.staging.staging import Staging

MOST_HELD = 20_000
"""People in memory; of others the database is asked."""
MOST_ADDRESSES = 20
"""Of one person."""
LONGEST_NAME = 200
_ADDRESS = re.compile(r"[^\s@,;<>()\"]{1,64}@[^\s@,;<>()\"]{1,255}")


@lru_cache(maxsize=4_000)
def addresses_of(text: str) -> tuple[str, ...]:
    """The addresses that a cell holds, in small letters, each once."""
    return tuple(dict.fromkeys(each.lower() for each in _ADDRESS.findall(text)))


class Named:
    """Whom the rows of a page name, before it is held against what is known."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}
        """By id. Whether a customer is one of the client's own people is not known here."""
        self.organizations: dict[str, str] = {}
        """Id → name."""
        self._same: dict[tuple[str, ...], str] = {}

    def customer(self, name: str, email: str, phone: str, organization: str) -> str:
        """The id of whoever asked; empty where nobody is named."""
        return self._person("customer", name, email, phone, organization)

    def agent(self, name: str, email: str) -> str:
        return self._person("agent", name, email, "", "")

    def organization(self, name: str) -> str:
        """The id of a company."""
        name = name[:LONGEST_NAME]
        if not name:
            return ""
        identifier = f"organization:{name.casefold()}"
        self.organizations.setdefault(identifier, name)
        return identifier

    def _person(self, *said: str) -> str:
        """said: customer or agent, name, addresses, phone, organization. Most rows name somebody as others did."""
        identifier = self._same.get(said)
        if identifier is None:
            identifier = self._same[said] = self._new(*said)
        return identifier

    def _new(self, sort: str, name: str, email: str, phone: str, organization: str) -> str:
        addresses = addresses_of(email) if email else ()
        if not addresses and "@" in name:
            addresses = addresses_of(name)
        name = name[:LONGEST_NAME]
        if not addresses and not name:
            return ""
        identifier = addresses[0] if addresses else f"{sort}:{name.casefold()}"
        known = self.people.get(identifier)
        if known is None:
            self.people[identifier] = Person(
                id=identifier,
                name=name,
                email=addresses[0] if addresses else "",
                more_emails=addresses[1:MOST_ADDRESSES],
                phone=phone,
                side="team" if sort == "agent" else "customer",
                organization=organization,
            )
        else:
            self.people[identifier] = _filled(known, name, phone, organization)
        return identifier


class People:
    """Everybody who is known. own: whether an address is one of the client's own people's."""

    def __init__(self, staging: Staging, own: Callable[[str], bool]) -> None:
        self._staging = staging
        self._own = own
        self._held: dict[str, Person] = {}
        self._organizations: dict[str, str] = {}

    def taken(self, named: Named) -> Iterator[Record]:
        """The records of a page that are new, or say more than was known."""
        yield from self._new_organizations(named.organizations)
        self._look_up([each for each in named.people if each not in self._held])
        for identifier, said in named.people.items():
            known = self._held.get(identifier)
            now = _filled(known, said.name, said.phone, said.organization) if known else self._with_side(said)
            if now is not known:
                self._held[identifier] = now
                yield now
        if len(self._held) > MOST_HELD:
            self._held.clear()

    def _with_side(self, said: Person) -> Person:
        is_own = said.side == "customer" and said.email and self._own(said.email)
        return replace(said, side="team") if is_own else said

    def _new_organizations(self, names: Mapping[str, str]) -> Iterator[Record]:
        unknown = {each: name for each, name in names.items() if each not in self._organizations}
        said = "SELECT id, name FROM organizations WHERE id IN (SELECT value FROM JSON_EACH(?))"
        self._organizations |= dict(self._staging.database.execute(said, (json.dumps([*unknown]),)))
        for identifier, name in unknown.items():
            if identifier not in self._organizations:
                self._organizations[identifier] = name
                yield Organization(id=identifier, name=name)
        if len(self._organizations) > MOST_HELD:
            self._organizations.clear()

    def _look_up(self, identifiers: list[str]) -> None:
        said = "SELECT data FROM people WHERE id IN (SELECT value FROM JSON_EACH(?))"
        for (data,) in self._staging.database.execute(said, (json.dumps(identifiers),)):
            person = Person.from_json(data)
            self._held[person.id] = person


def _filled(known: Person, name: str, phone: str, organization: str) -> Person:
    """With what was missing; the same object where nothing was."""
    name, phone, organization = known.name or name, known.phone or phone, known.organization or organization
    if (name, phone, organization) == (known.name, known.phone, known.organization):
        return known
    return replace(known, name=name, phone=phone, organization=organization)
