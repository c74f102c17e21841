"""Who is who among a project's people: by their keys, by their addresses, and by the roles that are lent to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from checklists.moments import moment
from checklists.project import Participant
from config.results.log_entry import Actor

People = Mapping[str, Participant]
"""The project's people by their keys, with names and addresses."""


def actor_of(key: str, person: Participant) -> Actor:
    """Somebody of the project's people, as the log has them."""
    return Actor(person.name or key, person.email or "", tuple(person.roles), key)


def addresses_of(person: Participant) -> frozenset[str]:
    """All addresses under which somebody is known, in small letters."""
    return frozenset(each.strip().lower() for each in (person.email or "", *person.git)) - {""}


def person_at(people: People, address: str) -> str:
    """The key of somebody whom git or a mail knows by an address; empty for strangers."""
    wanted = address.strip().lower()
    return next((key for key, person in people.items() if wanted in addresses_of(person)), "")


def key_of(people: People, actor: Actor) -> str:
    """The key under which the project has somebody now: a key that was renamed since is found by the address. Empty
    for those whom it does not have any more."""
    return actor.key if actor.key in people else person_at(people, actor.email)


def known_addresses(people: People, actor: Actor) -> frozenset[str]:
    """All addresses of somebody: the one that the log has, and those that the project knows, in small letters."""
    key = key_of(people, actor)
    found = addresses_of(people[key]) if key else frozenset()
    return (found | {actor.email.strip().lower()}) - {""}


def is_same_person(people: People, one: Actor, other: Actor) -> bool:
    """Whether two of the log are one person: by any of their addresses, whatever their keys were called then."""
    if one.key and one.key == other.key:
        return True
    mine, theirs = known_addresses(people, one), known_addresses(people, other)
    return bool(mine & theirs) or (not mine and not theirs and one.name == other.name)


def different_people(people: People, actors: Iterable[Actor]) -> list[Actor]:
    """Each person once, as they come first."""
    found: list[Actor] = []
    for actor in actors:
        if not any(is_same_person(people, actor, each) for each in found):
            found.append(actor)
    return found


def roles_of(people: People, key: str, at: datetime) -> set[str]:
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
