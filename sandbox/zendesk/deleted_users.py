"""Users that were deleted: their names are kept until they are deleted for good.

Source: developer.zendesk.com, “Users”, permanently delete user.
"""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.paging import cursor_page, offset_page, wants_cursor
from sandbox.zendesk.refusals import not_found

TOLD = ("id", "name", "email", "role", "active", "locale", "time_zone", "organization_id", "created_at", "updated_at")


def _deleted(call: ApiCall) -> list[Row]:
    return [row for row in call.account.rows("users").values() if not row["active"]]


def _shown(call: ApiCall, row: Row) -> Row:
    url = f"{call.base}/api/v2/deleted_users/{row['id']}.json"
    return {"url": url, **{name: row[name] for name in TOLD}}


def _find(call: ApiCall) -> Row:
    row = call.account.rows("users").get(call.ids["id"])
    if row is None or row["active"]:
        raise not_found()
    return row


def _list(call: ApiCall) -> Response:
    page = cursor_page if wants_cursor(call.query) else offset_page
    rows, extra = page(_deleted(call), lambda row: (row["id"],), call.query, call.url)
    return JSONResponse({"deleted_users": [_shown(call, row) for row in rows], **extra})


def _show(call: ApiCall) -> Response:
    return JSONResponse({"deleted_user": _shown(call, _find(call))})


def _destroy(call: ApiCall) -> Response:
    row = _find(call)
    del call.account.rows("users")[str(row["id"])]
    return JSONResponse({"deleted_user": {**_shown(call, row), "name": "Permanently Deleted User"}})


ENDPOINTS = [
    Endpoint("GET", "deleted_users", _list),
    Endpoint("GET", "deleted_users/{id}", _show),
    Endpoint("DELETE", "deleted_users/{id}", _destroy),
]
