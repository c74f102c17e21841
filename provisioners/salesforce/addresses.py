"""Who is given something in the CRM: people of the files, known there by their e-mail address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from config.declaration import Declaration


def addresses(people: Iterable[str], declared: Declaration) -> Iterator[tuple[str, str]]:
    """(Key, address) of each of these people. Whoever is switched off (`active: false`) is given nothing."""
    for key in people:
        person = declared.get("people", key)
        if person is not None and person.value.email and person.value.active:
            yield key, str(person.value.email)
