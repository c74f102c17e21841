"""From the vendors' ids and values back to the keys of the YAML."""

from __future__ import annotations

from collections.abc import Mapping

from config.declaration import Declaration
from provisioners.resource import Known
from provisioners.run_file import SystemSettings
from provisioners.system import systems
from provisioners.translation import Context, Names


def names_of(
    declaration: Declaration,
    settings: Mapping[str, SystemSettings],
    by_id: Mapping[tuple[str, str], str],
    known: Mapping[str, Known],
) -> Names:
    """Names of all objects in the state (`by_id`), and of values that the vendors know by another word.

    settings: instance → system. known: what the state holds, by resource name.
    """
    values: dict[tuple[str, str], str] = {}
    for instance, own in settings.items():
        values.update(systems()[own.type].words(Context(declaration, instance, own, settings, known=known)))
    return Names(by_id, values)
