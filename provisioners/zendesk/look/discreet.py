"""Names on a page that goes from hand to hand: without mail addresses, and without what opens doors."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_MAIL = re.compile(r"[\w.+%-]+@(?P<domain>[\w-]+(?:\.[\w-]+)+)")
_ADDRESS = re.compile(r"https?://[^\s<>\[\]()\"'“”]+", re.IGNORECASE)
_LONG = re.compile(r"(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{28,}")
"""Letters and digits in one piece, longer than any word: a key."""
UNKNOWN = "…"
"""Instead of a host that cannot be told."""
LONGEST = 300
"""Characters of a name that are shown."""


def discreet(name: str) -> str:
    """The name on one line; of mail addresses only the domain, of web addresses only the host, of keys nothing."""
    said = " ".join(name.encode("utf-8", "replace").decode().split())
    said = _ADDRESS.sub(lambda found: host_of(found[0]), said)
    said = _MAIL.sub(lambda found: f"…@{found['domain']}", said)
    said = _LONG.sub("…", said)
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"


def host_of(address: str) -> str:
    """The host of a web address: its path may be the secret itself."""
    try:
        return urlsplit(address).hostname or UNKNOWN
    except ValueError:
        return UNKNOWN
