"""`golive gate check`: may a phase begin?"""

from __future__ import annotations

import click

from golive.exits import Exit
from golive.gates.opened import open_gates
from golive.gates.reading import known_of
from golive.gates.telling import gate_document
from golive.heading import heading
from golive.options import environment_option, json_option, screen_of
from golive.screens.gate import show_board
from golive.verbs.gate.form import form_option, print_form


@click.command("check")
@click.argument("phase")
@environment_option
@form_option
@json_option
@click.pass_context
def check(ctx: click.Context, phase: str, environment: str | None, form: str, json_wanted: bool) -> int:
    """Ask whether a phase may begin: everything is read again. Leaves with 0 where it may, with 5 where not.

    Example:  golive gate check soft_launch -e production
    """
    form = "json" if json_wanted else form
    screen = screen_of(ctx, form != "text")
    gates = open_gates(ctx, environment)
    heading(screen, gates.opened)
    asked = gates.gate(phase)
    known = known_of(gates, asked, screen)
    document = gate_document(known, gates.opened.environment_name, asked)
    if form == "text":
        show_board(screen, document, known.circumstances.now, gates.opened.option)
    else:
        print_form(screen, document, form, gates.opened.client)
    return int(Exit.DONE if document.open else Exit.GATE)
