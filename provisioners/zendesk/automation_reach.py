"""On how many tickets an automation that mails or closes would act now, as far as the vendor's search can count them.

The search knows fewer conditions than automations do. What it cannot be asked is left out of the query, so that the
number is never too small; the line says so. Sources: support.zendesk.com, “Zendesk Support search reference”;
developer.zendesk.com, “Search”.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from config.names import folded
from provisioners.errors import SystemFault
from provisioners.resource import SYMBOL, Payload
from provisioners.snapshot import Snapshot
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.look.conditions import CUSTOM, TAGS, Condition, conditions_in

_WORDS = {"status": "status", "priority": "priority", "type": "ticket_type"}
_NUMBERS = {
    "group_id": "group",
    "assignee_id": "assignee",
    "requester_id": "requester",
    "organization_id": "organization",
    "brand_id": "brand",
    "custom_status_id": "custom_status_id",
}
"""Fields that hold an id → the search's keyword."""
_MOMENTS = {"NEW": "created", "updated_at": "updated", "SOLVED": "solved", "due_date": "due_date"}
"""Fields of elapsed hours → the search's keyword for the moment from which they count."""
_AFTER_CREATION = frozenset(
    {"NEW", "OPEN", "PENDING", "HOLD", "SOLVED", "assigned_at", "updated_at", "requester_updated_at",
     "assignee_updated_at"}
)  # fmt: skip
"""Elapsed hours since something that was never before the ticket was made, in hours of whatever clock."""
_OWN = CUSTOM[0]
_MAILS = {"notification_user", "notification_group"}
_SIGNS = {"is": ":", "less_than": "<", "greater_than": ">"}


def reach(client: ZendeskClient, automations: Iterable[Payload]) -> Iterator[str]:
    """A line for each automation that is on once it is written, and mails or closes. Of one of the vendor's, of which
    only some attributes are written, the others are read. Reads only."""
    live = Snapshot()
    for payload in automations:
        try:
            line = _reach_of(client, live, payload, datetime.now(UTC)) if payload.get("active", True) else ""
        except SystemFault as fault:
            line = f"“{payload['title']}”: on how many tickets it acts now could not be counted: {fault.why}."
        if line:
            yield line


def _reach_of(client: ZendeskClient, live: Snapshot, payload: Payload, now: datetime) -> str:
    """The line of one; "" where it is off, or neither mails nor closes. Raises SystemFault."""
    if not {"conditions", "actions", "active"} <= payload.keys():
        lives = live.once("automations", lambda: client.pages("automations", "automations"))
        named = [each for each in lives if folded(str(each.get("title"))) == folded(str(payload["title"]))]
        if len(named) != 1:
            raise SystemFault("not_found", "automations", f"the account has {len(named)} automations of this name")
        payload = {**named[0], **payload}
    does = _does(payload.get("actions") or [])
    if not does or not payload.get("active", True):
        return ""
    query = Query.of(payload.get("conditions") or {}, now)
    count = client.get("search/count", query=query.text).body.get("count")
    return f"“{payload['title']}” {does}: {_many(count, query.is_exact)}"


def _does(actions: Iterable[Mapping[str, Any]]) -> str:
    """What is at stake: `mails and closes`."""
    actions = list(actions)
    mails = any(each.get("field") in _MAILS for each in actions)
    ends = {str(each.get("value")) for each in actions if each.get("field") == "status"}
    words = ["mails"] if mails else []
    words += ["closes"] if "closed" in ends else ["solves"] if "solved" in ends else []
    return " and ".join(words)


def _many(count: Any, is_exact: bool) -> str:
    if not isinstance(count, int):
        return "Zendesk does not say how many tickets it fits now."
    if count == 0:
        return "it fits no ticket now."
    tickets = "1 ticket" if count == 1 else f"{count} tickets"
    if is_exact:
        return f"it fits about {tickets} now, and acts on {'it' if count == 1 else 'them'} within the hour."
    return (
        f"it fits {tickets} now at most, and acts within the hour. Zendesk's search cannot be asked for all of its "
        "conditions, so that it may be fewer: its preview in the Admin Center shows them."
    )


