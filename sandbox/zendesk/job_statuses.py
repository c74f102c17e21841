"""Background jobs: the last hundred."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.resource import Resource

JOB_STATUSES = Resource(
    path="job_statuses",
    one="job_status",
    many="job_statuses",
    attributes={},
    verbs=frozenset({"list", "show"}),
)


def _show(call: ApiCall) -> Response:
    """A job as it is now. The setting `job_polls` says for how many looks a job is at work before it is done."""
    row = JOB_STATUSES.find(call, call.ids["id"])
    seen = row["_looks"] = row.get("_looks", 0) + 1
    shown = JOB_STATUSES.shown(call, row)
    if seen <= int(call.account.settings.get("job_polls", 0)):
        shown |= {"status": "working", "progress": 0, "message": None, "results": None}
    return JSONResponse({JOB_STATUSES.one: shown})


ENDPOINTS = [Endpoint("GET", "job_statuses/{id}", _show)]
