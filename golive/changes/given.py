"""What the files give somebody by naming them, or a group of theirs, elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from config.declaration import Declaration, Declared

HELD_ELSEWHERE = ("crm_access", "crm_queues", "slack_user_groups", "slack_channels")
"""Kinds that name people; groups stand at the person."""
Address = tuple[str, str]
"""(Kind, key)."""


@dataclass(frozen=True)
class Given:
    """One thing that the files give somebody elsewhere. moves: whether golive takes it from whoever is switched off."""

    kind: str
    key: str
    moves: bool


def given_elsewhere(key: str, old: Declaration, new: Declaration, was: str | None = None) -> tuple[Given, ...]:
    """What a person is given on both sides of a change; who is taken out of something, or put in, is said of that. was:
    the former key."""
    before, after = old.get("people", was or key), new.get("people", key)
    if before is None or after is None:
        return ()
    both = set(given_to(before, old, HELD_ELSEWHERE))
    stays = [each for each in given_to(after, new, HELD_ELSEWHERE) if each in both]
    return tuple(Given(*each, takes_back(new.of(each[0])[each[1]])) for each in stays)


def given_to(person: Declared, declaration: Declaration, kinds: Collection[str]) -> Iterator[Address]:
    """What of these kinds somebody is given, whether they are switched off (`active: false`) or not: whoever is gets
    none of it."""
    if "groups" in kinds:
        yield from (("groups", group) for group in person.value.groups)
    for kind in kinds:
        for key, item in declaration.of(kind).items():
            teams = getattr(item.value, "groups", None) or ()
            if person.key in (getattr(item.value, "people", None) or ()) or set(teams) & set(person.value.groups):
                yield kind, key


def takes_back(item: Declared) -> bool:
    """Whether golive takes from somebody what an object gave them: it takes nobody out of a channel, and never writes
    what is there already or made by hand."""
    return item.kind != "slack_channels" and not item.value.existing and not item.value.by_hand
