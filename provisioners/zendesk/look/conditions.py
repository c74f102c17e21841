"""What conditions of the vendor's rules ask, and which of them can never hold together.

Source: the vendor's “Conditions reference”. Where two conditions might hold together after all, they are said to.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

STATUSES = ("new", "open", "pending", "hold", "solved", "closed")
PRIORITIES = ("low", "normal", "high", "urgent")
ORDERED = {"status": STATUSES, "priority": PRIORITIES}
"""Fields whose values have an order, lowest first."""
COUNTS = frozenset({"reopens", "replies", "agent_stations", "group_stations", "number_of_incidents"})
HOURS = frozenset(
    {
        "NEW", "OPEN", "PENDING", "HOLD", "SOLVED", "CLOSED", "assigned_at", "updated_at", "requester_updated_at",
        "assignee_updated_at", "due_date", "until_due_date", "sla_next_breach_at", "until_sla_next_breach_at",
    }
)  # fmt: skip
"""Fields that count whole hours."""
TEXTS = frozenset({"subject_includes_word", "comment_includes_word", "description_includes_word"})
TAGS = "current_tags"
ONE_OF_SEVERAL = frozenset(
    {
        "group_id", "assignee_id", "requester_id", "organization_id", "brand_id", "ticket_form_id", "custom_status_id",
        "via_id", "current_via_id", "locale_id",
    }
)  # fmt: skip
"""Fields with one value each that can be asked for several."""
SINGLE = ONE_OF_SEVERAL | {
    "status", "priority", "type", "ticket_type_id", "update_type", "ticket_is_public", "in_business_hours",
    "on_a_holiday", "schedule_id",
}  # fmt: skip
"""Fields of which each ticket has one value, so that two different ones exclude each other."""
CUSTOM = (
    "custom_fields_", "ticket_fields_", "organization.custom_fields.", "requester.custom_fields.",
    "user.custom_fields.",
)  # fmt: skip
"""How the names of the account's own fields begin; those with several values are asked by `includes`."""
PEOPLE = frozenset({"assignee_id", "requester_id", "group_id"})
"""Fields whose values may be words for whoever it is; such a word may mean the same as an id."""
APART = {"role": ({"end_user"}, {"agent", "admin"}), "comment_is_public": ({"true"}, {"false"})}
"""Fields whose values overlap, and the ones that exclude each other."""
BUSINESS = "_business_hours"
MOST = 30
"""So many conditions on one field are compared; a rule with more is left alone."""
CHANGES = frozenset({"changed", "not_changed", "value", "value_previous", "not_value", "not_value_previous"})
"""Operators that ask about what an update does."""


class Condition(NamedTuple):
    """One condition in a form that can be compared: values as sorted texts, none as one empty text."""

    field: str
    operator: str
    values: tuple[str, ...]


def condition_of(body: Mapping[str, Any]) -> Condition:
    """A condition of the vendor's JSON."""
    name, operator = str(body.get("field") or ""), str(body.get("operator") or "is")
    value = body.get("value")
    if name == TAGS or name in TEXTS:
        joined = " ".join(map(str, value)) if isinstance(value, list) else str(value or "")
        split = operator.endswith("includes")
        return Condition(name, operator, tuple(sorted(set(joined.split()))) if split else (joined.strip(),))
    values = value if isinstance(value, list) else [value]
    return Condition(name, operator, tuple(sorted({text_of(each) for each in values})))


