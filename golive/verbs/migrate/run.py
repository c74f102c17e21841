"""`golive migrate run`: send it."""

from __future__ import annotations

import click

from golive.carrying.approval import ask, check_freeze
from golive.migrating.agreeing import check_sendable
from golive.migrating.carrying import Carrying
from golive.migrating.opening import open_migration
from golive.migrating.planning import planned
from golive.migrating.target import check_account, open_ledger, open_target
from golive.runs.reading import system_faults
from golive.screens.ending import leave, stopping
from golive.screens.migration_plan import show_plan
from golive.screens.migration_run import show_run
from golive.terminal.call_count import CallCount
from golive.terminal.exits import Exit
from golive.terminal.options import agreement_options, environment_option, json_option, screen_of
from golive.terminal.sent_count import SentCount
from golive.verbs.migrate.selecting import selection_of, selection_options
from golive.wording.record_words import records_said
from golive.workspace.heading import heading
from golive.workspace.opening import open_environment
from stacks.interruption import Interruption


@click.command("run", short_help="Send what was decided to the helpdesk.")
@click.argument("source")
@environment_option
@selection_options
@json_option
@agreement_options
@click.pass_context
def run(
    ctx: click.Context,
    source: str,
    environment: str | None,
    limit: int | None,
    sample: float,
    json_wanted: bool,
    yes: bool,
    client: str | None,
) -> int:
    """Send what was read and decided: people first, then tickets with all that was written in them, closed ones before
    open ones. Nobody is mailed, and no rule sees it; each ticket has the mark.

    Everything is written down before and after it is sent, in migrations/ledger/. A run that was stopped, or died, is
    simply run again: it sends what is not there yet. --limit and --sample make a trial, which  golive migrate rollback
    --trial  takes away again.

    Example:  golive migrate run old_inbox --limit 20 -e production
    """
    screen, calls = screen_of(ctx, json_wanted), CallCount()
    migration = open_migration(ctx.obj["folder"], source)
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)
    check_freeze(opened)
    selection = selection_of(limit, sample)
    with migration.staging() as staging, open_ledger(migration, opened.environment_name) as ledger:
        migration.check_read(staging)
        with Interruption(on_overdue=leave) as interruption, calls.shown(screen, "Reading"):
            target = open_target(migration, opened, screen, interruption, calls.report, writes=True)
            check_account(ledger, target, migration)
            with system_faults(target.where):
                plan = planned(migration, staging, ledger, target, target.imports(writes=False), selection)
        check_sendable(migration, plan.blocked)
        if not json_wanted:
            show_plan(screen, plan, opened.option, is_run=True)
        if plan.to_send:
            ask(opened, screen, f"Send {records_said(plan.to_send)} to {target.title}?", yes=yes, client=client)
        count = SentCount(plan.to_send)
        with Interruption(stopping(screen)) as stop, count.shown(screen), system_faults(target.where):
            document = Carrying(migration, target, ledger, stop, count.sent, calls.made).send(staging, selection)
    if json_wanted:
        screen.document(document.to_json())
    else:
        show_run(screen, document, opened.option)
    return int(Exit.CANCELLED if not document.is_whole else Exit.PARTLY if document.refused else Exit.DONE)
