"""`golive drift`: what was changed or made by hand since the last run."""

from __future__ import annotations

import sys

import click

from config.results.plan import DriftDocument
from golive.carrying.planned import with_pages
from golive.live.left_alone import acting_beside, foreign_rules
from golive.live.live_authors import with_authors
from golive.runs.left_open import show_unfinished
from golive.runs.running import check_outcome, open_session
from golive.screens.changes import show_drift
from golive.screens.drift_markdown import drift_issue
from golive.screens.ending import leave
from golive.screens.left_alone import show_foreign_rules
from golive.screens.plan import show_not_read
from golive.screens.switched_off import show_on_again
from golive.terminal.exits import Exit
from golive.terminal.options import environment_option, json_option, screen_of
from golive.workspace.heading import heading
from golive.workspace.opening import open_environment
from golive.workspace.selection import selection_options
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
    help="Leave with 7 when something was changed by hand, or a rule was made there since our last run that mails "
    "people or works against ours; else with 1 where something was not read.",
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

    Beside what was changed by hand, it names the rules that are at work there, are not in these files, and mail people
    or set what your rules set or ask for. They are no drift, with one exception: those made since our last run come
    first, marked as new, and count for --exit-code. A run is here one that shows a plan: up, destroy, undo. What you
    want to keep, take over with `golive adopt`.

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
    beside, not_seen = acting_beside(session, planner.names, {})
    not_read, left_open = [*planner.not_read(), *not_seen], told(planner.unfinished)
    rules = foreign_rules(session, [*planner.left_alone, *beside])
    document = DriftDocument(opened.environment_name, drift, not_read, left_open, unknown, rules)
    if form == "json":
        screen.document(document.to_json())
    elif form == "markdown":
        titles = {instance: session.vendor(instance) for instance in session.reached.settings}
        sys.stdout.write(drift_issue(document, opened.workspace.name, opened.client, session.terms, titles))
    show_not_read(screen, session, not_read)
    show_unfinished(screen, left_open, session.reached.settings, opened.option)
    if form == "text":
        show_drift(screen, session, drift, unknown)
        show_on_again(screen, session, drift)
        show_foreign_rules(screen, session, rules)
        if drift:
            screen.say(f"Keep what is there now:  golive pull{opened.option}")
            screen.say(f"Put ours back:  golive up{opened.option}")
            screen.say(f"Stop looking after it:  golive release KIND/KEY{opened.option}")
        elif not_read:
            screen.say("In what could be read, nothing was changed by hand.")
        else:
            screen.say("[good]Nothing was changed by hand.[/]")
    changed = bool(drift or document.new_rules)
    if exit_code and not changed and (not_read or left_open):
        return int(Exit.FAILED)
    return int(Exit.CHANGES if exit_code and changed else Exit.DONE)
