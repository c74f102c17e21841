"""Texts that people read: one string, a file, or one text per locale (grammar 28)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, BaseModel, Discriminator, Field, StringConstraints, Tag
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from config.document import LARGEST_FILE
from config.model import Model, leave, required

_LOCALE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
Locale = Annotated[str, StringConstraints(pattern=_LOCALE)]
"""A language as helpdesks write it: `de`, `en-US`."""


def is_locale(text: str) -> bool:
    """Whether a text has the form of a `Locale`."""
    return re.match(_LOCALE, text) is not None


class FileText(Model):
    """A text that stands in a file of its own, from the workspace's root."""

    file: str = required(description="Path from the workspace's root; `.md` becomes HTML where HTML is taken.")


def _form_in_language(value: Any) -> str:
    return "~file" if isinstance(value, FileText | Mapping) else "~plain"


LanguageText = Annotated[
    Annotated[str, Tag("~plain")] | Annotated[FileText, Tag("~file")], Discriminator(_form_in_language)
]
"""What a text says in one language: a string, or `{file: PATH}`."""
LocaleTexts = Annotated[dict[Locale, LanguageText], Field(min_length=1)]


def _form(value: Any) -> str:
    if isinstance(value, FileText) or (isinstance(value, Mapping) and "file" in value):
        return "~file"
    return "~locales" if isinstance(value, Mapping) else "~plain"


Text = Annotated[
    Annotated[str, Tag("~plain")] | Annotated[FileText, Tag("~file")] | Annotated[LocaleTexts, Tag("~locales")],
    Discriminator(_form),
]
"""One string in the default locale, `{file: PATH}`, or one of both per locale."""


def _one_language(text: str | FileText | dict[str, str | FileText]) -> str | FileText | dict[str, str | FileText]:
    if isinstance(text, dict):
        raise PydanticCustomError(
            "one_language",
            "this text cannot stand in several languages",
            {"hint": "Slack messages and internal notes are for the team: write one text."},
        )
    return text


OneText = Annotated[Text, AfterValidator(_one_language)]
"""A text that agents read, in one language."""


class Help(Model):
    """What the system itself shows about an object."""

    customers: Text | None = leave(description="Shown to customers beside the field or channel.")
    agents: str | None = leave(description="Shown to agents.")


def text_in_file(root: Path, name: str) -> str | None:
    """The text of a file of the workspace, however its lines end; None where it cannot be read, or leads outside."""
    inside = root.resolve()
    try:
        path = (inside / name).resolve()
        if path.is_relative_to(inside) and path.stat().st_size <= LARGEST_FILE:
            return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        pass
    return None


def texts_elsewhere(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every text in an object that is not one plain string: (path, `FileText` or the texts per locale)."""
    if isinstance(value, FileText):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            part = getattr(value, name)
            here = (*path, info.alias or name)
            if isinstance(part, dict) and _takes_text(info):
                yield here, part
            elif name not in ("allow", "vendor"):
                yield from texts_elsewhere(part, here)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from texts_elsewhere(part, (*path, str(key)))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from texts_elsewhere(part, (*path, index))


def file_texts_in(value: object) -> Iterator[tuple[tuple[str | int, ...], FileText]]:
    """Every text of an object that stands in a file, also for one language of several, with its place."""
    for path, text in texts_elsewhere(value):
        if isinstance(text, FileText):
            yield path, text
        else:
            yield from (((*path, locale), said) for locale, said in text.items() if isinstance(said, FileText))


def files_named_in(value: object) -> list[str]:
    """The files from which an object takes its texts, as it names them."""
    return [text.file for _, text in file_texts_in(value)]


def said_in(text: str | FileText, contents: Mapping[str, str]) -> str | None:
    """What a text of one language says; None where its file cannot be read. contents: files' texts by their names."""
    return contents.get(text.file) if isinstance(text, FileText) else text


def _takes_text(info: FieldInfo) -> bool:
    """Whether an attribute is declared as a `Text`, alone or beside null."""
    marks = [info.discriminator, *info.metadata]
    for annotation in get_args(info.annotation):
        marks += get_args(annotation)
    return any(isinstance(mark, Discriminator) and mark.discriminator is _form for mark in marks)
