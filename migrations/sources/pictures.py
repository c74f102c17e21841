"""Pictures that a text shows by a link."""

from __future__ import annotations

import html
from collections.abc import Callable
from html.parser import HTMLParser

MOST = 100
"""Pictures of one text."""


class _Pictures(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        source = dict(attrs).get("src") if tag == "img" else None
        if source:
            self.found.setdefault(source)


def pictures(page: str, is_wanted: Callable[[str], bool] = lambda _: True) -> list[str]:
    """The links of a page's pictures that are wanted, each once, in their order; not more than `MOST`."""
    if "<img" not in page.lower():
        return []
    reader = _Pictures()
    reader.feed(page)
    reader.close()
    return [each for each in reader.found if is_wanted(each)][:MOST]


def shown_by(page: str, link: str, name: str) -> str:
    """A page that shows a picture by another name instead of its link."""
    for written in (html.escape(link), html.escape(link, quote=False), link):
        page = page.replace(f'"{written}"', f'"{name}"').replace(f"'{written}'", f"'{name}'")
    return page
