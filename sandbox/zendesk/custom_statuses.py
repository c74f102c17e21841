"""Custom statuses: one default for each category, and none is ever deleted."""

from __future__ import annotations

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.refusals import invalid, taken
from sandbox.zendesk.resource import Resource

CATEGORIES = ("new", "open", "pending", "hold", "solved")


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if row["status_category"] not in CATEGORIES:
        raise invalid("status_category", f"{row['status_category']} is not a category")
    others = (other for other in CUSTOM_STATUSES.table(call).values() if other["id"] != row.get("id"))
    if any(other["agent_label"].lower() == row["agent_label"].lower() for other in others):
        raise taken("agent_label", row["agent_label"])
    if row["default"] and not row["active"]:
        raise invalid("active", "a default status stays active")
    row["end_user_label"] = row["end_user_label"] or row["agent_label"]


CUSTOM_STATUSES = Resource(
    path="custom_statuses",
    one="custom_status",
    many="custom_statuses",
    attributes={
        "status_category": "text",
        "agent_label": "text",
        "end_user_label": "text",
        "description": "text",
        "end_user_description": "text",
        "active": "flag",
    },
    defaults={
        "end_user_label": "",
        "description": "",
        "end_user_description": "",
        "active": True,
        "default": False,
    },
    required=("status_category", "agent_label"),
    immutable=frozenset({"status_category"}),
    texts=("agent_label", "end_user_label"),
    verbs=frozenset({"list", "show", "create", "update"}),
    paged=False,
    prepare=_prepare,
)


def seed_statuses(call: ApiCall) -> None:
    """One default status for each category."""
    for category in CATEGORIES:
        label = "On-hold" if category == "hold" else category.title()
        row = CUSTOM_STATUSES.create(call, {"status_category": category, "agent_label": label})
        row["default"] = True
