"""The template language of notifications: Liquid, as far as people write it into rules.

Knows output with filters, `assign`, `if`, `unless`, `case`, `for`, `comment` and `raw`. What a name does not mean is
empty, an unknown filter changes nothing, and a template that cannot be read becomes the reason why, as with the vendor.

Source: shopify.github.io/liquid; support.zendesk.com, “Using Liquid markup”.
"""

from __future__ import annotations

import operator as op
import re
from collections import ChainMap
from collections.abc import Callable, Mapping, MutableMapping
from functools import lru_cache
from typing import Any

from sandbox.zendesk.liquid_filters import FILTERS, as_text

Scope = MutableMapping[str, Any]
Node = Callable[[Scope], str]

_TOKENS = re.compile(r"(\{\{-?.*?-?\}\}|\{%-?.*?-?%\})", re.DOTALL)
_PIECE = re.compile(r"""'[^']*'|"[^"]*"|[^\s|:,'"]+|[|:,]""")
_QUOTED = r"""'[^']*'|"[^"]*\""""
_AND_OR = re.compile(rf"{_QUOTED}|\s+(and|or)\s+")
_COMPARE = re.compile(rf"{_QUOTED}|\s*(==|!=|<>|<=|>=|<|>|\bcontains\b)\s*")
_LISTED = re.compile(rf"{_QUOTED}|(,|\bor\b)")
_RANGE = re.compile(r"\((.+?)\.\.(.+?)\)")
MOST_TURNS = 10_000
"""Turns of one loop."""


class LiquidError(Exception):
    """The template cannot be read; the message says why."""


def rendered(template: str, scope: Mapping[str, Any]) -> str:
    """The template with its values. A value that is a function is called when it is needed."""
    try:
        return _read(template)(ChainMap({}, scope))  # type: ignore[arg-type]
    except LiquidError as why:
        return f"Liquid syntax error: {why}"


@lru_cache(maxsize=1_000)
def _read(template: str) -> Node:
    """A template as something that can be rendered often. Raises `LiquidError`."""
    return _Reader(template).block(())


class Shown(str):
    """A text that has parts of its own: a comment, a chosen option."""

    parts: Mapping[str, Any]

    def __new__(cls, text: str, parts: Mapping[str, Any]) -> Shown:
        """The text with its parts by name."""
        made = super().__new__(cls, text)
        made.parts = parts
        return made


# Values


def value(expression: str, scope: Scope) -> Any:
    """What a literal or a path (`ticket.comments[0].value`, `list.first`) means."""
    text = expression.strip()
    if text[:1] in "'\"" and text[-1:] == text[:1] and len(text) > 1:
        return text[1:-1]
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if re.fullmatch(r"-?\d+\.\d+", text):
        return float(text)
    if text in _WORDS:
        return _WORDS[text]
    found: Any = scope
    for name, index in re.findall(r"([\w-]+)|\[([^\]]+)\]", text):
        found = _member(found, value(index, scope) if index else name)
        if found is None:
            return None
    return found


_WORDS: dict[str, Any] = {"nil": None, "null": None, "true": True, "false": False, "empty": "", "blank": ""}


def _member(holder: Any, name: Any) -> Any:
    found: Any = None
    if isinstance(holder, Shown):
        holder = {"size": len(holder), **holder.parts}
    if isinstance(holder, Mapping):
        found = holder.get(str(name))
        if found is None and name == "size":
            return len(holder)
    elif isinstance(holder, list | str):
        if name == "size":
            return len(holder)
        if name in ("first", "last") and isinstance(holder, list):
            return (holder[0] if name == "first" else holder[-1]) if holder else None
        if isinstance(holder, list) and re.fullmatch(r"-?\d+", str(name)) and -len(holder) <= int(name) < len(holder):
            found = holder[int(name)]
    return found() if callable(found) else found


