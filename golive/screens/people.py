"""Who has what in which system, as people read it."""

from __future__ import annotations

from collections.abc import Callable

from rich.markup import escape

from config.results.people import InSystem, PeopleDocument, PersonEntry
from config.words import counted
from golive.terminal.screen import Screen

Title = Callable[[str], str]
"""What people call the product behind a system."""


def show_people(screen: Screen, document: PeopleDocument, title: Title, option: str) -> None:
    """Everybody, system by system; what differs is marked."""
    declared = [each for each in document.people if each.key]
    others = [each for each in document.people if not each.key]
    width = max((len(title(each.system)) for person in document.people for each in person.systems), default=0)
    for person in declared:
        off = "" if person.active else "  [change]switched off in the files[/]"
        screen.say(
            f"[head]{escape(person.name)}[/]  [quiet]{escape(person.email)}  people/{person.key}  "
            f"{escape(person.where)}[/]{off}"
        )
        for each in person.systems:
            _show_system(screen, each, title(each.system), width)
    if others:
        screen.say(f"\nIn the team, not in these files: {counted(len(others), 'person', 'people')}")
        for person in others:
            _show_other(screen, person)
    for system, why in document.not_read.items():
        screen.say(f"[change]{escape(title(system))} was not read[/]: {escape(why)}")
    differ = sum(not each.is_settled for person in document.people for each in person.systems)
    screen.say()
    if differ:
        screen.say(f"[change]{counted(differ, 'difference')}[/] to the files:  golive plan{option}")
    else:
        screen.say("[good]Everybody has what the files give them.[/]")
    screen.say(
        "[quiet]Somebody leaves: write  active: false  below their key, then golive up: they cannot sign in to the "
        "helpdesk any more, and lose what the files gave them elsewhere.[/]"
    )


def _show_system(screen: Screen, each: InSystem, title: str, width: int) -> None:
    name = escape(f"{title:<{width}}")
    if not each.there:
        wants = f"; the files give them {escape(', '.join(each.missing))}" if each.missing else ""
        differs = f"  [change]{escape(each.differs)}[/]" if each.differs else ""
        screen.say(f"  {name}  [quiet]no user there{wants}[/]{differs}")
        return
    has = f": {', '.join(each.has)}" if each.has else ""
    state = "" if each.active else "  [quiet]cannot sign in[/]"
    screen.say(f"  {name}  {escape(each.role)}{escape(has)}{state}")
    for word, names in (("is not in", each.missing), ("is also in", each.beyond)):
        if names:
            screen.say(f"  {'':<{width}}  [change]{word} {escape(', '.join(names))}[/]")
    if each.differs:
        screen.say(f"  {'':<{width}}  [change]{escape(each.differs)}[/]")


def _show_other(screen: Screen, person: PersonEntry) -> None:
    [there] = person.systems
    has = f": {', '.join(there.has)}" if there.has else ""
    state = "" if there.active else "  [quiet]cannot sign in[/]"
    screen.say(
        f"  {escape(person.name)}  [quiet]{escape(person.email)}[/]  {escape(there.role)}{escape(has)}{state}"
        f"  [quiet]{escape(there.page)}[/]"
    )
