"""One creation or change of a ticket on its way: the ticket before and now, who acts, what is written down of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.store import Row
from sandbox.zendesk.account import Account
from sandbox.zendesk.endpoint import ApiCall

TOLD = (
    "subject",
    "status",
    "custom_status_id",
    "priority",
    "type",
    "group_id",
    "assignee_id",
    "requester_id",
    "organization_id",
    "brand_id",
    "ticket_form_id",
    "external_id",
    "due_at",
    "email_cc_ids",
    "follower_ids",
    "tags",
)
"""Attributes of which an audit tells; custom fields are told by their id."""


@dataclass
class TicketUpdate:
    """What business rules look at, and what they change.

    `row` is the ticket as it is now: rules change it in place, so that later ones see it. `old` is the ticket before
    the update, None where it is being made. `events` become the audit.
    """

    call: ApiCall
    row: Row
    old: Row | None
    actor: Row
    via: Row
    comment: Row | None = None
    events: list[Row] = field(default_factory=list)

    @property
    def account(self) -> Account:
        """The account whose ticket it is."""
        return self.call.account

    @property
    def creates(self) -> bool:
        """Whether the ticket is being made."""
        return self.old is None

    def add_event(self, kind: str, **more: Any) -> None:
        """Write an event down."""
        self.events.append({"id": self.account.new_id(), "type": kind, **more})

    def tell_changes(self, before: Row | None, kind: str, **more: Any) -> bool:
        """Write down what differs from `before` (None: from nothing), as events of a kind; False for no difference."""
        found = changes(before, self.row)
        for name, was, now in found:
            told = {"field_name": name, "value": now}
            if kind == "Change":
                told["previous_value"] = was
            self.add_event(kind, **told, **more)
        return bool(found)


def told_value(row: Row | None, name: str) -> Any:
    """A value as audits write it: ids as text, lists as they are."""
    value = (row or {}).get(name)
    return str(value) if name.endswith("_id") and value is not None else value


def changes(before: Row | None, row: Row) -> list[tuple[str, Any, Any]]:
    """Name, value before and value now of everything that differs and is told."""
    found: list[tuple[str, Any, Any]] = []
    for name in TOLD:
        was, now = told_value(before, name), told_value(row, name)
        if was != now and not (before is None and now in (None, [])):
            found.append((name, was, now))
    if before is None or before["custom_fields"] is not row["custom_fields"]:
        values = {one["id"]: one["value"] for one in before["custom_fields"]} if before else {}
        for one in row["custom_fields"]:
            was, now = values.get(one["id"]), one["value"]
            if was != now and not (before is None and now in (None, "", False)):
                found.append((str(one["id"]), was, now))
    return found
