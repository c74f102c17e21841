"""What an address says of where it leads."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit


def is_loopback(url: str) -> bool:
    """Whether an address is this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def web_address(text: str) -> SplitResult | None:
    """The parts of a page's address: `http` or `https`, a host, and nobody's name or password; None for any other."""
    try:
        parts = urlsplit(text)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    if not valid or "@" in parts.netloc or any(each.isspace() for each in text):
        return None
    return parts
