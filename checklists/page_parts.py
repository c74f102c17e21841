"""What stands in a page's HTML, without running its scripts: where it links to, what it loads, where one can write."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

TAG_MANAGERS = ("googletagmanager.com/gtm.js", "tags.tiqcdn.com", "assets.adobedtm.com", "cdn.segment.com", "piwik.pro")
"""What stands in the address of scripts that load others which no reader of the HTML sees; ours, not complete."""
_WRITTEN_IN = ("textarea",)


@dataclass
class PageParts:
    """links: whole addresses of `<a>`. loads: addresses of scripts and frames. scripts: what stands inside `<script>`.
    can_be_written: whether there is a form with room for a message."""

    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    can_be_written: bool = False

    def names(self, sign: str) -> bool:
        """Whether the page loads what has this in its address, by itself or from one of its own scripts."""
        return any(sign in each for each in (*self.loads, *self.scripts))

    @property
    def has_tag_manager(self) -> bool:
        """Whether it loads more than its HTML shows."""
        return any(self.names(each) for each in TAG_MANAGERS)


def parts_of(text: str, url: str) -> PageParts:
    """The parts of a page. url: where it was found, from which its links count. Comments are no part of it."""
    reader = _Reader(url)
    reader.feed(text)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.url = url
        self.found = PageParts()
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and said.get("href"):
            self.found.links += _whole(self.url, said["href"])
        elif tag in ("script", "iframe"):
            self._in_script = tag == "script"
            if said.get("src"):
                self.found.loads += _whole(self.url, said["src"])
        elif tag in _WRITTEN_IN:
            self.found.can_be_written = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.found.scripts.append(data)


def _whole(url: str, link: str) -> list[str]:
    """A link as a whole address; nothing where it is none, such as `http://[`."""
    try:
        found = urljoin(url, link.strip())
        urlsplit(found)
    except ValueError:
        return []
    return [found]
