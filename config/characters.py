"""Characters that nobody sees: they hide what a text says, or make a terminal do things."""

from __future__ import annotations

import re

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What is no text: everything of ASCII's and Latin-1's control characters but tabs and line breaks."""

HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Turns the direction of reading, or has no width. Joiners are none of these: scripts and emoji need them."""

_UNSEEN = re.compile(f"{CONTROL.pattern}|{HIDDEN.pattern}")


def code_of(character: str) -> str:
    """`U+202E`."""
    return f"U+{ord(character):04X}"


def visible(text: str) -> str:
    """The text with everything that nobody would see written out."""
    return _UNSEEN.sub(lambda found: f"<{code_of(found[0])}>", text)
