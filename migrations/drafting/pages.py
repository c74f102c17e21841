"""A page of the old help centre as it can stand in the new one: without scripts, its links to other pages renewed."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

from migrations.drafting.remarks import tidy
from migrations.sending.bodies import cleaned_html

_ACTING = re.compile(r"<(script|style|iframe|object|embed|form|video|audio|svg|link|meta)\b", re.IGNORECASE)
_LINK = re.compile(r'(?P<before><a\b[^>]*?\bhref=")(?P<url>[^"]*)"', re.IGNORECASE)
_REL = re.compile(r' rel="[^"]*"')


def page_draft(body: str, article_of: Callable[[str], str]) -> tuple[str, list[str]]:
    """The page as HTML, and what people have to see to. article_of: the key of the article that an old address leads
    to; empty where it is none."""
    pictures: Counter[str] = Counter()

    def picture(address: str) -> str | None:
        host = _host(address)
        pictures[host or "an address of its own"] += 1
        return address if host else None

    lost = Counter(found.lower() for found in _ACTING.findall(body))
    cleaned = _REL.sub("", cleaned_html(body.replace("\x00", ""), picture))
    said = [f"Left out: {number} × <{tag}>." for tag, number in sorted(lost.items())]
    said += [
        f"{number} picture{'s are' if number > 1 else ' is'} loaded from {host}: put them into files of your own."
        for host, number in sorted(pictures.items())
    ]

    def link(found: re.Match[str]) -> str:
        url, hash_, place = html.unescape(found["url"]).partition("#")
        key = article_of(url)
        return f'{found["before"]}{{{{article:{key}}}}}{hash_}{html.escape(place)}"' if key else found[0]

    page = tidy(_LINK.sub(link, cleaned))
    return (page if page.startswith("<") else f"<div>{page}</div>"), said


def _host(address: str) -> str:
    """The host of an address of the web; empty for anything else."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
