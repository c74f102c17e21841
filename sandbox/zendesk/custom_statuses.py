"""Custom statuses: one default for each category; one that open tickets have is not deleted.

Source: developer.zendesk.com, “Custom ticket statuses”. Its limits: 300 in an account, 100 in a category, labels of up
to 48 characters.
"""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.refusals import invalid, taken
from sandbox.zendesk.resource import Resource

CATEGORIES = ("new", "open", "pending", "hold", "solved")
LONGEST, MOST, MOST_IN_CATEGORY = 48, 300, 100


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if row["status_category"] not in CATEGORIES:
        raise invalid("status_category", f"{row['status_category']} is not a category")
    others = (other for other in CUSTOM_STATUSES.table(call).values() if other["id"] != row.get("id"))
    if any(other["agent_label"].lower() == row["agent_label"].lower() for other in others):
        raise taken("agent_label", row["agent_label"])
    if row["default"] and not row["active"]:
        raise invalid("active", "a default status stays active")
    row["end_user_label"] = row["end_user_label"] or row["agent_label"]
    for name in ("agent_label", "end_user_label"):
        if len(row[name]) > LONGEST:
            raise invalid(name, f"is too long (maximum is {LONGEST} characters)", "TooLong")
    if old is None:
        there = list(CUSTOM_STATUSES.table(call).values())
        same = sum(other["status_category"] == row["status_category"] for other in there)
        if len(there) >= MOST or same >= MOST_IN_CATEGORY:
            raise invalid("base", "there are too many custom statuses")


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    if row["default"]:
        raise invalid("base", "The default status of a category cannot be deleted")
    tickets = call.account.rows("tickets").values()
    if any(one["custom_status_id"] == row["id"] and one["status"] != "closed" for one in tickets):
        raise invalid("base", f"{row['agent_label']} is still the status of tickets")
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
    remove=_remove,
)


def _set_defaults(call: ApiCall) -> Response:
    """Each of the statuses named becomes the default of its category. The answer is empty."""
    table = CUSTOM_STATUSES.table(call)
    ids = call.document.get("ids") if isinstance(call.document, dict) else None
    if not isinstance(ids, str):
        raise invalid("ids", "must be a comma-separated list of ids")
    chosen = [CUSTOM_STATUSES.find(call, key.strip()) for key in ids.split(",")]
    if any(not row["active"] for row in chosen):
        raise invalid("ids", "an inactive status cannot be a default")
    for row in chosen:
        for other in table.values():
            if other["status_category"] == row["status_category"]:
                other["default"] = other is row
    return JSONResponse({})


ENDPOINTS = [Endpoint("PUT", "custom_status/default", _set_defaults)]


def seed_statuses(call: ApiCall) -> None:
    """One default status for each category."""
    for category in CATEGORIES:
        label = "On-hold" if category == "hold" else category.title()
        row = CUSTOM_STATUSES.create(call, {"status_category": category, "agent_label": label})
        row["default"] = True
