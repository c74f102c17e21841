"""People who are switched off, where somebody has to act."""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from config.kinds import ALL_KINDS
from config.rules.rule import Rule
from config.rules.scope import Scope

_ACT = ("on_call", "sla_policies", "triggers", "automations", "integrations", "engineering_components")
"""What calls, mails or counts on the people whom it names. Lists of who has something simply leave them out."""

OFF = Rule(
    "people.off",
    "warning",
    "Somebody who is switched off is called, mailed or counted on.",
    "What happens then reaches nobody.",
    "Name somebody else there.",
)
CATALOGUE = (OFF,)


def check(scope: Scope) -> Iterator[Finding]:
    for item, reference in scope.references:
        named = reference.resolve()
        if item.kind not in _ACT or named is None or named[0] != "people":
            continue
        person = scope.declaration.get(*named)
        if person is not None and not person.value.active and getattr(item.value, "active", True):
            said = f"{person.name} is switched off, and this {ALL_KINDS[item.kind].title} counts on them"
            yield OFF.found(item, reference.path, said)
