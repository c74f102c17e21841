"""One person in all systems: what the files give them beside what they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from config.declaration import Declaration, Declared
from config.phases import PHASES, asleep_until
from config.results.people import InSystem, PersonEntry
from golive.changes.given import given_to, takes_back
from golive.wording.sleep import sleeps
from golive.wording.words import listed
from provisioners.people import Belonging, LivePerson
from provisioners.resource import ResourceName

TEAM_ROLE = "helpdesk"
"""The system whose users are the team: whoever is there and not in the files is told of, and it alone takes people in
and switches them off."""

Live = Mapping[str, list[LivePerson]]
Names = Mapping[tuple[str, str], str]
Kinds = Mapping[str, tuple[str, ...]]


def people_of(declaration: Declaration, live: Live, names: Names, kinds: Kinds, phase: str) -> list[PersonEntry]:
    """Everybody who is declared, in the order of the files, then whoever else is in the team. live: system → its
    people. names: (type, id) → resource name, of what golive looks after. kinds: system → kinds that people belong to
    there. phase: the one of now."""
    team = _Team(declaration, names, kinds, phase)
    found = [team.declared(item, live) for item in declaration.of("people").values()]
    known = {each.email.lower() for each in found if each.email}
    for person in live.get(TEAM_ROLE, ()):
        if person.email.lower() not in known:
            found.append(PersonEntry("", person.name, person.email, "", person.active, [_there(TEAM_ROLE, person)]))
    return found


def _there(system: str, person: LivePerson) -> InSystem:
    has = sorted(each.name for each in person.belongs)
    return InSystem(system, True, person.active, person.role, has, [], [], page=person.page)


class _Team:
    """The files, and what of them is there."""

    def __init__(self, declaration: Declaration, names: Names, kinds: Kinds, phase: str) -> None:
        self._declaration, self._names, self._kinds, self._phase = declaration, names, kinds, phase
        self._made = set(names.values())

    def declared(self, item: Declared, live: Live) -> PersonEntry:
        email = str(item.value.email or item.value.existing or "")
        systems = []
        for system, team in live.items():
            person = next((each for each in team if each.email.lower() == email.lower()), None)
            given = self._given(item, system)
            systems.append(
                self._absent(item, system, given) if person is None else self._present(item, system, person, given)
            )
        return PersonEntry(item.key, item.name, email, str(item.position), item.value.active, systems)

    def _given(self, item: Declared, system: str) -> set[str]:
        """What the files give somebody of what is there, as resource names of a system. Whoever is switched off keeps
        the groups, and nothing else."""
        kinds = [kind for kind in self._kinds[system] if item.value.active or kind == "groups"]
        given = given_to(item, self._declaration, kinds)
        return {name for kind, key in given if (name := f"{system}/{kind}/{key}") in self._made}

    def _absent(self, item: Declared, system: str, given: set[str]) -> InSystem:
        """Somebody who has no user there."""
        nowhere, gets = InSystem(system, False, False, "", [], [], []), sorted(map(self._shown, given))
        if system != TEAM_ROLE:
            task = f"has no user there: a person makes one, then golive up gives them {listed(gets)}"
            return replace(nowhere, by_hand=[task] if gets else [])
        if item.value.existing:
            return replace(nowhere, by_hand=["is not there, and the files say that they are"])
        if f"{system}/people/{item.key}" in self._made:
            gone = "golive has invited them, and they are not there any more"
            return replace(nowhere, missing=gets, differs=gone)
        waits = self._waits(item)
        return replace(nowhere, waits=waits, differs="" if waits else "is not invited yet")

    def _waits(self, item: Declared) -> str:
        """Why somebody is not in the helpdesk, as the files have it; empty where they ought to be."""
        until, begins = asleep_until(item.value, self._phase), item.value.invited_with
        if not item.value.active:
            return "not invited: switched off in the files"
        if until is None and begins is not None and PHASES.index(self._phase) < PHASES.index(begins):
            until = begins
        if until is not None:
            return sleeps(until, "not invited")
        return "" if begins is not None else "not invited: nobody is to be (`invite: never`)"

    def _present(self, item: Declared, system: str, person: LivePerson, given: set[str]) -> InSystem:
        known = {name: each for each in person.belongs if (name := self._names.get((each.type, each.id)))}
        lacks = {name: self._shown(name) for name in given - known.keys()}
        never = {name for name in lacks if (said := self._said(name)) is not None and said.value.existing}
        beyond = {name: each for name, each in known.items() if name not in given and self._said(name) is not None}
        taken = {name for name, each in beyond.items() if self._is_taken_back(name, each)}
        differs, by_hand = self._signing_in(item, system, person)
        for name in sorted(never):
            by_hand.append(f"is not in {lacks[name]}, which golive never writes: a person puts them in there")
        for name in sorted(beyond.keys() - taken):
            by_hand += self._left(name, beyond[name].name, off=person.active and not item.value.active)
        return replace(
            _there(system, person),
            missing=sorted(lacks[name] for name in lacks.keys() - never),
            beyond=sorted(beyond[name].name for name in taken),
            differs=differs,
            by_hand=by_hand,
        )

    def _signing_in(self, item: Declared, system: str, person: LivePerson) -> tuple[str, list[str]]:
        """(What golive settles, what a person does), where somebody may sign in and should not, or the other way."""
        may = item.value.active and (system != TEAM_ROLE or asleep_until(item.value, self._phase) is None)
        looked_after = f"{system}/people/{item.key}" in self._made and not item.value.existing
        if looked_after and person.active != may:
            said = "is suspended, and active in the files" if may else "can still sign in"
            return said, []
        if not item.value.active and person.active:
            return "", ["can still sign in, and only a person can switch this user off"]
        return "", []

    def _is_taken_back(self, name: str, belonging: Belonging) -> bool:
        """Whether golive takes somebody out of what the files do not give them: where it has put them in itself, and
        out of a user group, whose people it writes as a whole."""
        said = self._said(name)
        whole = said is not None and said.kind == "slack_user_groups" and takes_back(said)
        return whole or belonging.through in self._names

    def _left(self, name: str, shown: str, *, off: bool) -> Iterator[str]:
        """What a person does about something that somebody has beyond the files. A channel invites, so that others are
        in it as they like. off: whether the files have them switched off, so that they are not to read on."""
        if ResourceName.of(name).kind != "slack_channels":
            yield f"is also in {shown}: a person takes them out there, or the files give it to them"
        elif off:
            yield f"is still in {shown}: golive takes nobody out of a channel, a person does"

    def _said(self, name: str) -> Declared | None:
        """The declared object that is behind a resource."""
        address = ResourceName.of(name)
        return self._declaration.get(address.kind, address.key)

    def _shown(self, name: str) -> str:
        """What people call an object of ours, by its resource name."""
        address, item = ResourceName.of(name), self._said(name)
        shown = item.name if item is not None else address.key
        return f"#{shown}" if address.kind == "slack_channels" else shown
