"""Day 30, 60 and 90, counted from the start of the rollout. A date only makes eligible: somebody enters a milestone."""

from __future__ import annotations

from datetime import date, timedelta

from checklists.moments import moment
from config.phases import PHASES
from config.progress import Progress

MILESTONES: dict[str, int] = {"day_30": 30, "day_60": 60, "day_90": 90}
"""Milestone → days after the start of the rollout; as working days, whole weeks of five."""
_WORKING_DAYS = 5
"""Of a week. Holidays are not left out, so that the day is the same in every country of a project."""


def milestone_day(phase: str, progress: Progress, *, working_days: bool = False) -> date | None:
    """The day (UTC) from which a milestone may be entered; None before the rollout.

    working_days: 30 working days are six weeks.
    """
    began = progress.since.get("rollout", "")
    if not began:
        return None
    first, days = moment(began).date(), MILESTONES[phase]
    if not working_days:
        return first + timedelta(days=days)
    found = first + timedelta(weeks=days // _WORKING_DAYS)
    return found + timedelta(days=max(0, 7 - found.weekday()) if found.weekday() >= _WORKING_DAYS else 0)


def milestones_left(progress: Progress) -> list[str]:
    """The milestones that were not entered yet."""
    return [each for each in MILESTONES if PHASES.index(each) > PHASES.index(progress.phase)]
