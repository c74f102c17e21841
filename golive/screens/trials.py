"""What became of a trial, of a channel or of an alert, as people see it."""

from __future__ import annotations

from collections.abc import Mapping

from rich.markup import escape

from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.screen import Screen

_STYLE = {"pass": "good", "warn": "change", "fail": "danger", "skipped": "quiet"}


def cancelled(screen: Screen, tried: int, meant: int) -> Fault:
    """Say that trials were stopped, and give that as the verb's end. tried, meant: how many of how many."""
    fault = Fault(
        "cancelled",
        "Cancelled.",
        why=f"Tried before that: {tried} of {meant}.",
        do="Run the same command again.",
        exits=Exit.CANCELLED,
    )
    screen.say(f"\n[change]{fault.what}[/] {fault.why} {fault.do}")
    return fault


def show_trial(
    screen: Screen, words: Mapping[str, str], result: str, key: str, said: str, left: str, name: str = ""
) -> None:
    """The result in one word or two, what was tried, what was seen, and what could not be taken away. words: result →
    how it is called here."""
    screen.say(f"  [{_STYLE[result]}]{words[result]}[/]  [head]{escape(key)}[/] {escape(name)}".rstrip())
    screen.say(f"      {escape(said)}")
    if left:
        screen.say(f"      [change]Left there:[/] {escape(left)}")