def _piped(markup: str, scope: Scope) -> Any:
    """An expression with its filters."""
    pieces = _PIECE.findall(markup)
    groups: list[list[str]] = [[]]
    for piece in pieces:
        if piece == "|":
            groups.append([])
        else:
            groups[-1].append(piece)
    result = value("".join(groups[0]), scope)
    for group in groups[1:]:
        if not group:
            continue
        arguments = [value(piece, scope) for piece in group[1:] if piece not in (":", ",")]
        known = FILTERS.get(group[0])
        try:
            result = known(result, *arguments) if known else result
        except (TypeError, ValueError, IndexError):
            result = f"Liquid error: {group[0]}"
    return result


def _is_true(found: Any) -> bool:
    return found is not None and found is not False


def _cut(markup: str, mark: re.Pattern[str]) -> tuple[str, str, str]:
    """What stands before the first mark outside of quotes, the mark, and what stands behind it."""
    for found in mark.finditer(markup):
        if found[1]:
            return markup[: found.start()], found[1], markup[found.end() :]
    return markup, "", ""


def _condition(markup: str, scope: Scope) -> bool:
    """`a == b and c or d`, read from the right as Liquid does."""
    left, word, rest = _cut(markup, _AND_OR)
    if not word:
        return _comparison(left, scope)
    if word == "and":
        return _comparison(left, scope) and _condition(rest, scope)
    return _comparison(left, scope) or _condition(rest, scope)


_SIZES: dict[str, Callable[[Any, Any], Any]] = {"<": op.lt, ">": op.gt, "<=": op.le, ">=": op.ge}


def _comparison(markup: str, scope: Scope) -> bool:
    first, sign, second = _cut(markup.strip(), _COMPARE)
    left = value(first, scope)
    if not sign:
        return _is_true(left)
    right = value(second, scope)
    if sign == "contains":
        return right is not None and isinstance(left, str | list) and (right in left or str(right) in left)
    if sign in ("==", "!=", "<>"):
        emptiness = second.strip() in ("empty", "blank") and left in ("", [])
        blankness = second.strip() == "blank" and left in (None, False)  # Rails' own word
        return (left == right or emptiness or blankness) == (sign == "==")
    try:
        return bool(_SIZES[sign](left, right))
    except TypeError:
        return False


# Blocks


class _Reader:
    """Reads a template into nodes."""

    def __init__(self, template: str) -> None:
        self._tokens = _trimmed([token for token in _TOKENS.split(template) if token])
        self._at = 0

    def block(self, ends: tuple[str, ...]) -> Node:
        """Everything up to one of these tags, or to the end."""
        nodes: list[Node] = []
        while True:
            if self._at >= len(self._tokens):
                if ends:
                    raise LiquidError(f"'{ends[-1]}' was never closed")
                break
            token = self._tokens[self._at]
            if token.startswith("{%"):
                word, _, markup = _inside(token).partition(" ")
                if word in ends:
                    break
                self._at += 1
                nodes.append(self._tag(word, markup.strip()))
            else:
                self._at += 1
                nodes.append(_output(_inside(token)) if token.startswith("{{") else _plain(token))
        return lambda scope: "".join(node(scope) for node in nodes)

    def _end(self) -> tuple[str, str]:
        """The tag at which the last block stopped, taken."""
        word, _, markup = _inside(self._tokens[self._at]).partition(" ")
        self._at += 1
        return word, markup.strip()

    def _tag(self, word: str, markup: str) -> Node:
        if word == "assign":
            name, _, expression = markup.partition("=")
            return _assign(name.strip(), expression)
        if word in ("if", "unless"):
            return self._branches(markup, f"end{word}", unless=word == "unless")
        if word == "case":
            return self._case(markup)
        if word == "for":
            return self._for(markup)
        if word == "comment":
            self.block(("endcomment",))
            self._end()
            return _plain("")
        if word == "raw":
            return self._raw()
        if word == "capture":
            body = self.block(("endcapture",))
            self._end()
            return _capture(markup, body)
        raise LiquidError(f"Unknown tag '{word}'")

    def _branches(self, markup: str, end: str, *, unless: bool) -> Node:
        branches: list[tuple[Callable[[Scope], bool], Node]] = []
        test: Callable[[Scope], bool] = _test(markup, negative=unless)
        while True:
            branches.append((test, self.block(("elsif", "else", end))))
            word, more = self._end()
            if word == end:
                return _first_of(branches)
            test = _test(more) if word == "elsif" else _always

    def _case(self, markup: str) -> Node:
        self.block(("when", "else", "endcase"))  # nothing that stands before the first is shown
        branches: list[tuple[Callable[[Scope], bool], Node]] = []
        word, more = self._end()
        while word != "endcase":
            test = _always if word == "else" else _equals(markup, more)
            branches.append((test, self.block(("when", "else", "endcase"))))
            word, more = self._end()
        return _first_of(branches)

    def _for(self, markup: str) -> Node:
        match = re.match(r"([\w-]+)\s+in\s+(\S+)", markup)
        if match is None:
            raise LiquidError(f"'for' needs a list: {markup}")
        body = self.block(("endfor",))
        self._end()
        return _loop(match[1], match[2], body)

    def _raw(self) -> Node:
        pieces: list[str] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.startswith("{%") and _inside(token) == "endraw":
                return _plain("".join(pieces))
            pieces.append(token)
        raise LiquidError("'raw' was never closed")


