"""What this version checks but does not apply, and what depends on it.

A place either keeps its whole object from being sent (a text in several languages), or only itself
(`warn` of an SLA policy). Objects that refer to one that is not sent are not sent either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from config.declaration import Declaration, Declared
from config.document import Path_
from config.kinds import ALL_KINDS
from config.kinds.conditions import ClockCondition, DeadlineCondition
from config.references import references_of
from config.rules.placeholders import named_by
from config.text import FileText

_WEAK = {
    "trigger_categories": ("order",),
    "order": ("",),
    "sla_policies": ("warn", "breach"),
    "slack_channels": ("people",),
    "crm_access": ("people",),
    "crm_mapping": ("rows",),
}
"""Attributes whose references do not keep their object from being sent."""


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
        if kind in ("integrations", "help_center_categories", "help_center_sections", "articles", "order"):
            continue
        items = list(objects.values())
        if not ALL_KINDS[kind].applied:
            seen: set[str] = set()
            for item in items:
                if item.position.file not in seen:
                    seen.add(item.position.file)
                    count = sum(other.position.file == item.position.file for other in items)
                    many = f" ({count} objects)" if count > 1 else ""
                    yield NotApplied(item, (), f"{ALL_KINDS[kind].title}{many}", whole=True)
            continue
        for item in items:
            yield from _in_object(item)


def _in_object(item: Declared) -> Iterator[NotApplied]:
    for path, what in _texts(item.value, ()):
        yield NotApplied(item, path, what, whole=True)
    for name in ("warn", "breach"):
        if getattr(item.value, name, None) is not None:
            yield NotApplied(item, (name,), f"`{name}` of SLA policies", whole=False)
    if getattr(item.value, "rights", None):
        yield NotApplied(item, ("rights",), "roles with rights of their own", whole=True)
    if item.kind == "alerts":
        for index, condition in enumerate(item.value.when):
            if isinstance(condition, ClockCondition | DeadlineCondition):
                yield NotApplied(item, ("when", index), "alerts that wait for hours", whole=True)
    if item.kind == "ticket_fields" and item.value.type in ("lookup", "card"):
        yield NotApplied(item, ("type",), f"fields of type {item.value.type}", whole=True)


def _texts(value: object, path: Path_) -> Iterator[tuple[Path_, str]]:
    """Texts in files and texts per locale, wherever they stand in an object."""
    if isinstance(value, FileText):
        yield path, "texts in files"
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            part = getattr(value, name)
            here = (*path, info.alias or name)
            if isinstance(part, dict) and name in _TEXTS:
                yield here, "texts in several languages"
            elif name not in ("allow", "vendor"):
                yield from _texts(part, here)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, (*path, str(key)))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _texts(part, (*path, index))


_TEXTS = ("subject", "text", "name", "question", "when_closed", "customers", "title")
"""Attributes that are texts; `body` is one in mails, and a map in calls."""


def not_sent(declaration: Declaration) -> dict[tuple[str, str], str]:
    """(kind, key) of every object that this version does not send, with the reason for a person."""
    reasons: dict[tuple[str, str], str] = {}
    for item in declaration:
        if not ALL_KINDS[item.kind].applied:
            reasons[item.kind, item.key] = f"this version does not apply {ALL_KINDS[item.kind].title}s yet"
    for place in places_not_applied(declaration):
        if place.whole:
            reasons.setdefault((place.item.kind, place.item.key), f"this version does not apply {place.what} yet")
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
    weak = _WEAK.get(item.kind, ())
    for reference in references_of(item.value):
        if "" in weak or (reference.path and reference.path[0] in weak):
            continue
        named = reference.resolve()
        if named:
            yield named
    for _, kind, key in named_by(item):
        yield kind, key
