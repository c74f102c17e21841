"""Views: written as `all`, `any`, `output`; read as `conditions`, `execution`.

Source: developer.zendesk.com, “Views”: the list holds shared views and the personal ones of who asks.
"""

from __future__ import annotations

from typing import Any

from sandbox.store import Row
from sandbox.zendesk.actor import acting_user
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.refusals import invalid
from sandbox.zendesk.resource import Resource, by_position
from sandbox.zendesk.restrictions import fits_access, is_personal, restriction
from sandbox.zendesk.rules import check_size, conditions, definitions, fits_active, listed, update_many

COLUMNS = {
    "assigned": "Assigned",
    "assignee": "Assignee",
    "brand": "Brand",
    "created": "Requested",
    "description": "Subject",
    "due_date": "Due Date",
    "group": "Group",
    "locale_id": "Requester language",
    "nice_id": "ID",
    "organization": "Organization",
    "priority": "Priority",
    "requester": "Requester",
    "satisfaction_score": "Satisfaction",
    "sla_next_breach_at": "Next SLA breach",
    "solved": "Solved",
    "status": "Status",
    "subject": "Subject",
    "submitter": "Submitter",
    "ticket_form": "Form",
    "type": "Ticket type",
    "updated": "Updated",
    "updated_assignee": "Latest update by assignee",
    "updated_by_type": "Latest updater type",
    "updated_requester": "Latest update by requester",
}
ONE_OF = frozenset({"status", "type", "group_id", "assignee_id", "requester_id"})
"""`all` must hold a condition on one of these."""


def _column(call: ApiCall, name: Any) -> Row:
    key = str(name)
    if key in COLUMNS:
        return {"id": key, "title": COLUMNS[key]}
    field = call.account.rows("ticket_fields").get(key)
    if field is None:
        raise invalid("output", f"{key} is not a column")
    return {"id": field["id"], "title": field["title"], "type": field["type"]}


def _execution(call: ApiCall, output: Row) -> Row:
    columns = [_column(call, name) for name in output.get("columns") or []]
    group, sort = output.get("group_by"), output.get("sort_by")
    return {
        "columns": columns,
        "fields": [one for one in columns if isinstance(one["id"], str)],
        "custom_fields": [one for one in columns if isinstance(one["id"], int)],
        "group_by": group,
        "group_order": output.get("group_order", "desc"),
        "sort_by": sort,
        "sort_order": output.get("sort_order", "desc"),
        "group": {**_column(call, group), "order": output.get("group_order", "desc")} if group else None,
        "sort": {**_column(call, sort), "order": output.get("sort_order", "desc")} if sort else None,
    }


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    given_all, given_any = row.pop("all", None), row.pop("any", None)
    if given_all is not None or given_any is not None or old is None:
        before = old["conditions"] if old else {"all": [], "any": []}
        row["conditions"] = conditions(
            call,
            "view",
            {
                "all": before["all"] if given_all is None else given_all,
                "any": before["any"] if given_any is None else given_any,
            },
        )
        if not any(one["field"] in ONE_OF for one in row["conditions"]["all"]):
            raise invalid("base", f"all needs a condition on one of {', '.join(sorted(ONE_OF))}")
    output = row.pop("output", None)
    if output is not None or old is None:
        before = row["execution"] or {}
        kept = {name: before.get(name) for name in ("group_by", "group_order", "sort_by", "sort_order")}
        columns = [one["id"] for one in before.get("columns", [])] or ["subject", "requester", "updated"]
        row["execution"] = _execution(call, {"columns": columns, **_said(kept), **(output or {})})
    row["restriction"] = restriction(call.account, row["restriction"])
    if row["position"] is None:
        rows = VIEWS.table(call).values()
        row["position"] = max((int(one["position"]) for one in rows), default=0) + 1
    check_size(row)


def _own(call: ApiCall, row: Row) -> bool:
    """Whether the list shows a view to who asks: a personal one only to its owner."""
    return not is_personal(row) or row["restriction"]["id"] == acting_user(call)["id"]


def _said(values: Row) -> Row:
    return {name: value for name, value in values.items() if value is not None}


VIEWS = Resource(
    path="views",
    one="view",
    many="views",
    attributes={
        "title": "text",
        "active": "flag",
        "position": "number",
        "description": "text",
        "restriction": "object",
        "all": "list",
        "any": "list",
        "output": "object",
    },
    defaults={
        "active": True,
        "position": None,
        "description": "",
        "restriction": None,
        "execution": None,
        "default": False,
    },
    required=("title",),
    texts=("title",),
    sort=by_position,
    prepare=_prepare,
    listed=lambda call, row: fits_active(call, row) and fits_access(call.query.get("access"), row) and _own(call, row),
)

ENDPOINTS = [
    Endpoint("GET", "views/definitions", definitions("view")),
    update_many(VIEWS, frozenset({"position", "active"})),
    *listed(VIEWS),
]
