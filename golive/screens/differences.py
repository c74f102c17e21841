"""Differences between two objects, as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from config.results.plan import Difference
from golive.screen import Screen
from golive.screens.rules import LABELS, action_lines, condition_lines
from golive.screens.texts import Line, changed, whole
from golive.words import ORDER_CHANGED, Terms, attribute_of, listed, value_of
from stacks.difference import moved, paired

INDENT = "      "
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def show_differences(
    screen: Screen,
    kind: str,
    diff: list[Difference],
    priorities: Mapping[str, str],
    called: Mapping[tuple[str, str], str] = MappingProxyType({}),
    key: str = "",
) -> None:
    """Each difference on lines of its own.

    priorities: the helpdesk's word → what the client calls it. called: (kind, key) → the object's name. key: the
    object's own.
    """
    terms = Terms(priorities, called)
    for each in diff:
        for line in difference_lines(kind, each, terms, key):
            screen.say(INDENT + line.markup)


def difference_lines(kind: str, difference: Difference, terms: Terms, key: str = "") -> Iterator[Line]:
    """One attribute's difference in words. key: the object's, which golive begins with `_` where it makes it."""
    path, old, new = difference.path, difference.old, difference.new
    if path in LABELS:
        yield from condition_lines(path, old or [], new or [], terms)
    elif path == "then":
        yield from action_lines(old or [], new or [], terms)
    elif path == "order":
        ordered = "triggers" if kind == "trigger_categories" and not key.startswith("_") else kind
        yield Line("new order: ", new=listed(terms.name(ordered, each) for each in new or []))
    elif path.endswith(ORDER_CHANGED):
        yield Line(f"{attribute_of(kind, path, terms.priorities)}: ", new=", ".join(map(str, new or [])))
    elif path == "holidays":
        yield from _holiday_lines(old or [], new or [])
    elif kind == "sla_policies" and path.partition(".")[0] == "hours":
        yield from _clock_lines(path, old, new, terms)
    elif isinstance(old or new, dict) and (old is None or new is None):
        for name in old or new:
            inner = Difference(f"{path}.{name}", (old or {}).get(name), (new or {}).get(name))
            yield from difference_lines(kind, inner, terms)
    elif path == "active" and {old, new} == {True, False}:
        yield Line("switched on" if new else "switched off")
    elif isinstance(old or new, list):
        yield from _list_lines(kind, difference, terms)
    else:
        before, after = (value if value is None else terms.value(value, path) for value in (old, new))
        yield from changed(attribute_of(kind, path, terms.priorities), before, after, _what_stays(kind, difference))


def _what_stays(kind: str, difference: Difference) -> str:
    """What is said behind something that leaves the files and is not taken away."""
    if kind == "slack_channels" and difference.path == "people":
        return "stays in the channel"
    if difference.path.startswith("options.") and difference.new is None:
        return "stays there, for those who have chosen it"
    return ""


def _list_lines(kind: str, difference: Difference, terms: Terms) -> Iterator[Line]:
    old, new = difference.old or [], difference.new or []
    _, gone, come = paired(old, new)
    yield Line(f"{attribute_of(kind, difference.path, terms.priorities)}:")
    for item in gone:
        yield Line(terms.value(item, difference.path), "-", margin=1, end=_what_stays(kind, difference))
    for item in come:
        yield Line(terms.value(item, difference.path), "+", margin=1)
    if moved(old, new):
        yield Line("new order: ", margin=1, new=terms.value(new, difference.path))


def _clock_lines(path: str, old: Any, new: Any, terms: Terms) -> Iterator[Line]:
    """Which clock counts, per metric and priority where they differ. A clock that is the same everywhere stands once
    in the files, and `others` are priorities for which nothing is promised."""
    maps = [side for side in (old, new) if isinstance(side, dict)]
    if not maps:
        yield from changed(attribute_of("sla_policies", path, terms.priorities), old, new)
        return
    for name in dict.fromkeys(name for side in maps for name in side if name != "others"):
        if all(name in side for side in maps):
            before, after = (side.get(name) if isinstance(side, dict) else side for side in (old, new))
            if before != after:
                yield from _clock_lines(f"{path}.{name}", before, after, terms)


def _holiday_lines(old: list[dict[str, str]], new: list[dict[str, str]]) -> Iterator[Line]:
    pairs, gone, come = paired(old, new, lambda holiday: holiday["name"])
    for before, after in pairs:
        yield from changed(f"holiday {after['name']}", _days(before), _days(after))
    for sign, holidays in (("-", gone), ("+", come)):
        for holiday in holidays:
            yield from whole(sign, f"holiday {holiday['name']}: {_days(holiday)}")


def _days(holiday: Mapping[str, str]) -> str:
    if "date" in holiday:
        return _day(holiday["date"])
    return f"{_day(holiday['from'])} to {_day(holiday['to'])}"


def _day(date: str) -> str:
    """`2026-12-25` → `25 Dec 2026`."""
    pieces = str(date).split("-")
    if len(pieces) != 3 or not all(piece.isdecimal() for piece in pieces):
        return value_of(date)
    year, month, day = map(int, pieces)
    return f"{day} {_MONTHS[month - 1]} {year}"
