"""`golive due`: what comes up."""

from __future__ import annotations

from pathlib import Path

import click
from rich.markup import escape

from checklists.due import within
from checklists.moments import written
from config.results.due import DueDocument
from golive.gates.dates import dates_of, key_ends, zone_of
from golive.gates.opened import open_gates
from golive.gates.reading import known_of
from golive.launch.calendar_file import calendar_file
from golive.screens.due import show_due
from golive.terminal.exits import Exit
from golive.terminal.masking import masked_document
from golive.terminal.options import environment_option, json_option, screen_of
from golive.terminal.output import OutputFile, write_out
from golive.workspace.heading import first_line


@click.command("due")
@environment_option
@click.option("--days", type=click.IntRange(min=0), default=30, show_default=True, help="How far to look ahead.")
@json_option
@click.option("--ics", type=OutputFile(), default=None, metavar="FILE", help="Write the dates for a calendar, too.")
@click.pass_context
def command(ctx: click.Context, environment: str | None, days: int, json_wanted: bool, ics: Path | None) -> int:
    """List what comes up, the nearest first. Calls no system.

    Day 30, 60 and 90 after the rollout, risks whose acceptance ends, conditions of decisions, signatures and evidence
    that get too old, holidays that run out, broken glass, freezes, and keys that their vendor ends.

    Example:  golive due -e production --days 90 --ics due.ics
    """
    screen = screen_of(ctx, json_wanted)
    gates = open_gates(ctx, environment)
    first_line(screen, gates.opened)
    known = known_of(gates, next(iter(gates.checklist.gates)), screen, live=False)
    now, progress = known.circumstances.now, known.book.progress
    entries, following = within(dates_of(known, gates.opened), now, days)
    document = DueDocument(
        environment=gates.opened.environment_name,
        days=days,
        now=written(now),
        phase=progress.phase,
        rollout=progress.since.get("rollout", ""),
        time_zone=zone_of(known.circumstances.declaration, known.checklist.figures),
        entries=entries,
        following=following,
        notes=[f"{name}: {each.meanwhile}" for name, each in key_ends(gates.opened).items() if each.meanwhile],
    )
    if ics is not None:
        shown = masked_document(document)
        write_out(ics, calendar_file(shown.entries, gates.opened.client, gates.opened.environment_name, now))
        screen.note(f"Written to {escape(str(ics))}.")
    if json_wanted:
        screen.document(document.to_json())
    else:
        show_due(screen, document, gates.opened.option)
    return int(Exit.DONE)
