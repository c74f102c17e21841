"""Texts as they are compared: what no reader sees does not count."""

from __future__ import annotations

import html
import re
import unicodedata

from migrations.sources.page_text import text_of_html

_SPACE = re.compile(r"\s+")
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")


def normalised(text: str = "", page: str = "") -> str:
    """A text, or what is read on a page, without what differs on the way and that nobody sees: spaces and line ends,
    entities, invisible characters, and the form in which an accent is written."""
    said = text_of_html(page) if page else text
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", html.unescape(said)))
    return _SPACE.sub(" ", seen).strip()
