"""What was under way when an earlier run ended: what it was, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.markup import escape

from config.results.plan import Unfinished
from golive.terminal.screen import Screen
from golive.wording.phrases import plain
from golive.wording.words import title_in
from provisioners.resource import ResourceName
from provisioners.run_file import SystemSettings
from provisioners.system import systems

FEW = 12
"""So many objects are told one by one."""

_BEGUN = {"create": "was being made", "update": "was being changed", "delete": "was being deleted"}


def show_unfinished(
    screen: Screen, items: Sequence[Unfinished], settings: Mapping[str, SystemSettings], option: str
) -> None:
    """What nobody knows yet. option: ` -e NAME` where it was said."""
    if not items:
        return
    screen.say("[change]An earlier run ended in the middle.[/] Whether this was still done is not known yet:")
    for write, word in _BEGUN.items():
        names = [ResourceName(each.system, each.kind, each.key, each.part) for each in items if each.write == write]
        for line in lines_of(word, names, settings):
            screen.say(f"  {escape(line)}")
    screen.say(f"  [quiet]`golive up{option}` looks it up before it does anything else.[/]\n")


def lines_of(word: str, names: Iterable[ResourceName], settings: Mapping[str, SystemSettings]) -> list[str]:
    """What is said of each object; where they are many, how many they are."""
    several = sorted(names)
    if len(several) > FEW:
        return [f"{len(several)} objects: {word}"]
    return [f"{_called(each, settings)}: {word}" for each in several]


def _called(named: ResourceName, settings: Mapping[str, SystemSettings]) -> str:
    """What people call an object, or a part of one."""
    known = settings.get(named.instance)
    product = systems()[known.type].title if known else named.instance
    part = f" ({plain(named.part.replace('/', ' '))})" if named.part else ""
    return f"{product}: {title_in(product, named.kind)} {named.key}{part}"
