"""From the conditions of a rule that acts by itself to a query of the vendor's search that counts its tickets.

The search knows fewer conditions than rules do. What it cannot be asked is left out of the query, so that the number is
never too small. Sources: support.zendesk.com, “Zendesk Support search reference”;
developer.zendesk.com, “Search”.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from provisioners.resource import SYMBOL
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
    {"NEW", "OPEN", "PENDING", "HOLD", "SOLVED", "CLOSED", "assigned_at", "updated_at", "requester_updated_at",
     "assignee_updated_at"}
)  # fmt: skip
"""Elapsed hours since something that was never before the ticket was made, in hours of whatever clock."""
_OWN = CUSTOM[0]
_ARCHIVED = 120 * 24
"""Hours after which a closed ticket is archived. Source: support.zendesk.com, “About archived tickets”."""
_SIGNS = {"is": ":", "less_than": "<", "greater_than": ">"}


@dataclass
class Query:
    """A query of the vendor's search that finds every ticket of which the conditions hold. is_exact: and no others."""

    terms: list[str] = field(default_factory=lambda: ["type:ticket"])
    is_exact: bool = True
    _asked: set[str] = field(default_factory=set)
    """Keywords that say what a ticket has: two of the same mean either of them to the search."""
    _older_than: int = 0
    """Hours since the ticket was made."""
    _untouched: int = 0
    """Hours since it was changed, where the search is asked for them."""

    @classmethod
    def of(cls, conditions: Mapping[str, Any], now: datetime, *, archived: bool = False) -> Query:
        """Of the vendor's `all` and `any`; of several under `any`, none is asked for.

        archived: it acts on archived tickets alone; otherwise on none that is closed. The search cannot be asked since
        when a ticket is closed; one that nobody has changed for so long is archived, for closing it changes it.
        """
        found, one_of = cls(), conditions_in(conditions, "any")
        for each in (*conditions_in(conditions, "all"), *(one_of if len(one_of) == 1 else ())):
            found.is_exact &= found._take(each, now)
        found.is_exact &= len(one_of) < 2
        if archived:
            found._older_than = max(found._older_than, _ARCHIVED)
            found.is_exact &= found._untouched >= _ARCHIVED
        if "status" not in found._asked:
            found.terms.append("status:closed" if archived else "status<closed")
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
        if operator != "less_than" and keyword == "updated":
            self._untouched = hours
        if operator != "less_than":
            self.terms.append(f"{keyword}<{_moment(now, hours)}")
        if operator != "greater_than":
            self.terms.append(f"{keyword}>{_moment(now, hours + (operator == 'is'))}")
        return True


def _moment(now: datetime, hours: int) -> str:
    return (now - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
