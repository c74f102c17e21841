"""Who has what in which system, as people read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.markup import escape

from config.results.people import InSystem, PeopleDocument, PersonEntry
from config.words import counted
from golive.live.team import TEAM_ROLE
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
    screen.say()
    _show_verdict(screen, [each for person in document.people for each in person.systems], option)
    if declared:
        systems = {each.system for person in declared for each in person.systems}
        helpdesk = title(TEAM_ROLE) if TEAM_ROLE in systems else "the helpdesk"
        screen.say(
            "[quiet]Somebody leaves: write  active: false  below their key, then golive up: they cannot sign in to "
            f"{escape(helpdesk)} any more, and lose the permission sets, queues and user groups that the files gave "
            "them. golive takes nobody out of a channel, and switches off no user elsewhere; what of that is left to a "
            "person stands here then.[/]"
        )


def _show_verdict(screen: Screen, found: Sequence[InSystem], option: str) -> None:
    differ, by_hand = sum(each.differs_from_files for each in found), sum(len(each.by_hand) for each in found)
    waits = sum(bool(each.waits) for each in found)
    if differ:
        said = counted(differ, "difference")
        screen.say(f"[change]{said}[/] to the files, which golive up settles:  golive plan{option}")
    if by_hand:
        screen.say(f"[change]{counted(by_hand, 'thing')}[/] that only a person can settle, in the system named above.")
    if not (differ or by_hand):
        later = f"; {counted(waits, 'person', 'people')} {'is' if waits == 1 else 'are'} not invited" if waits else ""
        screen.say(f"[good]Everybody has what the files give them by now[/]{later}.")


def _show_system(screen: Screen, each: InSystem, title: str, width: int) -> None:
    name = escape(f"{title:<{width}}")
    if not each.there:
        wants = f"; the files give them {escape(', '.join(each.missing))}" if each.missing else ""
        waits = f"; {escape(each.waits)}" if each.waits else ""
        differs = f"  [change]{escape(each.differs)}[/]" if each.differs else ""
        screen.say(f"  {name}  [quiet]no user there{waits}{wants}[/]{differs}")
        _show_by_hand(screen, each, width)
        return
    has = f": {', '.join(each.has)}" if each.has else ""
    state = "" if each.active else "  [quiet]cannot sign in[/]"
    screen.say(f"  {name}  {escape(each.role)}{escape(has)}{state}")
    for word, names in (("is not in", each.missing), ("is also in", each.beyond)):
        if names:
            screen.say(f"  {'':<{width}}  [change]{word} {escape(', '.join(names))}[/]")
    if each.differs:
        screen.say(f"  {'':<{width}}  [change]{escape(each.differs)}[/]")
    _show_by_hand(screen, each, width)


def _show_by_hand(screen: Screen, each: InSystem, width: int) -> None:
    for task in each.by_hand:
        screen.say(f"  {'':<{width}}  [change]{escape(task)}[/]")


def _show_other(screen: Screen, person: PersonEntry) -> None:
    [there] = person.systems
    has = f": {', '.join(there.has)}" if there.has else ""
    state = "" if there.active else "  [quiet]cannot sign in[/]"
    screen.say(
        f"  {escape(person.name)}  [quiet]{escape(person.email)}[/]  {escape(there.role)}{escape(has)}{state}"
        f"  [quiet]{escape(there.page)}[/]"
    )
