"""From the vendors' ids and values back to the keys of the YAML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from config.declaration import Declaration
from provisioners.system import systems
from provisioners.translation import Names


def names_of(declaration: Declaration, used: Iterable[str], by_id: Mapping[tuple[str, str], str]) -> Names:
    """Names of all objects in the state (`by_id`), and of values that the vendors know by another word.

    used: the systems of the environment, by name.
    """
    values: dict[tuple[str, str], str] = {}
    for name in used:
        values.update(systems()[name].words(declaration))
    return Names(by_id, values)
