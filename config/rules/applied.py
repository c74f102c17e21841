"""What the grammar knows and this version does not apply yet: one note per place."""

from __future__ import annotations

from collections.abc import Iterator

from config.applied import places_not_applied
from config.findings import Finding
from config.rules.rule import Rule
from config.rules.scope import Scope

CATALOGUE = (
    Rule(
        "applied.not-yet",
        "note",
        "Something is checked and not sent.",
        "This version does not set it up yet.",
        "Nothing; a later version sends it. Until then a person can set it.",
    ),
)


def check(scope: Scope) -> Iterator[Finding]:
    for place in places_not_applied(scope.declaration):
        yield place.item.finding(
            "applied.not-yet", "note", (), f"{place.what}: not applied by this version",
            "The object is not sent.", of_key=True,
        )  # fmt: skip
