"""Salesforce record ids: 15 characters where case counts, and 18 with a suffix that makes case needless."""

from __future__ import annotations

_SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def long_id(short: str) -> str:
    """The 18-character form: each suffix character says which of five characters are capitals."""
    suffix = ""
    for start in (0, 5, 10):
        bits = sum(1 << place for place, sign in enumerate(short[start : start + 5]) if "A" <= sign <= "Z")
        suffix += _SUFFIX[bits]
    return short + suffix


def canonical_id(identifier: str) -> str:
    """The 18-character form of either form; anything else comes back unchanged."""
    if len(identifier) == 15 and identifier.isalnum():
        return long_id(identifier)
    if len(identifier) == 18 and identifier.isalnum() and long_id(identifier[:15]) == identifier:
        return identifier
    return identifier


def is_id(identifier: str, prefix: str = "") -> bool:
    """Whether the text is a well-formed id, of the object whose ids begin so."""
    if len(identifier) not in (15, 18) or not identifier.isalnum() or not identifier.startswith(prefix):
        return False
    return len(identifier) == 15 or long_id(identifier[:15]) == identifier


def numbered_id(prefix: str, number: int) -> str:
    """The id of an object's record number N, with letters of both cases in it."""
    digits = ""
    number = number * 7919 + 40_000_000
    while number:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return long_id(f"{prefix}5e{digits.rjust(10, '0')}")
