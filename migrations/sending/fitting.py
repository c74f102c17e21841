"""Values as a field of the new helpdesk can hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from config.declaration import Declared
from migrations.records.record import Value

_TRUE, _FALSE = ("true", "yes", "1", "y", "on"), ("false", "no", "0", "n", "off", "")


@dataclass(frozen=True)
class Misfit:
    """A value of a ticket that its new field cannot hold. field: the old one's name."""

    ticket: str
    field: str
    value: str
    why: str


def fitted(value: Value, target: Declared) -> tuple[Value, str]:
    """The value as the field holds it, and why it cannot; empty where it can."""
    type_ = target.value.type
    if type_ == "multiselect":
        return (value if isinstance(value, list) else [str(value)]), ""
    if type_ == "dropdown":
        chosen = value if isinstance(value, list) else [str(value)]
        if len(chosen) > 1:
            return None, "it is several choices, and the field takes one"
        return (chosen[0] if chosen else None), ""
    text = ", ".join(value) if isinstance(value, list) else str(value).strip()
    if type_ in ("integer", "decimal"):
        return _number(text, whole=type_ == "integer")
    if type_ == "date":
        return _day(text)
    if type_ == "checkbox":
        low = text.casefold()
        return (low in _TRUE, "") if low in (*_TRUE, *_FALSE) else (None, "it is neither yes nor no")
    if type_ == "pattern" and target.value.pattern and not re.search(target.value.pattern, text):
        return None, "it does not fit the field's pattern"
    return text, ""


def _number(text: str, *, whole: bool) -> tuple[Value, str]:
    try:
        number = float(text)
    except ValueError:
        return None, "it is no number"
    if not whole:
        return number, ""
    return (int(number), "") if number == int(number) else (None, "it is no whole number")


def _day(text: str) -> tuple[Value, str]:
    try:
        return date.fromisoformat(text[:10]).isoformat(), ""
    except ValueError:
        return None, "it is no day"
