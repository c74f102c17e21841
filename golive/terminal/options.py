"""Options that several verbs share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from golive.terminal.screen import Screen

Command = TypeVar("Command", bound=Callable[..., Any])


def environment_option(command: Command) -> Command:
    return click.option(
        "-e",
        "--environment",
        default=None,
        metavar="NAME",
        help="The environment; `sandbox` unless said otherwise, never production by itself.",
    )(command)


def json_option(command: Command) -> Command:
    return click.option("--json", "json_wanted", is_flag=True, help="Print one JSON document on stdout.")(command)


def agreement_options(command: Command) -> Command:
    """How somebody agrees without being asked."""
    yes = click.option("--yes", is_flag=True, help="Agree beforehand; needs no terminal.")
    client = click.option("--client", default=None, metavar="NAME", help="With --yes in production: the client's name.")
    return yes(client(command))


def practising_option(command: Command) -> Command:
    """As whom somebody practises."""
    return click.option(
        "--as", "practises_as", default=None, metavar="KEY", help="In the sandbox only: act as somebody else."
    )(command)


def reach_options(command: Command) -> Command:
    """How many people and records a run may reach at most."""
    mail = click.option(
        "--mail",
        type=click.IntRange(min=0),
        default=0,
        help="How many mails this run may cause: invitations, verifications, tickets that rules mail about at once.",
    )
    records = click.option(
        "--delete-records",
        type=click.IntRange(min=0),
        default=0,
        help="How many tickets or other records may be deleted for good: by deletion schedules that begin with this "
        "run, or with fields and objects of the CRM.",
    )
    return mail(records(command))


def switch_on_option(command: Command) -> Command:
    return click.option(
        "--switch-on",
        type=click.IntRange(min=0),
        default=0,
        help="How many objects that were switched off with `golive off` are switched on again.",
    )(command)


def screen_of(ctx: click.Context, json_wanted: bool = False) -> Screen:
    """The screen that the global options ask for."""
    return Screen(ctx.obj["colour"], json_wanted)


def account_options(command: Command) -> Command:
    """What names an account on the command line, without a workspace."""
    for option in reversed(_ACCOUNT):
        command = option(command)
    return command


_ACCOUNT = (
    click.option("--url", metavar="ADDRESS", help="The account, such as https://acme.zendesk.com; needs no workspace."),
    click.option("--token", metavar="env:NAME", help="The variable that holds the token."),
    click.option("--user", metavar="MAIL", help="Whose API token it is, where it is one."),
    click.option("--client-id", metavar="ID", help="Instead of a token: the OAuth client …"),
    click.option("--client-secret", metavar="env:NAME", help="… the variable with its secret …"),
    click.option("--refresh-token", metavar="env:NAME", help="… and, for a person, the first refresh token."),
    click.option("--type", "type_", default="zendesk", show_default=True, metavar="NAME", help="Which product it is."),
    click.option("--calls-per-minute", type=click.IntRange(min=1), help="golive's own ceiling, for a busy account."),
)
