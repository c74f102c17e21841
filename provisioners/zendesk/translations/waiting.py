"""Conditions on elapsed hours, both ways (grammar 13): how long ago something was, how long until something is due.

The vendor counts whole hours, in calendar hours or in those of the ticket's schedule. Source: the vendor's "Ticket
automation conditions and actions reference".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.duration import minutes, show
from config.kinds.conditions import ClockCondition, DeadlineCondition
from provisioners.zendesk.translations.base import CannotSend

_SINCE = {
    "created": "NEW",
    "open": "OPEN",
    "pending": "PENDING",
    "on_hold": "HOLD",
    "solved": "SOLVED",
    "closed": "CLOSED",
    "assigned": "assigned_at",
    "updated": "updated_at",
    "requester_update": "requester_updated_at",
    "assignee_update": "assignee_updated_at",
    "due": "due_date",
    "sla_breach": "sla_next_breach_at",
}
_UNTIL = {"next_sla_breach": "until_sla_next_breach_at", "due": "until_due_date"}
_SINCE_BACK = {vendor: word for word, vendor in _SINCE.items()}
_UNTIL_BACK = {vendor: word for word, vendor in _UNTIL.items()}
_OPERATORS = {"is": "is", "more_than": "greater_than", "less_than": "less_than"}
_OPERATORS_BACK = {vendor: word for word, vendor in _OPERATORS.items()}
_BUSINESS = "_business_hours"

HOUR = 60
"""Minutes."""


def waits(condition: Mapping[str, Any]) -> bool:
    """Whether a condition of the vendor's is one on elapsed hours."""
    return condition.get("field") in _SINCE_BACK or condition.get("field") in _UNTIL_BACK


def compiled_waiting(condition: ClockCondition | DeadlineCondition) -> dict[str, Any]:
    """The vendor's condition. Raises CannotSend where it is no whole number of hours."""
    length = minutes(condition.duration)
    if length % HOUR:
        raise CannotSend(
            f"Zendesk counts whole hours, and `{condition.duration}` is not a number of them",
            "Say it in hours, such as 2h.",
            (condition.operator,),
        )
    operator = _OPERATORS[condition.operator]
    if isinstance(condition, DeadlineCondition):
        field = _UNTIL[condition.hours_until]
    else:
        field = _SINCE[condition.hours_since]
        operator += _BUSINESS if condition.clock == "business" else ""
    return {"field": field, "operator": operator, "value": str(length // HOUR)}


def declared_waiting(field: str, operator: str, value: Any, *, in_days: bool = False) -> dict[str, Any] | None:
    """The vendor's condition as the YAML has it; None where it is none on elapsed hours. in_days: whole days are said
    as such."""
    word = _OPERATORS_BACK.get(operator.removesuffix(_BUSINESS))
    if word is None or not str(value).isdecimal() or not int(value):
        return None
    days, rest = divmod(int(value), 24)
    said = {word: f"{days}d" if in_days and not rest else show(int(value) * HOUR)}
    if field in _SINCE_BACK:
        clock = {"clock": "business"} if operator.endswith(_BUSINESS) else {}
        return {"hours_since": _SINCE_BACK[field], **said, **clock}
    if field in _UNTIL_BACK and not operator.endswith(_BUSINESS):
        return {"hours_until": _UNTIL_BACK[field], **said}
    return None
