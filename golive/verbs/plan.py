"""`golive plan`: what would change. Writes nothing."""

from __future__ import annotations

from pathlib import Path

import click
from rich.markup import escape

from golive import clock
from golive.carrying.approval import errors_of_accounts, losing_own_role
from golive.carrying.planned import Planned, planned
from golive.carrying.saving import saved_plan, write
from golive.screens.ending import leave
from golive.screens.plan import show_missing, show_not_read, show_plan
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault, showing
from golive.terminal.options import environment_option, json_option, screen_of, switch_on_option
from golive.terminal.output import OutputFile
from golive.workspace.heading import heading
from golive.workspace.opening import open_environment
from golive.workspace.selection import selection_options
from stacks.interruption import Interruption


@click.command("plan")
@environment_option
@json_option
@click.option(
    "--exit-code",
    is_flag=True,
    help="Leave with 7 when something would change, was changed by hand or is in the way, else with 1 where something "
    "was not read.",
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="List everything that sleeps, is done by hand, is not sent or is left alone.",
)
@click.option("--links", is_flag=True, help="Say where each object is in the vendor's admin centre.")
@click.option(
    "--out",
    type=OutputFile(),
    default=None,
    metavar="FILE",
    help="Save the plan, for `golive up FILE`.",
)
@switch_on_option
@selection_options
@click.pass_context
def command(
    ctx: click.Context,
    environment: str | None,
    json_wanted: bool,
    exit_code: bool,
    everything: bool,
    links: bool,
    out: Path | None,
    switch_on: int,
    only: tuple[str, ...],
    exclude: tuple[str, ...],
) -> int:
    """Read the live systems, compare them with the files, and show what `golive up` would do.

    Leaves with 2 where an account would refuse something of it, for which it is asked before.

    Example:  golive plan -e production
    """
    screen = screen_of(ctx, json_wanted)
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)
    with Interruption(on_overdue=leave) as interruption:
        plan = planned(opened, screen, interruption, only=only, exclude=exclude, switch_on=switch_on)
    document = plan.document
    if not json_wanted:
        show_plan(screen, plan.session, document, everything=everything, links=links)
        if document.collisions:
            screen.say("\nSettle what is in the way first; until then `golive up` changes nothing.")
        elif plan.lost:
            screen.say("\nValues would be lost: `golive up` refuses this.")
        elif refused := errors_of_accounts(document.findings):
            screen.say(f"\n{_refused(len(refused))}: `golive up` sends nothing before that is settled.")
        elif losing_own_role(document.changes, plan.sides, plan.session.reached.accounts):
            screen.say("\ngolive would lose the role by which it works: `golive up` refuses this.")
        elif frozen := opened.environment.frozen(clock.now()):
            screen.say(f"\nNothing may change here until {escape(frozen.said)}.")
        elif document.changes:
            counted = f" --switch-on {switch_on}" if switch_on else ""
            screen.say(f"\nMake it so:  golive up{plan.session.selection.options}{counted}{opened.option}")
        if document.drift:
            screen.say(f"Keep what is there now:  golive pull{opened.option}")
        show_missing(screen, document, plan.missing)
    if out is not None:
        with showing(document):
            _check_saving(plan)
            saved = saved_plan(plan)
            write(saved, out)
        screen.note(f"Saved to {escape(str(out))}. Carry it out:  golive up {escape(str(out))}{opened.option}")
        screen.note(f"  [quiet]Its digest, for --approve:[/] {saved.digest}")
    if json_wanted:
        screen.document(document.to_json())
        show_not_read(screen, plan.session, document.not_read)
    if errors_of_accounts(document.findings):
        return int(Exit.USAGE)
    pending = document.changes or document.drift or document.collisions or document.unfinished
    if exit_code and not pending and (document.not_read or plan.missing):
        return int(Exit.FAILED)
    return int(Exit.CHANGES if exit_code and pending else Exit.DONE)


def _refused(many: int) -> str:
    return "The account would refuse 1 thing" if many == 1 else f"The account would refuse {many} things"


def _check_saving(plan: Planned) -> None:
    """Raises Fault where the plan could not be carried out as it is."""
    if plan.document.unfinished:
        raise Fault(
            "unfinished",
            "The plan is not saved: an earlier run ended in the middle, and what became of it is not known yet.",
            do=f"Let it be looked up first:  golive up{plan.session.opened.option}",
            exits=Exit.FAILED,
        )
