"""`golive gate figures`: what only the project can say."""

from __future__ import annotations

import click

from golive.gates.opened import open_gates
from golive.screens.figures import show_figures
from golive.terminal.exits import Exit
from golive.terminal.options import environment_option, screen_of
from golive.workspace.heading import first_line


@click.command("figures", short_help="List what each project has to say itself.")
@environment_option
@click.pass_context
def figures(ctx: click.Context, environment: str | None) -> int:
    """List what no method gives and each project has to set: its figures, profiles, deciders and roles.

    Example:  golive gate figures
    """
    screen = screen_of(ctx)
    gates = open_gates(ctx, environment)
    first_line(screen, gates.opened)
    show_figures(screen, gates.checklist, gates.people)
    return int(Exit.DONE)
