"""A condition of a ticket form as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from golive.wording.sentences import field_of, field_value
from golive.wording.words import Terms, listed

_WHEN = {"always": "must be filled in", "on_solve": "must be filled in before the ticket is solved"}


def form_condition(said: Mapping[str, Any], terms: Terms) -> str:
    """`agents and customers: where Request type is Repair, also Frame number, which must be filled in`."""
    whose = " and ".join(str(each) for each in said.get("for") or ())
    field, value = next(iter((said.get("when") or {"": ""}).items()))
    required = said.get("required") or {}
    shown = dict.fromkeys([*(said.get("show") or ()), *required])
    fields = listed(_with_duty(field_of(str(each), terms), required.get(each), terms) for each in shown)
    return f"{whose}: where {field_of(str(field), terms)} is {field_value(str(field), value, terms)}, also {fields}"


def _with_duty(name: str, when: Any, terms: Terms) -> str:
    if isinstance(when, list):
        states = listed(field_value("status", each, terms) for each in when)
        return f"{name} (must be filled in while the ticket is {states})"
    return f"{name} ({_WHEN[when]})" if when in _WHEN else name
