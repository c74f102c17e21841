"""`golive gate history`: what was noted about gates, by whom and when."""

from __future__ import annotations

import click
from rich.markup import escape

from config.results.gate_history import GateEntry, GateHistoryDocument
from golive.gates.opened import open_gates
from golive.gates.sentences import entry_said
from golive.screens.times import when
from golive.terminal.exits import Exit
from golive.terminal.options import environment_option, json_option, screen_of
from golive.workspace.heading import first_line


@click.command("history", short_help="Show the log, the newest first.")
@click.argument("item", required=False)
@environment_option
@json_option
@click.option("--limit", type=click.IntRange(min=1), default=40, show_default=True, help="How many entries, at most.")
@click.pass_context
def history(ctx: click.Context, item: str | None, environment: str | None, json_wanted: bool, limit: int) -> int:
    """Show what stands in the log, the newest first; with ITEM only what is about it.

    Example:  golive gate history requirements_signed -e production
    """
    screen = screen_of(ctx, json_wanted)
    gates = open_gates(ctx, environment)
    first_line(screen, gates.opened)
    key = gates.item(item).key if item else ""
    chain = gates.logbook.read()
    entries = [each for each in reversed(chain.ordered) if not key or each.data.get("item") == key][:limit]
    if json_wanted:
        shown = [GateEntry.of(each) for each in entries]
        document = GateHistoryDocument(
            environment=gates.opened.environment_name, item=key, head=chain.head, entries=shown
        )
        screen.document(document.to_json())
        return int(Exit.DONE)
    for each in entries:
        screen.say(f"[quiet]{when(each.at)}[/]  {escape(entry_said(each, gates.checklist))}")
    if not entries:
        screen.say("Nothing was noted yet.")
    return int(Exit.DONE)