def _trimmed(tokens: list[str]) -> list[str]:
    """Tokens without the white space that `-` beside a brace takes away."""
    result = list(tokens)
    for index, token in enumerate(tokens):
        if token.startswith(("{{", "{%")):
            if token[2] == "-" and index and not result[index - 1].startswith(("{{", "{%")):
                result[index - 1] = result[index - 1].rstrip()
            if token[-3] == "-" and index + 1 < len(result) and not result[index + 1].startswith(("{{", "{%")):
                result[index + 1] = result[index + 1].lstrip()
    return result


def _inside(token: str) -> str:
    return token[2:-2].removeprefix("-").removesuffix("-").strip()


def _plain(text: str) -> Node:
    return lambda scope: text


def _output(markup: str) -> Node:
    return lambda scope: as_text(_piped(markup, scope))


def _assign(name: str, expression: str) -> Node:
    def node(scope: Scope) -> str:
        scope[name] = _piped(expression, scope)
        return ""

    return node


def _capture(name: str, body: Node) -> Node:
    def node(scope: Scope) -> str:
        scope[name.strip("'\" ")] = body(scope)
        return ""

    return node


def _test(markup: str, *, negative: bool = False) -> Callable[[Scope], bool]:
    return lambda scope: _condition(markup, scope) != negative


def _always(scope: Scope) -> bool:
    return True


def _equals(left: str, listed: str) -> Callable[[Scope], bool]:
    options: list[str] = []
    rest = listed
    while rest:
        option, _, rest = _cut(rest, _LISTED)
        options.append(option.strip())
    return lambda scope: any(value(left, scope) == value(option, scope) for option in options)


def _first_of(branches: list[tuple[Callable[[Scope], bool], Node]]) -> Node:
    def node(scope: Scope) -> str:
        return next((body(scope) for test, body in branches if test(scope)), "")

    return node


def _loop(name: str, listed: str, body: Node) -> Node:
    def node(scope: Scope) -> str:
        counted = _RANGE.fullmatch(listed)
        if counted:
            first, last = (int(value(part, scope) or 0) for part in counted.groups())
            items: Any = list(range(first, min(last, first + MOST_TURNS) + 1))
        else:
            items = value(listed, scope)
        if not isinstance(items, list):
            return ""
        pieces = []
        for index, item in enumerate(items):
            turn = {"index": index + 1, "index0": index, "first": index == 0, "last": index == len(items) - 1}
            scope[name], scope["forloop"] = item, {**turn, "length": len(items)}
            pieces.append(body(scope))
        return "".join(pieces)

    return node
