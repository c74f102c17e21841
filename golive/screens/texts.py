"""Values and texts in a difference. What is long or has several lines stands line by line; of a long text only what
changes and what stands around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from rich.markup import escape

from golive.wording.words import value_of

WIDEST = 68
"""Characters of a text that still stands on the line of its attribute."""
LONG, AROUND = 12, 2
"""Lines of a text that still stands there as a whole; of a longer one, so many stand around what changes."""
_STYLES = {"+": "add", "-": "remove", "": ""}


@dataclass(frozen=True)
class Line:
    """One line on the screen. about: the part of the object that it tells of, such as a priority. sign: `+` has come,
    `-` is gone. margin, depth: how far it stands inside, before and behind the sign."""

    text: str
    sign: str = ""
    depth: int = 0
    margin: int = 0
    quiet: bool = False
    new: str = ""
    """What the text ends in, to be seen first."""
    end: str = ""
    """What is said behind it."""
    about: str = ""

    @property
    def is_sentence(self) -> bool:
        """Whether it can stand behind the object's name, on one line with it."""
        return not (self.sign or self.margin or self.depth or self.quiet or self.text.endswith(":"))

    def of(self, name: str) -> str:
        """Behind the object's name, as markup: `Enterprise, P1: first reply 1 h → 30 min`."""
        start = ", " if self.about else ": "
        return f"{name}{start}{self.markup}"

    @property
    def markup(self) -> str:
        sign = f"{self.sign} " if self.sign else ""
        text = f"{self.about}: {self.text}" if self.about else self.text
        body = f"{'  ' * self.margin}{sign}{'  ' * self.depth}{escape(text)}"
        body = body if self.text else body.rstrip()
        style = "quiet" if self.quiet else _STYLES[self.sign]
        new = f"[head]{escape(self.new)}[/]" if self.new else ""
        end = f"  [quiet]({escape(self.end)})[/]" if self.end else ""
        return (f"[{style}]{body}[/]" if style else body) + new + end


def changed(name: str, old: Any, new: Any, end: str = "", about: str = "") -> Iterator[Line]:
    """One attribute before and after: `name Billing → Finance`."""
    if is_prose(old) or is_prose(new):
        yield Line(f"{name.removesuffix(':')}:", about=about)
        yield from _text_lines(old, new)
    else:
        yield Line(f"{name} {value_of(old)} → ", new=value_of(new), end=end, about=about)


def whole(sign: str, name: str, carried: Mapping[str, Any] | None = None, end: str = "") -> Iterator[Line]:
    """Something that comes or goes, with the texts that it carries."""
    yield Line(name, sign, end=end)
    for attribute, value in (carried or {}).items():
        yield from whole_value(sign, attribute, value, 1)


def whole_value(sign: str, name: str, value: Any, depth: int = 0) -> Iterator[Line]:
    """A value that comes or goes, a text line by line."""
    if not is_prose(value):
        yield Line(f"{name}: {value_of(value)}", sign, depth)
        return
    yield Line(f"{name}:", sign, depth)
    for line in value.splitlines():
        yield Line(line, sign, depth + 1)


def is_prose(value: Any) -> bool:
    """Whether a value is a text that needs lines of its own."""
    return isinstance(value, str) and ("\n" in value or len(value) > WIDEST)


def _text_lines(old: Any, new: Any) -> Iterator[Line]:
    """What is gone, what has come, and quietly what stays around it."""
    before, after = ("" if each is None else each if isinstance(each, str) else value_of(each) for each in (old, new))
    lines, others = before.splitlines(), after.splitlines()
    if lines == others:
        yield Line("only the end of the text differs", margin=1, quiet=True)
        return
    matcher = SequenceMatcher(None, lines, others, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            yield from _staying(lines[start:end], at_start=not start, at_end=end == len(lines) and last == len(others))
            continue
        yield from (Line(line, "-", margin=1) for line in lines[start:end])
        yield from (Line(line, "+", margin=1) for line in others[first:last])


def _staying(lines: list[str], *, at_start: bool, at_end: bool) -> Iterator[Line]:
    """Lines that stay; of many, those next to what changes. at_start, at_end: nothing changes before or after them."""
    head = 0 if at_start else AROUND
    tail = 0 if at_end else AROUND
    left_out = len(lines) - head - tail
    if len(lines) <= LONG or left_out < 2:
        yield from (Line(line, margin=2, quiet=True) for line in lines)
        return
    yield from (Line(line, margin=2, quiet=True) for line in lines[:head])
    yield Line(f"… {left_out} lines stay", margin=2, quiet=True)
    yield from (Line(line, margin=2, quiet=True) for line in lines[len(lines) - tail :])
