"""Ids that are not numbers: the vendor's text ids of newer kinds."""

from __future__ import annotations

from uuid import UUID

from sandbox.store import Store

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def ulid(store: Store, counter: str) -> str:
    """A 26-character id that sorts by time: 48 bits of time, 80 bits that here are a counter."""
    value = (int(store.clock() * 1000) << 80) | store.next_id(counter)
    return "".join(ALPHABET[(value >> shift) & 31] for shift in range(125, -1, -5))


def uuid(store: Store, counter: str) -> str:
    """An id of 32 hexadecimal digits in five groups, whose first group is a counter."""
    return str(UUID(int=(store.next_id(counter) << 96) | 0x7326_11E8_B07E_950B_A849_AA27))
