"""`golive advance`: enter the next phase, through its gate."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click
from rich.markup import escape

from checklists.binding import whole_digest
from checklists.verdict import GateVerdict
from config.progress import HANDOFF
from config.results.log_entry import Actor
from golive.approval import ask, check_collisions, check_data, check_freeze, check_numbers, check_own_role
from golive.authorship import authorship
from golive.carrying import show_results
from golive.exits import Exit
from golive.fault import Fault, showing
from golive.gates.collecting import collect
from golive.gates.moving import Move, begin, carried, check_order, check_same_files, check_settled, finish
from golive.gates.opened import OpenedGates, open_gates
from golive.gates.telling import SHORT, gate_document
from golive.heading import heading
from golive.logbook import check_nothing_under_way
from golive.options import agreement_options, environment_option, screen_of
from golive.planned import Planned, planned
from golive.screen import Screen
from golive.screens.ending import leave, stopping
from golive.screens.gate import phase_words, show_board
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
@click.option("--break-glass", is_flag=True, help="Pass a closed gate: an emergency, on record until it is reviewed.")
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
    check_freeze(gates.opened)
    data = {
        "phase": to,
        "from": progress.phase,
        "config": whole_digest(gates.opened.loaded.declaration),
        "commit": authorship(gates.opened.workspace.root).commit,
    }
    seen = gates.logbook.read()
    if not resumes:
        passed = _passed(gates, to, me, screen, break_glass=break_glass, reason=reason, yes=yes)
        if passed is None:
            return int(Exit.GATE)
        data |= passed
        seen = gates.logbook.read() if break_glass else seen
    move = Move(gates, to, me, data, push=not no_push)
    if to == HANDOFF:
        ask(gates.opened, screen, f"\nEnter {phase_words(to)}?", yes=yes, client=client)
        begin(move, seen, resumes=resumes)
        return _done(screen, move)
    with Interruption(stopping(screen), leave) as interruption:
        plan = planned(gates.opened, screen, interruption, writes=True, entering=to)
        show_plan(screen, plan.session, plan.document)
        _check(plan, mail)
    with showing(plan.document):
        ask(gates.opened, screen, f"\nEnter {phase_words(to)}?", yes=yes, client=client)
    begin(move, seen, resumes=resumes)
    return carry_move(screen, plan, move)


def _passed(
    gates: OpenedGates, to: str, me: Actor, screen: Screen, *, break_glass: bool, reason: str, yes: bool
) -> dict[str, Any] | None:
    """What the log says of the gate that was passed; None where it is closed. Raises Fault."""
    with Interruption(on_overdue=leave) as interruption:
        plan = _plan_now(gates, screen, interruption)
        known = collect(gates.opened, gates.loaded, to, screen, interruption, plan=plan, live=plan is not None)
    verdict = known.gate(to)
    states = {name: each.state for name, each in verdict.items.items()}
    if verdict.open:
        if plan is not None:
            check_settled(plan.document, gates.opened.option)
        screen.say(f"[good]The gate is open[/]: {verdict.decision.said}\n")
        return {"gate": verdict.digest, "states": states}
    document = gate_document(known, gates.opened.environment_name, to)
    show_board(screen, document, known.circumstances.now, gates.opened.option)
    if not break_glass:
        screen.say("\n[danger]Nothing was changed.[/]")
        return None
    if plan is not None:
        check_settled(plan.document, gates.opened.option)
    _check_breakable(gates, verdict)
    blocking = [name for name, each in verdict.items.items() if each.blocks]
    entry = gates.logbook.append(
        "glass_broken", me, {"phase": to, "reason": reason.strip(), "items": blocking}, gates.signature()
    )
    screen.say(f"\n[danger]The glass is broken[/], in the name of {escape(me.name)}: {escape(reason)}")
    screen.say(
        f"Within 24 hours a second person confirms it:  golive gate glass {entry.digest[:SHORT]} --confirm"
        f"{gates.opened.option}\n"
    )
    return {"gate": verdict.digest, "states": states, "glass": entry.digest}


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
