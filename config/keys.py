"""Keys made of names: readable, the same every time, each only once."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from config.words import as_key

_APOSTROPHES = re.compile("['’ʼ`´]")
LONGEST = 48
"""Characters; a longer name is cut between two words."""


def unique_key(wishes: Iterable[str], taken: Container[str]) -> str:
    """The key for the first wish that can be one, with a number behind it where it is taken.

    Raises ValueError where no wish holds a letter.
    """
    made = next((key for wish in wishes if (key := _shortened(as_key(_APOSTROPHES.sub("", wish))))), "")
    if not made:
        raise ValueError("no wish can be a key")
    number, key = 1, made
    while key in taken:
        number += 1
        key = f"{made}_{number}"
    return key


def _shortened(key: str) -> str:
    if len(key) <= LONGEST:
        return key
    head, _, rest = key[:LONGEST].rpartition("_")
    return head or rest
