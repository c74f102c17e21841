"""Pictures that a text shows by a link of Freshdesk's. The link ends, so they are taken along as files."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit

from config.addresses import is_loopback

MOST = 100
"""Pictures of one text."""
_HOSTS = ("freshdesk.com", "freshworks.com", "freshdesk.eu")
_STORAGE = "s3.amazonaws.com"
_PLACE = "/cdn.freshdesk.com/"


class _Pictures(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        source = dict(attrs).get("src") if tag == "img" else None
        if source and source not in self.found:
            self.found.append(source)


def pictures(page: str, account: str) -> list[str]:
    """The links of a page's pictures that the vendor keeps. account: its address; on this machine, its files are here
    as well. Pictures elsewhere stay there: fetching them would tell their owners who reads."""
    if "<img" not in page.lower():
        return []
    reader = _Pictures()
    reader.feed(page)
    reader.close()
    return [each for each in reader.found if _is_vendors(each, account)][:MOST]


def _is_vendors(link: str, account: str) -> bool:
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    if is_loopback(link):
        return is_loopback(account)
    if host == _STORAGE:
        return parts.path.startswith(_PLACE)
    return any(host == each or host.endswith(f".{each}") for each in _HOSTS)
