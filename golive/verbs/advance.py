"""`golive advance`: enter the next phase, through its gate."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Any

import click
from rich.markup import escape

from checklists.binding import whole_digest
from checklists.gating import gate_digest
from checklists.moments import day_words
from checklists.verdict import GateVerdict
from config.chain import Chain
from config.phases import phase_words
from config.progress import HANDOFF, progress_of
from golive import clock
from golive.carrying.approval import (
    ask,
    check_accounts,
    check_collisions,
    check_data,
    check_freeze,
    check_own_role,
)
from golive.carrying.carrying import show_results
from golive.carrying.numbers import Caused, Numbers, check_numbers
from golive.carrying.planned import Planned, planned
from golive.gates.breaking import break_glass, open_glass, show_broken, show_open
from golive.gates.collecting import Known, collect, file_digests
from golive.gates.moving import (
    Move,
    begin,
    carried,
    check_nothing_else,
    check_order,
    check_same_files,
    check_settled,
    finish,
    has_written,
)
from golive.gates.opened import OpenedGates, open_gates
from golive.gates.telling import gate_document
from golive.runs.engine import engine_of
from golive.screens.board import show_board
from golive.screens.ending import leave, stopping
from golive.screens.plan import show_plan
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault, showing
from golive.terminal.options import agreement_options, environment_option, practising_option, reach_options, screen_of
from golive.terminal.screen import Screen
from golive.workspace.authorship import authorship
from golive.workspace.heading import heading
from golive.workspace.log_history import check_pulled, check_written_down
from golive.workspace.logbook import UNRELIABLE, check_nothing_under_way
from stacks.interruption import Interruption
from stacks.record import Record
from stacks.state import record


@click.command("advance")
@click.argument("phase")
@environment_option
@agreement_options
@reach_options
@practising_option
@click.option("--break-glass", is_flag=True, help="Pass a closed gate, or a freeze; on record until reviewed.")
@click.option("--reason", default="", metavar="TEXT", help="With --break-glass: why it cannot wait.")
@click.option("--no-push", is_flag=True, help="Commit the log here only, where pushing is not allowed.")
@click.pass_context
def command(
    ctx: click.Context,
    phase: str,
    environment: str | None,
    yes: bool,
    client: str | None,
    mail: int,
    delete_records: int,
    practises_as: str | None,
    break_glass: bool,
    reason: str,
    no_push: bool,
) -> int:
    """Enter a phase: look at its gate, show what wakes, ask, and carry it out.

    While the gate is closed nothing is changed, and it leaves with 5. A run that ended in the middle goes on when the
    command is run again. The log is committed, and pushed where its branch is.

    Example:  golive advance soft_launch -e production --mail 6
    """
    if break_glass and not reason.strip():
        raise click.UsageError("--break-glass needs --reason: whoever reviews it has to know why.", ctx)
    screen = screen_of(ctx)
    gates = open_gates(ctx, environment)
    heading(screen, gates.opened)
    to, me = gates.gate(phase), gates.me(practises_as)
    seen = gates.logbook.read()
    check_pulled(gates.logbook, seen)
    progress = progress_of(seen)
    goes_on = progress.is_advance and progress.goes_to == to
    if not goes_on and (progress.phase == to or (to == HANDOFF and progress.handed_off)):
        screen.say(f"This environment is in [head]{escape(phase_words(to))}[/] already.")
        return int(Exit.DONE)
    if not goes_on:
        check_nothing_under_way(seen, gates.opened.option)
        check_order(gates, progress, to)
    if not gates.all_sandbox:
        check_written_down(gates.logbook)
    frozen = gates.opened.environment.frozen(clock.now())
    if not break_glass:
        check_freeze(gates.opened, can_break=True)
    resumes = goes_on and has_written(progress, seen, _remembered(gates, screen))
    data: dict[str, Any] = {
        "phase": to,
        "from": progress.phase,
        "config": whole_digest(gates.opened.loaded.declaration),
        "commit": authorship(gates.opened.workspace.root).commit,
    }
    passed: Passed | None = None
    if resumes:
        check_same_files(gates, progress)
        screen.say(f"[change]Going on[/] with the way to {escape(phase_words(to))}.\n")
    else:
        passed = _passed(gates, to, screen, break_glass=break_glass)
        if passed is None:
            return int(Exit.GATE)
        data |= passed.data
    breaks = bool(frozen or (passed and passed.broken))
    if breaks:
        screen.say(f"[danger]This breaks the glass[/], in the name of {escape(me.name)}: {escape(reason)}\n")
    move, plan = Move(gates, to, me, data, push=not no_push), None
    if to != HANDOFF:
        with Interruption(stopping(screen), leave) as interruption:
            plan = planned(gates.opened, screen, interruption, writes=True, entering=to)
            show_plan(screen, plan.session, plan.document)
            _check(plan, Numbers(mail=mail, delete_records=delete_records))
            if passed:
                check_nothing_else(plan.document, gates.opened.option)
    with showing(plan.document) if plan else nullcontext():
        ask(gates.opened, screen, f"\nEnter {phase_words(to)}?", yes=yes, client=client)
    if passed:
        _check_still(passed, open_gates(ctx, environment), to)
    if breaks:
        move, seen = _with_glass(move, seen, screen, reason, passed.by if passed else ())
    begin(move, seen, resumes=resumes)
    return carry_move(screen, plan, move) if plan else _done(screen, move)


def _remembered(gates: OpenedGates, screen: Screen) -> Record:
    """What the state remembers of the environment. Raises Fault."""
    with Interruption(on_overdue=leave) as interruption, engine_of(gates.opened, screen, interruption) as engine:
        return record(engine.trusted_state())


@dataclass(frozen=True)
class Passed:
    """A gate that is passed. data: what the log says of it. by: items that the glass passes by; broken: whether it is
    passed although it is closed. known: everything that it was judged by."""

    data: dict[str, Any]
    known: Known
    by: tuple[str, ...] = ()
    broken: bool = False


def _passed(gates: OpenedGates, to: str, screen: Screen, *, break_glass: bool) -> Passed | None:
    """How the gate is passed; None where it is closed. Raises Fault."""
    with Interruption(on_overdue=leave) as interruption:
        plan = _plan_now(gates, screen, interruption, to)
        known = collect(gates.opened, gates.loaded, to, screen, interruption, plan=plan, live=plan is not None)
    verdict = known.gate(to)
    data = {"gate": verdict.digest, "states": {name: each.state for name, each in verdict.items.items()}}
    if verdict.open:
        if plan is not None:
            check_settled(plan.document, gates.opened.option)
        screen.say(f"[good]The gate is open[/]: {verdict.decision.said}")
        for each in known.book.actions:
            if each.phase == to and each.done is None:
                due = f"{escape(each.who)}, until {day_words(each.due)}"
                screen.say(f"  It depends on: {escape(each.what)} ({due})")
        screen.say()
        return Passed(data, known)
    document = gate_document(known, gates.opened, to)
    show_board(screen, document, known.circumstances.now, gates.opened.option)
    if not break_glass:
        screen.say("\n[danger]Nothing was changed.[/]")
        return None
    if plan is not None:
        check_settled(plan.document, gates.opened.option)
    _check_breakable(gates, verdict)
    return Passed(data, known, tuple(name for name, each in verdict.items.items() if each.blocks), broken=True)


def _check_still(passed: Passed, gates: OpenedGates, to: str) -> None:
    """Between the look at the gate and the agreement hours may pass. Raises Fault where something is over by then, or
    where the files are others. gates: opened again."""
    then = passed.known
    files_same = whole_digest(gates.opened.loaded.declaration) == whole_digest(then.circumstances.declaration)
    if not files_same or gate_digest(to, gates.checklist) != passed.data["gate"]:
        raise _moved("The files were changed while the gate was looked at; nothing was changed.")
    now = then.judged_again(gates.now, file_digests(gates.opened.workspace.root, then.book)).gate(to)
    if passed.broken:
        more = [each for name, each in now.items.items() if each.blocks and name not in passed.by]
        if more:
            raise _moved(f"Meanwhile something else does not hold: {more[0].said}")
    elif not now.open:
        raise _moved(f"Meanwhile the gate has closed: {now.blocked_by[0]}")


def _moved(what: str) -> Fault:
    return Fault("moved", what, do="Run the command again: it looks at everything anew.", exits=Exit.FAILED)


def _with_glass(move: Move, seen: Chain, screen: Screen, reason: str, passes_by: Sequence[str]) -> tuple[Move, Chain]:
    """The move with the broken glass that it goes through, and the log with it. Raises Fault."""
    gates = move.gates
    broken = open_glass(gates.known, move.to, move.by.key, reason)
    if broken is not None and set(passes_by) <= set(broken.items):
        show_open(screen, broken)
        return replace(move, data={**move.data, "glass": broken.id}), seen
    frozen = gates.opened.environment.frozen(clock.now())
    entry = break_glass(gates, move.by, move.to, reason, passes_by, frozen.said if frozen else "", seen)
    show_broken(screen, gates, move.by, entry)
    return replace(move, data={**move.data, "glass": entry.digest}), Chain((*seen.entries, entry))


def _plan_now(gates: OpenedGates, screen: Screen, interruption: Interruption, to: str) -> Planned | None:
    """A plan in the phase that the environment is in. What keeps a system from being read is a fact, too: probes say
    it. Raises Fault for everything else; always for the handoff, which no run follows that would notice."""
    try:
        return planned(gates.opened, screen, interruption)
    except Fault as fault:
        if to == HANDOFF or fault.code in UNRELIABLE or fault.exits in (Exit.CANCELLED, Exit.CREDENTIALS):
            raise
        screen.say(f"[danger]{escape(fault.what)}[/] {escape(fault.why)}\n")
        return None


def _check_breakable(gates: OpenedGates, verdict: GateVerdict) -> None:
    """Raises Fault where an item does not hold that nobody may pass by."""
    fixed = [
        gates.checklist.items[name].item.name
        for name, each in verdict.items.items()
        if each.blocks and not gates.checklist.items[name].item.break_glass
    ]
    if fixed:
        raise Fault(
            "unbreakable",
            f"Not even breaking the glass passes this by: {fixed[0]}.",
            why=f"{len(fixed)} such items do not hold." if fixed[1:] else "Somebody could be harmed.",
            do=f"See what to do:  golive gate status{gates.opened.option}",
            exits=Exit.GATE,
        )


def _check(plan: Planned, numbers: Numbers) -> None:
    """The guards of every run that writes. Raises Fault."""
    document, session = plan.document, plan.session
    nothing_done = replace(document, changes=[replace(each, result="not_tried") for each in document.changes])
    with showing(nothing_done):
        check_collisions(document)
        check_data(plan.lost)
        check_accounts(document.findings)
        check_own_role(document.changes, plan.sides, session.reached.accounts)
        check_numbers(Caused.by(document), numbers, all_sandbox=session.reached.all_sandbox)


def carry_move(screen: Screen, plan: Planned, move: Move) -> int:
    """Carry a move out, and let the log say so once everything is done."""
    with Interruption(stopping(screen), leave) as interruption:
        plan.session.interruption = interruption
        result = carried(plan, move)
    again = f"golive {'retreat' if move.is_back else 'advance'} {move.to}{move.gates.opened.option}"
    show_results(plan.session, result, again)
    if result.exits is not Exit.DONE:
        return int(result.exits)
    return _done(screen, move)


def _done(screen: Screen, move: Move) -> int:
    became = finish(move)
    log = f" The log is {became}." if became else f" Commit the log: {move.gates.logbook.shown}"
    screen.say(f"[good]This environment is in {escape(phase_words(move.to))} now.[/]{log}")
    return int(Exit.DONE)
