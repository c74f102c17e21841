"""`golive migrate report`: everything that has to be known of a migration."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from checklists.loading import checklist_files
from config.results.migration_accept import AcceptDocument
from golive.gates.opened import OpenedGates, open_gates
from golive.gates.sampling import acceptance_of, noted_share
from golive.migrating.accepting import accepted
from golive.migrating.opening import OpenedMigration, open_migration
from golive.migrating.reporting import reported
from golive.migrating.target import open_ledger
from golive.runs.reading import instance_with
from golive.screens.migration_report import report_markdown, report_page
from golive.terminal.exits import Exit
from golive.terminal.options import environment_option, json_option, screen_of
from golive.terminal.output import OutputFile, write_out
from golive.workspace.opening import open_environment
from migrations.accepting.drawing import draw
from migrations.ledger.ledger import Ledger
from migrations.staging.staging import Staging
from provisioners.system import systems


@click.command("report", short_help="Everything that has to be known of a migration, for the file. Makes no call.")
@click.argument("source")
@environment_option
@click.option("--html", "page", type=OutputFile(), default=None, metavar="FILE", help="Write it as a page.")
@json_option
@click.pass_context
def report(ctx: click.Context, source: str, environment: str | None, page: Path | None, json_wanted: bool) -> int:
    """Print, as Markdown, what was meant and decided, the sum, what was compared, every record that did not come and
    why, all runs, and what a rollback would take away. What was compared is what `golive migrate verify` has found
    last. Makes no call.

    Example:  golive migrate report old_inbox -e production --html report.html
    """
    screen = screen_of(ctx, json_wanted)
    migration = open_migration(ctx.obj["folder"], source)
    opened = open_environment(ctx.obj["folder"], environment)
    instance = migration.declared.to or instance_with(opened, "imports") or ""
    settings = opened.environment.systems.get(instance)
    title = systems()[settings.type].title if settings is not None else instance
    with migration.staging() as staging, open_ledger(migration, opened.environment_name) as ledger:
        migration.check_read(staging)
        document = reported(migration, opened.environment_name, title, staging, ledger)
        if checklist_files(opened.workspace):
            document = replace(document, accepted=_accepted(migration, open_gates(ctx, environment), staging, ledger))
    if page is not None:
        write_out(page, report_page(document))
    if json_wanted:
        screen.document(document.to_json())
    elif page is None:
        sys.stdout.write(report_markdown(document))
    else:
        screen.say(f"The report is in {page}.")
    return int(Exit.DONE)


def _accepted(
    migration: OpenedMigration, gates: OpenedGates, staging: Staging, ledger: Ledger
) -> AcceptDocument | None:
    """The sample that was drawn last, as its tickets are now; None where there was none."""
    share = noted_share(gates, migration.key)
    if share is None:
        return None
    sample = draw(staging, ledger, migration.declared, share)
    acceptance = acceptance_of(gates, migration.key, sample)
    return accepted(migration, gates.opened.environment_name, sample, acceptance)
