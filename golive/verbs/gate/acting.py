"""What verbs that note something in the log have in common: who acts, and that they mean it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.screen import Screen

Command = TypeVar("Command", bound=Callable[..., Any])


def acting_options(command: Command) -> Command:
    """Who acts, and whether they are asked."""
    played = click.option(
        "--as",
        "practises_as",
        default=None,
        metavar="KEY",
        help="In the sandbox only: act as somebody of the project's people, to practise.",
    )
    yes = click.option("--yes", is_flag=True, help="Agree beforehand; needs no terminal.")
    return played(yes(command))


def settled(screen: Screen, question: str, *, yes: bool) -> None:
    """Ask, unless that was agreed to beforehand. Raises Fault without a terminal, Abort on no."""
    if yes:
        return
    if not screen.can_ask:
        raise Fault(
            "not_asked",
            "Nobody can be asked here, so nothing was noted.",
            do="Agree beforehand:  --yes",
            exits=Exit.USAGE,
        )
    click.confirm(question, abort=True, err=True)
