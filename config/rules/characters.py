"""Texts hold nothing that nobody sees."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from config.characters import CONTROL, HIDDEN, code_of
from config.document import Path_
from config.findings import Finding
from config.rules.rule import Rule
from config.rules.scope import Scope

CATALOGUE = (
    Rule(
        "texts.control",
        "error",
        "A text holds a control character.",
        "No system shows it, and it can do things to screens.",
        "Remove it.",
        excused=True,
    ),
    Rule(
        "texts.hidden",
        "warning",
        "A text holds a character that nobody sees.",
        "It can make a text read like another one.",
        "Remove it, unless the language needs it.",
    ),
)


def check(scope: Scope) -> Iterator[Finding]:
    for item in scope.declaration:
        if item.kind in ("integrations", "help_center"):
            continue  # what stands below them is looked at by itself
        for path, text in _texts(item.value, ()):
            control, hidden = CONTROL.search(text), HIDDEN.search(text)
            if control:
                yield item.finding(
                    "texts.control", "error", path, f"this text holds the control character {code_of(control[0])}",
                    "Remove it: no system shows it, and it can do things to the screens of those who read it.",
                )  # fmt: skip
            elif hidden:
                yield item.finding(
                    "texts.hidden", "warning", path, f"this text holds {code_of(hidden[0])}, which nobody sees",
                    "Remove it, unless the language needs it: it can make a text read like another one.",
                )  # fmt: skip


def _texts(value: object, path: Path_) -> Iterator[tuple[Path_, str]]:
    """Every string in an object with its place."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            yield from _texts(getattr(value, name), (*path, info.alias or name))
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, (*path, str(key)))
    elif isinstance(value, (list, tuple)):
        for index, part in enumerate(value):
            yield from _texts(part, (*path, index))
