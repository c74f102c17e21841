"""A number that the old tool shows, as a sentence."""

from __future__ import annotations

from config.results.shown_number import ShownNumber


def shown_said(number: ShownNumber) -> str:
    """Whether what was read is as much as the old tool shows."""
    if number.shown == number.read:
        return f"The old tool shows {number.shown:,} {number.what}, and as many were read"
    return f"The old tool shows {number.shown:,} {number.what}; {number.read:,} were read"
