"""Ids of objects that are gone, in payloads that come back: what is made in their place has others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from provisioners.resource import Ref, Text


def referring(value: Any, stale: Mapping[str, str]) -> Any:
    """A payload's value with references in place of ids. stale: id → resource."""
    if isinstance(value, Mapping):
        return {key: referring(item, stale) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [referring(item, stale) for item in value]
    if isinstance(value, int) and not isinstance(value, bool) and str(value) in stale:
        return Ref(stale[str(value)], as_number=True)
    if not isinstance(value, str):
        return value
    if value in stale:
        return Ref(stale[value])
    pieces = tuple(_pieces(value, stale))
    return value if pieces == (value,) else Text(pieces)


def _pieces(text: str, stale: Mapping[str, str]) -> Iterator[str | Ref]:
    """A text with each whole id in it as a reference."""
    known = "|".join(re.escape(identifier) for identifier in stale)
    for number, piece in enumerate(re.split(rf"(?<![0-9A-Za-z])({known})(?![0-9A-Za-z])", text) if known else [text]):
        if number % 2:
            yield Ref(stale[piece])
        elif piece or not known:
            yield piece
