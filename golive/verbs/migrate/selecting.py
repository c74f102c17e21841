"""Options that say which part of the tickets is meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from migrations.sending.selection import Selection

Command = TypeVar("Command", bound=Callable[..., Any])


class Share(click.ParamType[float]):
    """`5%`: a share of all, from above 0 to 1."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        if isinstance(value, float):
            return value
        said = str(value).strip()
        try:
            share = float(said.removesuffix("%")) / 100 if said.endswith("%") else -1.0
        except ValueError:
            share = -1.0
        if not 0 < share <= 1:
            self.fail(f"`{said}` is no share: write it as 5%.", param, ctx)
        return share


def selection_options(command: Command) -> Command:
    limit = click.option(
        "--limit", type=click.IntRange(min=1), default=None, metavar="N", help="So many tickets at most: a trial."
    )
    sample = click.option(
        "--sample",
        type=Share(),
        default="100%",
        metavar="SHARE",
        help="Such a share of the tickets, always the same: 5%.",
    )
    return limit(sample(command))


def selection_of(limit: int | None, sample: float) -> Selection:
    return Selection(limit or 0, sample)
