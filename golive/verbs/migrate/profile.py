"""`golive migrate profile`: what the old tool holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from golive.migrating.old_numbers import shown_numbers
from golive.migrating.opening import open_migration
from golive.screens.migration_profile import profile_page, show_profile
from golive.terminal.exits import Exit
from golive.terminal.options import json_option, screen_of
from golive.terminal.output import OutputFile, write_out
from migrations.profiling.profiling import profile as profiled


@click.command("profile", short_help="Say what was read, in numbers. Only reads.")
@click.argument("source")
@click.option(
    "--html", "page", type=OutputFile(), default=None, metavar="FILE",
    help="Write a page with charts for people without golive.",
)  # fmt: skip
@json_option
@click.pass_context
def profile(ctx: click.Context, source: str, page: Path | None, json_wanted: bool) -> int:
    """Count what was read: by month, channel, status, group and language, the values of each field, what is odd, what
    is left out and why, and what customers write about most.

    Example:  golive migrate profile old_inbox --html profile.html
    """
    screen = screen_of(ctx, json_wanted)
    opened = open_migration(ctx.obj["folder"], source)
    with opened.staging() as staging:
        opened.check_read(staging)
        document = replace(
            profiled(staging, source, opened.declared.name), shown=shown_numbers(staging, opened.declared)
        )
    if page is not None:
        write_out(page, profile_page(document))
    if json_wanted:
        screen.document(document.to_json())
    else:
        show_profile(screen, document, page)
    return int(Exit.DONE)
