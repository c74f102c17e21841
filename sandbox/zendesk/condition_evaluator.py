"""Whether the conditions of a rule hold for an update of a ticket.

Source: developer.zendesk.com, “Conditions reference”; support.zendesk.com, “Ticket trigger conditions and actions
reference”. What the pages leave open, and how it is read here:

- a word is a whole word, a string is found inside words too; neither minds capitals;
- whoever has no priority or no status stands below everybody who has one;
- while a ticket is being made, everything that has a value has changed, from nothing.

A field or operator that this file does not know holds never; `unknown_to_evaluator` names such conditions.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sandbox.store import Row
from sandbox.zendesk import subject_facts
from sandbox.zendesk.ticket_update import TicketUpdate
from sandbox.zendesk.ticket_values import is_ticked, value_of

Test = Callable[[TicketUpdate, str, Any], bool]

ORDERS: dict[str, tuple[str, ...]] = {
    "status": ("", "new", "open", "pending", "hold", "solved", "closed"),
    "priority": ("", "low", "normal", "high", "urgent"),
    "satisfaction_score": (
        "unoffered",
        "offered",
        "bad",
        "bad_with_comment",
        "good",
        "good_with_comment",
    ),
}
"""Lowest first."""


def holds(update: TicketUpdate, conditions: Row) -> bool:
    """Whether all of `all` hold, and one of `any` where there are any."""
    if not all(condition_holds(update, one) for one in conditions["all"]):
        return False
    return not conditions["any"] or any(condition_holds(update, one) for one in conditions["any"])


def condition_holds(update: TicketUpdate, condition: Row) -> bool:
    """Whether one condition holds."""
    name, operator, value = condition["field"], condition["operator"], condition["value"]
    special = _SPECIAL.get(name)
    if special is not None:
        return special(update, operator, value)
    now = _value(update, name, update.row)
    if operator in _CHANGES:
        before = _value(update, name, update.old) if update.old is not None else None
        return _CHANGES[operator](update, name, before, now, value)
    return _compared(update, name, operator, now, value)


def unknown_to_evaluator(condition: Row) -> bool:
    """Whether a condition is one that this file cannot judge."""
    name, operator = condition["field"], condition["operator"]
    known_field = name in _SPECIAL or name in subject_facts.FACTS or name.startswith(_CUSTOM)
    return not known_field or not (name in _SPECIAL or operator in _CHANGES or operator in _OPERATORS)


# Values

_TICKET_FIELDS = ("custom_fields_", "ticket_fields_")
_CUSTOM = (*_TICKET_FIELDS, "requester.custom_fields.", "user.custom_fields.", "organization.custom_fields.")


def _value(update: TicketUpdate, name: str, row: Row | None) -> Any:
    """What a ticket (now, or before) has for a field: None for nothing."""
    if row is None:
        return None
    if name.startswith(_TICKET_FIELDS):
        return value_of(row, name.rpartition("_")[2])
    owner, dot, key = name.partition(".custom_fields.")
    if dot:
        return subject_facts.customer_value(update.account, row, owner, key)
    fact = subject_facts.FACTS.get(name)
    return fact(update, row) if fact else None


def _text(value: Any) -> str:
    """A value as conditions write it: nothing is empty, yes and no are words."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _wanted(update: TicketUpdate, name: str, value: Any) -> str:
    """What a condition asks for, with the words that stand for people put into ids."""
    text = _text(value)
    if name in subject_facts.PEOPLE:
        return subject_facts.person(update, text)
    return text


def _is(update: TicketUpdate, name: str, now: Any, value: Any) -> bool:
    if isinstance(now, list):
        return _wanted(update, name, value) in [_text(one) for one in now]
    wanted = _wanted(update, name, value)
    if now == wanted:
        return True
    if isinstance(now, bool) or (now is None and wanted in ("true", "false")):
        return is_ticked(now) == is_ticked(wanted)
    return _text(now).casefold() == wanted.casefold()


# Operators that compare


def _rank(name: str, value: Any) -> tuple[int, Any]:
    """What a value is worth in its order: by the vendor's order of words, as a number, as a day, as text."""
    order, text = ORDERS.get(name), _text(value)
    if order is not None:
        return (0, order.index(text)) if text in order else (1, text)
    try:
        return (0, float(text))
    except ValueError:
        return (1, text)


def _less(name: str, now: Any, value: Any) -> bool:
    if name not in ORDERS and now in (None, ""):
        return False
    return _rank(name, now) < _rank(name, value)


def _more(name: str, now: Any, value: Any) -> bool:
    if name not in ORDERS and now in (None, ""):
        return False
    return _rank(name, now) > _rank(name, value)


def words_of(value: Any) -> tuple[str, ...]:
    """The words that a condition lists, in a list or between spaces."""
    if isinstance(value, list):
        return tuple(_text(one) for one in value if _text(one))
    return tuple(_text(value).split())


def has_word(text: str, words: tuple[str, ...]) -> bool:
    """Whether a text holds one of these as a whole word."""
    return bool(words) and _any_word(words).search(text) is not None


