"""By what two names are the same to a vendor."""

from __future__ import annotations


def folded(text: str) -> str:
    """A name without what it may differ in: capitals, and the spaces between words."""
    return " ".join(text.split()).casefold()
