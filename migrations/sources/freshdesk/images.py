"""Pictures that a text shows by a link of Freshdesk's. The link ends, so they are taken along as files."""

from __future__ import annotations

from urllib.parse import urlsplit

from config.addresses import is_loopback

_HOSTS = ("freshdesk.com", "freshworks.com", "freshdesk.eu")
_STORAGE = "s3.amazonaws.com"
_PLACE = "/cdn.freshdesk.com/"


def is_vendors(link: str, account: str) -> bool:
    """Whether the vendor keeps what a link leads to. account: its address; on this machine, its files are here as
    well."""
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
