"""What this version checks but does not apply: a whole kind, of which nothing is sent, or a part of an object.

No kind that is sent names one that is not, so nothing else stays behind for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from config.declaration import Declaration, Declared
from config.document import Path_
from config.kinds import ALL_KINDS


@dataclass(frozen=True)
class NotApplied:
    """One place. `whole`: the object is not sent; otherwise only this part of it."""

    item: Declared
    path: Path_
    what: str
    whole: bool

    @property
    def consequence(self) -> str:
        return "The object is not sent." if self.whole else "The rest of the object is sent."


def places_not_applied(declaration: Declaration) -> Iterator[NotApplied]:
    """Every place, in the order of the files' kinds; a whole kind is one place per file."""
    for kind, objects in declaration.objects.items():
        if kind in ("help_center", "order"):
            continue
        if kind == "integrations":
            yield from _in_integrations(objects[kind])
            continue
        if ALL_KINDS[kind].applied:
            continue
        items = [item for item in objects.values() if not item.value.by_hand]  # a person does it, whatever we can do
        seen: set[str] = set()
        for item in items:
            if item.position.file not in seen:
                seen.add(item.position.file)
                count = sum(other.position.file == item.position.file for other in items)
                many = f" ({count} objects)" if count > 1 else ""
                yield NotApplied(item, (), f"`{kind}`{many}", whole=True)


def _in_integrations(item: Declared) -> Iterator[NotApplied]:
    if item.value.crm and item.value.crm.completeness is not None:
        yield NotApplied(item, ("crm", "completeness"), "the check of completeness", whole=False)


def not_sent(declaration: Declaration) -> dict[tuple[str, str], str]:
    """(kind, key) of every object that this version does not send, with the reason for a person."""
    return {
        (item.kind, item.key): f"this version does not apply {ALL_KINDS[item.kind].plural} yet"
        for item in declaration
        if not ALL_KINDS[item.kind].applied
    }
