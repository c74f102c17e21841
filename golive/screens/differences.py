"""Differences between two objects, as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import ndiff
from typing import Any

from rich.markup import escape

from config.results.plan import Difference
from golive.screen import Screen
from golive.words import attribute_of, value_of
from stacks.difference import differences

WIDEST = 68
"""Characters of a value that is no text before it is cut; texts are always shown whole."""
INDENT = "      "


def show_differences(screen: Screen, kind: str, diff: list[Difference], priorities: Mapping[str, str]) -> None:
    """Each difference on lines of its own. priorities: the helpdesk's word → what the client calls it."""
    for each in diff:
        path = attribute_of(kind, each.path, priorities)
        for line in _lines(path, each.old, each.new, _what_stays(kind, each)):
            screen.say(INDENT + line)


def _what_stays(kind: str, difference: Difference) -> str:
    """What is said behind something that leaves the files and is not taken away."""
    if kind == "slack_channels" and difference.path == "people":
        return "stays in the channel"
    if difference.path.startswith("options.") and difference.new is None:
        return "stays there, for those who have chosen it"
    return ""


def _lines(path: str, old: Any, new: Any, stays: str = "") -> Iterator[str]:
    end = f"  [quiet]({stays})[/]" if stays else ""
    if isinstance(old, list) and isinstance(new, list):
        if len(old) == len(new) and old and all(isinstance(each, dict) for each in (*old, *new)):
            for index, (before, after) in enumerate(zip(old, new, strict=True)):
                for inner in differences(before, after, f"{path}[{index + 1}]"):
                    yield from _lines(inner.path, inner.old, inner.new)
            return
        yield f"{escape(path)}:"
        for item in old:
            if item not in new:
                yield f"  [remove]- {escape(_shown(item))}[/]{end}"
        for item in new:
            if item not in old:
                yield f"  [add]+ {escape(_shown(item))}[/]"
        if sorted(map(value_of, old)) == sorted(map(value_of, new)):
            yield f"  [change]order: {escape(value_of(old))} → {escape(value_of(new))}[/]"
    elif _is_prose(old) or _is_prose(new):
        yield f"{escape(path)}:"
        for line in ndiff(str(old or "").splitlines(), str(new or "").splitlines()):
            if line[0] in "+-":
                yield f"  [{'add' if line[0] == '+' else 'remove'}]{escape(line)}[/]"
    else:
        yield f"{escape(path)}: {escape(_shown(old))} → [head]{escape(_shown(new))}[/]{end}"


def _is_prose(value: Any) -> bool:
    return isinstance(value, str) and ("\n" in value or len(value) > WIDEST)


def _shown(value: Any) -> str:
    text = value_of(value)
    return text if isinstance(value, str) or len(text) <= WIDEST else text[: WIDEST - 1] + "…"
