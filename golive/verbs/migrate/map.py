"""`golive migrate map`: what becomes of each word of the old tool."""

from __future__ import annotations

from dataclasses import replace

import click

from golive.migrating.mapping import again, mapped, with_written, write_decisions, write_drafts, write_mapping
from golive.migrating.opening import open_migration
from golive.screens.migration_map import show_map
from golive.terminal.exits import Exit
from golive.terminal.options import environment_option, json_option, screen_of
from golive.workspace.opening import open_environment
from migrations.mapping.words import words_of


@click.command("map", short_help="Write the old tool's words into the file, with places as far as they are plain.")
@click.argument("source")
@environment_option
@click.option("--check", is_flag=True, help="Write nothing; only say what is not settled.")
@click.option("--exit-code", is_flag=True, help="Leave with 7 while a word is not settled.")
@json_option
@click.pass_context
def map_(
    ctx: click.Context, source: str, environment: str | None, check: bool, exit_code: bool, json_wanted: bool
) -> int:
    """Write every status, group, person, field and value of the old tool into the migration's file, with the number of
    records that hold it, and with its place in the new helpdesk where the names say it plainly.

    What people wrote stays as it is. A word without a place is decided by a person: `to: …`, or `drop: true` with a
    `decision`. Nothing is sent while one is open.

    Rules, macros and the pages that customers read get a row each, for a person to say what becomes of them. Macros and
    articles are drafted in migrations/drafts/ in the words of config/, to be read, corrected and moved; rules are only
    listed there. A file of drafts that somebody has changed is left alone.

    Example:  golive migrate map old_inbox
    """
    screen = screen_of(ctx, json_wanted)
    opened = open_migration(ctx.obj["folder"], source)
    declared = open_environment(ctx.obj["folder"], environment).loaded.declaration
    with opened.staging(alone=not check) as staging:
        opened.check_read(staging)
        words = words_of(staging)
        written = not check and write_mapping(opened, words, declared)
        if not check:
            written |= write_decisions(again(opened), staging, declared)
        before, opened = opened.declared, again(opened) if written else opened
        document = mapped(opened, staging, words, declared)
        if written:
            document = with_written(document, before, opened.declared)
        if not check:
            document = replace(document, drafts=write_drafts(opened, staging, declared))
    if json_wanted:
        screen.document(document.to_json())
    else:
        show_map(screen, document)
    return int(Exit.CHANGES if exit_code and document.open else Exit.DONE)
