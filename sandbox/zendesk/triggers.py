"""Triggers: in categories, in order; titles are not unique."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.refusals import invalid, plain
from sandbox.zendesk.resource import Resource
from sandbox.zendesk.rules import (
    actions,
    check_size,
    conditions,
    definitions,
    fits_active,
    listed,
    update_many,
)
from sandbox.zendesk.usage import with_usage


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if "conditions" in sent or old is None:
        row["conditions"] = conditions(call, "trigger", row["conditions"])
        if not row["conditions"]["all"] and not row["conditions"]["any"]:
            raise invalid("conditions", "cannot be blank", "BlankValue")
    if "actions" in sent or old is None:
        row["actions"] = actions(call, "trigger", row["actions"])
    categories = call.account.rows("trigger_categories")
    if row["category_id"] is None:
        first = min(categories.values(), key=lambda one: int(one["position"]), default=None)
        row["category_id"] = first["id"] if first else None
    elif str(row["category_id"]) not in categories:
        raise invalid("category_id", f"{row['category_id']} is not a category", "InvalidCategory")
    row["category_id"] = str(row["category_id"]) if row["category_id"] is not None else None
    if row["position"] is None:
        own = [one for one in TRIGGERS.table(call).values() if one["category_id"] == row["category_id"]]
        row["position"] = max((int(one["position"]) for one in own), default=0) + 1
    check_size(row)


def _order(row: Row) -> tuple[Any, ...]:
    return (row["position"], row["id"])


def _fits(call: ApiCall, row: Row) -> bool:
    category = call.query.get("category_id")
    return fits_active(call, row) and (category is None or row["category_id"] == category)


TRIGGERS = Resource(
    path="triggers",
    one="trigger",
    many="triggers",
    attributes={
        "title": "text",
        "active": "flag",
        "position": "number",
        "conditions": "object",
        "actions": "list",
        "description": "text",
        "category_id": "text",
    },
    defaults={
        "active": True,
        "position": None,
        "conditions": {},
        "actions": [],
        "description": None,
        "category_id": None,
        "default": False,
    },
    required=("title",),
    texts=("title",),
    sort=_order,
    prepare=_prepare,
    present=lambda call, echo: with_usage(call, "triggers", echo),
    listed=_fits,
)


def _reorder(call: ApiCall) -> Response:
    if len(call.account.rows("trigger_categories")) > 1:
        raise plain(400, "LimitOneCategory", "Triggers cannot be reordered where there is more than one category.")
    rows = [TRIGGERS.find(call, str(key)) for key in call.listed("trigger_ids")]
    for position, row in enumerate(rows, start=1):
        row["position"] = position
    return JSONResponse({"triggers": [TRIGGERS.shown(call, row) for row in rows]})


ENDPOINTS = [
    Endpoint("PUT", "triggers/reorder", _reorder),
    Endpoint("GET", "triggers/definitions", definitions("trigger")),
    update_many(TRIGGERS, frozenset({"position", "active", "category_id"})),
    *listed(TRIGGERS),
]
