"""What is said of an object that is switched by hand."""

from __future__ import annotations

from rich.markup import escape

from config.results.switch import SwitchDocument, SwitchResult
from golive.screen import Screen
from golive.switching import Switching
from stacks.state import payloads
from stacks.switches import SwitchedOff

REPLACED = "replaces"
"""The part of a rule that is the vendor's own, which ours has put out of action."""


def say_object(screen: Screen, one: Switching) -> None:
    """Which object it is, and how it is now."""
    name = f"  {escape(one.side.label)}" if one.side.label else ""
    screen.say(f"{escape(one.title)}: {escape(one.said)}{name}  [place]{escape(one.page)}[/]")
    screen.say(f"  is {'on' if one.is_on else 'off'} now")
    rest = str(one.name._replace(part=REPLACED))
    if one.is_on and rest in payloads(one.state):
        label = payloads(one.state)[rest].label
        screen.say(f"  [change]The vendor's own “{escape(label)}”, which it replaces, stays off, too.[/]")


def say_done(screen: Screen, one: Switching, seconds: float, *, sends: bool, on: bool) -> None:
    """That it is done, and what it took."""
    calls = (
        f"{one.calls} call{'s' if one.calls != 1 else ''} to {one.title}, {'one' if sends else 'none'} of them writing"
    )
    screen.say(f"\n[good]{_word(sends=sends, on=on)}[/] [quiet]({escape(calls)}; {seconds:.1f} s)[/]")


def _word(*, sends: bool, on: bool) -> str:
    return ("On." if on else "Off.") if sends else "Noted."


def document_of(
    one: Switching,
    note: SwitchedOff | None,
    result: SwitchResult,
    seconds: float,
    run: int | None,
    *,
    on: bool,
) -> SwitchDocument:
    """The one JSON document."""
    system, kind, key = one.name.object
    said = note or SwitchedOff("")
    return SwitchDocument(
        "golive/on/1" if on else "golive/off/1",
        one.opened.environment_name,
        system,
        kind,
        key,
        one.side.label,
        one.side.id,
        one.page,
        result,
        one.is_on,
        said.since,
        said.by,
        said.why,
        {system: one.calls},
        round(seconds, 2),
        run,
    )
