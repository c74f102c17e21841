"""One reading of an environment's gates, for a verb."""

from __future__ import annotations

from golive.gates.collecting import Known, collect
from golive.gates.opened import OpenedGates
from golive.screen import Screen
from golive.screens.ending import leave
from stacks.interruption import Interruption


def known_of(gates: OpenedGates, phase: str, screen: Screen, *, live: bool = True) -> Known:
    """Everything that the gate of a phase goes by, read now. Raises Fault."""
    with Interruption(on_overdue=leave) as interruption, screen.waiting("reading what the gate asks for …"):
        return collect(gates.opened, gates.loaded, phase, screen, interruption, live=live)
