"""What a field's values can be: its shape, its options, and what is wrong with a value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from config.declaration import Declared
from config.document import Path_
from config.findings import Finding
from config.rules.naming import option_tags
from config.rules.scope import Scope, did_you_mean
from config.vocabulary import SHAPE_OF_TYPE, TICKET, Shape
from config.words import nearest, priority_hint


def shape_of(name: str, scope: Scope) -> tuple[Shape, Declared | None] | None:
    """How a field behaves in conditions, and its declaration where it is a declared one; None if unknown."""
    owner, dot, key = name.partition(".")
    if dot and owner not in ("organization", "requester"):
        return None
    if not dot and name in TICKET:
        return TICKET[name].shape, None
    item = scope.declaration.get("customer_fields" if dot else "ticket_fields", key if dot else name)
    if item is None or item.value.type is None:
        return None
    return SHAPE_OF_TYPE[item.value.type], item


def wrong_value(shape: Shape, operator: str, value: Any) -> tuple[str, str] | None:
    """(message, hint) where a value cannot be one of a field of this shape."""
    if shape == "checkbox" and not isinstance(value, bool):
        return f"`{value}` is not a value of a checkbox", "Write true or false."
    if shape == "number" and (isinstance(value, bool) or not isinstance(value, int | float)):
        return f"`{value}` is not a number", "Write it without quotes and units."
    if shape == "date" and not _is_date(value):
        return f"`{value}` is not a date", "A date is written YYYY-MM-DD."
    if operator in ("has_word", "has_no_word") and " " in str(value):
        return f"`{value}` is more than one word", "For a phrase write `contains` or `contains_not`."
    return None


def _is_date(value: Any) -> bool:
    try:
        return len(str(value)) == 10 and bool(date.fromisoformat(str(value)))
    except ValueError:
        return False


def choice(
    item: Declared, path: Path_, value: Any, allowed: list[str], name: str, scope: Scope, field: Declared | None = None
) -> Iterator[Finding]:
    """A finding where a value is not one of those that are allowed.

    field: the declaration of the field `name`, where it is a declared one.
    """
    if not allowed or value in allowed:
        return
    if name == "priority":
        hint = priority_hint(str(value), scope.names("priorities"))
    elif name == "status" and (own := _own_status(str(value), allowed, scope)):
        ask, name_it = ("set", "to") if path[-1] == "to" else ("field", "is")
        hint = f"That is a status of your own:  {{{ask}: status_detail, {name_it}: {own}}}"
    else:
        hint = did_you_mean(str(value), allowed, names=option_names(field, scope) if field else {})
    yield item.finding("conditions.value", "error", path, f"`{value}` is not a value of `{name}`", hint)


def _own_status(word: str, allowed: list[str], scope: Scope) -> str:
    """The declared status that is meant where a word is none of those that every ticket has; "" for none."""
    if nearest(word, allowed):
        return ""
    known = sorted(scope.known.get("ticket_statuses", set()))
    return next(iter(nearest(word, known, scope.names("ticket_statuses"))), "")


def option_names(field: Declared, scope: Scope) -> dict[str, list[str]]:
    """What the options of a field are called: their names, and the tags that tickets get."""
    tags = option_tags(field, scope)
    names = scope.names("segments") if field.value.options_from else {}
    return {**{key: [option.name, tags[key]] for key, option in field.value.choices().items()}, **names}


def has_options(field: Declared) -> bool:
    return field.value.type in ("dropdown", "multiselect")
