"""What differs between two objects in the vocabulary's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from config.results.plan import Difference

ORDERED = ("options",)
"""Maps whose order people see."""
FINGERPRINT = "fingerprint"
"""How a payload's keyed digest of a secret is called, or how its name ends: after that of the attribute which names
the secret."""


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


def new_secrets(old: Any, new: Any) -> Iterator[Difference]:
    """Secrets that stand in both payloads with another value, by their names; no value is ever shown."""
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return
    for name, value in new.items():
        if not name.endswith(FINGERPRINT):
            yield from new_secrets(old.get(name), value)
        elif old.get(name) not in (None, value):
            named = new["secret"] if name == FINGERPRINT else new.get(name.removesuffix(f"_{FINGERPRINT}"))
            before = "the value of the last run" if old[name] else "a value that nobody can see"
            yield Difference(str(named), before, "another value" if old[name] else "the value of the variable")
