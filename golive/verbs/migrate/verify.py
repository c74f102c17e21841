"""`golive migrate verify`: whether everything arrived."""

from __future__ import annotations

import click
from rich.markup import escape

from golive.gates.migration_notes import note_verified, noted_for_gates
from golive.migrating.opening import open_migration
from golive.migrating.reporting import keep_verification
from golive.migrating.target import check_account, open_ledger, open_target
from golive.migrating.verifying import verified
from golive.runs.reading import system_faults
from golive.screens.ending import leave
from golive.screens.migration_verify import show_verify
from golive.terminal.call_count import CallCount
from golive.terminal.exits import Exit
from golive.terminal.options import environment_option, json_option, practising_option, screen_of
from golive.terminal.read_count import ReadCount
from golive.verbs.migrate.selecting import Share
from golive.workspace.heading import heading
from golive.workspace.opening import open_environment
from stacks.interruption import Interruption


@click.command("verify", short_help="Close the sum, and compare what is there with what was read. Only reads.")
@click.argument("source")
@environment_option
@click.option("--sample", type=Share(), default="100%", metavar="SHARE", help="Compare a share of the tickets: 10%.")
@click.option(
    "--files", type=Share(), default="100%", metavar="SHARE",
    help="Load such a share of their files again and compare the content; of the others, the size: 10%.",
)  # fmt: skip
@json_option
@practising_option
@click.pass_context
def verify(
    ctx: click.Context,
    source: str,
    environment: str | None,
    sample: float,
    files: float,
    json_wanted: bool,
    practises_as: str | None,
) -> int:
    """Count what became of every record of the old tool, by type, month, status and channel, and compare the tickets in
    the helpdesk with what they were to become: texts, authors, times, fields, files, and whether anything private can
    be read by customers. Only reads. Leaves with 1 where anything is not explained. What was found is kept as evidence
    for the gates, and noted in the log.

    Example:  golive migrate verify old_inbox -e production
    """
    screen, calls = screen_of(ctx, json_wanted), CallCount()
    migration = open_migration(ctx.obj["folder"], source)
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)
    count = ReadCount("Comparing")
    with migration.staging() as staging, open_ledger(migration, opened.environment_name) as ledger:
        migration.check_read(staging)
        migration.check_whole(staging, "no sum of it can close")
        with Interruption(on_overdue=leave) as interruption, count.shown(screen):
            target = open_target(migration, opened, screen, interruption, calls.report)
            check_account(ledger, target, migration)
            with system_faults(target.where):
                imports = target.imports(writes=False)
                document = verified(
                    migration, staging, ledger, target, imports, sample, lambda n: count.read("", n), calls.made, files
                )
        keep_verification(migration, document)
    noted = noted_for_gates(
        ctx,
        environment,
        opened,
        practises_as,
        lambda gates, me: note_verified(gates, me, document, migration.declared.mark),
    )
    if json_wanted:
        screen.document(document.to_json())
    else:
        show_verify(screen, document, opened.option)
        screen.say(f"[quiet]{escape(noted)}[/]")
    return int(Exit.DONE if document.is_right else Exit.FAILED)
