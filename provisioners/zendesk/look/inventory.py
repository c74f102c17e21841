"""An account's lists as they were read, with what the rules of the health page ask of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from provisioners.zendesk.look.conditions import Condition, conditions_in, text_of
from provisioners.zendesk.look.discreet import discreet
from provisioners.zendesk.look.lists import BY_KIND

Body = Mapping[str, Any]

RULES = ("triggers", "automations")
"""What acts by itself."""
WITH_ACTIONS = (*RULES, "macros")
WITH_CONDITIONS = (*RULES, "views", "sla_policies")
ALL_RULES = (*WITH_ACTIONS, "views", "sla_policies")
FREE_SEATS = frozenset({1, 3})
"""`role_type` of light agents and contributors, who take no seat. Source: “What counts as an agent license”."""
SYSTEM_FIELDS = frozenset(
    {
        "subject", "description", "status", "tickettype", "priority", "group", "assignee", "custom_status",
        "basic_priority", "satisfaction_rating",
    }
)  # fmt: skip
_CUSTOM = re.compile(r"(?:custom|ticket)_fields_(\d+)")


class Action(NamedTuple):
    """One action; a list's first value says to whom or what."""

    field: str
    values: tuple[str, ...]

    @property
    def first(self) -> str:
        return self.values[0] if self.values else ""


@dataclass(frozen=True)
class BusinessRule:
    """A trigger, automation, macro, view or SLA policy, in a form that can be compared."""

    kind: str
    body: Body
    asked: tuple[Condition, ...] = ()
    one_of: tuple[Condition, ...] = ()
    actions: tuple[Action, ...] = ()

    @property
    def active(self) -> bool:
        return is_on(self.kind, self.body)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return (*self.asked, *self.one_of)

    @cached_property
    def asks_the_same(self) -> tuple[frozenset[Condition], frozenset[Condition]]:
        """Equal for rules that ask the same, in whatever order."""
        return frozenset(self.asked), frozenset(self.one_of)

    @cached_property
    def does_the_same(self) -> tuple[Action, ...]:
        """Equal for rules that do the same."""
        return tuple(sorted(self.actions))

    def does(self, *fields: str) -> Iterator[Action]:
        """Its actions of certain sorts."""
        return (each for each in self.actions if each.field in fields)


def rule_of(kind: str, body: Body) -> BusinessRule:
    """A rule of the vendor's JSON."""
    asked = body.get("filter") if kind == "sla_policies" else body.get("conditions")
    return BusinessRule(
        kind, body, conditions_in(asked, "all"), conditions_in(asked, "any"), tuple(_actions(body.get("actions")))
    )


def _actions(listed: Any) -> Iterator[Action]:
    for each in listed if isinstance(listed, list) else []:
        if isinstance(each, Mapping):
            value = each.get("value")
            values = value if isinstance(value, list) else [value]
            yield Action(str(each.get("field") or ""), tuple(text_of(one) for one in values))


def is_on(kind: str, body: Body) -> bool:
    """Whether an object is in force; those without a switch are."""
    if kind == "webhooks":
        return body.get("status") == "active"
    if kind == "people":
        return not body.get("suspended")
    if kind == "channels":
        return body.get("forwarding_status") == "verified"
    return body.get("active") is not False


