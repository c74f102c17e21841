"""What this version checks but does not apply, and what depends on it.

A place either keeps its whole object from being sent (a role with rights of its own), or only itself
(`warn` of an SLA policy). Objects that refer to one that is not sent are not sent either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from config.declaration import Declaration, Declared
from config.document import Path_
from config.kinds import ALL_KINDS
from config.placeholders import named_by
from config.references import references_of


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
        items = list(objects.values())
        if not ALL_KINDS[kind].applied:
            items = [item for item in items if not item.value.by_hand]  # a person does it, whatever we can do
            seen: set[str] = set()
            for item in items:
                if item.position.file not in seen:
                    seen.add(item.position.file)
                    count = sum(other.position.file == item.position.file for other in items)
                    many = f" ({count} objects)" if count > 1 else ""
                    yield NotApplied(item, (), f"`{kind}`{many}", whole=True)
            continue


def _in_integrations(item: Declared) -> Iterator[NotApplied]:
    if item.value.engineering is not None:
        yield NotApplied(item, ("engineering",), "the integration with engineering", whole=False)
    if item.value.crm and item.value.crm.completeness is not None:
        yield NotApplied(item, ("crm", "completeness"), "the check of completeness", whole=False)


def not_sent(declaration: Declaration) -> dict[tuple[str, str], str]:
    """(kind, key) of every object that this version does not send, with the reason for a person."""
    reasons: dict[tuple[str, str], str] = {}
    for item in declaration:
        if not ALL_KINDS[item.kind].applied:
            reasons[item.kind, item.key] = f"this version does not apply {ALL_KINDS[item.kind].plural} yet"
    for place in places_not_applied(declaration):
        if place.whole:
            reasons.setdefault((place.item.kind, place.item.key), f"{place.what} is not applied by this version")
    grown = True
    while grown:
        grown = False
        for item in declaration:
            if (item.kind, item.key) in reasons or item.kind in ("integrations", "help_center"):
                continue
            for kind, key in needs(item):
                if (kind, key) in reasons:
                    reasons[item.kind, item.key] = f"it needs the {ALL_KINDS[kind].title} `{key}`, which is not sent"
                    grown = True
                    break
    return reasons


def needs(item: Declared) -> Iterator[tuple[str, str]]:
    """(kind, key) of every object without which this one cannot be sent."""
    for reference in references_of(item.value):
        if item.value.does_without(reference.path):
            continue
        named = reference.resolve()
        if named:
            yield named
    for _, kind, key in named_by(item):
        yield kind, key
