"""Placeholders in texts name what is there (grammar 29)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from config.declaration import Declared
from config.document import Path_
from config.findings import Finding
from config.rules.scope import Scope

PLACEHOLDER = re.compile(
    r"\{\{\s*(?:(?P<owner>ticket|organization|requester)\.fields\.(?P<field>[A-Za-z0-9_]+)"
    r"|(?P<kind>dc|article):(?P<key>[A-Za-z0-9_-]+))(?P<rest>[^}]*)\}\}"
)
"""What golive itself replaces; all other Liquid passes to the helpdesk."""

_TARGETS = {
    "ticket": "ticket_fields",
    "organization": "customer_fields",
    "requester": "customer_fields",
    "dc": "dynamic_content",
    "article": "articles",
}
_KINDS = ("triggers", "automations", "macros", "alerts", "dynamic_content")


def check(scope: Scope) -> Iterator[Finding]:
    for kind in _KINDS:
        for item in scope.declaration.of(kind).values():
            for path, text in texts_of(item.value):
                yield from _liquid(item, path, text)
                for target, key in placeholders_in(text):
                    if not scope.knows(target, key):
                        yield item.finding(
                            "placeholders.unknown", "error", path,
                            f"a placeholder names `{key}`, which is not among the {target.replace('_', ' ')}",
                            scope.nearest(target, key),
                        )  # fmt: skip


def placeholders_in(text: str) -> Iterator[tuple[str, str]]:
    """(kind, key) of every object that a text's placeholders name."""
    for found in PLACEHOLDER.finditer(text):
        yield _TARGETS[found["owner"] or found["kind"]], found["field"] or found["key"]


def named_by(item: Declared) -> Iterator[tuple[Path_, str, str]]:
    """(path, kind, key) of every object that an object's texts name."""
    for path, text in texts_of(item.value):
        for kind, key in placeholders_in(text):
            yield path, kind, key


def texts_of(value: object, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Every text inside a model, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            if name not in ("why", "allow"):
                yield from texts_of(getattr(value, name), (*path, info.alias or name))
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from texts_of(part, (*path, str(key)))
    elif isinstance(value, list | tuple):
        for index, part in enumerate(value):
            yield from texts_of(part, (*path, index))


def _liquid(item: Declared, path: Path_, text: str) -> Iterator[Finding]:
    for opening, closing, what in (("{{", "}}", "placeholder"), ("{%", "%}", "Liquid tag")):
        if text.count(opening) != text.count(closing):
            yield item.finding(
                "placeholders.syntax", "error", path,
                f"a {what} is not closed: {text.count(opening)} × `{opening}` and {text.count(closing)} × `{closing}`",
                f"Each `{opening}` needs its `{closing}`.",
            )  # fmt: skip
