"""Fields that ask too much, say too little, or invite what must not be written down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from config.declaration import Declared
from config.findings import Finding
from config.kinds.company import Segment
from config.rules.logic.line import Line
from config.rules.method.figures import REQUIRED_FIELDS
from config.rules.method.launching import launches
from config.rules.rule import Rule
from config.vocabulary import PRIORITIES

UNDESCRIBED = Rule(
    "GL-F02",
    "warning",
    "A ticket field says nowhere what it is for.",
    "Agents guess, and each guesses otherwise; the counts made of it are worth nothing.",
    "Say it under  help: {agents: …}  or  why: …",
)
TOO_MANY = Rule(
    "GL-F04",
    "warning",
    "Customers must fill in more than five fields.",
    "They give up, or write anything.",
    "Ask for less, or fill fields from the CRM.",
)
PRIORITY = Rule(
    "GL-F06",
    "error",
    "A priority has no definition.",
    "Agents guess, and every promise hangs on their guess.",
    "Say under `why` what is such a case, so that two people choose the same.",
    excused=True,
)
SEGMENTS = Rule(
    "GL-S11",
    "error",
    "Segments overlap in their revenue, or leave a hole between them.",
    "An account belongs to two of them or to none, and gets the wrong promise.",
    "Let each begin where the one below ends:  below: 25000  and  from: 25000",
    excused=True,
)
CATALOGUE = (UNDESCRIBED, TOO_MANY, PRIORITY, SEGMENTS)


def check(line: Line) -> Iterator[Finding]:
    declaration = line.scope.declaration
    yield from _segments(list(declaration.of("segments").values()))
    yield from _required(line)
    if not launches(declaration):
        return
    for item in declaration.of("ticket_fields").values():
        value = item.value
        help_ = value.help
        said = value.why or (help_ is not None and (help_.agents or help_.customers))
        if not said and not value.existing and value.active:
            yield UNDESCRIBED.found(item, (), "nothing says what this field is for", of_key=True)
    priorities = declaration.of("priorities")
    for key in PRIORITIES if priorities and line.scope.is_whole else ():
        if key in priorities and not priorities[key].value.why:
            yield PRIORITY.found(priorities[key], (), "nothing says what is such a case", of_key=True)
        elif key not in priorities:
            first = next(iter(priorities.values()))
            yield PRIORITY.found(first, (), f"the priority `{key}` is not among them", f"Declare `{key}`.", of_key=True)


def _required(line: Line) -> Iterator[Finding]:
    """Per form, where there are forms; else over all fields."""
    declaration = line.scope.declaration
    asked = [
        key
        for key, item in declaration.of("ticket_fields").items()
        if item.value.customers.required and item.value.active and not item.value.existing
    ]
    forms = [form for form in declaration.of("ticket_forms").values() if form.value.fields]
    if not forms and len(asked) > REQUIRED_FIELDS:
        item = declaration.of("ticket_fields")[asked[REQUIRED_FIELDS]]
        yield TOO_MANY.found(item, ("customers", "required"), f"customers must fill in {len(asked)} fields")
    for form in forms:
        inside = [key for key in asked if key in form.value.fields]
        if len(inside) > REQUIRED_FIELDS:
            yield TOO_MANY.found(form, ("fields",), f"customers must fill in {len(inside)} fields of this form")


def _segments(items: list[Declared]) -> Iterator[Finding]:
    """Bounds are half-open. That the lowest or the highest is open downwards or upwards is not asked."""
    ranges = [(_low(item.value), _high(item.value), item) for item in items if item.value.arr is not None]
    ranges.sort(key=lambda each: (each[0], each[1]))
    for (_, high, below), (low, _, above) in pairwise(ranges):
        if low < high:
            message = f"accounts from {_figure(low)} on fit “{below.name}” ({below.position}), too"
            yield SEGMENTS.found(above, ("arr",), message)
        elif low > high:
            message = f"accounts from {_figure(high)} to {_figure(low)} fit neither this nor “{below.name}”"
            yield SEGMENTS.found(above, ("arr",), message)


def _low(segment: Segment) -> float:
    return float("-inf") if segment.arr is None or segment.arr.from_ is None else segment.arr.from_


def _high(segment: Segment) -> float:
    return float("inf") if segment.arr is None or segment.arr.below is None else segment.arr.below


def _figure(value: float) -> str:
    return "nothing" if value in (float("-inf"), float("inf")) else re.sub(r"\.0$", "", f"{value:,.1f}")
