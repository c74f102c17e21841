"""What differs between two objects in the vocabulary's words."""

from __future__ import annotations

from typing import Any

from config.results.plan import Difference

ORDERED = ("options",)
"""Maps whose order people see."""


def differences(old: dict[str, Any], new: dict[str, Any], path: str = "") -> list[Difference]:
    """Attribute by attribute, maps entered, lists compared as a whole; None = the attribute is not there."""
    found: list[Difference] = []
    for name in dict.fromkeys([*new, *old]):
        here = f"{path}.{name}" if path else str(name)
        before, after = old.get(name), new.get(name)
        if before == after:
            if name in ORDERED and isinstance(before, dict) and isinstance(after, dict) and [*before] != [*after]:
                found.append(Difference(f"{here} (order)", list(before), list(after)))
            continue
        if isinstance(before, dict) and isinstance(after, dict):
            found.extend(differences(before, after, here))
        else:
            found.append(Difference(here, before, after))
    return found
