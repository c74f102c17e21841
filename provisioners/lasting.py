"""Values that an object is known by for ever, however often its key is renamed in the YAML."""

from __future__ import annotations

from collections.abc import Callable, Mapping

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
