"""Values that an object is known by for ever, however often its key is renamed in the YAML."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from config.names import folded

if TYPE_CHECKING:
    from config.kinds.fields import Option

VALUES = "values"
"""The note under which a field keeps {option's key: the value by which the vendor knows it}."""

FORMER = "former_values"
"""In a payload and its notes: {an option's value: the value that it had before}, for values that the YAML changed."""


def lasting_values(
    options: Mapping[str, Option], before: Mapping[str, str], fresh: Callable[[str], str]
) -> dict[str, str]:
    """The vendor's value of each option by key.

    An option keeps the value that it had under this key or its former one (`before`); a new one gets that which
    `fresh` makes of its key (its former one, so that a second environment gets the same values as the first), with
    a number behind it where another option has that already.
    """
    found: dict[str, str] = {}
    for key, option in options.items():
        known = before.get(key) or before.get(option.was or "")
        if option.tag or known:
            found[key] = option.tag or str(known)
    for key, option in options.items():
        if key not in found:
            wanted = fresh(option.was or key)
            taken = {*found.values(), *(value for other, value in before.items() if other != key)}
            numbered = (f"{wanted}_{number}" for number in range(2, len(taken) + 3))
            found[key] = wanted if wanted not in taken else next(each for each in numbered if each not in taken)
    return {key: found[key] for key in options}


def values_of_live(
    options: Mapping[str, Option], fresh: Mapping[str, str], live: Sequence[tuple[str, str]]
) -> dict[str, str]:
    """The value of each option of a field that is taken over: tickets and records hold the values that are there.

    An option has the value of the live one of its name, unless the files name its value themselves; another one has
    that which it would have in a new field (`fresh`), unless that belongs to one of these. live: names and values.
    """
    said = {option.tag for option in options.values() if option.tag}
    by_name = {folded(name): value for name, value in reversed(live) if value not in said}
    found: dict[str, str] = {}
    for key, option in options.items():
        value = None if option.tag else by_name.pop(folded(option.name), None)
        if value is not None:
            found[key] = value
    taken = set(found.values())
    return {**{key: value for key, value in fresh.items() if value not in taken}, **found}
