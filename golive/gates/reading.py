"""One reading of an environment's gates, for a verb."""

from __future__ import annotations

from dataclasses import replace

from rich.markup import escape

from checklists.checklist import Listed
from checklists.judging import judge
from checklists.verdict import HOLDS, Verdict
from golive.gates.collecting import Known, collect, file_digests
from golive.gates.file_authors import authors_by_item
from golive.gates.opened import OpenedGates
from golive.screens.ending import leave
from golive.terminal.screen import Screen
from golive.workspace.repository import root_above
from stacks.interruption import Interruption


def judged_now(gates: OpenedGates, listed: Listed) -> Verdict:
    """What an item is by what people have noted, without asking any system."""
    root, known = gates.opened.workspace.root, gates.known
    alone = replace(gates.checklist, items={listed.key: listed})
    authors = authors_by_item(root, alone, gates.opened.loaded.declaration)
    return judge(listed, replace(known, files=file_digests(root, known.book), authors=authors))


def known_of(gates: OpenedGates, phase: str, screen: Screen, *, live: bool = True) -> Known:
    """Everything that the gate of a phase goes by, read now. Raises Fault."""
    with Interruption(on_overdue=leave) as interruption, screen.waiting("reading what the gate asks for …"):
        return collect(gates.opened, gates.loaded, phase, screen, interruption, live=live)


def show_what_is_missing(screen: Screen, gates: OpenedGates, listed: Listed) -> None:
    """That what was noted is not enough yet, and why."""
    verdict = judged_now(gates, listed)
    if verdict.state in HOLDS:
        return
    screen.say(f"[change]It does not hold yet[/]: {escape(verdict.said)}")
    if not (listed.item.sign_off and root_above(gates.opened.workspace.root) is None):
        return
    screen.say("  Let golive see who wrote what:  git init && git add -A && git commit -m Begun")