@lru_cache(maxsize=10_000)
def _any_word(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


def has_string(text: str, wanted: str) -> bool:
    """Whether a text holds this string, inside words too."""
    return bool(wanted) and wanted.casefold() in text.casefold()


def _includes(update: TicketUpdate, name: str, now: Any, value: Any) -> bool:
    """Of tags and several choices: one of them; of ids: one of those listed; of texts: one of the words."""
    if isinstance(now, list):
        return bool({_text(one) for one in now} & set(words_of(value)))
    if name in subject_facts.IDS:
        return any(_is(update, name, now, one) for one in (value if isinstance(value, list) else words_of(value)))
    return has_word(_text(now), words_of(value))


def _within_days(update: TicketUpdate, now: Any, value: Any, sign: int) -> bool:
    day, days = _day(now), _text(value)
    if day is None or not days.isdigit():
        return False
    today = datetime.fromtimestamp(update.account.store.clock(), UTC).date()
    first, last = sorted((today, today + sign * timedelta(days=int(days))))
    return first <= day <= last


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(_text(value)[:10])
    except ValueError:
        return None


_OPERATORS: dict[str, Callable[[TicketUpdate, str, Any, Any], bool]] = {
    "is": _is,
    "is_not": lambda update, name, now, value: not _is(update, name, now, value),
    "less_than": lambda update, name, now, value: _less(name, now, value),
    "greater_than": lambda update, name, now, value: _more(name, now, value),
    "less_than_equal": lambda update, name, now, value: now not in (None, "") and not _more(name, now, value),
    "greater_than_equal": lambda update, name, now, value: now not in (None, "") and not _less(name, now, value),
    "includes": _includes,
    "not_includes": lambda update, name, now, value: not _includes(update, name, now, value),
    "includes_words": lambda update, name, now, value: has_word(_text(now), words_of(value)),
    "not_includes_words": lambda update, name, now, value: not has_word(_text(now), words_of(value)),
    "includes_string": lambda update, name, now, value: has_string(_text(now), _text(value)),
    "not_includes_string": lambda update, name, now, value: not has_string(_text(now), _text(value)),
    "present": lambda update, name, now, value: now not in (None, "", []),
    "not_present": lambda update, name, now, value: now in (None, "", []),
    "within_previous_n_days": lambda update, name, now, value: _within_days(update, now, value, -1),
    "within_next_n_days": lambda update, name, now, value: _within_days(update, now, value, 1),
}


def _compared(update: TicketUpdate, name: str, operator: str, now: Any, value: Any) -> bool:
    test = _OPERATORS.get(operator)
    return test is not None and test(update, name, now, value)


# Operators that ask what the update has changed


def _changed(update: TicketUpdate, name: str, before: Any, now: Any, value: Any) -> bool:
    return bool(_plain(before) != _plain(now))


def _plain(value: Any) -> Any:
    return sorted(map(_text, value)) if isinstance(value, list) else _text(value)


def _changed_to(update: TicketUpdate, name: str, before: Any, now: Any, value: Any) -> bool:
    return _changed(update, name, before, now, value) and _is(update, name, now, value)


def _changed_from(update: TicketUpdate, name: str, before: Any, now: Any, value: Any) -> bool:
    return _changed(update, name, before, now, value) and _is(update, name, before, value)


_CHANGES: dict[str, Callable[[TicketUpdate, str, Any, Any, Any], bool]] = {
    "changed": _changed,
    "value": _changed_to,
    "value_previous": _changed_from,
    "not_changed": lambda *asked: not _changed(*asked),
    "not_value": lambda *asked: not _changed_to(*asked),
    "not_value_previous": lambda *asked: not _changed_from(*asked),
}


# Fields that are no value of the ticket


def _either(fact: Callable[[TicketUpdate, Any], bool]) -> Test:
    """A field that knows only `is` and `is_not`."""

    def test(update: TicketUpdate, operator: str, value: Any) -> bool:
        return fact(update, value) == (operator not in ("is_not", "not_present"))

    return test


def _in_text(text: Callable[[TicketUpdate], str]) -> Test:
    """Words (`includes`) and strings (`is`) in a text."""

    def test(update: TicketUpdate, operator: str, value: Any) -> bool:
        if operator in ("includes", "not_includes"):
            return has_word(text(update), words_of(value)) == (operator == "includes")
        return has_string(text(update), _text(value)) == (operator == "is")

    return test


_SPECIAL: dict[str, Test] = {
    "update_type": _either(lambda update, value: value == ("Create" if update.creates else "Change")),
    "comment_is_public": _either(lambda update, value: subject_facts.comment_is(update, _text(value))),
    "ticket_is_public": _either(lambda update, value: value == ("public" if update.row["is_public"] else "private")),
    "role": _either(lambda update, value: subject_facts.has_role(update, update.actor, _text(value))),
    "requester_role": _either(
        lambda update, value: subject_facts.has_role(update, subject_facts.requester(update), _text(value))
    ),
    "current_user_id": _either(
        lambda update, value: str(update.actor["id"]) == subject_facts.person(update, _text(value))
    ),
    "in_business_hours": _either(
        lambda update, value: subject_facts.in_hours(update, None) == (_text(value) == "true")
    ),
    "within_schedule": _either(lambda update, value: subject_facts.in_hours(update, _text(value))),
    "on_a_holiday": _either(lambda update, value: subject_facts.on_holiday(update, _text(value))),
    "attachment": _either(
        lambda update, value: subject_facts.has_attachment(update) == (_text(value) not in ("false", "not_present"))
    ),
    "cc": _either(lambda update, value: subject_facts.is_copied(update, _text(value))),
    "subject_includes_word": _in_text(lambda update: str(update.row["subject"] or "")),
    "comment_includes_word": _in_text(subject_facts.comment_text),
    "description_includes_word": _in_text(
        lambda update: f"{update.row['subject'] or ''}\n{update.row['description'] or ''}"
    ),
}
