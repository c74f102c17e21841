"""Values and texts in a difference. A text is never cut: what is long or has several lines stands line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from rich.markup import escape

from golive.words import value_of

WIDEST = 68
"""Characters of a text that still stands on the line of its attribute."""
_STYLES = {"+": "add", "-": "remove", "": ""}


@dataclass(frozen=True)
class Line:
    """One line on the screen. sign: `+` has come, `-` is gone. margin, depth: how far it stands inside, before and
    behind the sign."""

    text: str
    sign: str = ""
    depth: int = 0
    margin: int = 0
    quiet: bool = False
    new: str = ""
    """What the text ends in, to be seen first."""
    end: str = ""
    """What is said behind it."""

    @property
    def markup(self) -> str:
        sign = f"{self.sign} " if self.sign else ""
        body = f"{'  ' * self.margin}{sign}{'  ' * self.depth}{escape(self.text)}"
        body = body if self.text else body.rstrip()
        style = "quiet" if self.quiet else _STYLES[self.sign]
        new = f"[head]{escape(self.new)}[/]" if self.new else ""
        end = f"  [quiet]({escape(self.end)})[/]" if self.end else ""
        return (f"[{style}]{body}[/]" if style else body) + new + end


def changed(name: str, old: Any, new: Any, end: str = "") -> Iterator[Line]:
    """One attribute before and after."""
    if _is_prose(old) or _is_prose(new):
        yield Line(f"{name}:")
        yield from _text_lines(old, new)
    else:
        yield Line(f"{name}: {value_of(old)} → ", new=value_of(new), end=end)


def whole(sign: str, name: str, carried: Mapping[str, Any] | None = None, end: str = "") -> Iterator[Line]:
    """Something that comes or goes, with the texts that it carries."""
    yield Line(name, sign, end=end)
    for attribute, value in (carried or {}).items():
        if not _is_prose(value):
            yield Line(f"{attribute}: {value_of(value)}", sign, 1)
            continue
        yield Line(f"{attribute}:", sign, 1)
        for line in value.splitlines():
            yield Line(line, sign, 2)


def _is_prose(value: Any) -> bool:
    return isinstance(value, str) and ("\n" in value or len(value) > WIDEST)


def _text_lines(old: Any, new: Any) -> Iterator[Line]:
    """Both texts whole: what is gone, what has come, and quietly what stays."""
    before, after = ("" if each is None else each if isinstance(each, str) else value_of(each) for each in (old, new))
    lines, others = before.splitlines(), after.splitlines()
    if lines == others:
        yield Line("only the end of the text differs", margin=1, quiet=True)
        return
    for tag, start, end, first, last in SequenceMatcher(None, lines, others, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Line(line, margin=2, quiet=True) for line in lines[start:end])
            continue
        yield from (Line(line, "-", margin=1) for line in lines[start:end])
        yield from (Line(line, "+", margin=1) for line in others[first:last])
