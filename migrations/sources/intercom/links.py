"""Which links lead to Intercom's own storage.

Source: the vendor's examples of attachments and pictures; its help page on attachments. They end after 30 minutes.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from config.addresses import is_loopback

_HOSTS = ("intercomcdn.com", "intercomcdn.eu", "intercomassets.com", "intercomassets.eu")
_ATTACHMENTS = re.compile(r"(^|\.)intercom-attachments(-\d+)?\.(com|eu)$")


def is_vendors(link: str, api: str) -> bool:
    """api: the address of the API; where that is this machine, its files are here as well."""
    try:
        host = (urlsplit(link).hostname or "").lower()
        if is_loopback(link):
            return is_loopback(api)
    except ValueError:
        return False
    return bool(_ATTACHMENTS.search(host)) or any(host == each or host.endswith(f".{each}") for each in _HOSTS)
