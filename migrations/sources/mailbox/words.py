"""Words of mails as people read them: encodings that are said, not said, or wrong."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header

from migrations.sources.text import plain

_SPACE = re.compile(r"\s+")


def decoded(content: bytes, charset: str) -> tuple[str, str]:
    """The text, and what a person should know of its encoding; empty where all is as the mail says."""
    if charset:
        try:
            return content.decode(charset), ""
        except UnicodeDecodeError:
            said = f"it is not the {charset} that it says"
        except LookupError:
            said = f"it says {charset}, which nobody knows"
    else:
        said = "it says no encoding" if not content.isascii() else ""
    try:
        return content.decode("utf-8"), f"{said}; read as utf-8" if said else ""
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), f"{said or 'it is no utf-8'}; read as cp1252"


def header_text(said: object) -> str:
    """A header in one line, decoded; what cannot be decoded stays as it is."""
    text = str(said or "")
    if "=?" not in text and text.isascii():
        return _SPACE.sub(" ", text).strip()
    try:
        pieces = decode_header(text)
    except HeaderParseError:
        pieces = [(text, None)]
    found = ""
    for piece, charset in pieces:
        found += decoded(piece, charset or "")[0] if isinstance(piece, bytes) else piece
    return _SPACE.sub(" ", plain(readable(found))[0]).strip()


def readable(text: str) -> str:
    """A header's text, with letters for bytes that no header may have."""
    if text.isascii() or not any("\udc80" <= each <= "\udcff" for each in text):
        return text
    return decoded(text.encode("utf-8", "surrogateescape"), "")[0]
