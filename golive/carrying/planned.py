"""A plan from the live systems: what `plan` shows, and what `up` carries out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from config.declaration import Declared
from config.results.plan import Change, NotRead, PlanDocument
from config.results.standing import Standing
from golive.carrying.answers import intended, with_answers
from golive.carrying.approval import check_switches
from golive.carrying.held_values import values_lost
from golive.carrying.seats import seats_of
from golive.carrying.worthless_signatures import signatures_lost
from golive.changes.audience import audience_of
from golive.changes.declared import Side
from golive.changes.notices import Sides, notices_of
from golive.live.left_alone import FEW, acting_beside, behind, foreign_rules, names_by_kind, pointing, unseen
from golive.live.live_authors import with_authors
from golive.live.standing import standing_of
from golive.live.unanswered import unanswered
from golive.runs.engine import engine_faults
from golive.runs.irreversible import cannot_be_undone
from golive.runs.resuming import moved
from golive.runs.running import Session, open_session
from golive.screens.findings import many_said
from golive.terminal.screen import Screen
from golive.wording.words import listed
from golive.workspace.opening import Opened
from provisioners.resource import NotSent
from stacks.automation import Outcome
from stacks.compile import without_missing
from stacks.interruption import Interruption
from stacks.left_alone import LeftAlone, counted
from stacks.planning import Planner
from stacks.state import payloads
from stacks.switches import Held


@dataclass
class Planned:
    """What would be done.

    missing: what is declared as existing and is not there.
    lost: objects with values that people have entered, which would be made anew, and how many records hold values.
    sides: changed objects as they are and as they will be.
    found: what the host looked up for resources that are there already; see `RunFacts.found`.
    standing: what is live, ours and others'.
    """

    session: Session
    outcome: Outcome
    document: PlanDocument
    missing: list[NotSent]
    lost: list[tuple[Change, int | None]]
    sides: Sides
    found: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    standing: Standing = field(default_factory=Standing)


def planned(
    opened: Opened,
    screen: Screen,
    interruption: Interruption,
    *,
    only: Sequence[str] = (),
    exclude: Sequence[str] = (),
    writes: bool = False,
    fingerprint_key: str = "",
    switch_on: int = 0,
    entering: str = "",
) -> Planned:
    """Reach the systems, read them, compare. Sends no write. Raises Fault.

    only, exclude: what it is about; see `golive.workspace.selection`. writes: the plan is going to be carried out;
    fingerprint_key: that of a saved plan; see `open_session`. switch_on: how many objects that somebody switched off by
    hand it switches on again; 0 leaves all of them off. entering: the phase to which the run leads.
    """
    session = open_session(
        opened,
        screen,
        interruption,
        say_renamed=False,
        writes=writes,
        fingerprint_key=fingerprint_key,
        entering=entering,
    )
    session.choose(only, exclude)
    if switch_on:
        check_switches(session.held, switch_on)
        session.switch_on()
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
    intents = intended(session, document, planner, outcome, missing, by_files=True)
    document = replace(document, seats=seats_of(session, intents, planner.facts))
    session.terms = session.terms.with_former(document.changes)
    calls = dict(document.calls)
    beside, not_read = acting_beside(session, planner.names, calls)
    standing = standing_of(session, planner, beside)
    document = _annotated(session, replace(document, calls=calls), planner, beside, not_read)
    document = replace(document, names=session.terms.mentioned([*document.changes, *document.drift]))
    said = notices_of(document, session.compiled, planner.sides, session.reached.settings)
    lines = [*session.reached.said_of_renamed, *said.lines]
    document = replace(document, notices=lines, mails=said.mails, deletions=said.deletions)
    document = replace(document, switched_off=[each.told(called(session, each)) for each in session.held])
    document = replace(document, notices=[*lines, *unanswered(session, document, planner.sides)])
    document = replace(document, cautions=[*document.cautions, *_warned(opened)])
    document = with_answers(session, document, planner, intents, by_files=True)
    document = replace(document, cannot_be_undone=cannot_be_undone(session, document, planner.sides))
    document = replace(document, signatures_lost=list(signatures_lost(opened, session.log, document)))
    lost = values_lost(session, planner.loses_data(document))
    with engine_faults(interruption, opened.option):
        interruption.check()
    return Planned(session, outcome, document, missing, lost, planner.sides, planner.facts.found, standing)


def called(session: Session, held: Held) -> str:
    """What people call an object that is switched off."""
    named = held.note.named
    side = payloads(session.state).get(str(named))
    return session.compiled.called.get((named.kind, named.key), side.label if side else "")


def _annotated(
    session: Session,
    document: PlanDocument,
    planner: Planner,
    beside: Sequence[LeftAlone],
    not_read: Sequence[NotRead],
) -> PlanDocument:
    """The document with who notices each change, where the objects are, who changed something by hand, and what is
    left alone.

    beside: live rules of kinds of which golive makes none; not_read: those kinds of which they could not be read.
    """
    calls = dict(document.calls)
    drift, unknown = with_authors(session, document.drift, calls)
    taken_out = _taken_out(session, document.changes)
    left = [*planner.left_alone, *beside]
    return replace(
        document,
        calls=calls,
        unmanaged=counted(left),
        declared=_digest(session.opened),
        part="" if session.selection.is_everything else str(session.selection),
        changes=noticed(session, document.changes, planner.sides),
        drift=with_pages(session, drift),
        by_unknown=unknown,
        left_alone=names_by_kind(left),
        foreign_rules=foreign_rules(session, left),
        cautions=[
            *_never_seen(taken_out),
            *document.cautions,
            *map(unseen, not_read),
            *behind(session, left),
            *pointing(session, document.changes, left),
        ],
        taken_out=[f"{each.kind}/{each.key}" for each in taken_out],
    )


def _warned(opened: Opened) -> Iterator[str]:
    """That the files have warnings, which a run does not show."""
    warnings = [finding for finding in opened.loaded.findings if finding.severity == "warning"]
    if warnings:
        yield f"The files have {many_said(warnings)}: golive validate"


def _digest(opened: Opened) -> str:
    """By which a review knows that a plan was made from the very files that it is about."""
    return Side(opened.loaded.declaration, opened.workspace.root).digest(
        f"{opened.environment_name} {opened.environment}"
    )


def _taken_out(session: Session, changes: Sequence[Change]) -> list[Change]:
    """Of what was taken over and has stood in no run's files, what leaves."""
    names = set(session.compiled.taken_out)
    return [each for each in changes if (each.system, each.kind, each.key) in names]


def _never_seen(taken_out: Sequence[Change]) -> Iterator[str]:
    """That a file may have come here in part only."""
    if not taken_out:
        return
    some = listed(f"“{each.name or each.key}”" for each in taken_out[:FEW])
    more = f" and {len(taken_out) - FEW} more" if taken_out[FEW:] else ""
    one = len(taken_out) == 1
    many = "1 object that was taken over leaves" if one else f"{len(taken_out)} objects that were taken over leave"
    yield (
        f"{many}, and no run has seen {'it' if one else 'them'} in the files: {some}{more}. Where the file that "
        "`golive adopt` wrote has come here only in part, stop here and bring the rest."
    )


def noticed(session: Session, changes: Sequence[Change], sides: Sides) -> list[Change]:
    """Each with who notices it, and the object's page."""
    found = []
    for each in changes:
        was, will = sides.get((each.system, each.kind, each.key), ({}, {}))
        verdict = audience_of(each.kind, each.key, each.action, was, will, each.diff)
        found.append(replace(each, audience=verdict.audience, audience_reason=verdict.reason))
    return with_pages(session, found)


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
