"""What differs between two objects in the vocabulary's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from config.results.plan import Difference
from provisioners.resource import SYMBOL

Item = TypeVar("Item")

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


def paired(
    old: Sequence[Item], new: Sequence[Item], *sorts: Callable[[Item], object]
) -> tuple[list[tuple[Item, Item]], list[Item], list[Item]]:
    """(what became what, what is gone, what has come) of two lists; what stands in both is left out.

    sorts: what two entries must have in common to be the same entry changed; the first is tried first.
    """
    gone, come = _without(old, new), _without(new, old)
    pairs: list[tuple[Item, Item]] = []
    for sort in sorts:
        for before in list(gone):
            after = next((each for each in come if sort(each) == sort(before)), None)
            if after is not None:
                pairs.append((before, after))
                gone.remove(before)
                come.remove(after)
    return pairs, gone, come


def moved(old: Sequence[Item], new: Sequence[Item]) -> bool:
    """Whether what stands in both lists stands in another order."""
    return _without(old, _without(old, new)) != _without(new, _without(new, old))


def _without(items: Sequence[Item], others: Sequence[Item]) -> list[Item]:
    """The items that are not among the others, each of which counts once."""
    left = list(others)
    found: list[Item] = []
    for item in items:
        if item in left:
            left.remove(item)
        else:
            found.append(item)
    return found


UNSEEN_VALUES = (
    "the value of the last run",
    "a value that nobody can see",
    "another value",
    "the value of the variable",
)
"""What is said in place of a secret's values."""


def new_secrets(old: Any, new: Any) -> Iterator[Difference]:
    """Secrets that stand in both payloads with another value, by their names; no value is ever shown."""
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return
    for name, value in new.items():
        if not name.endswith(FINGERPRINT):
            yield from new_secrets(old.get(name), value)
        elif old.get(name) not in (None, value):
            named = new["secret"] if name == FINGERPRINT else new.get(name.removesuffix(f"_{FINGERPRINT}"))
            last, unseen, other, own = UNSEEN_VALUES
            before, after = (last, other) if old[name] else (unseen, own)
            yield Difference(str(named), before, after)


_REFERENCE = re.compile(rf"{SYMBOL}([a-z0-9_/]+(?:#[a-z_]+)?)")


def resolved(value: Any, known: Mapping[str, str]) -> Any:
    """A payload's value with what is there in place of references. known: resource name → id, and `name#output` →
    value."""
    if isinstance(value, str) and SYMBOL in value:
        return _REFERENCE.sub(lambda found: known.get(found[1], found[0]), value)
    if isinstance(value, Mapping):
        return {key: resolved(item, known) for key, item in value.items()}
    return [resolved(item, known) for item in value] if isinstance(value, list) else value