@dataclass
class Query:
    """A query of the vendor's search that finds every ticket of which the conditions hold. is_exact: and no others."""

    terms: list[str] = field(default_factory=lambda: ["type:ticket"])
    is_exact: bool = True
    _asked: set[str] = field(default_factory=set)
    """Keywords that say what a ticket has: two of the same mean either of them to the search."""
    _older_than: int = 0
    """Hours since the ticket was made."""

    @classmethod
    def of(cls, conditions: Mapping[str, Any], now: datetime) -> Query:
        """Of the vendor's `all` and `any`; of several under `any`, none is asked for. No automation acts on tickets
        that are closed."""
        found, one_of = cls(), conditions_in(conditions, "any")
        for each in (*conditions_in(conditions, "all"), *(one_of if len(one_of) == 1 else ())):
            found.is_exact &= found._take(each, now)
        found.is_exact &= len(one_of) < 2
        if "status" not in found._asked:
            found.terms.append("status<closed")
        if found._older_than and "created" not in found._asked:
            found.terms.append(f"created<{_moment(now, found._older_than)}")
        return found

    @property
    def text(self) -> str:
        """As it is sent."""
        return " ".join(self.terms)

    def _take(self, one: Condition, now: datetime) -> bool:
        """Whether the search is asked for exactly this."""
        if any(SYMBOL in each for each in (one.field, *one.values)):
            return False  # it is about something that is only to be made
        if one.field in _MOMENTS or one.field in _AFTER_CREATION:
            return self._since(one, now)
        if one.field == TAGS:
            return self._holds("tags", one, "includes", "not_includes")
        if one.field.startswith(_OWN):
            return self._own(f"custom_field_{one.field.removeprefix(_OWN)}", one)
        keyword = _WORDS.get(one.field) or _NUMBERS.get(one.field)
        if keyword is None or len(one.values) != 1:
            return False
        value = one.values[0]
        if one.field in _NUMBERS and value and not value.isdigit():
            return False
        if one.operator == "is_not":
            self.terms.append(f"-{keyword}:{value or 'none'}")
            return True
        sign = _SIGNS.get(one.operator)
        return sign is not None and self._has(keyword, sign, value or "none")

    def _has(self, keyword: str, sign: str, value: str) -> bool:
        if keyword in self._asked or '"' in value:
            return False
        self._asked.add(keyword)
        self.terms.append(f'{keyword}{sign}"{value}"' if " " in value else f"{keyword}{sign}{value}")
        return True

    def _holds(self, keyword: str, one: Condition, has: str, has_not: str) -> bool:
        if one.operator == has_not and not any('"' in each or " " in each for each in one.values):
            self.terms += [f"-{keyword}:{each}" for each in one.values if each]
            return True
        return (
            one.operator == has
            and len(one.values) == 1
            and bool(one.values[0])
            and self._has(keyword, ":", *one.values)
        )

    def _own(self, keyword: str, one: Condition) -> bool:
        """A field of the account's own; a box that nobody has ticked holds nothing, which the search tells apart."""
        if one.operator == "not_present":
            self.terms.append(f"-{keyword}:*")
            return True
        if one.operator == "present":
            return self._has(keyword, ":", "*")
        if set(one.values) <= {"", "true", "false"}:
            return False
        return self._holds(keyword, one, "is", "is_not") or self._holds(keyword, one, "includes", "not_includes")

    def _since(self, one: Condition, now: datetime) -> bool:
        value = one.values[0] if len(one.values) == 1 else ""
        operator = one.operator.removesuffix("_business_hours")
        if not value.isdigit() or operator not in ("is", "greater_than", "less_than"):
            return False
        hours, keyword = int(value), _MOMENTS.get(one.field, "")
        if operator != "less_than" and one.field in _AFTER_CREATION:
            self._older_than = max(self._older_than, hours)
        if not keyword or operator != one.operator or keyword in self._asked:
            return False
        self._asked.add(keyword)
        if operator != "less_than":
            self.terms.append(f"{keyword}<{_moment(now, hours)}")
        if operator != "greater_than":
            self.terms.append(f"{keyword}>{_moment(now, hours + (operator == 'is'))}")
        return True


def _moment(now: datetime, hours: int) -> str:
    return (now - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
