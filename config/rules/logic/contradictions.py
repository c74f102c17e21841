"""Conditions of one rule that contradict, repeat or make each other pointless.

Not seen: what depends on who looks (`current_user`, `me`), on the vendor's own words, on an option's tag beside its
field, and on what customers and agents never do.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from config.declaration import Declared
from config.document import show_path
from config.findings import Finding
from config.rules.conditions import PLACES
from config.rules.logic.line import Line, wrong_objects
from config.rules.logic.situation import Situation, Values, same
from config.rules.rule import Rule

NEVER = Rule(
    "LG001",
    "error",
    "The conditions of a rule, view or policy contradict each other.",
    "No ticket can meet them, so it never acts and lists nothing. Hours since a status run only while a ticket has it.",
    "Remove one of the two, or move them to `when_any` if either is meant.",
    source="the vendor's “Automation conditions and actions reference”",
    excused=True,
)
TWICE = Rule(
    "LG002",
    "warning",
    "A condition stands twice in one list.",
    "It says nothing more the second time; most often another one was meant.",
    "Remove it, or write what was meant.",
)
BRANCH_NEVER = Rule(
    "LG003",
    "warning",
    "An alternative under `when_any` contradicts what stands under `when`.",
    "It can never be the one that holds.",
    "Remove it, or the condition that it contradicts.",
)
ANY_ALWAYS = Rule(
    "LG004",
    "warning",
    "An alternative under `when_any` holds for every ticket that meets `when`.",
    "The whole list restricts nothing, so the other alternatives decide nothing.",
    "Remove it, or the list.",
)
CLOSED = Rule(
    "LG005",
    "warning",
    "An automation asks for closed tickets only.",
    "Automations do not run on tickets that are closed, so it never acts.",
    "Let it act before they are closed, when they are solved.",
    source="the vendor's pages on automations",
)
CATALOGUE = (NEVER, TWICE, BRANCH_NEVER, ANY_ALWAYS, CLOSED)


def check(line: Line) -> Iterator[Finding]:
    wrong = wrong_objects(line.scope)
    for kind in PLACES:
        for item in line.scope.declaration.of(kind).values():
            if show_path(item.path) not in wrong:
                yield from _object(item, line)


def _object(item: Declared, line: Line) -> Iterator[Finding]:
    when, alternatives = list(item.value.when), list(item.value.when_any)
    yield from _twice(item, "when", when)
    yield from _twice(item, "when_any", alternatives)
    asks = line.domains.asked_by(item)
    if not asks.possible:
        yield _contradiction(item, when, line)
        return
    ways = [Situation.of((*when, each), line.domains) for each in alternatives]
    if ways and not any(way.possible for way in ways):
        yield NEVER.found(
            item, ("when_any",), "none of these alternatives can hold together with `when`", "Correct one side."
        )
        return
    for index, (way, each) in enumerate(zip(ways, alternatives, strict=True)):
        if not way.possible:
            yield BRANCH_NEVER.found(
                item, ("when_any", index), f"{said(each)} cannot hold together with what stands under `when`"
            )
        elif len(alternatives) > 1 and asks.implies(each):
            yield ANY_ALWAYS.found(
                item,
                ("when_any", index),
                f"{said(each)} follows from `when`, so one of these alternatives always holds",
            )
    status = asks.values.get("status")
    if item.kind == "automations" and status is not None and status.within(Values(frozenset(("closed",)))):
        yield CLOSED.found(item, ("when",), "it asks for closed tickets, on which automations do not run")


def _twice(item: Declared, name: str, conditions: list[Any]) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for index, each in enumerate(conditions):
        first = seen.setdefault(same(each), index)
        if first != index:
            yield TWICE.found(item, (name, index), f"{said(each)} stands twice: it is `{name}[{first}]`, too")


def _contradiction(item: Declared, when: list[Any], line: Line) -> Finding:
    for (one, first), (other, second) in combinations(enumerate(when), 2):
        if not Situation.of((first, second), line.domains).possible:
            return NEVER.found(
                item, ("when", other), f"{said(second)} contradicts {said(first)} in `when[{one}]`: no ticket has both"
            )
    return NEVER.found(item, ("when",), "these conditions contradict each other: no ticket meets all of them")


def said(condition: Any) -> str:
    """A condition as the YAML has it, in short."""
    data = condition.model_dump(exclude_none=True, by_alias=True)
    whole = ", ".join(f"{word}: {_value(value)}" for word, value in data.items())
    return f"`{whole}`" if len(whole) < 80 else f"`{whole[:77]}…`"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)
