"""A part of the tickets, the same one every time."""

from __future__ import annotations

import hashlib


def place_of(identifier: str) -> int:
    """Where a record stands in an order that has nothing to do with what it holds, and is always the same; below
    2**64."""
    return int.from_bytes(hashlib.sha256(identifier.encode("utf-8", "replace")).digest()[:8], "big")


def is_in_sample(identifier: str, share: float) -> bool:
    """Whether a record is in a sample of so large a share, from 0 to 1. A larger sample holds every smaller one."""
    return place_of(identifier) < share * 2**64
