"""A plan from the live systems: what `plan` shows, and what `up` carries out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from config.applied import places_not_applied
from config.declaration import Declared
from config.results.plan import Change, PlanDocument, Waiting
from golive.audience import audience_of
from golive.authors import with_authors
from golive.engine import engine_faults
from golive.left_alone import foreign_rules, names_by_kind, pointing
from golive.notices import Sides, notices_of, seats_of
from golive.opening import Opened
from golive.resuming import moved
from golive.running import Session, open_session
from golive.screen import Screen
from golive.screens.findings import counted
from provisioners.errors import SystemFault
from provisioners.resource import NotSent, ResourceName
from provisioners.system import Connection, collection_of, systems
from stacks.automation import Outcome
from stacks.compile import without_missing
from stacks.interruption import Interruption
from stacks.planning import Planner
from stacks.state import payloads


@dataclass
class Planned:
    """What would be done.

    missing: what is declared as existing and is not there.
    lost: objects with values that people have entered, which would be made anew, and how many records hold values.
    sides: changed objects as they are and as they will be.
    """

    session: Session
    outcome: Outcome
    document: PlanDocument
    missing: list[NotSent]
    lost: list[tuple[Change, int | None]]
    sides: Sides


def planned(
    opened: Opened,
    screen: Screen,
    interruption: Interruption,
    *,
    only: Sequence[str] = (),
    exclude: Sequence[str] = (),
    writes: bool = False,
    fingerprint_key: str = "",
) -> Planned:
    """Reach the systems, read them, compare. Sends no write. Raises Fault.

    only, exclude: what it is about; see `golive.selection`. writes: the plan is going to be carried out;
    fingerprint_key: that of a saved plan; see `open_session`.
    """
    session = open_session(
        opened, screen, interruption, say_renamed=False, writes=writes, fingerprint_key=fingerprint_key
    )
    session.choose(only, exclude)
    outcome, folder = session.preview()
    planner = session.planner(folder)
    missing = planner.missing()
    if missing:
        without_missing(session.compiled, missing)
        session.keep_waiting()
        planner = session.planner(folder)
    document = planner.document(outcome.steps)
    session.reached.down.update(planner.facts.not_read)
    document = _without_another_run(session, document, writes=writes)
    document = _annotated(session, document, planner)
    said = notices_of(document, session.compiled, planner.sides)
    lines = [*session.reached.said_of_renamed, *said.lines]
    document = replace(document, notices=lines, mails=said.mails, deletions=said.deletions)
    document = _with_cautions(opened, session, document)
    lost = _lost(session, planner.loses_data(document))
    with engine_faults(interruption, opened.option):
        interruption.check()
    return Planned(session, outcome, document, missing, lost, planner.sides)


def _annotated(session: Session, document: PlanDocument, planner: Planner) -> PlanDocument:
    """The document with who notices each change, where the objects are, who changed something by hand, and what is
    left alone."""
    calls = dict(document.calls)
    drift, unknown = with_authors(session, document.drift, calls)
    changes = []
    for each in document.changes:
        was, will = planner.sides.get((each.system, each.kind, each.key), ({}, {}))
        verdict = audience_of(each.kind, each.key, each.action, was, will, each.diff)
        changes.append(replace(each, audience=verdict.audience, audience_reason=verdict.reason))
    left = planner.left_alone()
    return replace(
        document,
        calls=calls,
        changes=with_pages(session, changes),
        drift=with_pages(session, drift),
        by_unknown=unknown,
        left_alone=names_by_kind(left),
        foreign_rules=foreign_rules(session, left),
        cautions=[*document.cautions, *pointing(session, document.changes, left)],
        seats=seats_of(document, session.compiled, planner.facts),
        not_sent_parts=[
            Waiting(
                place.item.kind, place.item.key, f"{place.what} is not applied by this version", *_where(place.item)
            )
            for place in places_not_applied(session.opened.loaded.declaration)
            if not place.whole
        ],
    )


def with_pages(session: Session, changes: Sequence[Change]) -> list[Change]:
    """Each with the object's page in the vendor's admin centre, where it is there."""
    return [replace(each, page=session.page(each.system, each.kind, each.key)) for each in changes]


def _where(item: Declared) -> tuple[str, int]:
    return item.position.file, item.position.line


def _without_another_run(session: Session, document: PlanDocument, *, writes: bool) -> PlanDocument:
    """What another run has made while this plan was read looks like a stranger's. Raises Fault where it matters."""
    if not document.collisions:
        return document
    with engine_faults(session.interruption, session.opened.option):
        if not session.engine.has_moved(session.state):
            return document
    if writes:
        raise moved()
    return replace(document, collisions=[], cautions=["Another run is at work here: what is shown changes meanwhile."])


def _lost(session: Session, changes: list[Change]) -> list[tuple[Change, int | None]]:
    """Each with the number of records that hold values; None where that cannot be known."""
    sides, resources = payloads(session.state), {each.name: each for each in session.compiled.resources}
    found: list[tuple[Change, int | None]] = []
    for change in changes:
        resource = resources[str(ResourceName(change.system, change.kind, change.key))]
        side = next((sides[each] for each in (resource.name, *resource.aliases) if each in sides), None)
        collection = collection_of(resource, session.reached.settings)
        try:
            found.append((change, collection.count_values(side.id, side.payload) if side else None))
        except SystemFault:  # the refusal stands without the number
            found.append((change, None))
    return found


def _with_cautions(opened: Opened, session: Session, document: PlanDocument) -> PlanDocument:
    """The plan with what the accounts cannot do of it, and of what stays as it is."""
    lines = list(document.cautions)
    calls = dict(document.calls)
    warnings = [finding for finding in opened.loaded.findings if finding.severity == "warning"]
    if warnings:
        lines.append(f"The files have {counted(warnings)}: golive validate")
    changed = {(each.system, each.kind, each.key) for each in document.changes if each.action in _MADE}
    for instance, settings in session.reached.settings.items():
        resources = [
            each for each in session.compiled.resources if each.instance == instance and each.named.object in changed
        ]
        if instance in session.reached.down:
            continue

        def count(event: str, facts: Mapping[str, Any], instance: str = instance) -> None:
            calls[instance] = calls.get(instance, 0) + (event == "call")

        connection = Connection(instance, settings, read_only=True, report=count, stop=session.interruption.stopped)
        lines += systems()[settings.type].cautions(connection, opened.loaded.declaration, resources)
    return replace(document, cautions=lines, calls=calls)


_MADE = ("create", "update", "replace")
