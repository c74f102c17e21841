"""What only a person can do in a vendor's pages, as the page about that vendor tells it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """What only a person can do. steps: in the vendor's admin centre, one after the other. seen: what golive can see of
    it, as a sentence. items: what the gate asks about it."""

    what: str
    steps: tuple[str, ...]
    seen: str
    items: tuple[str, ...] = ()
