"""Broken glass: who may confirm and review it, and whether that was done."""

from __future__ import annotations

from datetime import datetime, timedelta

from checklists.book import BrokenGlass
from checklists.checklist import Checklist
from checklists.circumstances import Circumstances
from checklists.moments import day_words, moment
from checklists.people import People, actor_of, is_same_person
from config.phases import phase_words
from config.results.log_entry import LogEntry

CONFIRM_WITHIN = timedelta(hours=24)
"""So soon a second person confirms it."""
RUNS = ("up", "undo")
"""Verbs that run in a freeze, where otherwise a phase stands."""


def confirm_by(glass: BrokenGlass) -> datetime:
    """Until when a second person confirms it."""
    return moment(glass.broken.at) + CONFIRM_WITHIN


def is_late(glass: BrokenGlass, at: datetime) -> bool:
    """Whether a confirmation at a time is late."""
    return at > confirm_by(glass)


def others_than(glass: BrokenGlass, people: People) -> list[str]:
    """The keys of all but who broke it."""
    return [key for key, each in people.items() if not is_same_person(people, glass.broken.by, actor_of(key, each))]


def reviewing_roles(glass: BrokenGlass, checklist: Checklist) -> set[str]:
    """The roles that review it: they decide about the gate that it passed by; about any gate, where it passed by a
    freeze only."""
    phases = [glass.phase] if glass.phase in checklist.gates else list(checklist.gates)
    return {role for phase in phases for role in checklist.gates[phase].decision or ()}


def confirmed(glass: BrokenGlass, known: Circumstances) -> LogEntry | None:
    """The first confirmation that is one."""
    return next((each for each in glass.confirmations if not why_no_confirmation(glass, each, known)), None)


def reviewed(glass: BrokenGlass, known: Circumstances) -> LogEntry | None:
    """The first review that is one."""
    return next((each for each in glass.reviews if not why_no_review(glass, each, known)), None)


def why_no_confirmation(glass: BrokenGlass, entry: LogEntry, known: Circumstances) -> str:
    """Why somebody's confirmation does not count; empty where it does: by another person of the project."""
    if known.is_same_person(glass.broken.by, entry.by):
        return f"{entry.by.name} broke it"
    return known.counts(entry)


def why_no_review(glass: BrokenGlass, entry: LogEntry, known: Circumstances) -> str:
    """Why somebody's review does not count; empty where it does: by somebody else, who decides about the gate."""
    why = why_no_confirmation(glass, entry, known)
    decides = known.roles_in(entry) & reviewing_roles(glass, known.checklist)
    return why or ("" if decides else f"{entry.by.name} does not decide about it")


def keeps_closed(glass: BrokenGlass, known: Circumstances) -> str:
    """Why broken glass keeps gates closed, as a sentence; empty where it was reviewed."""
    if reviewed(glass, known) is not None:
        return ""
    second = confirmed(glass, known)
    late = is_late(glass, moment(second.at) if second else known.now)
    missed = ", nobody else confirmed it within 24 hours" if late else ""
    return f"{glass_said(glass)}{missed}, and it is not reviewed yet: {glass.reason.rstrip('.')}."


def for_what(glass: BrokenGlass) -> str:
    """`for the soft launch`, `to run golive up in a freeze`."""
    if glass.phase in RUNS:
        return f"to run golive {glass.phase} in a freeze"
    return f"for the {phase_words(glass.phase)}{' in a freeze' if glass.freeze else ''}"


def glass_said(glass: BrokenGlass) -> str:
    """Who broke it, when and what for."""
    return f"{glass.broken.by.name} broke the glass {for_what(glass)} on {day_words(moment(glass.broken.at))}"
