"""What is lost with objects that `golive destroy` deletes: the values and records that systems count before."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from config.results.reach import Reach
from golive.runs.running import Session
from golive.terminal.fault import of_system
from provisioners.errors import SystemFault
from provisioners.intent import Intent, PlannedChange
from provisioners.resource import ObjectName, ResourceName
from provisioners.system import systems
from stacks.state import types
from stacks.steps import Side


def lost_with(
    session: Session, sides: Mapping[str, Side], goes: Collection[ObjectName], calls: dict[str, int]
) -> list[Reach]:
    """For each object that goes, what goes with it. sides: what golive has made, by resource. calls: those that this
    takes are added. Reads only. Raises Fault, because what cannot be asked cannot be named."""
    type_of, found = types(session.state), list[Reach]()
    for instance, settings in session.reached.settings.items():
        changes = [
            PlannedChange(name, type_of[text], "delete", side.id, side.payload, label=side.label)
            for text, side in sides.items()
            if (name := ResourceName.of(text)).object in goes and name.instance == instance
        ]
        if not changes or instance in session.reached.down:
            continue
        intent = Intent(session.opened.loaded.declaration, changes)
        try:
            found += systems()[settings.type].reach(session.reading(instance, calls), intent)
        except SystemFault as fault:
            raise of_system(fault, f"{instance} at {settings.url}") from fault
    return found
