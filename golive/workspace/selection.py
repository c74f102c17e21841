"""`--only` and `--exclude`: which systems, kinds and objects a run is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeVar

import click

from config.kinds import ALL_KINDS, kind_path
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from provisioners.resource import ResourceName
from provisioners.run_file import SystemSettings

Command = TypeVar("Command", bound=Callable[..., Any])


def selection_options(command: Command) -> Command:
    """`--only` and `--exclude`, each as often as wanted."""
    form = "SYSTEM, KIND or KIND/KEY"
    only = click.option("--only", multiple=True, metavar="WHAT", help=f"Nothing but this: {form}; may be repeated.")
    exclude = click.option("--exclude", multiple=True, metavar="WHAT", help=f"All but this: {form}; may be repeated.")
    return only(exclude(command))


@dataclass(frozen=True)
class Selection:
    """What a person has chosen. Each entry is a system (`helpdesk` or `zendesk`), a kind (`triggers`), an object
    (`triggers/p1`), the word under which several kinds stand (`help_center`), or one of these in a system
    (`helpdesk/triggers`)."""

    only: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    products: tuple[tuple[str, str], ...] = ()
    """Instance and the product behind it, such as `helpdesk` and `zendesk`."""

    @property
    def is_everything(self) -> bool:
        return not (self.only or self.exclude)

    def includes(self, named: ResourceName) -> bool:
        """Whether a run is about an object. What golive makes by itself goes with its kind."""
        names = self._names(named)
        return (not self.only or not names.isdisjoint(self.only)) and names.isdisjoint(self.exclude)

    def _names(self, named: ResourceName) -> set[str]:
        systems = {named.instance, dict(self.products).get(named.instance, named.instance)}
        inside = {named.kind, named.address, kind_path(named.kind)[0]}
        return systems | inside | {f"{system}/{each}" for system in systems for each in inside}

    @property
    def options(self) -> str:
        """` --only X --exclude Y`, as it was said, for the next commands that people are told."""
        said = [*(f" --only {each}" for each in self.only), *(f" --exclude {each}" for each in self.exclude)]
        return "".join(said)

    def __str__(self) -> str:
        only = f"only {', '.join(self.only)}" if self.only else "everything"
        return f"{only} but {', '.join(self.exclude)}" if self.exclude else only


def selection_of(
    only: Iterable[str],
    exclude: Iterable[str],
    settings: Mapping[str, SystemSettings],
    objects: Iterable[tuple[str, str]],
) -> Selection:
    """The selection. objects: kind and key of all that is declared or in the state. Raises Fault for what is none."""
    products = tuple((instance, each.type) for instance, each in settings.items())
    found = Selection(tuple(only), tuple(exclude), products)
    known = {*ALL_KINDS, *(f"{kind}/{key}" for kind, key in objects)}
    systems = {name for pair in products for name in pair}
    everything = known | systems | {f"{system}/{each}" for system in systems for each in known}
    for each in (*found.only, *found.exclude):
        if each not in everything:
            near = get_close_matches(each, everything, n=1)
            raise Fault(
                "selection",
                f"Nothing is called `{each}`.",
                why="--only and --exclude name a system, a kind or an object, such as helpdesk, triggers, triggers/p1.",
                do=f"Did you mean `{near[0]}`?" if near else f"The systems here: {', '.join(settings)}.",
                exits=Exit.USAGE,
            )
    return found
