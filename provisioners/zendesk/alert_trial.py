"""A ticket that a live rule acts on: what it must be from the start, and what must change in it then.

Source: developer.zendesk.com, “Conditions reference”.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from provisioners.zendesk.translations.vendor_fields import CUSTOM, FIELDS
from provisioners.zendesk.translations.waiting import waits

Condition = Mapping[str, Any]
Conditions = Mapping[str, Sequence[Condition]]
_ORDERS = {
    "priority": ("low", "normal", "high", "urgent"),
    "status": ("new", "open", "pending", "hold", "solved"),
}
_BY_ID = ("group_id", "assignee_id", "brand_id", "ticket_form_id", "custom_status_id")
_IS = ("is", "value")
_IS_NOT = ("is_not", "not_value", "not_value_previous", "not_changed")
_TIME = "in_business_hours"
_BY_API = "5"
_OUR_WORDS = {vendor.name: word for word, vendor in FIELDS.items()}


@dataclass
class Fit:
    """made: attributes of the ticket when it is made; then: what is changed afterwards, empty for nothing. tags, words:
    what must be among its tags and in its text. unmet: conditions that no trial brings about, in words."""

    made: dict[str, Any] = field(default_factory=dict)
    then: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    unmet: list[str] = field(default_factory=list)


def fitting(conditions: Conditions) -> Fit:
    """What fits a rule's conditions, as far as a ticket alone can. Of alternatives the first that can be met."""
    fit = Fit()
    for condition in conditions.get("all") or ():
        _meet(condition, fit)
    alternatives = list(conditions.get("any") or ())
    if alternatives:
        _meet_one(alternatives, fit)
    return fit


def at_once(conditions: Conditions) -> dict[str, list[Condition]]:
    """The same without those on elapsed hours."""
    return {group: [each for each in listed or () if not waits(each)] for group, listed in conditions.items()}


def standing_in(conditions: Conditions, tag: str) -> dict[str, list[Condition]]:
    """What a copy of a rule asks for: what a ticket alone can meet, and this tag."""
    now = at_once(conditions)
    needed = [each for each in now.get("all", []) if not fitting({"all": [each]}).unmet]
    alternatives = now.get("any", [])
    if alternatives and fitting({"any": alternatives}).unmet:
        alternatives = []
    own: Condition = {"field": "current_tags", "operator": "includes", "value": tag}
    return {"all": [*needed, own], "any": alternatives}


def _meet_one(alternatives: Iterable[Condition], fit: Fit) -> None:
    first: list[str] | None = None
    for condition in alternatives:
        alone = Fit()
        _meet(condition, alone)
        if not alone.unmet:
            _meet(condition, fit)
            return
        first = first or alone.unmet
    fit.unmet += first or []


def _meet(condition: Condition, fit: Fit) -> None:
    name, operator = str(condition.get("field")), str(condition.get("operator"))
    value = condition.get("value")
    text = " ".join(map(str, value)) if isinstance(value, list) else str(value if value is not None else "")
    if name in _ORDERS:
        _meet_ordered(name, operator, text, fit)
    elif name == "type" and operator in _IS:
        fit.made["type"] = text
    elif name in _BY_ID and operator in _IS:
        if text:
            fit.made[name] = int(text) if text.isdecimal() else text
    elif name == "current_tags":
        fit.tags += text.split() if operator == "includes" else []
    elif name in ("subject_includes_word", "comment_includes_word"):
        fit.words += [text] if operator in ("includes", "is") else []
    elif name.startswith(CUSTOM) and operator in _IS:
        identifier = name.removeprefix(CUSTOM)
        fit.made.setdefault("custom_fields", []).append({"id": int(identifier), "value": text})
    elif name == "update_type":
        if text == "Change":
            fit.then["comment"] = {"body": "A change, for the trial.", "public": False}
    elif name == "recipient" and operator == "is":
        fit.made["recipient"] = text
    elif operator not in (*_IS_NOT, "not_present", "not_includes") and not (name == "via_id" and text == _BY_API):
        fit.unmet.append(_said(name, operator, text))


def _meet_ordered(name: str, operator: str, text: str, fit: Fit) -> None:
    """Priority and status. A new ticket has the first status and no priority."""
    order = _ORDERS[name]
    if operator in _IS and text in order:
        fit.made[name] = text
    elif operator == "greater_than" and text in order[:-1]:
        fit.made.setdefault(name, order[order.index(text) + 1])
    elif operator == "less_than" and text in (*order[1:], "closed"):
        fit.made.setdefault(name, order[0])
    elif operator == "value_previous" and text in order:
        fit.made[name] = text
        fit.then[name] = next(each for each in order[1:] if each != text)
    elif operator == "changed":
        fit.made[name] = order[1]
    elif operator in ("is_not", "not_value") and text == order[0] and name == "status":
        fit.made.setdefault(name, order[1])
    elif operator not in _IS_NOT:
        fit.unmet.append(_said(name, operator, text))


def _said(name: str, operator: str, text: str) -> str:
    if name == _TIME:
        return "it asks for the time of day"
    if name.startswith(("organization.", "requester.")):
        return f"it asks for the customer ({name.replace('custom_fields.', '')})"
    called = _OUR_WORDS.get(name, name.replace("_", " "))
    return f"it asks for {called} ({operator.replace('_', ' ')} {text})".replace(" )", ")")
