"""How many records hold what a plan lets go of or takes away: a field, or a choice of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from config.results.plan import Change, PlanDocument
from golive.runs.running import Session
from golive.wording.words import title_of
from provisioners.collection import Collection
from provisioners.errors import SystemFault
from provisioners.resource import ResourceName
from provisioners.system import systems
from stacks.planning import Planner
from stacks.state import payloads, types
from stacks.steps import Side

_HOLDERS = {"ticket_fields": "ticket", "customer_fields": "record", "crm_fields": "record"}
"""Kinds of fields → what holds their values."""
_GOES = {"delete": "is deleted, with every value", "switch_off": "is switched off, and what is in it stays"}


def held_values(session: Session, document: PlanDocument, planner: Planner, calls: dict[str, int]) -> Iterator[str]:
    """A line for each field and each choice that leaves. calls: those that this takes are added. Reads only."""
    sides, known = payloads(session.state), types(session.state)
    resources = {each.name: each for each in session.compiled.resources}
    collections: dict[str, Mapping[str, Collection]] = {}
    for change in document.changes:
        name = str(ResourceName(change.system, change.kind, change.key))
        resource = resources.get(name)
        names = (name, *(resource.aliases if resource is not None else ()))
        was = next((each for each in names if each in sides), None)
        if change.kind not in _HOLDERS or was is None or change.system in session.reached.down:
            continue
        if change.system not in collections:
            connection = session.reading(change.system, calls)
            system = systems()[session.reached.settings[change.system].type]
            collections[change.system] = system.collections(connection)
        collection, side = collections[change.system][known[was]], sides[was]
        if change.action in _GOES:
            yield _field(change, collection, side)
        elif change.action == "update" and resource is not None:
            for choice, value in collection.choices_left_out(planner.known(resource), side.payload):
                said = _held(change, partial(collection.count_choice, side.id, value))
                yield f"golive lets go of the choice “{choice}” of {_called(change)}, which stays where it is: {said}."


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
