"""Plain bodies as the vendor lists them, and what a rule of the health page says of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from provisioners.zendesk.look.inventory import Inventory
from provisioners.zendesk.look.lists import LISTS

Row = dict[str, Any]
Lists = dict[str, list[Row]]
NOW = datetime(2026, 11, 28, tzinfo=UTC)
OLD, RECENT = "2025-01-01T00:00:00Z", "2026-11-20T00:00:00Z"
_ids = count(1000)


def asks(name: str, value: Any = None, operator: str = "is") -> Row:
    return {"field": name, "operator": operator, "value": value}


def does(name: str, value: Any) -> Row:
    return {"field": name, "value": value}


CREATED, CHANGED = asks("update_type", "Create"), asks("update_type", "Change")
OPEN, SOLVED = asks("status", "open"), asks("status", "solved")
TYPED = does("type", "task")
"""An action that does no harm."""


def mail(to: str = "requester_id", text: str = "Hello.") -> Row:
    return does("notification_user", [to, "Subject", text])


def body(name: str, /, **more: Any) -> Row:
    """Any object; old, so that only what a case is about is new."""
    return {"id": next(_ids), "name": name, "created_at": OLD, "updated_at": RECENT, **more}


def rule(title: str, when: list[Row] | None = None, then: list[Row] | None = None, /, **more: Any) -> Row:
    """A trigger, automation or view."""
    conditions = {"all": when or [], "any": more.pop("one_of", [])}
    return {
        "id": next(_ids), "title": title, "active": True, "description": "Why.", "position": 1, "category_id": "1",
        "conditions": conditions, "actions": [TYPED] if then is None else then, "created_at": OLD, "updated_at": RECENT,
        **more,
    }  # fmt: skip


def policy(title: str, when: list[Row] | None = None, cells: dict[tuple[str, str], int] | None = None, /,
           **more: Any) -> Row:  # fmt: skip
    """An SLA policy; cells: (priority, metric) → minutes."""
    hours = more.pop("business_hours", False)
    metrics = [
        {"priority": priority, "metric": metric, "target": minutes, "business_hours": hours}
        for (priority, metric), minutes in (WHOLE if cells is None else cells).items()
    ]
    filter_ = {"all": when or [], "any": []}
    return {"id": next(_ids), "title": title, "position": 1, "filter": filter_, "policy_metrics": metrics, **more}


def cells(metric: str, *minutes: int) -> dict[tuple[str, str], int]:
    """Targets from urgent to low."""
    return {
        (priority, metric): each for priority, each in zip(("urgent", "high", "normal", "low"), minutes, strict=True)
    }


WHOLE = {
    **cells("first_reply_time", 60, 240, 480, 960),
    **cells("total_resolution_time", 240, 480, 1440, 2880),
    **cells("periodic_update_time", 60, 120, 240, 480),
}
CATEGORY = body("Routing", id="1", position=1)


def agent(name: str, role: str = "agent", **more: Any) -> Row:
    return body(name, role=role, role_type=4 if role == "admin" else None, suspended=False, active=True, **more)


def member(person: Row, group: Row) -> Row:
    return {"id": next(_ids), "user_id": person["id"], "group_id": group["id"]}


def ticket_field(title: str, type_: str = "text", *values: str, **more: Any) -> Row:
    """A field of the account's own."""
    options = [{"id": next(_ids), "name": value, "value": value} for value in values]
    made = {"title": title, "type": type_, "removable": True, "active": True, "agent_description": "What it is for."}
    return {**body(title), **made, "custom_field_options": options or None, **more}


def webhook(name: str, address: str = "https://a.example/", **more: Any) -> Row:
    return body(name, endpoint=address, http_method="POST", status="active", **more)


def inventory(lists: Lists | None = None, **more: Any) -> Inventory:
    """Everything was read; what is not given is empty."""
    whole: Lists = {each.kind: [] for each in LISTS}
    return Inventory({**whole, **(lists or {})}, now=NOW, **{"settings": {}, **more})


@dataclass(frozen=True)
class Case:
    """A rule fires on `bad`, for the objects of these names, and not on `good`, which is nearly the same."""

    rule: str
    bad: Lists
    good: Lists
    names: list[str] = field(default_factory=list)
    bad_settings: Row = field(default_factory=dict)
