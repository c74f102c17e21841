"""The two streams: results on stdout, everything else on stderr."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from rich.console import Console
from rich.text import Text
from rich.theme import Theme

from config.characters import visible
from golive.terminal.inert import in_actions, inert
from golive.terminal.masking import masked, masked_document

Colour = Literal["auto", "always", "never"]

_START = re.compile(r"\s*(?:[-+~±·] +)?")
"""What stands before a line's first word."""
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

    def say(self, text: str = "", hang: int = 0) -> None:
        """A line of the result; with `--json` it goes to stderr instead of being lost. hang: the column in which a line
        goes on that is too long for the terminal; otherwise that of its first word."""
        _print(self.notes if self.json_wanted else self.out, text, hang)

    def note(self, text: str = "") -> None:
        """A line beside the result."""
        _print(self.notes, text)

    @contextmanager
    def waiting(self, text: str) -> Iterator[None]:
        """Say what is waited for, on a terminal only, as long as the block takes."""
        if not self.notes.is_terminal:
            yield
            return
        with self.notes.status(text):
            yield

    def document(self, data: dict[str, Any]) -> None:
        """The one JSON document. It is kept and sent on, and so says no secret that stands where none belongs."""
        sys.stdout.write(json.dumps(masked_document(data), indent=2, ensure_ascii=False) + "\n")

    @property
    def can_ask(self) -> bool:
        """Whether a person sits at both ends."""
        return sys.stdin.isatty() and self.notes.is_terminal


def _print(console: Console, text: str, hang: int = 0) -> None:
    """Only a terminal wraps lines, and indents what goes on like what it belongs to; in files and pipes each stays
    whole, so that it can be searched. What a client or a vendor has called something cannot do things to a screen, and
    what looks like a secret is not repeated: a screen is often a log that many can read."""
    text = visible(text)
    if not console.is_terminal:
        with console.capture() as printed:
            console.print(text, soft_wrap=True)
        said = masked(printed.get())
        console.file.write(inert(said) if in_actions() else said)
        return
    shown = console.render_str(text, highlight=False)
    said = masked(shown.plain)
    for line in (shown if said == shown.plain else Text(said)).split(allow_blank=True):
        console.print(_hanging(line, console, hang))


def _hanging(line: Text, console: Console, hang: int) -> Text:
    """A line that is wrapped at the edge, what goes on standing under its first word."""
    found = _START.match(line.plain)
    indent = hang or (found.end() if found else 0)
    if line.cell_len <= console.width or indent > console.width // 2:
        return line
    head, rest = line.divide([indent])
    wrapped = rest.wrap(console, console.width - indent)
    for piece in wrapped:
        piece.rstrip()
    return Text.assemble(head, Text(f"\n{' ' * indent}").join(wrapped))


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
