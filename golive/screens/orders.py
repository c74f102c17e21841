"""Differences between two orders: what has moved, or the new order, whichever is shorter; and an order as it will be,
with what is not in these files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from config.results.plan import Placed, ResultingOrder
from golive.screens.texts import Line
from golive.wording.words import listed
from stacks.difference import moved

LONG = 12
"""So many entries of an order are all shown; of more, what moves or is new beside others, and their neighbours."""


def resulting_lines(orders: Sequence[ResultingOrder]) -> Iterator[Line]:
    """Orders as one change brings them about, place by place."""
    for order in orders:
        of = f" ({order.of})" if orders[1:] else ""
        if _shown(order.entries):
            yield Line(f"afterwards, from the top{of}:")
            yield from _places(order.entries)


def _places(entries: Sequence[Placed]) -> Iterator[Line]:
    shown, width = _shown(entries), len(str(len(entries)))
    for place, entry in enumerate(entries):
        if place in shown:
            text, new = f"{place + 1:>{width}}  ", entry.name
            if not entry.moves:
                text, new = f"{text}{entry.name}", ""
            yield Line(text, margin=1, new=new, end=_said(entry))
        elif place == 0 or place - 1 in shown:
            yield Line("…", margin=1, quiet=True)


def _said(entry: Placed) -> str:
    """What is said behind an entry."""
    said = ["not in these files"] if not entry.ours else []
    if entry.was is None:
        said.append("new here")
    elif entry.moves:
        said.append(f"now at place {entry.was}")
    return ", ".join(said)


def _shown(entries: Sequence[Placed]) -> set[int]:
    """The places that are worth a line."""
    if len(entries) <= LONG:
        return set(range(len(entries)))
    around = {place for place, entry in enumerate(entries) if entry.moves}
    for place, (entry, following) in enumerate(pairwise(entries)):
        meets = bool(entry.ours) != bool(following.ours)
        if meets and None in (entry.was, following.was):
            around |= {place, place + 1}
    return {each for place in around for each in (place - 1, place, place + 1) if 0 <= each < len(entries)}


def order_lines(old: Sequence[str], new: Sequence[str], called: Callable[[str], str], what: str = "") -> Iterator[Line]:
    """One line, or one for each that comes or goes.

    called: what a key is called. what: what is put in order, where the object's name does not say it.
    """
    whole = Line(f"new order of the {what}: " if what else "now ", new=listed(map(called, new)))
    if ("..." in old) != ("..." in new):  # then every place means something else
        yield whole
    elif moved(old, new):
        block = _moved(old, new) if set(old) == set(new) else None
        line = Line("", new=_stands(*block, called)) if block else whole
        yield line if _length(line) < _length(whole) else whole
    else:
        lines = list(_come_and_gone(old, new, called))
        yield from lines if not new or sum(map(_length, lines)) < _length(whole) else [whole]


def _length(line: Line) -> int:
    return len(line.text) + len(line.new)


def _come_and_gone(old: Sequence[str], new: Sequence[str], called: Callable[[str], str]) -> Iterator[Line]:
    for key in old:
        if key not in new:
            yield Line(f"without “{called(key)}”")
    for place, key in enumerate(new):
        if key not in old:
            where = f"after “{called(new[place - 1])}”" if place else "first"
            yield Line(f"“{called(key)}” comes {where}")


def _moved(old: Sequence[str], new: Sequence[str]) -> tuple[Sequence[str], str, str] | None:
    """(what has moved together, before or after, what it stands next to now); None where more than that has moved.

    Between what stands at both ends as before, two pieces have changed places: the shorter one is said to have moved.
    """
    start = next(place for place, key in enumerate(old) if key != new[place])
    end = len(old) - next(place for place, key in enumerate(reversed(old)) if key != new[-1 - place])
    before, after = list(old[start:end]), list(new[start:end])
    place = before.index(after[0])
    if before[place:] + before[:place] != after:
        return None
    first, second = before[:place], before[place:]
    return (second, "before", first[0]) if len(second) <= len(first) else (first, "after", second[-1])


def _stands(block: Sequence[str], word: str, other: str, called: Callable[[str], str]) -> str:
    """`“Gold” now stands before “Everyone”`."""
    names = [f"“{called(key)}”" for key in block]
    said = f"{listed(names[:-1])} and {names[-1]} now stand" if names[1:] else f"{names[0]} now stands"
    return f"{said} {word} “{called(other)}”"
