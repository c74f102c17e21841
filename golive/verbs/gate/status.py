"""`golive gate status`: the board."""

from __future__ import annotations

import click

from golive.exits import Exit
from golive.gates.collecting import next_gate
from golive.gates.opened import open_gates
from golive.gates.reading import known_of
from golive.gates.telling import gate_document
from golive.heading import heading
from golive.options import environment_option, json_option, screen_of
from golive.screens.gate import show_board
from golive.verbs.gate.form import form_option, print_form


@click.command("status")
@click.argument("phase", required=False)
@environment_option
@form_option
@json_option
@click.option("--all", "everything", is_flag=True, help="Show what holds, too.")
@click.option("--offline", is_flag=True, help="Read no system: what only they know is not known then.")
@click.pass_context
def status(
    ctx: click.Context,
    phase: str | None,
    environment: str | None,
    form: str,
    json_wanted: bool,
    everything: bool,
    offline: bool,
) -> int:
    """Show the board: the phase, what the next gate asks for, what keeps it closed, and who can do something.

    PHASE names another gate than the next one. Reads only.

    Example:  golive gate status -e production
    """
    form = "json" if json_wanted else form
    screen = screen_of(ctx, form != "text")
    gates = open_gates(ctx, environment)
    heading(screen, gates.opened)
    asked = gates.gate(phase) if phase else next_gate(gates.book)
    known = known_of(gates, asked, screen, live=not offline)
    document = gate_document(known, gates.opened.environment_name, asked)
    if form == "text":
        show_board(screen, document, known.circumstances.now, gates.opened.option, everything=everything)
    else:
        print_form(screen, document, form, gates.opened.client)
    return int(Exit.DONE)
