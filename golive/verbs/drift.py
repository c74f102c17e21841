"""`golive drift`: what was changed by hand since the last run."""

from __future__ import annotations

import sys

import click

from config.results.plan import DriftDocument
from golive.authors import with_authors
from golive.exits import Exit
from golive.heading import heading
from golive.left_open import show_unfinished
from golive.opening import open_environment
from golive.options import environment_option, json_option, screen_of
from golive.planned import with_pages
from golive.running import check_outcome, open_session
from golive.screens.changes import show_drift
from golive.screens.drift_markdown import drift_issue
from golive.screens.ending import leave
from golive.screens.plan import show_not_read
from golive.selection import selection_options
from stacks.interruption import Interruption
from stacks.unfinished import told


@click.command("drift")
@environment_option
@json_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="markdown: the text of one issue.",
)
@click.option(
    "--exit-code",
    is_flag=True,
    help="Leave with 7 when something was changed by hand, else with 1 where something was not read.",
)
@selection_options
@click.pass_context
def command(
    ctx: click.Context,
    environment: str | None,
    json_wanted: bool,
    form: str,
    exit_code: bool,
    only: tuple[str, ...],
    exclude: tuple[str, ...],
) -> int:
    """Compare what the last run left with what is live now. Writes nothing.

    Example:  golive drift -e production --exit-code
    """
    form = "json" if json_wanted else form
    screen = screen_of(ctx, form != "text")
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)
    with Interruption(on_overdue=leave) as interruption:
        session = open_session(opened, screen, interruption)
        session.choose(only, exclude)
        with session.stack("drift") as (stack, folder):
            outcome = stack.drift()
        check_outcome(outcome)
    planner = session.planner(folder)
    drift, unknown = with_authors(session, planner.drift(outcome.steps), {})
    drift = with_pages(session, drift)
    not_read, left_open = planner.not_read(), told(planner.unfinished)
    document = DriftDocument(opened.environment_name, drift, not_read, left_open, unknown)
    if form == "json":
        screen.document(document.to_json())
    elif form == "markdown":
        titles = {instance: session.vendor(instance) for instance in session.reached.settings}
        sys.stdout.write(drift_issue(document, opened.workspace.name, opened.client, session.terms, titles))
    show_not_read(screen, session, not_read)
    show_unfinished(screen, left_open, session.reached.settings, opened.option)
    if form == "text":
        show_drift(screen, session, drift, unknown)
        if drift:
            screen.say(f"`golive up{opened.option}` puts these right; or change the files to what is there now.")
        elif not_read:
            screen.say("In what could be read, nothing was changed by hand.")
        else:
            screen.say("[good]Nothing was changed by hand.[/]")
    if exit_code and not drift and (not_read or left_open):
        return int(Exit.FAILED)
    return int(Exit.CHANGES if exit_code and drift else Exit.DONE)
