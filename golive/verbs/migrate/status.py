"""`golive migrate status`: how far each migration is."""

from __future__ import annotations

import click

from config.results.migration_status import MigrationStatusDocument
from golive.migrating.opening import open_migration
from golive.migrating.standing import standing
from golive.screens.migration_status import show_status
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.options import environment_option, json_option, screen_of
from golive.workspace.opening import open_environment


@click.command("status", short_help="How far each migration is, and what comes next. Makes no call.")
@click.argument("source", required=False)
@environment_option
@json_option
@click.pass_context
def status(ctx: click.Context, source: str | None, environment: str | None, json_wanted: bool) -> int:
    """Say of each file in migrations/ what was read, what is not decided, what is there in which environment, and the
    command that comes next; of SOURCE alone where one is named. Makes no call.

    Example:  golive migrate status
    """
    screen = screen_of(ctx, json_wanted)
    opened = open_environment(ctx.obj["folder"], environment)
    if source is not None:
        open_migration(ctx.obj["folder"], source)
    document = MigrationStatusDocument(standing(opened.workspace, opened.loaded.declaration, opened.option, source))
    if not document.migrations:
        raise Fault(
            "no_migration",
            "This workspace has no migration.",
            where="migrations/",
            do="Write a file there, such as migrations/old_inbox.yaml:  name: The shared inbox  and  source: "
            "{mailbox: {paths: [exports/inbox.mbox]}}",
            exits=Exit.USAGE,
        )
    if json_wanted:
        screen.document(document.to_json())
    else:
        show_status(screen, document)
    return int(Exit.DONE)
