"""Text that every system takes."""

from __future__ import annotations

import re

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Characters that no text has."""


def plain(text: str) -> tuple[str, bool]:
    """A text without characters that no system takes, line ends as `\\n`; and whether there were such."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    cleaned, number = CONTROL.subn("", text)
    cleaned = cleaned.encode("utf-8", "replace").decode("utf-8")  # halves of characters
    return cleaned, bool(number)
