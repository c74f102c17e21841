"""What is awake when the first customers come in, and who is in the team."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from config.declaration import Declaration, Declared
from config.phases import PHASES
from config.rules.logic.line import RunningRule

SOFT_LAUNCH = PHASES.index("soft_launch")


def launches(declaration: Declaration) -> bool:
    """Whether these files are a whole client that goes live: they declare the rollout."""
    return declaration.get("rollout", "rollout") is not None


def at_launch(rules: Iterable[RunningRule]) -> Iterator[RunningRule]:
    """Rules that are awake when the soft launch begins."""
    return (rule for rule in rules if rule.span[0] <= SOFT_LAUNCH < rule.span[1])


def agents(declaration: Declaration) -> list[Declared]:
    """People who take tickets. Somebody who is there already (`existing`) may be one, and counts."""
    found = []
    for person in declaration.of("people").values():
        role = declaration.get("roles", person.value.role) if person.value.role else None
        if person.value.existing or (role is not None and role.value.like in ("agent", "admin")):
            found.append(person)
    return found