def text_of(value: Any) -> str:
    """An id, word or switch as text: `true`, not Python's `True`; nothing for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def conditions_in(groups: Any, part: str) -> tuple[Condition, ...]:
    """The conditions under `all` or `any`, whatever the vendor has sent."""
    listed = groups.get(part) if isinstance(groups, Mapping) else None
    return tuple(condition_of(each) for each in listed or [] if isinstance(each, Mapping))


Pair = tuple[Condition, Condition]


def impossible(asked: Sequence[Condition], one_of: Sequence[Condition]) -> Pair | None:
    """Two conditions because of which a rule can never act; None where it can, or where nobody can know."""
    found = contradiction(asked)
    if found or not one_of:
        return found
    pairs = [_against(each, asked) for each in one_of]
    return pairs[0] if all(pairs) else None


def contradiction(asked: Iterable[Condition]) -> Pair | None:
    """Two conditions that exclude each other."""
    for group in _by_field(asked).values():
        if len(group) > MOST:
            continue
        for one, other in combinations(group, 2):
            if excludes(one, other):
                return one, other
    return None


def _against(one: Condition, asked: Sequence[Condition]) -> Pair | None:
    return next(((one, other) for other in asked if other.field == one.field and excludes(one, other)), None)


def _by_field(asked: Iterable[Condition]) -> dict[str, list[Condition]]:
    found: dict[str, list[Condition]] = {}
    for each in asked:
        found.setdefault(each.field, []).append(each)
    return found


def excludes(one: Condition, other: Condition) -> bool:
    """Whether two conditions on one field can never hold together."""
    name = one.field
    if name in HOURS or name in COUNTS:
        return _empty_span(one, other)
    if name == TAGS or name in TEXTS or (name not in ONE_OF_SEVERAL and _asks_for_several(one, other)):
        return any(_wants_what_is_excluded(*pair) for pair in ((one, other), (other, one)))
    if any(_change_excludes(*pair) for pair in ((one, other), (other, one))):
        return True
    if name in ORDERED and _empty_order(name, one, other):
        return True
    wanted, also = _wanted(one), _wanted(other)
    if wanted and also and not wanted & also:
        return all(_apart(name, left, right) for left in wanted for right in also)
    return any(
        positive is not None and negative is not None and positive <= negative
        for positive, negative in ((wanted, _excluded(other)), (also, _excluded(one)))
    )


def _asks_for_several(one: Condition, other: Condition) -> bool:
    return one.operator.endswith("includes") or other.operator.endswith("includes")


def _wants_what_is_excluded(one: Condition, other: Condition) -> bool:
    """`includes` asks for at least one of its values, `not_includes` for none of them."""
    if (one.operator, other.operator) == ("includes", "not_includes"):
        return bool(one.values) and set(one.values) <= set(other.values)
    if (one.operator, other.operator) == ("is", "is_not"):
        return one.values == other.values
    return (one.operator, other.operator) == ("present", "not_present")


def _change_excludes(one: Condition, other: Condition) -> bool:
    """What an update does to a field, and what it does not do."""
    if one.operator == "not_changed":
        return other.operator in ("changed", "value", "value_previous")
    if one.operator == "not_value_previous":
        return other.operator == "value_previous" and one.values == other.values
    if one.operator == "value_previous" == other.operator:
        return one.values != other.values and len(one.values) == len(other.values) == 1
    if one.operator == "not_value":
        return other.operator == "value" and one.values == other.values
    if one.operator == "not_present":
        return other.operator == "present" or (other.operator in ("is", "value") and other.values != ("",))
    return one.operator == "present" and other.operator in ("is", "value") and other.values == ("",)


def _wanted(one: Condition) -> set[str] | None:
    """The values of which the field must have one."""
    return _folded(one) if one.operator in ("is", "value", "includes") else None


def _excluded(one: Condition) -> set[str] | None:
    return _folded(one) if one.operator in ("is_not", "not_includes") else None


def _folded(one: Condition) -> set[str]:
    return {each.casefold() for each in one.values}


def _apart(name: str, left: str, right: str) -> bool:
    """Whether two different values of a field are certainly not the same."""
    if name in APART:
        one, other = APART[name]
        return (left in one and right in other) or (left in other and right in one)
    if name in PEOPLE:
        return all(each.isdigit() or not each for each in (left, right))
    return name in SINGLE or name.startswith(CUSTOM)


def _empty_order(name: str, one: Condition, other: Condition) -> bool:
    """Whether no value is left, where one of both asks for lower or higher ones."""
    order = ORDERED[name]
    left: set[str] | None = None
    for each in (one, other):
        values = _in_order(order, each)
        if values is None:
            return False
        left = values if left is None else left & values
    return not left


def _in_order(order: Sequence[str], one: Condition) -> set[str] | None:
    """The values that a condition lets through; None for a condition or value of another sort."""
    value = one.values[0] if len(one.values) == 1 else ""
    if value not in order:
        return None
    place = order.index(value)
    match one.operator:
        case "is" | "value":
            return {value}
        case "is_not":
            return set(order) - {value}
        case "less_than":
            return set(order[:place])
        case "greater_than":
            return set(order[place + 1 :])
        case _:
            return None


def _empty_span(one: Condition, other: Condition) -> bool:
    """Whether no whole number fits both; hours are compared only where both count by the same clock."""
    if one.operator.endswith(BUSINESS) != other.operator.endswith(BUSINESS):
        return False
    low, high = -math.inf, math.inf
    for each in (one, other):
        if len(each.values) != 1 or not each.values[0].isdigit():
            return False
        number = int(each.values[0])
        match each.operator.removesuffix(BUSINESS):
            case "is":
                low, high = max(low, number), min(high, number)
            case "less_than":
                high = min(high, number - 1)
            case "greater_than":
                low = max(low, number + 1)
            case _:
                return False
    return low > high


def values_in(asked: Iterable[Condition], name: str) -> Iterator[str]:
    """Every value that conditions on a field name."""
    for each in asked:
        if each.field == name:
            yield from each.values
