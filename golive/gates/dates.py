"""What comes up in an environment, with what only its systems' vendors have announced."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from checklists.due import coming
from checklists.project import FigureNeeded
from config.declaration import Declaration
from config.results.due import DueEntry
from config.results.key_end import KeyEnd
from golive.gates.collecting import Known
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.workspace.connection import settings_of
from golive.workspace.opening import Opened
from provisioners.system import systems

_FORM = "%Y-%m-%d %H:%M"


def dates_of(known: Known, opened: Opened) -> list[DueEntry]:
    """Everything that has a date, the nearest first. Makes no call. Raises Fault for an unknown product."""
    return coming(known.circumstances, known.verdicts, opened.environment, key_ends(opened), opened.option)


def key_ends(opened: Opened) -> dict[str, KeyEnd]:
    """System → when the way into it stops by itself."""
    ends = {name: systems()[each.type].key_end(each) for name, each in settings_of(opened.environment).items()}
    return {name: end for name, end in ends.items() if end is not None}


def zone_of(declaration: Declaration, figures: Mapping[str, FigureNeeded]) -> str:
    """The time zone in which people of this project read times: its figure, else the company's, else UTC."""
    figure, company = figures.get("time_zone"), declaration.single("company")
    said = (figure.value if figure else None) or (company.time_zone if company else None)
    return str(said or "UTC")


def begins_at(at: str, zone: str) -> datetime:
    """A time of day in the project's zone. Raises Fault where no clock there shows it, or where it is shown twice."""
    try:
        there = datetime.strptime(at.replace("T", " "), _FORM).replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        raise Fault("time", f"`{at}` is no time.", do="Write it as  '2026-12-01 09:00'", exits=Exit.USAGE) from None
    begins = there.astimezone(UTC)
    if begins.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != there.replace(tzinfo=None):
        why = "In that night clocks are put forward past it."
    elif there.utcoffset() != there.replace(fold=1).utcoffset():
        why = "In that night clocks are put back, so that they show it twice."
    else:
        return begins
    raise Fault("time", f"{at} is no time to begin in {zone}.", why=why, do="Take another hour.", exits=Exit.USAGE)
