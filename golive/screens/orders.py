"""Differences between two orders: what has moved, or the new order, whichever is shorter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from golive.screens.texts import Line
from golive.wording.words import listed
from stacks.difference import moved


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
