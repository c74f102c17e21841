"""Which SLA policy holds for a ticket, as far as the ticket itself shows it.

The vendor takes the first policy by position that fits, whenever a ticket is updated, and says nowhere in the ticket
which one that was. So it is looked for here among the live policies, and what cannot be told for certain is said to be
so: conditions on what a ticket does not show, and policies that were changed since. Sources: developer.zendesk.com,
“SLA Policies”, “Conditions reference”, “Via types reference”.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from provisioners.clocks import Target
from provisioners.zendesk.look.conditions import TAGS, Condition, condition_of, text_of

_TYPES = {"question": "1", "incident": "2", "problem": "3", "task": "4"}
_NUMBERS = {
    "web": {"0", "17", "48"}, "email": {"4"}, "api": {"5"}, "rule": {"8"}, "chat": {"29"}, "sms": {"57"},
    "whatsapp": {"74", "88"}, "native_messaging": {"75", "91"},
}  # fmt: skip
"""What a ticket shows as its channel → the numbers by which conditions call it. Several where one channel stands for
several, or where the vendor's pages and what was seen differ."""
_IDS = frozenset(
    {"group_id", "assignee_id", "requester_id", "organization_id", "brand_id", "ticket_form_id", "custom_status_id"}
)
_FIELDS = ("custom_fields_", "ticket_fields_")

Row = Mapping[str, Any]
Fits = bool | None
"""Whether something holds; None where the ticket does not show it."""


@dataclass(frozen=True)
class Policy:
    """A live policy. targets: (metric in our word, priority) → what it promises."""

    id: str
    name: str
    changed_at: datetime
    all_of: tuple[Condition, ...]
    any_of: tuple[Condition, ...]
    targets: Mapping[tuple[str, str], Target]

    @classmethod
    def of(cls, body: Row, changed_at: datetime) -> Policy:
        """A policy of the vendor's JSON."""
        conditions = body.get("filter") or {}
        targets = {}
        for each in body.get("policy_metrics") or ():
            seconds = each.get("target_in_seconds") or int(each["target"]) * 60
            place = (str(each["metric"]).removesuffix("_time"), str(each["priority"]))
            targets[place] = Target(timedelta(seconds=int(seconds)), bool(each.get("business_hours")))
        return cls(
            str(body["id"]),
            str(body.get("title") or ""),
            changed_at,
            tuple(map(condition_of, conditions.get("all") or ())),
            tuple(map(condition_of, conditions.get("any") or ())),
            targets,
        )

    def promised(self, priority: str) -> dict[str, Target]:
        """Metric → target of one priority."""
        return {metric: target for (metric, each), target in self.targets.items() if each == priority}

    def fits(self, ticket: Row) -> Fits:
        """Whether its filter fits a ticket as it is now."""
        every = [_holds(each, ticket) for each in self.all_of]
        some = [_holds(each, ticket) for each in self.any_of]
        if False in every or (some and all(each is False for each in some)):
            return False
        return None if None in every or (some and True not in some) else True


def policy_of(policies: Sequence[Policy], ticket: Row, changed_at: datetime) -> tuple[Policy | None, bool]:
    """(The first policy that fits or may fit, whether it is certain that this one holds).

    policies: in the vendor's order. changed_at: when the ticket was updated last, which is when the vendor looked.
    """
    certain = True
    for policy in policies:
        certain = certain and policy.changed_at < changed_at
        fits = policy.fits(ticket)
        if fits is not False:
            return policy, certain and fits is True
    return None, certain


def with_targets(policies: Iterable[Policy], priority: str, told: Mapping[str, Target]) -> list[Policy]:
    """Policies that promise exactly this to a priority."""
    return [each for each in policies if each.promised(priority) == told]


def _holds(condition: Condition, ticket: Row) -> Fits:
    name = condition.field
    if name == TAGS:
        return _among(condition, {str(tag) for tag in ticket.get("tags") or ()})
    if name in _IDS or name == "recipient":
        return _among(condition, {text_of(ticket.get(name)).lower()}, str.lower)
    if name in ("type", "ticket_type_id"):
        kind = text_of(ticket.get("type"))
        return _among(condition, {_TYPES.get(kind, "") if name == "ticket_type_id" else kind})
    if name in ("via_id", "current_via_id"):
        return _by_way(condition, ticket)
    if name.startswith(_FIELDS):
        return _on_field(condition, ticket)
    return None


def _among(condition: Condition, held: set[str], form: Callable[[str], str] = str) -> Fits:
    """What a condition on one of several values comes to, for the operators that SLA policies know."""
    wanted = {form(each) for each in condition.values}
    match condition.operator:
        case "is" | "includes":
            return bool(held & wanted)
        case "is_not" | "not_includes":
            return not held & wanted
    return None


def _by_way(condition: Condition, ticket: Row) -> Fits:
    numbers = _NUMBERS.get(text_of((ticket.get("via") or {}).get("channel")))
    if numbers is None or condition.operator not in ("is", "is_not", "includes", "not_includes"):
        return None
    wanted = set(condition.values)
    if not numbers & wanted:
        fits = False
    elif numbers <= wanted:
        fits = True
    else:
        return None
    return fits == (condition.operator in ("is", "includes"))


def _on_field(condition: Condition, ticket: Row) -> Fits:
    number = condition.field.rpartition("_")[2]
    held = next((each for each in ticket.get("custom_fields") or () if str(each.get("id")) == number), None)
    if held is None:
        return None
    value = held.get("value")
    if condition.operator in ("present", "not_present"):
        return (value not in (None, "", [])) == (condition.operator == "present")
    values = {text_of(each) for each in value} if isinstance(value, list) else {text_of(value)}
    if values == {""} and set(condition.values) <= {"true", "false"}:
        values = {"false"}  # a box that nobody has ticked
    return _among(condition, values)
