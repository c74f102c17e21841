"""Custom statuses: one default for each category, chosen by a call of its own; what a ticket has is not deleted.

Source: developer.zendesk.com, “Custom Ticket Statuses”: a default is always active, but for on-hold, which an account
may do without; at most 300, and 100 in a category; 48 characters for agents. A category never changes. That nobody
makes one in the category of new tickets is known from a client that checks it; where the feature is off, none is
written. Deleting is in newer pages only: what nothing uses can go.
"""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.refusals import blank, forbidden, invalid, not_found, taken
from sandbox.zendesk.resource import Resource
from sandbox.zendesk.settings import settings_row

CATEGORIES = ("new", "open", "pending", "hold", "solved")
MOST = 300
MOST_IN_CATEGORY = 100
LONGEST = 48
"""Characters of the label that agents see."""


def statuses_enabled(call: ApiCall) -> bool:
    """Whether the account has custom statuses."""
    return bool(settings_row(call)["tickets"]["custom_statuses_enabled"])


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if not statuses_enabled(call):
        raise forbidden("Custom ticket statuses are not enabled in this account.")
    if row["status_category"] not in CATEGORIES:
        raise invalid("status_category", f"{row['status_category']} is not a category")
    if old is None and row["status_category"] == "new":
        raise invalid("status_category", "the category of new tickets has one status only")
    if len(row["agent_label"]) > LONGEST:
        raise invalid("agent_label", f"is longer than {LONGEST} characters", "TooLong")
    others = [other for other in CUSTOM_STATUSES.table(call).values() if other["id"] != row.get("id")]
    if any(other["agent_label"].lower() == row["agent_label"].lower() for other in others):
        raise taken("agent_label", row["agent_label"])
    own = [other for other in others if other["status_category"] == row["status_category"]]
    if old is None and (len(others) >= MOST or len(own) >= MOST_IN_CATEGORY):
        raise invalid("base", f"at most {MOST} statuses, and {MOST_IN_CATEGORY} in a category", "TooMany")
    if row["default"] and not row["active"] and row["status_category"] != "hold":
        raise invalid("active", "a default status stays active")
    row["end_user_label"] = row["end_user_label"] or row["agent_label"]


def _fits(call: ApiCall, row: Row) -> bool:
    categories = call.query.get("status_categories")
    flags = all(name not in call.query or row[name] == (call.query[name] == "true") for name in ("active", "default"))
    return flags and (categories is None or row["status_category"] in categories.split(","))


def _is_used(call: ApiCall, row: Row) -> bool:
    key = str(row["id"])
    tickets = call.account.rows("tickets").values()
    if any(str(one["custom_status_id"]) == key and one["status"] != "closed" for one in tickets):
        return True
    tables = ("triggers", "automations", "macros", "views", "sla_policies", "queues")
    return any(key in str(one) for table in tables for one in call.account.rows(table).values())


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    if not statuses_enabled(call):
        raise forbidden("Custom ticket statuses are not enabled in this account.")
    if row["default"]:
        raise invalid("base", "A default status cannot be deleted")
    if _is_used(call, row):
        raise invalid("base", f"{row['agent_label']} is in use", "InUse")
    del resource.table(call)[str(row["id"])]


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
    texts=("agent_label", "end_user_label", "description", "end_user_description"),
    paged=False,
    prepare=_prepare,
    listed=_fits,
    remove=_remove,
)


def seed_statuses(call: ApiCall) -> None:
    """One default status for each category."""
    for category in CATEGORIES:
        label = "On-hold" if category == "hold" else category.title()
        now = call.account.now()
        row: Row = {
            "id": call.account.new_id(),
            **CUSTOM_STATUSES.defaults,
            "status_category": category,
            "agent_label": label,
            "end_user_label": label,
            "default": True,
            "created_at": now,
            "updated_at": now,
        }
        CUSTOM_STATUSES.table(call)[str(row["id"])] = row


def _defaults(call: ApiCall) -> Response:
    """PUT: `{"ids": "571,572"}`: each becomes the default of its category; other categories keep theirs."""
    if not statuses_enabled(call):
        raise forbidden("Custom ticket statuses are not enabled in this account.")
    given = call.document.get("ids") if isinstance(call.document, dict) else None
    if not isinstance(given, str) or not given.strip():
        raise blank("ids")
    table = CUSTOM_STATUSES.table(call)
    chosen = [table.get(key.strip()) for key in given.split(",")]
    rows = [row for row in chosen if row is not None]
    if len(rows) < len(chosen):
        raise not_found()
    categories = [row["status_category"] for row in rows]
    if len(set(categories)) != len(categories):
        raise invalid("ids", "two statuses have one category")
    inactive = [row["agent_label"] for row in rows if not row["active"]]
    if inactive:
        raise invalid("ids", f"{inactive[0]} is not active")
    for row in table.values():
        if row["status_category"] in categories:
            row["default"] = row in rows
    return JSONResponse({})


ENDPOINTS = [Endpoint("PUT", "custom_status/default", _defaults)]
