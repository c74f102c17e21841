"""How golive writes YAML: a line for what fits on one, prose as it is read, quotes where another reader might err."""

from __future__ import annotations

import io
import re
import secrets
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

WIDEST = 110
"""Columns; what is longer does not stand on one line."""
INDENT = 2

_ENTRIES = frozenset(
    {"options", "customers", "help", "targets", "integrations", "slack", "crm", "then", "when", "when_any"}
)
"""Below these words every entry has a line of its own."""
_PLAIN = re.compile(r"[A-Za-z_À-ɏ][^\x00-\x1f:#?\[\]{},&*!|>'\"%@`\\]*")
"""Texts that need no quotes in any place, whoever reads them, unless they are one of `_WORDS`."""
_PLAIN_IN_BLOCK = re.compile(r"[A-Za-z_À-ɏ(][^\x00-\x1f\\\t]*")
_DURATION = re.compile(r"[0-9]+[mhd]")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})

_WRITTEN: dict[tuple[str, str, int, bool], str] = {}
"""What has been written in this process: taking over an account says the same of most objects in every round."""


def entry(key: str, value: Any, column: int = 0, *, opened: bool = False) -> str:
    """`key: value` as lines that begin in a column, each with its line end.

    opened: of a map every entry has a line of its own, however short it is.
    """
    said = (key, repr(value), column, opened)
    if said not in _WRITTEN:
        _WRITTEN[said] = _entry(key, value, column, opened=opened)
    return _WRITTEN[said]


def _entry(key: str, value: Any, column: int, *, opened: bool) -> str:
    styled = _styled(value, column + INDENT, key)
    if opened and isinstance(value, Mapping) and value:
        styled = CommentedMap({name: _styled(part, column + 2 * INDENT, name) for name, part in value.items()})
    text = _dumped({key: styled})
    return "".join(_moved(line, column) for line in text.splitlines(keepends=True))


def entry_once(key: str, value: Any, column: int = 0) -> str:
    """Like `entry`, of what is written a single time: nothing of it stays in memory. Long texts get their lines here,
    because ruamel looks at each of their characters many times."""
    long: dict[str, str] = {}
    text = _entry(key, _without_long(value, long), column, opened=False)
    return _STANDS_FOR_LONG.sub(lambda found: _in_lines(found, long), text) if long else text


_LONG = 2000
"""Characters."""
_STANDS_FOR_LONG = re.compile(r"^(?P<lead>[ -]*)(?P<key>[^\n]*: )(?P<name>long[0-9a-f]{128})$", re.MULTILINE)
"""So long a word that what holds it is never put on one line."""


