"""`golive plan`: what would change. Writes nothing."""

from __future__ import annotations

import click

from golive.exits import Exit
from golive.heading import heading
from golive.notices import notices_of
from golive.opening import open_environment
from golive.options import environment_option, json_option, screen_of
from golive.running import open_session
from golive.screens.plan import show_plan
from stacks.interruption import Interruption


@click.command("plan")
@environment_option
@json_option
@click.option("--exit-code", is_flag=True, help="Leave with 7 when there are changes, drift or collisions.")
@click.pass_context
def command(ctx: click.Context, environment: str | None, json_wanted: bool, exit_code: bool) -> int:
    """Read the live systems, compare them with the files, and show what `golive up` would do.

    Example:  golive plan -e production
    """
    screen = screen_of(ctx, json_wanted)
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)
    with Interruption() as interruption:
        session = open_session(opened, screen, interruption)
        outcome, folder = session.preview()
    planner = session.planner(folder)
    document = planner.document(outcome.steps)
    session.compiled.not_sent.extend(planner.missing())
    if json_wanted:
        screen.document(document.to_json())
    else:
        notices = notices_of(document, session.compiled, planner.sides, session.not_read(planner.facts))
        show_plan(screen, session, document, notices)
        if document.collisions:
            screen.say("\nSettle what is in the way first; until then `golive up` changes nothing.")
        elif planner.loses_data(document):
            screen.say("\nValues would be lost: `golive up` refuses this.")
        elif document.changes:
            screen.say("\nMake it so:  golive up" + (f" -e {opened.environment_name}" if environment else ""))
    pending = document.changes or document.drift or document.collisions
    return int(Exit.CHANGES if exit_code and pending else Exit.DONE)
