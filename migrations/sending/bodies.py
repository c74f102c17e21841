"""Texts as the new helpdesk can take them: in pieces that are small enough, and without anything that acts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import nh3

MARK = "({number} of {many}; golive divided this, as it is longer than the helpdesk takes at once)"
_SPARE = 200
"""Bytes kept free for the mark."""


def pieces(text: str, largest: int) -> list[str]:
    """A text in pieces of so many bytes of UTF-8 at most, divided between paragraphs, lines or words where it can be.
    Together they are the whole text; where there are several, each says which one it is."""
    if len(text.encode("utf-8")) <= largest:
        return [text]
    parts = [*_divided(text, largest - _SPARE)]
    return [f"{MARK.format(number=number, many=len(parts))}\n\n{part}" for number, part in enumerate(parts, 1)]


def _divided(text: str, largest: int) -> Iterator[str]:
    rest = text
    while len(rest.encode("utf-8")) > largest:
        window = rest.encode("utf-8")[:largest].decode("utf-8", "ignore")
        place = len(window)
        for between in ("\n\n", "\n", " "):
            found = window.rfind(between, len(window) // 2)
            if found > 0:
                place = found + len(between)
                break
        yield rest[:place]
        rest = rest[place:]
    yield rest


_TAGS = frozenset(
    (
        "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4",
        "h5", "h6", "hr", "i", "img", "ins", "li", "ol", "p", "pre", "q", "s", "small", "span", "strike", "strong",
        "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul",
    )
)  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "width", "height"}, "td": {"colspan", "rowspan"}}


def safe_html(page: str, images: Mapping[str, str]) -> str:
    """A page without scripts, styles, forms or anything that loads from elsewhere.

    images: what the page names (`cid:…` or an address) → where the picture is now. A picture that is not among them
    becomes its description: it would tell its sender who reads it.
    """
    return cleaned_html(page, images.get)


def cleaned_html(page: str, picture: Callable[[str], str | None]) -> str:
    """A page without scripts, styles and forms. picture: where the one of an address is to be; None for nowhere."""

    def address(tag: str, attribute: str, value: str) -> str | None:
        return picture(value) if tag == "img" and attribute == "src" else value

    return nh3.clean(
        page,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=address,
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )
