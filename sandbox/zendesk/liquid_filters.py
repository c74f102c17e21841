"""Liquid's filters, as far as people use them in notifications."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any


def as_text(found: Any) -> str:
    """A value as a template shows it."""
    if found is None:
        return ""
    if isinstance(found, bool):
        return str(found).lower()
    if isinstance(found, list):
        return "".join(as_text(one) for one in found)
    if isinstance(found, dict):
        return ""
    return str(found)


def _number(found: Any) -> float:
    text = as_text(found)
    try:
        return int(text) if re.fullmatch(r"-?\d+", text) else float(text)
    except ValueError:
        return 0


def _date(found: Any, form: str = "%b %d, %Y") -> Any:
    text = as_text(found)
    if text in ("now", "today"):
        return datetime.now(UTC).strftime(form)
    for shape in (None, "%B %d, %Y", "%b %d, %Y"):
        try:
            moment = (
                datetime.fromisoformat(text) if shape is None else datetime.strptime(text, shape).replace(tzinfo=UTC)
            )
            return moment.strftime(form)
        except ValueError:
            continue
    return found


def _truncate(found: Any, length: int = 50, end: str = "...") -> str:
    text = as_text(found)
    if len(text) <= length:
        return text
    return text[: max(0, length - len(end))] + end


def _split(found: Any, mark: str) -> list[str]:
    """Ruby's: one space means white space of every kind, and empty pieces at the end fall away."""
    text = as_text(found)
    if mark == " ":
        return text.split()
    pieces = text.split(mark) if mark else list(text)
    while pieces and not pieces[-1]:
        pieces.pop()
    return pieces


def _slice(found: Any, start: int, length: int = 1) -> Any:
    items = found if isinstance(found, list) else as_text(found)
    begin = start + len(items) if start < 0 else start
    return items[begin : begin + length]


def _divided(found: Any, by: Any) -> Any:
    left, right = _number(found), _number(by)
    if right == 0:
        return "Liquid error: divided by 0"
    return left // right if isinstance(left, int) and isinstance(right, int) else left / right


def _escaped(found: Any) -> str:
    return html.escape(as_text(found)).replace("&#x27;", "&#39;")


FILTERS: dict[str, Callable[..., Any]] = {
    "append": lambda found, more: as_text(found) + as_text(more),
    "capitalize": lambda found: as_text(found)[:1].upper() + as_text(found)[1:].lower(),
    "ceil": lambda found: int(-(-_number(found) // 1)),
    "date": _date,
    "default": lambda found, other: other if found in (None, False, "", []) else found,
    "divided_by": _divided,
    "downcase": lambda found: as_text(found).lower(),
    "escape": _escaped,
    "first": lambda found: found[0] if isinstance(found, list) and found else None,
    "floor": lambda found: int(_number(found) // 1),
    "join": lambda found, mark=" ": as_text(mark).join(map(as_text, found)) if isinstance(found, list) else found,
    "last": lambda found: found[-1] if isinstance(found, list) and found else None,
    "lstrip": lambda found: as_text(found).lstrip(),
    "minus": lambda found, other: _number(found) - _number(other),
    "modulo": lambda found, other: _number(found) % _number(other),
    "newline_to_br": lambda found: as_text(found).replace("\n", "<br />\n"),
    "plus": lambda found, other: _number(found) + _number(other),
    "prepend": lambda found, more: as_text(more) + as_text(found),
    "remove": lambda found, what: as_text(found).replace(as_text(what), ""),
    "remove_first": lambda found, what: as_text(found).replace(as_text(what), "", 1),
    "replace": lambda found, what, by="": as_text(found).replace(as_text(what), as_text(by)),
    "replace_first": lambda found, what, by="": as_text(found).replace(as_text(what), as_text(by), 1),
    "reverse": lambda found: found[::-1] if isinstance(found, list) else found,
    "round": lambda found, digits=0: round(_number(found), digits) if digits else round(_number(found)),
    "rstrip": lambda found: as_text(found).rstrip(),
    "size": lambda found: len(found) if isinstance(found, list | str) else 0,
    "slice": _slice,
    "sort": lambda found: sorted(found, key=as_text) if isinstance(found, list) else found,
    "split": _split,
    "strip": lambda found: as_text(found).strip(),
    "strip_html": lambda found: re.sub(r"<.*?>", "", as_text(found), flags=re.DOTALL),
    "strip_newlines": lambda found: re.sub(r"\r?\n", "", as_text(found)),
    "times": lambda found, other: _number(found) * _number(other),
    "truncate": _truncate,
    "truncatewords": lambda found, words=15, end="...": (
        " ".join(as_text(found).split()[:words]) + (end if len(as_text(found).split()) > words else "")
    ),
    "uniq": lambda found: list(dict.fromkeys(found)) if isinstance(found, list) else found,
    "upcase": lambda found: as_text(found).upper(),
}
"""Name → what it does; the first argument is what stands before it."""
