"""`golive migrate report`: everything that has to be known of a migration."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from golive.migrating.opening import open_migration
from golive.migrating.reporting import reported
from golive.migrating.target import open_ledger
from golive.runs.reading import instance_with
from golive.screens.migration_report import report_markdown, report_page
from golive.terminal.exits import Exit
from golive.terminal.options import environment_option, json_option, screen_of
from golive.terminal.output import OutputFile, write_out
from golive.workspace.opening import open_environment
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
    if page is not None:
        write_out(page, report_page(document))
    if json_wanted:
        screen.document(document.to_json())
    elif page is None:
        sys.stdout.write(report_markdown(document))
    else:
        screen.say(f"The report is in {page}.")
    return int(Exit.DONE)
