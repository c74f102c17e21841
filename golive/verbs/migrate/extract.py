"""`golive migrate extract`: read the old tool."""

from __future__ import annotations

from collections.abc import Iterable

import click

from config.results.migration_extract import ExtractDocument
from golive.migrating.opening import open_migration
from golive.migrating.rereading import read_before, read_on, reading
from golive.screens.migration import show_extract
from golive.terminal.exits import Exit
from golive.terminal.options import json_option, screen_of
from migrations.staging.staging import RECORDS, Staging


@click.command("extract", short_help="Read the old tool into a cache on this machine. Only reads.")
@click.argument("source")
@click.option("--again", is_flag=True, help="Forget what was read, and read everything once more.")
@json_option
@click.pass_context
def extract(ctx: click.Context, source: str, again: bool, json_wanted: bool) -> int:
    """Read what is left to be read of the old tool, and keep it on this machine. Only reads.

    A run that was stopped goes on where it was. Whatever cannot be carried over is kept aside with the reason, and
    never ends the reading. SOURCE is the name of a file in migrations/, without its ending.

    Example:  golive migrate extract old_inbox
    """
    screen = screen_of(ctx, json_wanted)
    opened = open_migration(ctx.obj["folder"], source)
    with reading(opened, anew=True) if again else opened.staging(alone=True) as staging:
        done = read_on(opened, staging, screen)
        records: dict[str, int] = {type_: number for type_ in RECORDS if (number := staging.count(type_))}
        fates = staging.fates()
        document = ExtractDocument(
            source,
            opened.declared.name,
            done.is_whole,
            done.read,
            records,
            fates,
            _left(staging, fates),
            dict(read_before(staging).items()) if again else {},
        )
    if json_wanted:
        screen.document(document.to_json())
    else:
        show_extract(screen, document)
    return int(Exit.DONE if done.is_whole else Exit.CANCELLED)


def _left(staging: Staging, fates: Iterable[str]) -> dict[str, dict[str, int]]:
    """Fate → type → how many."""
    found: dict[str, dict[str, int]] = {fate: {} for fate in fates}
    for (type_, fate, _), number in staging.reasons().items():
        found[fate][type_] = found[fate].get(type_, 0) + number
    return found
