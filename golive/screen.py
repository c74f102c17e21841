"""The two streams: results on stdout, everything else on stderr."""

from __future__ import annotations

import json
import os
import sys
from typing import Any, Literal

from rich.console import Console
from rich.theme import Theme

Colour = Literal["auto", "always", "never"]

_THEME = Theme(
    {
        "head": "bold",
        "quiet": "dim",
        "add": "green",
        "change": "yellow",
        "remove": "red",
        "danger": "bold red",
        "good": "green",
        "place": "cyan",
    }
)


class Screen:
    """Where a verb writes. With `json` nothing but one document goes to stdout."""

    def __init__(self, colour: Colour = "auto", json_wanted: bool = False) -> None:
        self.json_wanted = json_wanted
        self.out = _console(colour, stderr=False)
        self.notes = _console(colour, stderr=True)

    def say(self, text: str = "") -> None:
        """A line of the result; with `--json` it goes to stderr instead of being lost."""
        _print(self.notes if self.json_wanted else self.out, text)

    def note(self, text: str = "") -> None:
        """A line beside the result."""
        _print(self.notes, text)

    def document(self, data: dict[str, Any]) -> None:
        """The one JSON document."""
        sys.stdout.write(json.dumps(data, indent=2, ensure_ascii=False) + "\n")

    @property
    def can_ask(self) -> bool:
        """Whether a person sits at both ends."""
        return sys.stdin.isatty() and self.notes.is_terminal


def _print(console: Console, text: str) -> None:
    """Only a terminal wraps lines; in files and pipes each stays whole, so that it can be searched."""
    console.print(text, soft_wrap=not console.is_terminal)


def _console(colour: Colour, stderr: bool) -> Console:
    plain = colour == "never" or (colour == "auto" and bool(os.environ.get("NO_COLOR")))
    return Console(
        stderr=stderr,
        theme=_THEME,
        force_terminal=True if colour == "always" else None,
        no_color=plain,
        highlight=False,
        emoji=False,
    )
