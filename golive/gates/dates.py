"""What comes up in an environment, with what only its systems' vendors have announced."""

from __future__ import annotations

from checklists.due import coming
from config.results.due import DueEntry
from config.results.key_end import KeyEnd
from golive.gates.collecting import Known
from golive.workspace.connection import settings_of
from golive.workspace.opening import Opened
from provisioners.system import systems


def dates_of(known: Known, opened: Opened) -> list[DueEntry]:
    """Everything that has a date, the nearest first. Makes no call. Raises Fault for an unknown product."""
    return coming(known.circumstances, known.verdicts, opened.environment, key_ends(opened), opened.option)


def key_ends(opened: Opened) -> dict[str, KeyEnd]:
    """System → when the way into it stops by itself."""
    ends = {name: systems()[each.type].key_end(each) for name, each in settings_of(opened.environment).items()}
    return {name: end for name, end in ends.items() if end is not None}


def zone_of(known: Known) -> str:
    """The time zone in which people of this project read times: its figure, else the company's, else UTC."""
    figure = known.checklist.figures.get("time_zone")
    company = known.circumstances.declaration.single("company")
    said = (figure.value if figure else None) or (company.time_zone if company else None)
    return str(said or "UTC")
