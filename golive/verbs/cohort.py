"""`golive cohort …`: who is in the soft launch, how they are let in, and their mark in the helpdesk."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

import click

from config.cohort import STAGES, Stage
from config.results.cohort import TicketCount
from golive import clock
from golive.carrying.approval import ask, check_freeze
from golive.carrying.growing import (
    Grown,
    check_own_people_first,
    document_of_growth,
    grow_by,
    show_grown,
    show_growth,
)
from golive.gates.growth import note_growth
from golive.launch.census import WEEKS, Census, count_tickets, counting
from golive.launch.soft_launch import Launch, document_of, open_launch
from golive.screens.cohort import (
    no_mark,
    show_counted,
    show_left_out,
    show_next,
    show_not_found,
    show_segments,
    show_tickets,
)
from golive.screens.ending import leave, leave_unsure, stopping
from golive.screens.letting_in import Admitted, admitted, document_of_entry, write_csv, write_text
from golive.terminal.call_count import CallCount
from golive.terminal.exits import Exit
from golive.terminal.options import agreement_options, environment_option, json_option, practising_option, screen_of
from golive.workspace.heading import heading
from golive.workspace.opening import open_environment
from provisioners.errors import SystemFault
from stacks.interruption import Interruption

Command = TypeVar("Command", bound=Callable[..., Any])


def _stage_option(command: Command) -> Command:
    return click.option(
        "--stage",
        type=click.Choice(STAGES),
        default="customers",
        show_default=True,
        help="`internal`: nobody but your own people, who come first.",
    )(command)


@click.group("cohort")
def command() -> None:
    """Who is in the soft launch: show them, let them in, mark them in the helpdesk.

    `rollout:` in the files says who that is; “The soft launch” in docs/kinds.md says how.

    Example:  golive cohort show -e production
    """


@command.command("show", short_help="Show who is in the soft launch.")
@environment_option
@_stage_option
@click.option("--no-tickets", is_flag=True, help="Count no tickets; in a large account that takes some minutes.")
@json_option
@click.pass_context
def show(ctx: click.Context, environment: str | None, stage: Stage, no_tickets: bool, json_wanted: bool) -> int:
    """Show how many customers are in the soft launch, what they write a week, and who is not marked yet. Only reads.

    All organizations are read once, a hundred with one call. Tickets are those of the last four weeks, counted from
    the vendor's incremental export: a thousand with one call, ten calls a minute. Nothing of either is kept.

    Example:  golive cohort show -e production
    """
    screen, calls = screen_of(ctx, json_wanted), CallCount()
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)
    with Interruption(on_overdue=leave) as interruption:
        launch = open_launch(opened, screen, interruption, calls.report, writes=False)
        mark = launch.mark()
        census = Census(launch.membership, stage)
        with calls.shown(screen, "Reading"), launch.faults():
            for _ in counting(census, launch.customers.organizations()):
                pass
            tickets, not_read = (None, "") if no_tickets else _tickets(launch, census)
    document = document_of(launch, "show", census, mark, tickets=tickets, not_read=not_read)
    if json_wanted:
        screen.document(document.to_json())
        return int(Exit.DONE)
    show_counted(screen, launch, census.counted, stage)
    show_tickets(screen, tickets, not_read, launch.customers.outside_tag)
    show_segments(screen, document.segments, launch.customers.segment_field)
    show_not_found(screen, document.not_found)
    show_next(screen, launch, census, mark)
    return int(Exit.DONE)


def _tickets(launch: Launch, census: Census) -> tuple[TicketCount | None, str]:
    """Tickets of the last weeks, or why they could not be read: the rest is worth showing all the same."""
    now = clock.now()
    try:
        found = launch.customers.tickets(now - timedelta(weeks=WEEKS))
        return count_tickets(found, census.members, now, launch.customers.tickets_way), ""
    except SystemFault as fault:
        if fault.code == "stopped":
            raise
        return None, fault.why


@command.command("export", short_help="Print the domains and account ids of the soft launch.")
@environment_option
@_stage_option
@click.option(
    "--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True,
    help="For people, for a table, or for programs.",
)  # fmt: skip
@click.pass_context
def export(ctx: click.Context, environment: str | None, stage: Stage, form: str) -> int:
    """Print domains and account ids of who is in the soft launch, and what people set up with them. Only reads.

    The lists go to stdout: redirect them into a file. Whoever is marked is in them, whatever the files say by now.

    Example:  golive cohort export -e production --format csv > soft-launch.csv
    """
    screen, calls = screen_of(ctx, form == "json"), CallCount()
    opened = open_environment(ctx.obj["folder"], environment)
    aside = form == "csv"
    if not aside:
        heading(screen, opened)
    with (
        Interruption(on_overdue=leave) as interruption,
        tempfile.TemporaryFile("w+", encoding="utf-8") as kept,
        tempfile.TemporaryFile("w+", encoding="utf-8") as others,
    ):
        launch = open_launch(opened, screen, interruption, calls.report, writes=False)
        mark = launch.mark()
        census = Census(launch.membership, stage)
        with calls.shown(screen, "Reading"), launch.faults():
            found: Admitted = admitted(census, launch.customers.organizations(), kept, others)
        document = document_of_entry(launch, document_of(launch, "export", census, mark), found)
        if form == "json":
            screen.document(document.to_json())
            return int(Exit.DONE)
        if aside:
            write_csv(found)
        write_text(screen, launch, document, found, aside=aside)
    show_left_out(screen, found.left_out)
    return int(Exit.DONE)


@command.command("grow")
@environment_option
@_stage_option
@json_option
@agreement_options
@practising_option
@click.pass_context
def grow(
    ctx: click.Context,
    environment: str | None,
    stage: Stage,
    json_wanted: bool,
    yes: bool,
    client: str | None,
    practises_as: str | None,
) -> int:
    """Mark in the helpdesk whoever is new in the soft launch. No mark is ever taken away.

    The numbers are said first, and somebody has to agree; in production by typing the client's name. A run that was cut
    off is simply run again: it does what is left, and a second run does nothing. What else somebody has put into the
    mark's field stays as it is.

    Example:  golive cohort grow --stage internal -e production
    """
    screen, calls = screen_of(ctx, json_wanted), CallCount()
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)
    check_freeze(opened)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as waiting:
        with Interruption(on_overdue=leave) as interruption:
            launch = open_launch(opened, screen, interruption, calls.report, writes=True)
            mark = launch.mark()
            if mark != "made":
                raise no_mark(launch, mark)
            census = Census(launch.membership, stage)
            with calls.shown(screen, "Reading"), launch.faults():
                for organization, why in counting(census, launch.customers.organizations()):
                    if census.is_next(organization, why):
                        waiting.write(f"{organization.id}\n")
        check_own_people_first(launch, census)
        document = document_of(launch, "grow", census, mark)
        show_growth(screen, launch, census)
        grown = Grown()
        if census.to_mark:
            ask(opened, screen, "\nMark them?", yes=yes, client=client)
            waiting.seek(0)
            with (
                Interruption(stopping(screen), leave_unsure(f"golive cohort grow{opened.option}")) as interruption,
                calls.shown(screen, "Marking"),
            ):
                grown = grow_by(launch.marking(interruption).mark_many(line.strip() for line in waiting))
    if json_wanted:
        screen.document(document_of_growth(launch, document, grown).to_json())
    show_grown(screen, launch, census, grown)
    if grown.exits is Exit.DONE and note_growth(opened, document, launch.cohort.segment, practises_as):
        screen.say("[quiet]It stands in the log, for the gate; commit it.[/]")
    return int(grown.exits)
