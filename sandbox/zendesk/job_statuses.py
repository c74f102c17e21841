"""Background jobs as they can be looked at: the last hundred."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.jobs import check_bulk, kept_job, shown_job
from sandbox.zendesk.refusals import not_found
from sandbox.zendesk.resource import Resource, named_in

JOB_STATUSES = Resource(
    path="job_statuses",
    one="job_status",
    many="job_statuses",
    attributes={},
    verbs=frozenset({"list", "show"}),
    listed=lambda call, row: kept_job(call.account, str(row["id"])) is not None,
)


def _show(call: ApiCall) -> Response:
    row = kept_job(call.account, call.ids["id"])
    if row is None:
        raise not_found()
    return JSONResponse({JOB_STATUSES.one: shown_job(call.account, row, JOB_STATUSES.shown(call, row))})


def _show_many(call: ApiCall) -> Response:
    """Up to a hundred by their ids; those that are no longer kept are left out."""
    keys = named_in(call, "ids")
    check_bulk(len(keys))
    rows = [row for row in (kept_job(call.account, key) for key in keys) if row is not None]
    shown = [shown_job(call.account, row, JOB_STATUSES.shown(call, row)) for row in rows]
    return JSONResponse({JOB_STATUSES.many: shown, "count": len(shown), "next_page": None, "previous_page": None})


ENDPOINTS = [
    Endpoint("GET", "job_statuses/show_many", _show_many),
    Endpoint("GET", "job_statuses/{id}", _show),
]
