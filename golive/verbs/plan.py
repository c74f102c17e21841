"""`golive plan`: what would change. Writes nothing."""

from __future__ import annotations

from datetime import date

import click
from rich.markup import escape

from golive.approval import losing_own_role
from golive.exits import Exit
from golive.heading import heading
from golive.opening import open_environment
from golive.options import environment_option, json_option, screen_of
from golive.planned import planned
from golive.screens.plan import show_missing, show_not_read, show_plan
from golive.selection import selection_options
from stacks.interruption import Interruption


@click.command("plan")
@environment_option
@json_option
@click.option(
    "--exit-code",
    is_flag=True,
    help="Leave with 7 when there are changes, drift or collisions, else with 1 where something was not read.",
)
@click.option("--all", "everything", is_flag=True, help="List everything that sleeps, is done by hand or is not sent.")
@selection_options
@click.pass_context
def command(
    ctx: click.Context,
    environment: str | None,
    json_wanted: bool,
    exit_code: bool,
    everything: bool,
    only: tuple[str, ...],
    exclude: tuple[str, ...],
) -> int:
    """Read the live systems, compare them with the files, and show what `golive up` would do.

    Example:  golive plan -e production
    """
    screen = screen_of(ctx, json_wanted)
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)
    with Interruption() as interruption:
        plan = planned(opened, screen, interruption, only=only, exclude=exclude)
    document = plan.document
    if json_wanted:
        screen.document(document.to_json())
        show_not_read(screen, plan.session, document.not_read)
    else:
        show_plan(screen, plan.session, document, everything=everything)
        if document.collisions:
            screen.say("\nSettle what is in the way first; until then `golive up` changes nothing.")
        elif plan.lost:
            screen.say("\nValues would be lost: `golive up` refuses this.")
        elif losing_own_role(document.changes, plan.sides, plan.session.reached.accounts):
            screen.say("\ngolive would lose the role by which it works: `golive up` refuses this.")
        elif opened.environment.frozen_until(date.today()):
            screen.say(f"\nNothing may change here until {escape(str(opened.environment.freeze))}.")
        elif document.changes:
            screen.say(f"\nMake it so:  golive up{opened.option}")
        show_missing(screen, plan.missing)
    pending = document.changes or document.drift or document.collisions or document.unfinished
    if exit_code and not pending and (document.not_read or plan.missing):
        return int(Exit.FAILED)
    return int(Exit.CHANGES if exit_code and pending else Exit.DONE)
