"""The way from one phase to another: what it needs, what it changes, and how it goes on after a crash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checklists.binding import whole_digest
from checklists.gating import TRACK
from config.chain import Chain
from config.phases import PHASES
from config.progress import HANDOFF, Progress, progress_of
from config.results.log_entry import Actor, EntrySort
from config.results.plan import PlanDocument
from golive.carrying import Carried, carry_out
from golive.exits import Exit
from golive.fault import Fault
from golive.gates.opened import OpenedGates
from golive.gates.publishing import publish
from golive.planned import Planned


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
    now, option = progress.phase, gates.opened.option
    if phase == HANDOFF:
        if PHASES.index(now) < PHASES.index("rollout"):
            raise _order("the handoff follows the rollout", now, option)
        return
    before = "build" if phase == TRACK[0] else TRACK[TRACK.index(phase) - 1]
    if now != before:
        raise _order(f"{_said(phase)} follows {_said(before)}", now, option)


def check_settled(document: PlanDocument, option: str) -> None:
    """Nothing else is pending, so that what a phase changes is all that changes. Raises Fault."""
    pending = [f"{each.kind}/{each.key}" for each in (*document.changes, *document.drift)]
    pending += [f"{each.kind}/{each.key}" for each in document.unfinished]
    pending += [each.name for each in document.collisions]
    if not pending:
        return
    more = f" and {len(pending) - 3} more" if pending[3:] else ""
    raise Fault(
        "pending",
        "Other changes are pending, and a phase begins with nothing else; nothing was changed.",
        where=", ".join(pending[:3]) + more,
        why="Whoever looks at what the new phase did must not have to tell two things apart.",
        do=f"First make it so:  golive up{option}   or keep what is there:  golive pull{option}",
        exits=Exit.FAILED,
    )


def check_same_files(gates: OpenedGates, progress: Progress) -> None:
    """A move that was begun goes on with the files with which it was begun. Raises Fault."""
    assert progress.under_way is not None  # noqa: S101 - the caller has looked
    began_with = progress.under_way.data.get("config")
    if began_with == whole_digest(gates.opened.loaded.declaration):
        return
    raise Fault(
        "moved",
        f"The files are others than when the way to {_said(progress.goes_to)} was begun; nothing was changed.",
        why="What its gate saw is not what would be carried out now.",
        do=f"Bring those files back, or go back first:  golive retreat {progress.phase} --reason TEXT"
        f"{gates.opened.option}",
        exits=Exit.FAILED,
    )


def begin(move: Move, seen: Chain, *, resumes: bool) -> None:
    """Let the log say that the move begins, where others see it. seen: the log as the gate saw it. Raises Fault."""
    if not resumes:
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
    """The phases that a retreat to an earlier one leaves."""
    first, last = PHASES.index(phase), max(PHASES.index(progress.phase), _index(progress.goes_to))
    return list(PHASES[first + 1 : last + 1])


def _index(phase: str) -> int:
    return PHASES.index(phase) if phase in PHASES else 0


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
    return f"{move.gates.opened.environment_name}: {verb} to {_said(move.to)} {word}"


def _order(why: str, now: str, option: str) -> Fault:
    return Fault(
        "order",
        f"That cannot be next: {why}.",
        why=f"This environment is in {_said(now)}.",
        do=f"See what comes next:  golive gate status{option}",
        exits=Exit.USAGE,
    )


def _said(phase: str) -> str:
    return phase.replace("_", " ")