@dataclass(eq=False)
class Inventory:
    """lists: kind → bodies, without the kinds that could not be read. settings: the account's, None where they could
    not be read. organizations: how many there are. whole: whether whoever read sees everything. now: for everything
    that asks how old something is."""

    lists: Mapping[str, Sequence[Body]]
    settings: Body | None = None
    organizations: int | None = None
    whole: bool = True
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def has(self, *kinds: str) -> bool:
        """Whether all of these were read."""
        own = {"settings": self.settings is not None, "whole": self.whole}
        return all(own.get(kind, kind in self.lists) for kind in kinds)

    def of(self, kind: str) -> Sequence[Body]:
        """All objects of a kind; none where it could not be read."""
        return self.lists.get(kind, ())

    def on(self, kind: str) -> list[Body]:
        """Those that are switched on."""
        return [body for body in self.of(kind) if is_on(kind, body)]

    def rules(self, *kinds: str) -> list[BusinessRule]:
        return [rule for kind in kinds for rule in self._rules.get(kind, ())]

    def active(self, *kinds: str) -> list[BusinessRule]:
        """The rules that are switched on."""
        return [rule for rule in self.rules(*kinds) if rule.active]

    @cached_property
    def _rules(self) -> dict[str, list[BusinessRule]]:
        return {kind: [rule_of(kind, body) for body in self.of(kind)] for kind in ALL_RULES if kind in self.lists}

    @cached_property
    def _by_id(self) -> dict[str, dict[str, Body]]:
        return {kind: {str(body.get("id")): body for body in bodies} for kind, bodies in self.lists.items()}

    def find(self, kind: str, identifier: str) -> Body | None:
        return self._by_id.get(kind, {}).get(identifier)

    def name(self, kind: str, identifier: str) -> str:
        """What an object is called; its id where it is not there."""
        body = self.find(kind, identifier)
        return name_of(kind, body) if body else identifier

    def with_key(self, kind: str, key: str) -> Body | None:
        """A field of customers or organizations by its key."""
        return self._by_key.get(kind, {}).get(key)

    @cached_property
    def _by_key(self) -> dict[str, dict[str, Body]]:
        kinds = ("requester_fields", "organization_fields")
        return {kind: {str(body.get("key")): body for body in self.of(kind)} for kind in kinds}

    @cached_property
    def triggers_in_order(self) -> list[BusinessRule]:
        """Active triggers as they run: by category, then by place. None at all where categories could not be read."""
        if not self.has("triggers", "trigger_categories"):
            return []
        return sorted(self.active("triggers"), key=lambda rule: self.place_of_trigger(rule.body))

    def place_of_trigger(self, body: Body) -> tuple[float, ...]:
        """By category, then by place, as triggers run."""
        category = self.find("trigger_categories", str(body.get("category_id"))) or {}
        return tuple(number_of(each) for each in (category.get("position"), body.get("position"), body.get("id")))

    def in_order(self, kind: str) -> list[BusinessRule]:
        """The active rules of a kind as they run or are shown."""
        if kind == "triggers":
            return self.triggers_in_order or self.active(kind)
        return sorted(self.active(kind), key=lambda rule: number_of(rule.body.get("position")))

    def standing(self, kind: str, body: Body) -> str:
        """`no. 2 in “Mail”`: the place of a rule among the active ones (of its category); empty where there is none."""
        return self._standing.get((kind, str(body.get("id"))), "")

    @cached_property
    def _standing(self) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        counts: Counter[str] = Counter()
        for rule in self.triggers_in_order:
            category = self.name("trigger_categories", str(rule.body.get("category_id") or "no category"))
            counts[category] += 1
            found[rule.kind, str(rule.body.get("id"))] = f"no. {counts[category]} in “{category}”"
        for kind in ("automations", "views"):
            for number, rule in enumerate(self.in_order(kind), start=1):
                found[kind, str(rule.body.get("id"))] = f"no. {number}"
        return found

    @cached_property
    def policies_in_order(self) -> list[BusinessRule]:
        return sorted(self.rules("sla_policies"), key=lambda rule: number_of(rule.body.get("position")))

    @cached_property
    def members(self) -> dict[str, list[Body]]:
        """Group → its agents who are not suspended."""
        people = {str(body.get("id")): body for body in self.on("people")}
        found: dict[str, list[Body]] = {}
        for body in self.of("group_memberships"):
            person = people.get(str(body.get("user_id")))
            if person is not None:
                found.setdefault(str(body.get("group_id")), []).append(person)
        return found

    @property
    def seated(self) -> list[Body]:
        """Agents and admins who take a seat, suspended ones too."""
        return [body for body in self.of("people") if body.get("role_type") not in FREE_SEATS]

    @property
    def workers(self) -> list[Body]:
        """Agents and admins who can work on tickets."""
        return [body for body in self.seated if is_on("people", body)]

    @property
    def custom_fields(self) -> list[Body]:
        """Ticket fields of the account's own."""
        return [body for body in self.of("ticket_fields") if is_custom(body)]

    def older_than(self, body: Body, days: int, date: str = "updated_at") -> bool:
        """Whether a date of an object is certainly further back."""
        at = moment(body.get(date))
        return at is not None and self.now - at > timedelta(days=days)


def is_custom(field_body: Body) -> bool:
    """Whether a ticket field is the account's own."""
    return field_body.get("removable") is not False and field_body.get("type") not in SYSTEM_FIELDS


def custom_field(name: str) -> str | None:
    """The id of the ticket field that a condition or action names; None for any other."""
    found = _CUSTOM.fullmatch(name)
    return found[1] if found else None


def name_of(kind: str, body: Body) -> str:
    """What people call an object. Support addresses are the client's own and stay whole; other addresses do not."""
    names = BY_KIND[kind].names if kind in BY_KIND else ("title", "name")
    said = next((str(body[name]) for name in names if body.get(name)), "")
    return said if kind == "channels" else discreet(said) or "(without a name)"


def number_of(value: Any) -> float:
    """A place or an id as a number; 0 for what is none."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0


def moment(said: Any) -> datetime | None:
    """A date and time of the vendor's; None where there is none."""
    try:
        at = datetime.fromisoformat(str(said))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
