"""`golive migrate plan`: what would be sent, and what stands against it."""

from __future__ import annotations

import click

from golive.migrating.opening import open_migration
from golive.migrating.planning import planned
from golive.migrating.target import check_account, open_ledger, open_target
from golive.runs.reading import system_faults
from golive.screens.ending import leave
from golive.screens.migration_plan import show_plan
from golive.terminal.call_count import CallCount
from golive.terminal.exits import Exit
from golive.terminal.options import environment_option, json_option, screen_of
from golive.verbs.migrate.selecting import selection_of, selection_options
from golive.workspace.heading import heading
from golive.workspace.opening import open_environment
from stacks.interruption import Interruption


@click.command("plan", short_help="Say what would be sent, what stays behind, and what is against it. Only reads.")
@click.argument("source")
@environment_option
@selection_options
@json_option
@click.pass_context
def plan(
    ctx: click.Context, source: str, environment: str | None, limit: int | None, sample: float, json_wanted: bool
) -> int:
    """Say what would be sent to the helpdesk, what stays behind and why, what is lost by whose decision, which live
    rules would act on it, and how long it takes. Only reads.

    Leaves with 1 while something stands against it: a word without a place, a source that is not read to its end, or a
    live rule that would mail somebody about a ticket of last year.

    Example:  golive migrate plan old_inbox -e production
    """
    screen, calls = screen_of(ctx, json_wanted), CallCount()
    migration = open_migration(ctx.obj["folder"], source)
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)
    with migration.staging() as staging, open_ledger(migration, opened.environment_name) as ledger:
        migration.check_read(staging)
        with Interruption(on_overdue=leave) as interruption, calls.shown(screen, "Reading"):
            target = open_target(migration, opened, screen, interruption, calls.report)
            check_account(ledger, target, migration)
            with system_faults(target.where):
                imports = target.imports(writes=False)
                document = planned(migration, staging, ledger, target, imports, selection_of(limit, sample))
    if json_wanted:
        screen.document(document.to_json())
    else:
        show_plan(screen, document, opened.option)
    return int(Exit.FAILED if document.blocked else Exit.DONE)
