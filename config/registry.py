"""What installed systems add to the vocabulary: their names, schema fragments and rules.

A system is an entry point of the group `golive.systems`; its object's `facts()` may give
`{"fragments": {kind: JSON Schema of what may stand under the system's name}, "rules": [function from a scope to
findings, …], "rules_where_named": [the same, asked only where an environment names the system, because it is another
one's substitute], "catalogue": [`config.rules.rule.Rule` of each finding's id, …], "plans": [words that `plan:` of an
environment file may be], "plan_rules": [function from a declaration and such a word to findings, …]}`. They are asked
whenever files are checked, so loading them must be quick.
This room knows systems only through that, never by import.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import Any

ENTRY_POINTS = "golive.systems"


@cache
def vendor_words() -> tuple[str, ...]:
    """The names of all installed systems, sorted."""
    return tuple(sorted({point.name for point in entry_points(group=ENTRY_POINTS)}))


@cache
def facts() -> dict[str, dict[str, Any]]:
    """What each installed system says of itself, by its name. Loads the systems."""
    return {
        point.name: point.load().facts()
        for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name)
    }


def fragment(system: str, kind: str) -> dict[str, Any] | None:
    """The JSON Schema of what may stand under a system's name in a kind; None where it gives none."""
    fragments: dict[str, dict[str, Any]] = facts().get(system, {}).get("fragments", {})
    return fragments.get(kind)
