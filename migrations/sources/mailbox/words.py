"""Words of mails as people read them: encodings that are said, not said, or wrong."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header
from html.parser import HTMLParser

from migrations.sources.text import plain

_SPACE = re.compile(r"\s+")
_BLOCKS = frozenset(("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "table", "ul", "ol", "blockquote", "pre"))
_UNSEEN = frozenset(("script", "style", "head", "title", "template"))


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
    if any("\udc80" <= each <= "\udcff" for each in found):  # bytes that no header may have
        found = decoded(found.encode("ascii", "surrogateescape"), "")[0]
    return _SPACE.sub(" ", plain(found)[0]).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BLOCKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(_SPACE.sub(" ", data))


def text_of_html(page: str) -> str:
    """What somebody would read on a page."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    lines = (line.strip() for line in "".join(reader.found).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
