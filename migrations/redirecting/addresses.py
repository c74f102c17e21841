"""Addresses of pages in one form (RFC 3986, 6.2.2), so that two writings of the same page are seen to be one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes, urlsplit

_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_IN_PATH = "/!$&'()*+,;=:@%~"
_IN_QUERY = f"{_IN_PATH}?"
_PORTS = {"http": 80, "https": 443}
_SLUG = re.compile(r"(?P<number>/(?:articles|sections|categories|folders)/\d+)-[^/]*")
"""Behind an article's number Zendesk, Freshdesk and Intercom show its headline, and lead there without it, too."""


@dataclass(frozen=True)
class Address:
    """A page's address without its fragment, which no server sees. host: with its port, where that is another than
    usual. path and query: encoded."""

    scheme: str
    host: str
    path: str
    query: str = ""

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}{self.target}"

    @property
    def target(self) -> str:
        """Path and query, as a server is asked for them."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def page(self) -> tuple[str, str, str]:
        """The same for two addresses that people take for one: with or without encryption, a slash at the end, or the
        headline behind an article's number."""
        return self.host, self.without_slug.rstrip("/") or "/", self.query

    @property
    def decoded(self) -> str:
        """The path as a server compares it."""
        return unquote_to_bytes(self.path).decode("utf-8", "replace")

    @property
    def without_slug(self) -> str:
        """The path without the headline behind an article's number."""
        return _SLUG.sub(r"\g<number>", self.path)


def address_of(text: str) -> Address | None:
    """None for what is no address of a page, or holds characters that no server takes."""
    try:
        parts = urlsplit(text.strip())
        port, name = parts.port, parts.hostname or ""
        host = name if ":" in name else name.rstrip(".").encode("idna").decode().lower()
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in _PORTS or not host or "@" in parts.netloc:
        return None
    path, query = _normal(parts.path or "/", _IN_PATH), _normal(parts.query, _IN_QUERY)
    if any(each < 0x20 or each == 0x7F for each in unquote_to_bytes(path + query)):
        return None
    shown = f"[{host}]" if ":" in host else host
    return Address(parts.scheme, shown if port in (None, _PORTS[parts.scheme]) else f"{shown}:{port}", path, query)


def _normal(said: str, safe: str) -> str:
    """Encoded where it has to be, and nowhere else."""

    def one(found: re.Match[str]) -> str:
        character = chr(int(found[0][1:], 16))
        return character if character in _UNRESERVED else found[0].upper()

    whole = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", said)
    return _ENCODED.sub(one, quote(whole, safe=safe, errors="replace"))
