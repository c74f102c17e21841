"""`golive retreat`: go back to an earlier phase."""

from __future__ import annotations

from collections.abc import Collection

import click
from rich.markup import escape

from checklists.binding import whole_digest
from config.kinds.people import InviteAt
from config.phases import PHASES, phase_words
from config.progress import Progress, progress_of
from config.words import some
from golive.carrying.approval import ask
from golive.carrying.numbers import Caused, Numbers, check_reach
from golive.carrying.planned import Planned, planned
from golive.gates.moving import Move, begin, left_behind
from golive.gates.opened import open_gates
from golive.runs.compiling import resources_in
from golive.screens.ending import leave, stopping
from golive.screens.plan import show_plan
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault, showing
from golive.terminal.options import agreement_options, environment_option, practising_option, reach_options, screen_of
from golive.terminal.screen import Screen
from golive.verbs.advance import carry_move
from golive.workspace.heading import heading
from golive.workspace.log_history import check_pulled
from stacks.interruption import Interruption


@click.command("retreat")
@click.argument("phase", type=click.Choice(PHASES))
@environment_option
@agreement_options
@reach_options
@click.option("--reason", required=True, metavar="TEXT", help="Why. It stands in the log.")
@practising_option
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
    reason: str,
    practises_as: str | None,
    no_push: bool,
) -> int:
    """Go back to an earlier phase: what belongs to later ones is put to sleep, and nothing is deleted.

    It asks no gate. Only what the phase decides is changed; everything else stays as it is, whatever is pending. What
    an earlier phase wakes may mail people: outside the sandbox that is named as a number (--mail).

    Example:  golive retreat build --reason "Mail loops with the CRM" -e production
    """
    if not reason.strip():
        raise click.UsageError("--reason says nothing: whoever reads the log has to know why.", ctx)
    screen = screen_of(ctx)
    gates = open_gates(ctx, environment)
    heading(screen, gates.opened)
    me, seen = gates.me(practises_as), gates.logbook.read()
    progress = progress_of(seen)
    resumes = progress.is_retreat and progress.goes_to == phase
    check_pulled(gates.logbook, seen)
    if not progress.leads_back_to(phase):
        raise Fault(
            "order",
            f"There is no way back to {phase_words(phase)}.",
            why=_where_it_is(progress),
            do=f"See where it stands:  golive gate status{gates.opened.option}",
            exits=Exit.USAGE,
        )
    data = {
        "phase": phase,
        "from": progress.phase,
        "leaves": left_behind(progress, phase),
        "reason": reason.strip(),
        "config": whole_digest(gates.opened.loaded.declaration),
    }
    move = Move(gates, phase, me, data, push=not no_push)
    with Interruption(stopping(screen), leave) as interruption:
        plan = planned(gates.opened, screen, interruption, writes=True, entering=phase)
        show_plan(screen, plan.session, plan.document)
        _show_staying(screen, plan, data["leaves"])
    with showing(plan.document):
        named = Numbers(mail=mail, delete_records=delete_records)
        check_reach(Caused.by(plan.document), named, all_sandbox=plan.session.reached.all_sandbox)
        ask(gates.opened, screen, f"\nGo back to {phase_words(phase)}?", yes=yes, client=client)
    begin(move, seen, resumes=resumes)
    return carry_move(screen, plan, move)


def _where_it_is(progress: Progress) -> str:
    if not progress.is_retreat:
        return f"This environment is in {phase_words(progress.phase)}."
    return (
        f"The way back to {phase_words(progress.goes_to)} was begun: it is finished, or leads further back. "
        "What it has put to sleep wakes through a gate."
    )


def _show_staying(screen: Screen, plan: Planned, leaves: Collection[str]) -> None:
    """Who was invited by a phase that is left: nobody is taken out by going back."""
    there = {each.named.object[1:] for each in resources_in(plan.session.state).values()}
    names = [
        item.name
        for item in plan.session.opened.loaded.declaration.of("people").values()
        if isinstance(item.value.invite, InviteAt) and item.value.invite.phase in leaves
        if ("people", item.key) in there
    ]
    if not names:
        return
    said = "person whom a later phase has invited stays as they are, with their seat"
    if names[1:]:
        said = "people whom later phases have invited stay as they are, with their seats"
    screen.say(f"{len(names)} {said}: {escape(some(names))}")
