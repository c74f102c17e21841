"""A plan from the live systems: what `plan` shows, and what `up` carries out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from config.results.plan import Change, PlanDocument
from golive.notices import Sides, notices_of
from golive.opening import Opened
from golive.running import Session, open_session
from golive.screen import Screen
from stacks.automation import Outcome
from stacks.compile import without_missing
from stacks.interruption import Interruption


@dataclass
class Planned:
    """What would be done. lost: objects with values that people have entered, which would be made anew. sides: changed
    objects as they are and as they will be."""

    session: Session
    outcome: Outcome
    document: PlanDocument
    lost: list[Change]
    sides: Sides


def planned(opened: Opened, screen: Screen, interruption: Interruption) -> Planned:
    """Reach the systems, read them, compare. Sends no write. Raises Fault."""
    session = open_session(opened, screen, interruption, say_renamed=False)
    outcome, folder = session.preview()
    planner = session.planner(folder)
    missing = planner.missing()
    if missing:
        without_missing(session.compiled, missing)
        session.keep_waiting()
        planner = session.planner(folder)
    document = planner.document(outcome.steps)
    session.reached.down.update(planner.facts.not_read)
    said = notices_of(document, session.compiled, planner.sides)
    lines = [*session.reached.said_of_renamed, *said.lines]
    document = replace(document, notices=lines, mails=said.mails, deletions=said.deletions)
    return Planned(session, outcome, document, planner.loses_data(document), planner.sides)
