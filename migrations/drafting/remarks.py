"""What a draft cannot say stands beside it as a comment, a line each."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 300
"""Characters of one comment; the whole stands in the old tool, and in the profile."""


def comment(said: str, column: int = 0) -> str:
    """A comment of one line, whatever it is about."""
    words = " ".join("".join(each if each.isprintable() else " " for each in said).split())
    short = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
    return f"{' ' * column}# {short}\n"


def comments(lines: Iterable[str], column: int = 0) -> str:
    return "".join(comment(each, column) for each in lines)


def tidy(text: str) -> str:
    """A text that YAML shows in lines as it is read: plain line ends, and no spaces that nobody sees."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return "\n".join(line.expandtabs(4).rstrip() for line in plain.strip().split("\n"))
