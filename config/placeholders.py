"""Placeholders in texts: what golive itself replaces, and what they name (grammar 29)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from config.declaration import Declared
from config.document import Path_

PLACEHOLDER = re.compile(
    r"\{\{-?\s*(?:(?P<owner>ticket|organization|requester)\.fields\.(?P<field>[A-Za-z0-9_]+)(?P<part>\.[^\s|}-]*)?"
    r"|(?P<kind>dc|article):(?P<key>[A-Za-z0-9_-]+))(?P<rest>[^}]*)\}\}"
)
"""What golive itself replaces; all other Liquid passes to the helpdesk."""

TARGETS = {
    "ticket": "ticket_fields",
    "organization": "customer_fields",
    "requester": "customer_fields",
    "dc": "dynamic_content",
    "article": "articles",
}
"""A placeholder's first word → the kind whose keys it names."""


def placeholders_in(text: str) -> Iterator[tuple[str, str]]:
    """(kind, key) of every object that a text's placeholders name."""
    for found in PLACEHOLDER.finditer(text):
        yield TARGETS[found["owner"] or found["kind"]], found["field"] or found["key"]


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
