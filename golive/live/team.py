"""One person in all systems: what the files give them beside what they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from config.declaration import Declaration, Declared
from config.results.people import InSystem, PersonEntry
from provisioners.people import LivePerson
from provisioners.resource import ResourceName

TEAM_ROLE = "helpdesk"
"""The system whose users are the team: whoever is there and not in the files is told of."""

Live = Mapping[str, list[LivePerson]]
Names = Mapping[tuple[str, str], str]
Kinds = Mapping[str, tuple[str, ...]]


def people_of(declaration: Declaration, live: Live, names: Names, kinds: Kinds) -> list[PersonEntry]:
    """Everybody who is declared, in the order of the files, then whoever else is in the team. live: system → its
    people. names: (type, id) → resource name, of what golive looks after. kinds: system → kinds that people belong to
    there."""
    made = set(names.values())
    found = [_declared(item, declaration, live, names, made, kinds) for item in declaration.of("people").values()]
    known = {each.email.lower() for each in found if each.email}
    for person in live.get(TEAM_ROLE, ()):
        if person.email.lower() not in known:
            systems = [_in(TEAM_ROLE, person, set(), names)]
            found.append(PersonEntry("", person.name, person.email, "", person.active, systems))
    return found


def _declared(
    item: Declared, declaration: Declaration, live: Live, names: Names, made: set[str], kinds: Kinds
) -> PersonEntry:
    email = str(item.value.email or item.value.existing or "")
    systems = []
    for system, team in live.items():
        given = {each for each in _given(item, declaration, system, kinds[system]) if each in made}
        person = next((each for each in team if each.email.lower() == email.lower()), None)
        held = f"{system}/people/{item.key}" in made
        if person is None:
            differs = "golive has invited them, and they are not there any more" if held else ""
            waits = system == TEAM_ROLE and not held  # who is not invited has nothing yet
            missing = [] if waits else sorted(_shown(each, declaration) for each in given)
            systems.append(InSystem(system, False, False, "", [], missing, [], differs))
            continue
        entry = _in(system, person, given, names)
        missing = sorted(_shown(each, declaration) for each in given - _ours(person, names))
        differs = ""
        if held and person.active != item.value.active:
            differs = "is suspended, and active in the files" if item.value.active else "can still sign in"
        elif not item.value.active and person.active:
            differs = "can still sign in"
        systems.append(InSystem(**{**entry.__dict__, "missing": missing, "differs": differs}))
    return PersonEntry(item.key, item.name, email, str(item.position), item.value.active, systems)


def _in(system: str, person: LivePerson, given: set[str], names: Names) -> InSystem:
    beyond = [
        each.name for each in person.belongs if (each.type, each.id) in names and names[each.type, each.id] not in given
    ]
    return InSystem(
        system,
        True,
        person.active,
        person.role,
        sorted(each.name for each in person.belongs),
        [],
        sorted(beyond),
        page=person.page,
    )


def _ours(person: LivePerson, names: Names) -> set[str]:
    return {names[each.type, each.id] for each in person.belongs if (each.type, each.id) in names}


def _given(person: Declared, declaration: Declaration, system: str, kinds: tuple[str, ...]) -> Iterator[str]:
    """What the files give somebody, as resource names of a system; nothing to whom they have switched off."""
    if not person.value.active:
        return
    for group in person.value.groups if "groups" in kinds else ():
        yield f"{system}/groups/{group}"
    for kind in kinds:
        for key, item in declaration.of(kind).items():
            teams = getattr(item.value, "groups", None) or ()
            if person.key in (getattr(item.value, "people", None) or ()) or set(teams) & set(person.value.groups):
                yield f"{system}/{kind}/{key}"


def _shown(name: str, declaration: Declaration) -> str:
    """What people call an object of ours, by its resource name."""
    address = ResourceName.of(name)
    item = declaration.get(address.kind, address.key)
    shown = item.name if item is not None else address.key
    return f"#{shown}" if address.kind == "slack_channels" else shown
