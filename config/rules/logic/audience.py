"""Who can see what: views, macros and groups that reach nobody, and people whom nothing reaches.

Counted are the people in these files. Whoever stands in the helpdesk only, and groups that are there already
(`existing`), are not seen; so nothing is said where no person of these files is in any group.
"""

from __future__ import annotations

from collections.abc import Iterator

from config.declaration import Declaration, Declared
from config.findings import Finding
from config.kinds.actions import EmailAction, SetAction
from config.rules.logic.line import Line
from config.rules.rule import Rule

VIEW = Rule(
    "LG030",
    "warning",
    "A view is there for groups in which nobody is.",
    "Nobody sees it, and nobody works from it.",
    "Put somebody into the group, or name another one under `for`.",
)
MACRO = Rule(
    "LG031",
    "warning",
    "A macro is there for groups in which nobody is.",
    "Nobody can apply it.",
    "Put somebody into the group, or name another one under `for`.",
)
RECEIVES = Rule(
    "LG032",
    "warning",
    "Rules give tickets to a group, or mail it, and nobody is in it.",
    "Tickets lie there and nobody sees them.",
    "Put somebody into the group, or give the tickets to another one.",
)
EMPTY = Rule(
    "LG033",
    "note",
    "Nobody is in a group.",
    "It is on every list from which agents choose, and what is put there waits.",
    "Put somebody into it, or remove it.",
)
ALONE = Rule(
    "LG034",
    "note",
    "Somebody who takes tickets is in no group.",
    "No ticket reaches the person through a group; the helpdesk puts the person into its default group.",
    "Name the groups in which the person works.",
)
ROLE = Rule(
    "LG035",
    "note",
    "Nobody has a role.",
    "Rights that nobody has are read and kept for nothing.",
    "Give it to somebody, or remove it.",
)
CATALOGUE = (VIEW, MACRO, RECEIVES, EMPTY, ALONE, ROLE)


def check(line: Line) -> Iterator[Finding]:
    declaration = line.scope.declaration
    people = declaration.of("people").values()
    if not any(person.value.groups for person in people):
        return
    empty = empty_groups(declaration)
    for kind, rule in (("views", VIEW), ("macros", MACRO)):
        for item in declaration.of(kind).values():
            named = [each.removeprefix("groups/") for each in item.value.for_]
            if item.value.active and named and all(key in empty for key in named):
                yield rule.found(item, ("for",), f"nobody is in {_groups(named, empty)}, so nobody can see this")
    given = {key for key in empty if any(True for _ in _given_to(key, line))}
    for key in given:
        item, path = next(_given_to(key, line))
        yield RECEIVES.found(item, path, f"nobody is in the group “{empty[key].name}”")
    for key, group in empty.items():
        if key not in given:
            yield EMPTY.found(group, (), "nobody is in this group", of_key=True)
    yield from _people(declaration)


def empty_groups(declaration: Declaration) -> dict[str, Declared]:
    """Groups that golive makes and in which nobody is."""
    filled = {key for person in declaration.of("people").values() for key in person.value.groups}
    return {
        key: group
        for key, group in declaration.of("groups").items()
        if key not in filled and not group.value.existing and not group.value.by_hand
    }


def _given_to(key: str, line: Line) -> Iterator[tuple[Declared, tuple[str | int, ...]]]:
    """(Rule, place) where it sets a group, or mails it."""
    for rule in line.acting:
        for index, action in enumerate(getattr(rule.item.value, "then", ())):
            if isinstance(action, SetAction) and action.set == "group" and action.to == key:
                yield rule.item, ("then", index, "to")
            elif isinstance(action, EmailAction) and action.email == f"groups/{key}":
                yield rule.item, ("then", index, "email")


def _people(declaration: Declaration) -> Iterator[Finding]:
    held: set[str] = set()
    for person in declaration.of("people").values():
        if person.value.existing or person.value.role is None:
            continue
        held.add(person.value.role)
        role = declaration.get("roles", person.value.role)
        takes_tickets = role is not None and role.value.like in ("agent", "admin")
        if takes_tickets and not person.value.groups and person.value.invite != "never":
            yield ALONE.found(person, (), "the person takes tickets and is in no group", of_key=True)
    for key, role in declaration.of("roles").items():
        if key not in held and not role.value.existing:
            yield ROLE.found(role, (), "nobody has this role", of_key=True)


def _groups(keys: list[str], empty: dict[str, Declared]) -> str:
    return ", ".join(f"“{empty[key].name}”" for key in keys)
