"""The forms in which a gate can be printed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from config.results.gate import GateDocument
from golive.screen import Screen

Command = TypeVar("Command", bound=Callable[..., Any])
FORMS = ("text", "json")


def form_option(command: Command) -> Command:
    """`--format`."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(FORMS),
        default="text",
        show_default=True,
        help="What it is printed as.",
    )(command)


def print_form(screen: Screen, document: GateDocument, form: str, client: str) -> None:
    """The document on stdout in one of the forms."""
    if form == "json":
        screen.document(document.to_json())
        return
    sys.stdout.write("")
