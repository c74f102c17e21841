"""That a way into a system stops by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class KeyEnd:
    """A way into a system that stops by itself, with the vendor's last day of it. why: whose rule that is. do: what to
    do instead. meanwhile: what makes it stop earlier."""

    day: date
    why: str
    do: str
    meanwhile: str = ""
