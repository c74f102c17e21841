"""What became of a trial, of a channel or of an alert, as people see it."""

from __future__ import annotations

from collections.abc import Mapping

from rich.markup import escape

from golive.terminal.screen import Screen

_STYLE = {"pass": "good", "warn": "change", "fail": "danger", "skipped": "quiet"}


def show_trial(
    screen: Screen, words: Mapping[str, str], result: str, key: str, said: str, left: str, name: str = ""
) -> None:
    """The result in one word or two, what was tried, what was seen, and what could not be taken away. words: result →
    how it is called here."""
    screen.say(f"  [{_STYLE[result]}]{words[result]}[/]  [head]{escape(key)}[/] {escape(name)}".rstrip())
    screen.say(f"      {escape(said)}")
    if left:
        screen.say(f"      [change]Left there:[/] {escape(left)}")
