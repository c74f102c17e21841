"""Texts of an object in any form of the grammar, and the dynamic content that those in several languages become
(grammar 28, 29, 42)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from config.declaration import Declared
from config.text import FileText, said_in
from provisioners.resource import Payload, Resource, Text
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import CannotSend, made
from provisioners.zendesk.translations.contents import (
    CONTENT,
    default_language,
    in_language,
    known_placeholder,
    placeholder_of_whole,
    untaken,
)
from provisioners.zendesk.translations.texts import compiled_text, declared_text

_PART = "content/"
"""With this begins the name of a part that is the dynamic content of one of the object's texts."""


def _part(attribute: str, number: int) -> str:
    """The part of an object's n-th text of that attribute, whatever stands between them."""
    return f"{_PART}{attribute}{f'_{number}' if number > 1 else ''}"


def content_payload(placeholder: str, name: str, texts: Mapping[str, str], context: Context) -> Payload:
    """The payload of dynamic content. texts: language → text with our placeholders."""
    return {
        "placeholder": placeholder,
        "name": name,
        "default_locale": default_language(context),
        "texts": {language: compiled_text(text, context, locale=language) for language, text in texts.items()},
    }


@dataclass
class Speech:
    """Compiles the texts of one object, each attribute's in the order in which they stand.

    resources: the dynamic content that they become, to be sent before the object. item: None where texts are only
    tried, so that they must be in one language.
    """

    context: Context
    item: Declared | None = None
    resources: list[Resource] = field(default_factory=list)
    _count: Counter[str] = field(default_factory=Counter)

    def text(self, said: Any, attribute: str, value_filter: str = "") -> str | Text:
        """What is sent for a text. Raises CannotSend."""
        self._count[attribute] += 1
        if isinstance(said, Mapping):
            return self._in_languages(said, attribute)
        return compiled_text(self.plain(said), self.context, value_filter)

    def plain(self, said: Any) -> str:
        """A text in one language, as it stands in the YAML or in its file. Raises CannotSend."""
        if isinstance(said, FileText):
            found = said_in(said, self.context.declared.contents)
            if found is None:
                raise CannotSend(f"the file {said.file} cannot be read", "Correct its path, or its encoding (UTF-8).")
            return found
        return str(said)

    def _in_languages(self, said: Mapping[str, str | FileText], attribute: str) -> str:
        if self.item is None:
            raise TypeError("a text in several languages belongs to an object")
        item, context = self.item, self.context
        part = _part(attribute, self._count[attribute])
        fresh = f"golive_{item.kind}_{item.value.was or item.key}_{part.removeprefix(_PART)}"
        placeholder = known_placeholder(item, context, part) or untaken(fresh, context)
        texts = {language: in_language(self.plain(text), language, context) for language, text in said.items()}
        payload = content_payload(placeholder, placeholder, texts, context)
        self.resources.append(made(item, context, CONTENT, payload, part=part, on_remove="delete"))
        return f"{{{{dc.{placeholder}}}}}"

    @property
    def needs(self) -> tuple[str, ...]:
        """Names of what must be there before the object: rules know dynamic content by its placeholder, not by id."""
        return tuple(each.name for each in self.resources)


@dataclass
class Hearing:
    """Reads the texts of one object back, in the order in which `Speech` compiled them.

    parts: the object's parts, by name.
    """

    names: Names
    parts: Mapping[str, tuple[str, Payload]] = field(default_factory=dict)
    _count: Counter[str] = field(default_factory=Counter)

    def text(self, sent: Any, attribute: str, value_filter: str = "") -> Any:
        """The text as the YAML has it: a map where it stands for one in several languages."""
        self._count[attribute] += 1
        part = self.parts.get(_part(attribute, self._count[attribute]))
        if part is not None and placeholder_of_whole(sent) == part[1]["placeholder"]:
            return {language: declared_text(text, self.names) for language, text in part[1]["texts"].items()}
        return declared_text(sent, self.names, value_filter)
