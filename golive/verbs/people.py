"""`golive people`: who has what in which system."""

from __future__ import annotations

import click

from config.results.people import PeopleDocument, PersonEntry
from golive.live.team import people_of
from golive.runs.reading import open_people
from golive.screens.ending import leave
from golive.screens.people import show_people
from golive.terminal.call_count import CallCount
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.options import environment_option, json_option, screen_of
from golive.workspace.heading import heading
from golive.workspace.opening import open_environment
from stacks.interruption import Interruption


@click.command("people")
@click.argument("who", required=False)
@environment_option
@click.option("--exit-code", is_flag=True, help="Leave with 7 where golive up, or a person, has something to settle.")
@json_option
@click.pass_context
def command(ctx: click.Context, who: str | None, environment: str | None, exit_code: bool, json_wanted: bool) -> int:
    """Show who has what where: helpdesk, chat and CRM, beside what the files give them. Only reads.

    What golive up settles is told apart from what only a person can. Others in a channel are no difference: its
    `people` are invited, and nobody is taken out.

    WHO is a key of `people` or a mail address; without it, everybody, and whoever else is in the helpdesk's team.

    Example:  golive people -e production
    """
    screen, calls = screen_of(ctx, json_wanted), CallCount()
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)
    with Interruption(on_overdue=leave) as interruption, calls.shown(screen, "Reading"):
        reading, live, not_read, names = open_people(opened, screen, interruption, calls.report)
    people = people_of(opened.loaded.declaration, live, names, reading.people_in, reading.record.phase)
    if who is not None:
        people = [each for each in people if who.lower() in (each.key, each.email.lower())]
        if not people:
            raise _nobody(who, opened.option)
    document = PeopleDocument(opened.environment_name, people, not_read, dict(reading.calls))
    if json_wanted:
        screen.document(document.to_json())
    else:
        show_people(screen, document, reading.vendor, opened.option)
    return int(Exit.CHANGES if exit_code and _differs(people) else Exit.DONE)


def _differs(people: list[PersonEntry]) -> bool:
    return any(not each.is_settled for person in people for each in person.systems)


def _nobody(who: str, option: str) -> Fault:
    return Fault(
        "not_found",
        f"Nobody is called `{who}`, in the files or in the team.",
        do=f"See who there is:  golive people{option}",
        exits=Exit.USAGE,
    )
