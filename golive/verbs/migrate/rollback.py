"""`golive migrate rollback`: take away what was sent."""

from __future__ import annotations

import click

from golive.carrying.approval import ask, check_freeze
from golive.migrating.agreeing import check_number
from golive.migrating.carrying import Carrying
from golive.migrating.opening import open_migration
from golive.migrating.target import check_account, open_ledger, open_target
from golive.runs.reading import system_faults
from golive.screens.ending import leave, stopping
from golive.screens.migration_run import show_run
from golive.terminal.call_count import CallCount
from golive.terminal.exits import Exit
from golive.terminal.options import agreement_options, environment_option, json_option, screen_of
from golive.terminal.sent_count import SentCount
from golive.wording.record_words import records_said
from golive.workspace.heading import heading
from golive.workspace.opening import open_environment
from migrations.sending.removing import going
from stacks.interruption import Interruption


@click.command("rollback", short_help="Take away again what was sent; nothing else is touched.")
@click.argument("source")
@environment_option
@click.option("--trial", is_flag=True, help="Only what trial runs (--limit, --sample) have made.")
@click.option(
    "--worked-on", is_flag=True,
    help="Also tickets that somebody has worked on since they were sent; else they stay, and are named.",
)  # fmt: skip
@click.option(
    "--for-good", is_flag=True,
    help="Tickets and people cannot be brought back then: also those that an earlier rollback, or a delta, deleted.",
)  # fmt: skip
@click.option(
    "--delete-records", "number", type=click.IntRange(min=0), default=None, metavar="N",
    help="How many records are deleted: said beforehand, instead of being asked.",
)  # fmt: skip
@json_option
@agreement_options
@click.pass_context
def rollback(
    ctx: click.Context,
    source: str,
    environment: str | None,
    trial: bool,
    worked_on: bool,
    for_good: bool,
    number: int | None,
    json_wanted: bool,
    yes: bool,
    client: str | None,
) -> int:
    """Delete the tickets, people and organizations that this migration has made, by the ids in its ledger. Whoever and
    whatever was there before stays. Deleted tickets can be brought back in the helpdesk for thirty days.

    Example:  golive migrate rollback old_inbox --trial -e production
    """
    screen, calls = screen_of(ctx, json_wanted), CallCount()
    migration = open_migration(ctx.obj["folder"], source)
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)
    check_freeze(opened)
    with migration.held(), open_ledger(migration, opened.environment_name) as ledger:
        with Interruption(on_overdue=leave) as interruption, calls.shown(screen, "Reading"):
            target = open_target(migration, opened, screen, interruption, calls.report, writes=True)
            check_account(ledger, target, migration)
        taken = {str(type_): many for type_, many in going(ledger, trial=trial).items()}
        deleted = {str(type_): many for type_, many in ledger.former.count_unpurged().items()} if for_good else {}
        many = sum(taken.values()) + sum(deleted.values())
        check_number(f"This deletes {many:,} records; nothing was deleted.", many, number, "--delete-records", yes=yes)
        if taken or deleted:
            ask(opened, screen, _question(taken, deleted, target.title, for_good=for_good), yes=yes, client=client)
        count = SentCount(taken)
        with Interruption(stopping(screen)) as stop, count.shown(screen), system_faults(target.where):
            carrying = Carrying(migration, target, ledger, stop, count.sent, calls.made)
            document = carrying.remove(trial=trial, worked_on=worked_on, for_good=for_good)
    if json_wanted:
        screen.document(document.to_json())
    else:
        show_run(screen, document, opened.option)
    return int(Exit.CANCELLED if not document.is_whole else Exit.PARTLY if document.refused else Exit.DONE)


def _question(taken: dict[str, int], deleted: dict[str, int], title: str, *, for_good: bool) -> str:
    """deleted: what is deleted already, and can still be brought back."""
    if not for_good:
        return f"Delete {records_said(taken)} in {title}?"
    before = f", and what was deleted before ({records_said(deleted)})," if deleted else ""
    return f"Delete {records_said(taken)} in {title}{before} so that nobody can bring it back?"
