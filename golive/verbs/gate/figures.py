"""`golive gate figures`: what only the project can say."""

from __future__ import annotations

import click
from rich.markup import escape

from checklists.rules.questions import asked_roles, unanswered_profiles
from golive.exits import Exit
from golive.gates.opened import open_gates
from golive.heading import first_line
from golive.options import environment_option, screen_of


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
    checklist = gates.checklist
    screen.say("[head]Figures[/]")
    for key, figure in checklist.figures.items():
        if checklist.answer(figure.only_if)[0] is False:
            continue
        value = "[change]not set[/]" if figure.value is None else f"[good]{escape(str(figure.value))}[/]"
        screen.say(f"  {escape(key)}: {value}  [quiet]{escape(figure.name)}; {escape(figure.why)}[/]")
    screen.say("\n[head]Profiles[/]")
    for name, said in checklist.profiles.items():
        answer = "[good]yes[/]" if said is True else f"no: {escape(said.why)}"
        screen.say(f"  {escape(name)}: {answer}")
    for silent in unanswered_profiles(checklist):
        screen.say(f"  {escape(silent)}: [change]not said[/]")
    screen.say("\n[head]Who decides go or no-go[/]")
    for gate in checklist.gates.values():
        roles = ", ".join(f"{many} × {role.replace('_', ' ')}" for role, many in (gate.decision or {}).items())
        screen.say(f"  {escape(gate.name)}: {escape(roles) or '[change]not said[/]'}")
    screen.say("\n[head]Roles[/]")
    for role in asked_roles(checklist):
        names = ", ".join(gates.people[key].name or key for key in checklist.with_role(role))
        screen.say(f"  {escape(role.replace('_', ' '))}: {escape(names) or '[change]nobody[/]'}")
    return int(Exit.DONE)
