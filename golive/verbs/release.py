"""`golive release KIND/KEY …`: stop looking after objects, and leave them as they are."""

from __future__ import annotations

import click
from rich.markup import escape

from config.results.release import Released, ReleaseDocument
from golive.carrying.approval import ask
from golive.carrying.keeping import keep
from golive.ownership.releasing import release
from golive.runs.engine import engine_faults
from golive.runs.journaling import with_done
from golive.runs.running import open_session
from golive.screens.ending import leave
from golive.terminal.exits import Exit
from golive.terminal.options import agreement_options, environment_option, json_option, screen_of
from golive.wording.words import title_of
from golive.workspace.heading import heading
from golive.workspace.opening import open_environment
from stacks.interruption import Interruption
from stacks.state import payloads

_SAID = {
    "removed": "taken out of {file}",
    "existing": "stays named in {file} (`existing`), because others name it",
    "absent": "was not in the files any more",
}


@click.command("release")
@click.argument("addresses", metavar="KIND/KEY…", nargs=-1, required=True)
@environment_option
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@json_option
@agreement_options
@click.pass_context
def command(
    ctx: click.Context,
    addresses: tuple[str, ...],
    environment: str | None,
    dry_run: bool,
    json_wanted: bool,
    yes: bool,
    client: str | None,
) -> int:
    """Stop looking after objects without deleting them. They leave the files and stay live, exactly as they are.

    What others name stays in the files as `existing`: it is looked up and never written.

    Example:  golive release macros/old_greeting
    """
    screen = screen_of(ctx, json_wanted)
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)
    wanted = list(dict.fromkeys(addresses))
    with Interruption(on_overdue=leave) as interruption, engine_faults(interruption, opened.option):
        session = open_session(opened, screen, interruption, writes=True)
        found = release(session, wanted)
        interruption.check()
    for each in found.released:
        screen.say(f"  {title_of(each.kind)} [head]{escape(each.key)}[/]  {escape(each.name)}: {_said(each)}")
    screen.say("\nIn the systems nothing changes.")
    if not dry_run:
        ask(opened, screen, "Let go?" if len(wanted) == 1 else "Let go of them?", yes=yes, client=client)
        gone = payloads(session.state).keys() - payloads(found.after.state).keys()
        state = with_done(found.after.state, opened, "release", sorted(gone), action="release")
        keep(session, "release", state, found.texts, found.as_read, state_first=True)
        screen.say(f"[good]golive no longer looks after {escape(', '.join(wanted))}.[/]")
    if json_wanted:
        screen.document(ReleaseDocument(opened.environment_name, dry_run, found.released).to_json())
    return int(Exit.DONE)


def _said(each: Released) -> str:
    return _SAID[each.in_files].format(file=f"[place]{escape(each.file)}[/]")
