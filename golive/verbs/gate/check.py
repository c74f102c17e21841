"""`golive gate check`: may a phase begin?"""

from __future__ import annotations

from pathlib import Path

import click

from golive.gates.opened import open_gates
from golive.gates.reading import known_of
from golive.gates.telling import gate_document
from golive.screens.board import show_board
from golive.terminal.exits import Exit
from golive.terminal.options import environment_option, json_option, screen_of
from golive.terminal.screen import Screen
from golive.verbs.gate.form import form_options, print_form
from golive.workspace.heading import first_line, heading


@click.command("check")
@click.argument("phase")
@environment_option
@form_options
@json_option
@click.pass_context
def check(
    ctx: click.Context, phase: str, environment: str | None, form: str, out: Path | None, json_wanted: bool
) -> int:
    """Ask whether a phase may begin: everything is read again. Leaves with 0 where it may, with 5 where not.

    Example:  golive gate check soft_launch -e production --format junit --out gate.xml
    """
    form = "json" if json_wanted else form
    screen = screen_of(ctx, form != "text" or out is not None)
    gates = open_gates(ctx, environment)
    heading(screen, gates.opened)
    asked = gates.gate(phase)
    known = known_of(gates, asked, screen)
    document = gate_document(known, gates.opened, asked, everything=form == "html")

    def show(on: Screen) -> None:
        if out is not None:
            first_line(on, gates.opened)
        show_board(on, document, known.circumstances.now, gates.opened.option)

    print_form(screen, document, form, gates.opened.client, out, show)
    return int(Exit.DONE if document.open else Exit.GATE)
