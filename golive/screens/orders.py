"""Differences between two orders: what has moved, or the new order, whichever is shorter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from golive.screens.texts import Line
from golive.words import listed
from stacks.difference import moved


def order_lines(old: Sequence[str], new: Sequence[str], called: Callable[[str], str], what: str = "") -> Iterator[Line]:
    """One line, or one for each that comes or goes.

    called: what a key is called. what: what is put in order, where the object itself does not say it.
    """
    of = f" of the {what}" if what else ""
    whole = Line(f"new order{of}: ", new=listed(map(called, new)))
    if ("..." in old) != ("..." in new):  # then every place means something else
        yield whole
        return
    if not moved(old, new):
        lines = list(_come_and_gone(old, new, called))
        told = sum(len(line.text) + len(line.new) for line in lines)
        yield from lines if told < len(whole.text) + len(whole.new) else [whole]
        return
    one = _moved(old, new)
    if one is not None and set(old) == set(new):
        key, word, other = one
        line = Line(f"moved{f' among the {what}' if what else ''}: ", new=f"{called(key)}, now {word} {called(other)}")
        if len(line.text) + len(line.new) < len(whole.text) + len(whole.new):
            yield line
            return
    yield whole


def _come_and_gone(old: Sequence[str], new: Sequence[str], called: Callable[[str], str]) -> Iterator[Line]:
    for key in old:
        if key not in new:
            yield Line(f"without {called(key)}")
    for place, key in enumerate(new):
        if key not in old:
            yield Line(f"{called(key)} comes after {called(new[place - 1])}" if place else f"{called(key)} comes first")


def _moved(old: Sequence[str], new: Sequence[str]) -> tuple[str, str, str] | None:
    """(what has moved, before or after, what it stands next to now) where one thing alone has moved."""
    for key in new:
        if [each for each in old if each != key] != [each for each in new if each != key]:
            continue
        place = list(new).index(key)
        if place < list(old).index(key):
            return key, "before", new[place + 1]
        return key, "after", new[place - 1]
    return None
