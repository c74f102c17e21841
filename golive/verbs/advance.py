"""`golive advance`: enter the next phase, through its gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import click
from rich.markup import escape

from checklists.binding import whole_digest
from checklists.verdict import GateVerdict
from config.chain import Chain
from config.progress import HANDOFF
from golive import clock
from golive.approval import ask, check_collisions, check_data, check_freeze, check_numbers, check_own_role
from golive.authorship import authorship
from golive.carrying import show_results
from golive.exits import Exit
from golive.fault import Fault, showing
from golive.gates.breaking import break_glass, show_broken
from golive.gates.collecting import collect
from golive.gates.moving import Move, begin, carried, check_order, check_same_files, check_settled, finish
from golive.gates.opened import OpenedGates, open_gates
from golive.gates.telling import gate_document
from golive.heading import heading
from golive.logbook import check_nothing_under_way
from golive.options import agreement_options, environment_option, screen_of
from golive.planned import Planned, planned
from golive.screen import Screen
from golive.screens.board import show_board
from golive.screens.ending import leave, stopping
from golive.screens.gate import phase_words
from golive.screens.plan import show_plan
from stacks.interruption import Interruption


@click.command("advance")
@click.argument("phase")
@environment_option
@agreement_options
@click.option(
    "--mail", type=click.IntRange(min=0), default=0, help="How many mails this may cause, such as invitations."
)
@click.option("--as", "practises_as", default=None, metavar="KEY", help="In the sandbox only: act as somebody else.")
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
    progress = gates.book.progress
    resumes = (
        progress.under_way is not None and progress.goes_to == to and progress.under_way.entry == "advance_started"
    )
    if not resumes and (progress.phase == to or (to == HANDOFF and progress.handed_off)):
        screen.say(f"This environment is in [head]{escape(phase_words(to))}[/] already.")
        return int(Exit.DONE)
    if resumes:
        check_same_files(gates, progress)
        screen.say(f"[change]Going on[/] with the way to {escape(phase_words(to))}.\n")
    else:
        check_nothing_under_way(gates.logbook.read(), gates.opened.option)
        check_order(gates, progress, to)
    frozen = gates.opened.environment.frozen(clock.now())
    if not break_glass:
        check_freeze(gates.opened, can_break=True)
    data: dict[str, Any] = {
        "phase": to,
        "from": progress.phase,
        "config": whole_digest(gates.opened.loaded.declaration),
        "commit": authorship(gates.opened.workspace.root).commit,
    }
    seen = gates.logbook.read()
    passed = Passed({}) if resumes else _passed(gates, to, screen, break_glass=break_glass)
    if passed is None:
        return int(Exit.GATE)
    data |= passed.data
    breaks = bool(frozen or passed.broken)
    if breaks:
        screen.say(f"[danger]This breaks the glass[/], in the name of {escape(me.name)}: {escape(reason)}\n")
    move = Move(gates, to, me, data, push=not no_push)
    if to == HANDOFF:
        ask(gates.opened, screen, f"\nEnter {phase_words(to)}?", yes=yes, client=client)
        if breaks:
            move, seen = _with_glass(move, seen, screen, reason, passed.by)
        begin(move, seen, resumes=resumes)
        return _done(screen, move)
    with Interruption(stopping(screen), leave) as interruption:
        plan = planned(gates.opened, screen, interruption, writes=True, entering=to)
        show_plan(screen, plan.session, plan.document)
        _check(plan, mail)
    with showing(plan.document):
        ask(gates.opened, screen, f"\nEnter {phase_words(to)}?", yes=yes, client=client)
    if breaks:
        move, seen = _with_glass(move, seen, screen, reason, passed.by)
    begin(move, seen, resumes=resumes)
    return carry_move(screen, plan, move)


@dataclass(frozen=True)
class Passed:
    """A gate that is passed. data: what the log says of it. by: items that the glass passes by; broken: whether it is
    passed although it is closed."""

    data: dict[str, Any]
    by: tuple[str, ...] = ()
    broken: bool = False


def _passed(gates: OpenedGates, to: str, screen: Screen, *, break_glass: bool) -> Passed | None:
    """How the gate is passed; None where it is closed. Raises Fault."""
    with Interruption(on_overdue=leave) as interruption:
        plan = _plan_now(gates, screen, interruption)
        known = collect(gates.opened, gates.loaded, to, screen, interruption, plan=plan, live=plan is not None)
    verdict = known.gate(to)
    data = {"gate": verdict.digest, "states": {name: each.state for name, each in verdict.items.items()}}
    if verdict.open:
        if plan is not None:
            check_settled(plan.document, gates.opened.option)
        screen.say(f"[good]The gate is open[/]: {verdict.decision.said}\n")
        return Passed(data)
    document = gate_document(known, gates.opened, to)
    show_board(screen, document, known.circumstances.now, gates.opened.option)
    if not break_glass:
        screen.say("\n[danger]Nothing was changed.[/]")
        return None
    if plan is not None:
        check_settled(plan.document, gates.opened.option)
    _check_breakable(gates, verdict)
    return Passed(data, tuple(name for name, each in verdict.items.items() if each.blocks), broken=True)


def _with_glass(move: Move, seen: Chain, screen: Screen, reason: str, passes_by: Sequence[str]) -> tuple[Move, Chain]:
    """The move with the broken glass that it goes through, and the log with it. Raises Fault."""
    frozen = move.gates.opened.environment.frozen(clock.now())
    entry = break_glass(move.gates, move.by, move.to, reason, passes_by, frozen.said if frozen else "", seen)
    show_broken(screen, move.gates, move.by, entry)
    return replace(move, data={**move.data, "glass": entry.digest}), move.gates.logbook.read()


def _plan_now(gates: OpenedGates, screen: Screen, interruption: Interruption) -> Planned | None:
    """A plan in the phase that the environment is in. What keeps it from being made is a fact, too: probes say it."""
    try:
        return planned(gates.opened, screen, interruption)
    except Fault as fault:
        if fault.exits in (Exit.CANCELLED, Exit.CREDENTIALS):
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


def _check(plan: Planned, mail: int) -> None:
    """The guards of every run that writes. Raises Fault."""
    document, session = plan.document, plan.session
    nothing_done = replace(document, changes=[replace(each, result="not_tried") for each in document.changes])
    with showing(nothing_done):
        check_collisions(document)
        check_data(plan.lost)
        check_own_role(document.changes, plan.sides, session.reached.accounts)
        check_numbers(document.deletions, document.mails, 0, mail, all_sandbox=session.reached.all_sandbox)


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
