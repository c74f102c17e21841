"""An alert in one sentence: `P1 tickets from Enterprise customers post to #critical-issues, day and night`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from golive.wording.sentences import condition, field_value
from golive.wording.words import Terms

Entry = Mapping[str, Any]
_NAMED = ("is", "is_one_of", "changed_to")
"""Operators after which a field's values name the tickets that are meant."""


def alert_sentence(when: Sequence[Entry], when_any: Sequence[Entry], channel: str, terms: Terms) -> str:
    """Which tickets an alert posts, where to, and at which times. channel: its key."""
    left = list(when)
    priorities = _taken(left, "priority", terms)
    customers = _segments(left, terms)
    times = [each for each in left if "in_hours" in each or "outside_hours" in each]
    left = [each for each in left if each not in times]
    who = f"{_either(priorities)} tickets" if priorities else "Tickets"
    whose = f" from {_either(customers)} customers" if customers else ""
    at = " and ".join(condition(each, terms) for each in times)
    once = [condition(each, terms) for each in left if "hours_since" in each or "hours_until" in each]
    rest = [condition(each, terms) for each in left if not ("hours_since" in each or "hours_until" in each)]
    said = f"{who}{whose} post to {_channel(channel, terms)}"
    if at or not once:
        said += f", {at or 'day and night'}"
    if once:
        said += f", once it has been {' and '.join(once)}"
    if rest:
        said += f", if {' and '.join(rest)}"
    if when_any:
        said += f", {'and' if rest else 'if'} {' or '.join(condition(each, terms) for each in when_any)}"
    return said


def _channel(key: str, terms: Terms) -> str:
    return f"#{terms.name('slack_channels', key).removeprefix('#')}"


def _taken(left: list[Entry], field: str, terms: Terms) -> list[str]:
    """The values of the first condition that names tickets by this field; it is taken out."""
    for each in left:
        operator = next((name for name in _NAMED if name in each), "")
        if each.get("field") == field and operator:
            left.remove(each)
            values = each[operator] if isinstance(each[operator], list) else [each[operator]]
            return [field_value(field, value, terms) for value in values]
    return []


def _segments(left: list[Entry], terms: Terms) -> list[str]:
    """The segments of the first condition about a customer's field whose choices are segments."""
    for each in left:
        name = str(each.get("field", ""))
        options = terms.options.get(("customer_fields", name.partition(".")[2]), {})
        if options and all(("segments", option) in terms.called for option in options):
            return _taken(left, name, terms)
    return []


def _either(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if names[1:] else names[0]
