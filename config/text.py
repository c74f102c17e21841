"""Texts that people read: one string, a file, or one text per locale (grammar 28)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Discriminator, Field, StringConstraints, Tag

from config.model import Model, required

Locale = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
"""A language as helpdesks write it: `de`, `en-US`."""


class FileText(Model):
    """A text that stands in a file of its own, from the workspace's root."""

    file: str = required(description="Path from the workspace's root; `.md` becomes HTML where HTML is taken.")


LocaleTexts = Annotated[dict[Locale, str], Field(min_length=1)]


def _form(value: Any) -> str:
    if isinstance(value, FileText) or (isinstance(value, Mapping) and "file" in value):
        return "~file"
    return "~locales" if isinstance(value, Mapping) else "~plain"


Text = Annotated[
    Annotated[str, Tag("~plain")] | Annotated[FileText, Tag("~file")] | Annotated[LocaleTexts, Tag("~locales")],
    Discriminator(_form),
]
