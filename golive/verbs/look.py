"""`golive look`: a health page of any account, without state or workspace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.markup import escape

from config.results.look import LookDocument
from golive.screens.look import heading, look_page, show
from golive.terminal.call_count import CallCount
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault, of_system
from golive.terminal.options import account_options, environment_option, json_option, screen_of
from golive.terminal.output import OutputFile, write_out
from golive.terminal.screen import Screen
from golive.workspace.connection import account_through, check_expected
from golive.workspace.looking import Target, environment_target, named_target
from provisioners.errors import SystemFault
from provisioners.snapshot import Snapshot
from provisioners.system import Connection


@click.command("look")
@environment_option
@account_options
@click.option("--html", "page", type=OutputFile(), help="Write one page for a browser.")
@click.option("--all", "everything", is_flag=True, help="Show every object of every finding, with its address.")
@click.option("--exit-code", is_flag=True, help="Leave with 7 when something serious was found.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    environment: str | None,
    url: str | None,
    type_: str,
    page: Path | None,
    everything: bool,
    exit_code: bool,
    json_wanted: bool,
    **said: Any,
) -> int:
    """A health page of a helpdesk: what is there, what is off, doubled, never reached, against rules of thumb.

    Reads lists only: no ticket, no customer. Writes nothing. Without --url it reads the helpdesk of an environment.

    Example:  golive look --url https://acme.zendesk.com --token env:ZENDESK_TOKEN --html acme.html
    """
    screen = screen_of(ctx, json_wanted)
    _check_together(ctx, environment, url, said)
    target = named_target(url, type_, said) if url else environment_target(ctx.obj["folder"], environment, screen)
    document = _read(target, screen)
    if page is not None:
        write_out(page, look_page(document))
    if json_wanted:
        screen.document(document.to_json())
    else:
        heading(screen, target, document)
        show(screen, document, everything=everything)
    if page is not None:
        screen.note(f"The page is in [head]{escape(str(page))}[/]: open it in a browser, print it, send it.")
    serious = bool(document.of_weight("serious"))
    return int(Exit.CHANGES if exit_code and serious else Exit.DONE)


def _check_together(ctx: click.Context, environment: str | None, url: str | None, said: Mapping[str, Any]) -> None:
    if url and environment:
        raise click.UsageError("-e names an environment's helpdesk and --url an account: say one of them.", ctx)
    given = [name for name, value in said.items() if value is not None]
    if given and not url:
        raise click.UsageError(f"--{given[0].replace('_', '-')} belongs to --url, which names the account.", ctx)


def _read(target: Target, screen: Screen) -> LookDocument:
    """Everything that a page needs. Raises Fault."""
    place = f"{target.instance} at {target.settings.url}"
    calls = CallCount()
    with calls.shown(screen, "Reading"):
        connection = Connection(
            target.instance, target.settings, read_only=True, report=calls.report, snapshot=Snapshot()
        )
        try:
            account = account_through(connection)
            check_expected(target.instance, account, target.expected, target.settings, place)
            document = target.system.look(connection, account)
        except SystemFault as fault:
            raise _said_here(of_system(fault, place), target) from fault
    if document is None:  # only a system of somebody else's that says so late
        raise Fault("no_look", f"There is no health page for {target.settings.type}.", exits=Exit.USAGE)
    ends = target.system.way_in(connection)
    if ends:
        screen.note(f"[change]{escape(ends)}[/]\n")
    return replace(document, calls=calls.made["call"])


def _said_here(fault: Fault, target: Target) -> Fault:
    """Without an environment file, it is the command line that has to be corrected."""
    if not target.environment:
        fault.do = fault.do.replace(f"`url:` of {target.instance} in the environment file", "the address after --url")
    return fault
