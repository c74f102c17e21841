"""The way from one phase to another: what it needs, what it changes, and how it goes on after a crash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from checklists.binding import whole_digest
from config.chain import Chain
from config.phases import PHASES, phase_words
from config.progress import HANDOFF, Progress, progress_of
from config.results.log_entry import Actor, EntrySort
from config.results.plan import PlanDocument
from config.words import some
from golive.carrying.carrying import Carried, carry_out
from golive.carrying.planned import Planned
from golive.gates.opened import OpenedGates
from golive.gates.publishing import publish
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from stacks.record import Record


@dataclass(frozen=True)
class Move:
    """An advance or a retreat. by: who moves. data: what the log says when it begins."""

    gates: OpenedGates
    to: str
    by: Actor
    data: Mapping[str, Any]
    push: bool = True

    @property
    def is_back(self) -> bool:
        return "leaves" in self.data

    @property
    def started(self) -> EntrySort:
        return "retreat_started" if self.is_back else "advance_started"

    @property
    def ended(self) -> EntrySort:
        return "retreated" if self.is_back else "advanced"


def check_order(gates: OpenedGates, progress: Progress, phase: str) -> None:
    """A phase is entered from the one before it. Raises Fault."""
    if progress.leads_to(phase):
        return
    before = "rollout" if phase == HANDOFF else PHASES[PHASES.index(phase) - 1]
    why = f"{phase_words(phase)} follows {phase_words(before)}"
    raise _order(why, progress.phase, gates.opened.option)


def check_settled(document: PlanDocument, option: str) -> None:
    """Nothing else is pending, so that what a phase changes is all that changes. Raises Fault."""
    pending = [f"{each.kind}/{each.key}" for each in (*document.changes, *document.drift)]
    pending += [f"{each.kind}/{each.key}" for each in document.unfinished]
    pending += [each.name for each in document.collisions]
    if not pending:
        return
    raise Fault(
        "pending",
        "Other changes are pending, and a phase begins with nothing else; nothing was changed.",
        where=some(pending),
        why="Whoever looks at what the new phase did must not have to tell two things apart.",
        do=f"First make it so:  golive up{option}   or keep what is there:  golive pull{option}",
        exits=Exit.FAILED,
    )


def check_nothing_else(document: PlanDocument, option: str) -> None:
    """Between the plan that the gate saw and the one that enters the phase nobody has changed anything by hand. Raises
    Fault."""
    check_settled(replace(document, changes=[]), option)


def has_written(progress: Progress, log: Chain, remembered: Record) -> bool:
    """Whether the run of the move that is under way has begun, by what the state remembers: from then on the systems
    may be half way, and no gate can be asked any more."""
    moving = progress.under_way
    if moving is None or remembered.phase != progress.goes_to:
        return False
    return any(entry.digest == moving.digest for entry in log.up_to(remembered.log_head).entries)


def check_same_files(gates: OpenedGates, progress: Progress) -> None:
    """A run that has begun goes on with the files with which it was begun. Raises Fault."""
    assert progress.under_way is not None  # noqa: S101 - the caller has looked
    began_with = progress.under_way.data.get("config")
    if began_with == whole_digest(gates.opened.loaded.declaration):
        return
    raise Fault(
        "moved",
        f"The files are others than when the way to {phase_words(progress.goes_to)} was begun; nothing was changed.",
        why="What its gate saw is not what would be carried out now.",
        do=f"Bring those files back, or go back first:  golive retreat {progress.phase} --reason TEXT"
        f"{gates.opened.option}",
        exits=Exit.FAILED,
    )


def begin(move: Move, seen: Chain, *, resumes: bool) -> None:
    """Let the log say that the move begins, where others see it. Raises Fault.

    seen: the log as the gate saw it. resumes: its run has begun before, and the log says so.
    """
    if _says_it_already(move, seen):
        _same(move.gates.logbook.read(), seen, move)
    elif not resumes:
        move.gates.logbook.append(
            move.started, move.by, dict(move.data), move.gates.signature(), lambda chain: _same(chain, seen, move)
        )
    publish(move.gates.logbook, _message(move, "begins"), push=move.push)


def finish(move: Move) -> str:
    """Let the log say that it is done. Returns what became of the log in git."""
    progress = progress_of(move.gates.logbook.read())
    if progress.under_way is not None:
        data = {name: part for name, part in move.data.items() if name in ("phase", "leaves")}
        move.gates.logbook.append(move.ended, move.by, data, move.gates.signature())
    return publish(move.gates.logbook, _message(move, "done"), push=move.push)


def carried(plan: Planned, move: Move) -> Carried:
    """Carry out what the phase changes, with the log as it is now."""
    plan.session.log = move.gates.logbook.read()
    return carry_out(plan, "retreat" if move.is_back else "advance")


def left_behind(progress: Progress, phase: str) -> list[str]:
    """The phases that a way back to an earlier one leaves."""
    reached = progress.goes_to if progress.is_advance and progress.goes_to in PHASES else progress.phase
    return list(PHASES[PHASES.index(phase) + 1 : PHASES.index(reached) + 1])


def _says_it_already(move: Move, seen: Chain) -> bool:
    """Whether the log ends with the same person's beginning of the same move, through the same gate with the same
    files: the commit alone is another one, because the log was committed."""
    begun = progress_of(seen).under_way
    if begun is None or (begun.entry, begun.by.key) != (move.started, move.by.key):
        return False
    return all(begun.data.get(name) == part for name, part in move.data.items() if name != "commit")


def _same(chain: Chain, seen: Chain, move: Move) -> None:
    if chain.head == seen.head:
        return
    raise Fault(
        "moved",
        "Somebody added to the log while the gate was looked at; nothing was changed.",
        where=move.gates.logbook.shown,
        do="Run the command again: it looks at what was added.",
        exits=Exit.FAILED,
    )


def _message(move: Move, word: str) -> str:
    verb = "retreat" if move.is_back else "advance"
    return f"{move.gates.opened.environment_name}: {verb} to {phase_words(move.to)} {word}"


def _order(why: str, now: str, option: str) -> Fault:
    return Fault(
        "order",
        f"That cannot be next: {why}.",
        why=f"This environment is in {phase_words(now)}.",
        do=f"See what comes next:  golive gate status{option}",
        exits=Exit.USAGE,
    )
