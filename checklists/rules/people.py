"""People: each can be told from the others, and every role that is asked for has somebody."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.loading import with_people
from checklists.rules.scope import ChecklistScope
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
            if each.until < each.from_:
                yield scope.find(
                    "checklist.delegate",
                    "error",
                    ("people", key),
                    (*path, "until"),
                    "this ends before it begins",
                    "`from` is the first day, `until` the last.",
                )
