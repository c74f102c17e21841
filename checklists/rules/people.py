"""People: each can be told from the others, and every role that is asked for has somebody."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.loading import with_people
from checklists.people import addresses_of
from checklists.project import Participant
from checklists.rules.scope import ChecklistScope
from checklists.words import role_words
from config.declaration import Declared
from config.findings import Finding
from config.words import did_you_mean


def check(scope: ChecklistScope) -> Iterator[Finding]:
    """All findings about people."""
    people = with_people(scope.checklist, scope.declaration)
    seen: dict[str, str] = {}
    for key, person in people.items():
        missing = [word for word in ("name", "email") if not getattr(person, word)]
        told = scope.declaration.get("people", key) is None and scope.declares("people", key)
        if missing and not told:
            yield scope.find(
                "checklist.person",
                "error",
                ("people", key),
                (),
                f"`{key}` has no {' and no '.join(missing)}",
                "Say it here, or declare the person in config/ under the same key.",
                of_key=True,
            )
        for address in [person.email or "", *person.git]:
            other = seen.setdefault(address.lower(), key)
            if address and other != key:
                yield scope.find(
                    "checklist.person-twice",
                    "error",
                    ("people", key),
                    (),
                    f"{address} is {other}'s address, too",
                    "One address means one person.",
                    of_key=True,
                )
        off = _switched_off(key, person, scope)
        if off is not None:
            yield scope.find(
                "checklist.person-off",
                "warning",
                ("people", key),
                (),
                f"{off.name} is switched off in {off.position.file} (`active: false`), and signs and decides here as "
                f"{', '.join(map(role_words, person.roles))}",
                "Give these roles to somebody else, or lend them for a while (`delegates`); where they have left, take "
                "them out here.",
                of_key=True,
            )
        for index, each in enumerate(person.delegates):
            path = ("delegates", index)
            if each.to not in people and not scope.has("people", each.to):
                hint = did_you_mean(each.to, list(people), "Add them under `people`.")
                yield scope.find(
                    "checklist.delegate",
                    "error",
                    ("people", key),
                    (*path, "to"),
                    f"there is no person `{each.to}`",
                    hint,
                )
            if each.role not in person.roles:
                hint = f"Roles of {key}: {', '.join(person.roles)}."
                yield scope.find(
                    "checklist.delegate",
                    "error",
                    ("people", key),
                    (*path, "role"),
                    f"{key} has no role `{each.role}` to lend",
                    hint,
                )
            away = _declared_off(each.to, people[each.to], scope) if each.to in people else None
            if away is not None:
                yield scope.find(
                    "checklist.person-off",
                    "warning",
                    ("people", key),
                    (*path, "to"),
                    f"{away.name}, to whom {key} lends the role {role_words(each.role)}, is switched off in "
                    f"{away.position.file} (`active: false`)",
                    "Lend it to somebody who is there.",
                )
            if each.until < each.from_:
                yield scope.find(
                    "checklist.delegate",
                    "error",
                    ("people", key),
                    (*path, "until"),
                    "this ends before it begins",
                    "`from` is the first day, `until` the last.",
                )


def _switched_off(key: str, person: Participant, scope: ChecklistScope) -> Declared | None:
    """Somebody who is switched off and decides all the same. Whoever has lent every role is away, as `active: false`
    may mean, and nothing is left undone."""
    lends = {each.role for each in person.delegates}
    return None if set(person.roles) <= lends else _declared_off(key, person, scope)


def _declared_off(key: str, person: Participant, scope: ChecklistScope) -> Declared | None:
    """Somebody of the project whom `config/` has, under the key or one of the addresses, and switches off."""
    addresses = addresses_of(person)
    for item in scope.declaration.of("people").values():
        if not item.value.active and (item.key == key or str(item.value.email).lower() in addresses):
            return item
    return None
