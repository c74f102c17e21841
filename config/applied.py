"""What this version checks but does not apply: a whole kind, of which nothing is sent.

No kind that is sent names one that is not, so nothing else stays behind for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from config.declaration import Declaration, Declared
from config.kinds import ALL_KINDS


@dataclass(frozen=True)
class NotApplied:
    """The first object of a kind in one file, and what is said of them all."""

    item: Declared
    what: str


def places_not_applied(declaration: Declaration) -> Iterator[NotApplied]:
    """One place for each file, in the order of the files' kinds."""
    for kind, objects in declaration.objects.items():
        if ALL_KINDS[kind].applied or kind in _PARTS:
            continue
        items = [item for item in objects.values() if not item.value.by_hand]  # a person does it, whatever we can do
        seen: set[str] = set()
        for item in items:
            if item.position.file not in seen:
                seen.add(item.position.file)
                count = sum(other.position.file == item.position.file for other in items)
                many = f" ({count} objects)" if count > 1 else ""
                yield NotApplied(item, f"`{kind}`{many}")


_PARTS = ("integrations", "help_center", "order")
"""Kinds of which the objects below are what is applied."""


def not_sent(declaration: Declaration) -> dict[tuple[str, str], str]:
    """(kind, key) of every object that this version does not send, with the reason for a person."""
    return {
        (item.kind, item.key): f"this version does not apply {ALL_KINDS[item.kind].plural} yet"
        for item in declaration
        if not ALL_KINDS[item.kind].applied
    }
