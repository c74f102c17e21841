"""Formulas that join texts, as far as the stand-in computes them: `Owner.FirstName & " " & Owner.LastName`.

Any other formula gives nothing. An empty field counts as an empty text, as at the vendor; whether the vendor keeps
spaces at the ends is not written in its pages: here they go.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_PART = re.compile(r'\s*(?:"(?P<text>(?:\\.|[^"\\])*)"|(?P<path>[A-Za-z]\w*(?:\.[A-Za-z]\w*)*))\s*(?P<join>&|$)')


def joined(formula: str, value_of: Callable[[str], Any]) -> str | None:
    """What a formula of texts gives. value_of: the value at a path of the record."""
    found, at = "", 0
    while at < len(formula):
        part = _PART.match(formula, at)
        if part is None:
            return None
        if part["path"] is not None:
            value = value_of(part["path"])
            found += "" if value is None else str(value)
        else:
            found += re.sub(r"\\(.)", r"\1", part["text"])
        at = part.end()
    return found.strip() or None
