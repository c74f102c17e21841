"""A part of the tickets, the same one every time."""

from __future__ import annotations

import hashlib


def is_in_sample(identifier: str, share: float) -> bool:
    """Whether a record is in a sample of so large a share, from 0 to 1. A larger sample holds every smaller one."""
    place = int.from_bytes(hashlib.sha256(identifier.encode("utf-8", "replace")).digest()[:8], "big")
    return place < share * 2**64
