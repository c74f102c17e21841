"""`golive gate status`: the board."""

from __future__ import annotations

from pathlib import Path

import click

from golive.gates.collecting import next_gate
from golive.gates.opened import open_gates
from golive.gates.reading import known_of
from golive.gates.telling import gate_document
from golive.screens.board import show_board
from golive.terminal.exits import Exit
from golive.terminal.options import environment_option, json_option, screen_of
from golive.terminal.screen import Screen
from golive.verbs.gate.form import form_options, print_form
from golive.workspace.heading import first_line, heading


@click.command("status", short_help="Show the board of the next gate.")
@click.argument("phase", required=False)
@environment_option
@form_options
@json_option
@click.option("--all", "everything", is_flag=True, help="Show what holds, too.")
@click.option("--offline", is_flag=True, help="Read no system: what only they know is not known then.")
@click.pass_context
def status(
    ctx: click.Context,
    phase: str | None,
    environment: str | None,
    form: str,
    out: Path | None,
    json_wanted: bool,
    everything: bool,
    offline: bool,
) -> int:
    """Show the board: the phase, what the next gate asks for, what keeps it closed, and who can do something.

    PHASE names another gate than the next one. Reads only.

    Example:  golive gate status -e production --format html --out board.html
    """
    form = "json" if json_wanted else form
    screen = screen_of(ctx, form != "text" or out is not None)
    gates = open_gates(ctx, environment)
    heading(screen, gates.opened)
    asked = gates.gate(phase) if phase else next_gate(gates.book)
    known = known_of(gates, asked, screen, live=not offline)
    document = gate_document(known, gates.opened, asked, everything=form == "html")

    def show(on: Screen) -> None:
        if out is not None:
            first_line(on, gates.opened)
        show_board(on, document, known.circumstances.now, gates.opened.option, everything=everything)

    print_form(screen, document, form, gates.opened.client, out, show)
    return int(Exit.DONE)
