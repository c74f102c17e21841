"""Options that several verbs share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from golive.screen import Screen

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
