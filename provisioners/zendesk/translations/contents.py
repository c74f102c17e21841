"""Dynamic content: how its placeholder is known, and what it holds in each language (grammar 28, 29)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from config.declaration import Declared
from config.text import said_in
from provisioners.translation import Context
from provisioners.zendesk.translations.base import CannotSend

CONTENT = "zendesk:DynamicContent"
KIND = "dynamic_content"
_WHOLE = re.compile(r"\s*\{\{\s*dc\.(?P<name>[^\s}|]+)\s*\}\}\s*")
_OURS = re.compile(r"\{\{-?\s*dc:(?P<key>[a-z][a-z0-9_]*)\s*-?\}\}")
DEFAULT = "en-US"


def default_language(context: Context) -> str:
    """The language of texts that name none."""
    company = context.declared.single("company")
    return str(company.default_locale) if company is not None else DEFAULT


def placeholder_of_whole(text: Any) -> str:
    """What stands behind `dc.` in a text that is nothing but a placeholder for dynamic content; "" for any other."""
    found = _WHOLE.fullmatch(str(text or ""))
    return found["name"] if found else ""


def known_placeholder(item: Declared, context: Context, part: str = "") -> str:
    """The placeholder under which an object's dynamic content was made, which never changes; "" for a new one."""
    keys = [item.key, *([item.value.was] if item.value.was else [])]
    names = [context.name(item.kind, key, part) for key in keys]
    known = next((context.known[name] for name in names if name in context.known), None)
    return str(known.payload.get("placeholder") or "") if known else ""


def untaken(wanted: str, context: Context) -> str:
    """A placeholder for a text whose object has none yet: another object, whose key was this one, may still have it."""
    taken = {str(known.payload.get("placeholder")) for known in context.known.values()}
    numbered = (f"{wanted}_{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(each for each in numbered if each not in taken)


def placeholder_of(key: str, context: Context) -> str:
    """What stands behind `dc.` for dynamic content that is declared under a key.

    One that is there already has the placeholder that the vendor makes of its name: small letters, and `_` for each run
    of other characters.
    """
    item = context.declared.get(KIND, key)
    if item is None:
        return key
    said = item.value.vendor.get("zendesk", {}).get("placeholder")
    if said:
        return str(said)
    if isinstance(item.value.existing, str):
        return re.sub(r"\W+", "_", item.value.existing.lower()).strip("_")
    return known_placeholder(item, context) or item.value.was or key


def text_in(item: Declared, language: str, context: Context) -> str:
    """What declared dynamic content says in a language, or else in the default one. Raises CannotSend."""
    said = item.value.text
    if isinstance(said, Mapping):
        said = said.get(language, said.get(default_language(context)))
        if said is None:
            raise CannotSend(f"`{item.key}` says nothing in {language}, and nothing in {default_language(context)}")
    content = said_in(said, context.declared.contents) if said is not None else None
    if content is None:
        raise CannotSend(f"what `{item.key}` says cannot be read", "Look whether its file is there.")
    return content


def in_language(text: str, language: str, context: Context, inside: tuple[str, ...] = ()) -> str:
    """A text of one language with the declared dynamic content put in, since the vendor puts none into another.

    inside: the keys of the dynamic content in which the text stands.
    """

    def put_in(found: re.Match[str]) -> str:
        if found["key"] in inside:
            circle = " → ".join((*inside, found["key"]))
            raise CannotSend(f"{found[0]} stands in itself: {circle}", "Write out what one of them says.")
        item = context.declared.get(KIND, found["key"])
        if item is None or item.value.existing:
            raise CannotSend(
                f"{found[0]} stands in a text in several languages, and what it says is not known here",
                "Declare its text under `dynamic_content`.",
            )
        said = text_in(item, language, context).rstrip("\n")
        return in_language(said, language, context, (*inside, found["key"]))

    return _OURS.sub(put_in, text)
