"""Languages: ours are written `en-US`, the vendor's `en-us`; and texts in several of them (grammar 28)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.text import FileText, said_in
from provisioners.translation import Context
from provisioners.zendesk.translations.base import CannotSend
from provisioners.zendesk.translations.contents import default_language


def vendor_locale(locale: str) -> str:
    """What the vendor calls a language."""
    return locale.lower()


def our_locale(locale: str) -> str:
    """What files call a language: `pt-br` → `pt-BR`, `zh-hant` → `zh-Hant`."""
    language, *rest = locale.split("-")
    return "-".join([language.lower(), *(each.title() if len(each) == 4 else each.upper() for each in rest)])


def by_locale(text: Any, context: Context, *at: str) -> dict[str, str]:
    """Locale → text, the default one first. Raises CannotSend for a file that cannot be read."""
    default = default_language(context)
    if not isinstance(text, Mapping):
        return {default: _said(text, context, at)}
    first = {locale: said for locale, said in text.items() if locale == default}
    return {locale: _said(said, context, (*at, locale) if at else at) for locale, said in (first | dict(text)).items()}


def _said(text: str | FileText, context: Context, at: tuple[str, ...]) -> str:
    found = said_in(text, context.declared.contents)
    if found is None:
        file = text.file if isinstance(text, FileText) else text
        raise CannotSend(f"the file `{file}` cannot be read", "Write it, in UTF-8.", at)
    return found


def file_of(text: Any, locale: str) -> str:
    """The file in which a text stands in a language; "" for one in the YAML."""
    said = text.get(locale) if isinstance(text, Mapping) else text
    return said.file if isinstance(said, FileText) else ""


def said_by_locale(texts: Mapping[str, str]) -> str | dict[str, str]:
    """Texts by the vendor's locales as the YAML has them: one where all say the same."""
    if len(set(texts.values())) == 1:
        return next(iter(texts.values()))
    return {our_locale(locale): text for locale, text in texts.items()}