def _without_long(value: Any, long: dict[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_long(part, long) for name, part in value.items()}
    if isinstance(value, str) and len(value) > _LONG and _can_be_literal(value):
        name = f"long{secrets.token_hex(64)}"
        long[name] = value
        return name
    return [_without_long(part, long) for part in value] if isinstance(value, list) else value


def _in_lines(found: re.Match[str], long: Mapping[str, str]) -> str:
    text = long[found["name"]]
    column = " " * (len(found["lead"]) + INDENT)
    lines = "\n".join(f"{column}{line}" if line else "" for line in text.removesuffix("\n").split("\n"))
    return f"{found['lead']}{found['key']}{'|' if text.endswith(chr(10)) else '|-'}\n{lines}"


def item(value: Any, column: int) -> str:
    """One entry of a list in block style: `- value`, its dash in a column, as lines with their ends."""
    text = _dumped(CommentedSeq([_styled(value, column + INDENT, "-")]))
    lines = [line[INDENT:] for line in text.splitlines(keepends=True)]  # the dash of a list stands two columns in
    return "".join(_moved(line, column) for line in lines)


def flow(value: Any) -> str:
    """The value on one line, as it stands inside braces."""
    if isinstance(value, (Mapping, list)):
        return _dumped(_in_flow(value)).rstrip("\n")
    return _dumped(_in_flow([value])).rstrip("\n")[1:-1]


def plain(value: Any, column: int = 0) -> str:
    """A scalar as it stands behind a key in block style; of a text with line ends the lines that follow, too."""
    said = entry("k", value, column)
    return said[column + len("k:") :].lstrip(" ").rstrip("\n") if not said.endswith("|\n") else said


def _moved(line: str, column: int) -> str:
    return " " * column + line if line.strip() else line


def _dumped(value: Any, width: int = 1_000_000) -> str:
    buffer = io.StringIO()
    _writer(width).dump(value, buffer)
    return buffer.getvalue()


@cache
def _writer(width: int) -> YAML:
    writer = YAML()
    writer.indent(mapping=INDENT, sequence=2 * INDENT, offset=INDENT)
    writer.width = width
    writer.allow_unicode = True
    writer.brace_single_entry_mapping_in_flow_sequence = True
    return writer


def _styled(value: Any, column: int, word: str) -> Any:
    """The value with the style in which it is written. column: where it begins. word: what stands before it."""
    if isinstance(value, Mapping):
        if word not in _ENTRIES and column > 2 * INDENT and _fits(value, column + len(word)):
            return _in_flow(value)
        return CommentedMap({name: _styled(part, column + INDENT, name) for name, part in value.items()})
    if isinstance(value, Sequence) and not isinstance(value, str):
        if (word not in _ENTRIES or not value) and _fits(value, column + len(word)):
            return _in_flow(value)
        return CommentedSeq([_styled(part, column + INDENT, "-") for part in value])
    return _text(value, inside=False)


def _fits(value: Any, column: int) -> bool:
    if _has_lines(value) or column + _letters(value) > WIDEST:
        return False
    return column + len(flow(value)) <= WIDEST


def _letters(value: Any) -> int:
    """How many columns a value takes at least."""
    if isinstance(value, Mapping):
        return sum(_letters(name) + _letters(part) for name, part in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return sum(map(_letters, value))
    return len(str(value))


def _has_lines(value: Any) -> bool:
    if isinstance(value, str):
        return "\n" in value
    if isinstance(value, Mapping):
        return any(_has_lines(part) for part in value.values())
    return isinstance(value, Sequence) and any(_has_lines(part) for part in value)


def _in_flow(value: Any, *, inside: bool = True) -> Any:
    if isinstance(value, Mapping):
        made = CommentedMap({_text(name, inside=True): _in_flow(part) for name, part in value.items()})
        made.fa.set_flow_style()
        return made
    if isinstance(value, Sequence) and not isinstance(value, str):
        listed = CommentedSeq([_in_flow(part) for part in value])
        listed.fa.set_flow_style()
        return listed
    return _text(value, inside=inside, lines=False)


def _text(value: Any, *, inside: bool, lines: bool = True) -> Any:
    """A text in quotes, or as it is read. inside: it stands within braces."""
    if not isinstance(value, str):
        return value
    if lines and "\n" in value and _can_be_literal(value):
        return LiteralScalarString(value)
    return value if _is_plain(value, inside=inside) else DoubleQuotedScalarString(value)


def _is_plain(value: str, *, inside: bool) -> bool:
    if value.casefold() in _WORDS or value != value.strip() or not value.isprintable():
        return False
    if _PLAIN.fullmatch(value) or _DURATION.fullmatch(value):
        return True
    if inside or not _PLAIN_IN_BLOCK.fullmatch(value):
        return False
    return ": " not in value and " #" not in value and not value.endswith(":")


def _can_be_literal(value: str) -> bool:
    """Whether the text is the same again when it is read from lines of their own."""
    lines = value.split("\n")
    if not value.strip() or lines[0][:1] in (" ", "\t", "") or any(line != line.rstrip() for line in lines):
        return False
    return not value.endswith("\n\n") and all(line.isprintable() for line in lines)
