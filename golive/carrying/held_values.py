"""How many records hold what a plan lets go of or takes away: a field, or a choice of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from config.results.plan import Change, PlanDocument
from golive.runs.running import Session
from golive.wording.words import title_of
from provisioners.collection import Collection
from provisioners.errors import SystemFault
from provisioners.resource import Resource, ResourceName
from provisioners.system import systems
from stacks.planning import Planner
from stacks.state import payloads, types
from stacks.steps import Side

_HOLDERS = {"ticket_fields": "ticket", "customer_fields": "record", "crm_fields": "record"}
"""Kinds of fields → what holds their values."""
_GOES = {"delete": "is deleted, with every value", "switch_off": "is switched off, and what is in it stays"}


def held_values(session: Session, document: PlanDocument, planner: Planner, calls: dict[str, int]) -> Iterator[str]:
    """A line for each field and each choice that leaves. calls: those that this takes are added. Reads only."""
    remembered = _Remembered(session, calls)
    for change in document.changes:
        if change.kind not in _HOLDERS or change.system in session.reached.down:
            continue
        held = remembered.of(change)
        if held is None:
            continue
        (collection, side), resource = held, remembered.resource(change)
        if change.action in _GOES:
            yield _field(change, collection, side)
        elif change.action == "update" and resource is not None:
            for choice, value in collection.choices_left_out(planner.known(resource), side.payload):
                said = _held(change, partial(collection.count_choice, side.id, value))
                yield f"golive lets go of the choice “{choice}” of {_called(change)}, which stays where it is: {said}."


def values_lost(session: Session, changes: Iterable[Change]) -> list[tuple[Change, int | None]]:
    """Objects that are made anew, each with the number of records that hold values; None where that cannot be known."""
    remembered = _Remembered(session, {})
    found: list[tuple[Change, int | None]] = []
    for change in changes:
        held = remembered.of(change)
        try:
            found.append((change, held[0].count_values(held[1].id, held[1].payload) if held else None))
        except SystemFault:  # the refusal stands without the number
            found.append((change, None))
    return found


class _Remembered:
    """What golive looks after, as the state has it: an object may be about to become one of another type."""

    def __init__(self, session: Session, calls: dict[str, int]) -> None:
        """calls: to which those are added that its collections make."""
        self._session, self._calls = session, calls
        self._sides, self._types = payloads(session.state), types(session.state)
        self._resources = {each.name: each for each in session.compiled.resources}
        self._collections: dict[str, Mapping[str, Collection]] = {}

    def resource(self, change: Change) -> Resource | None:
        """What is declared of a changed object."""
        return self._resources.get(str(ResourceName(change.system, change.kind, change.key)))

    def of(self, change: Change) -> tuple[Collection, Side] | None:
        """What knows the type that a changed object has, and the object; None where it is not there yet."""
        resource = self.resource(change)
        names = (str(ResourceName(change.system, change.kind, change.key)), *(resource.aliases if resource else ()))
        name = next((each for each in names if each in self._sides), None)
        if name is None:
            return None
        if change.system not in self._collections:
            connection = self._session.reading(change.system, self._calls)
            system = systems()[self._session.reached.settings[change.system].type]
            self._collections[change.system] = system.collections(connection)
        return self._collections[change.system][self._types[name]], self._sides[name]


def _field(change: Change, collection: Collection, side: Side) -> str:
    said = _held(change, partial(collection.count_values, side.id, side.payload))
    called = _called(change)
    return f"{called[:1].upper()}{called[1:]} {_GOES[change.action]}: {said}."


def _called(change: Change) -> str:
    return f"{title_of(change.kind)} “{change.name or change.key}”"


def _held(change: Change, count: Callable[[], int | None]) -> str:
    """`3 tickets hold it`."""
    holder = _HOLDERS[change.kind]
    try:
        number = count()
    except SystemFault as fault:
        return f"how many {holder}s hold it could not be counted ({fault.why})"
    if number is None:
        return f"how many {holder}s hold it, the vendor does not say"
    if number == 1:
        return f"1 {holder} holds it"
    return f"{number or 'no'} {holder}{'s' if number else ''} {'hold' if number else 'holds'} it"
