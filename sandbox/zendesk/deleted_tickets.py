"""Tickets that were deleted: listed, brought back, or deleted for good by a background job.

Source: developer.zendesk.com, “Tickets”, deleted tickets.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.jobs import begin_job, check_bulk
from sandbox.zendesk.paging import cursor_page, offset_page, wants_cursor
from sandbox.zendesk.refusals import not_found
from sandbox.zendesk.resource import named_in
from sandbox.zendesk.uploads import remove_files

TABLE = "deleted_tickets"


def _find(call: ApiCall, key: str) -> Row:
    row = call.account.rows(TABLE).get(key)
    if row is None:
        raise not_found()
    return row


def _shown(row: Row) -> Row:
    return {"id": row["id"], "subject": row["subject"], "description": row["description"], **row["_deleted"]}


def _list(call: ApiCall) -> Response:
    page = cursor_page if wants_cursor(call.query) else offset_page
    rows, extra = page(list(call.account.rows(TABLE).values()), lambda row: (row["id"],), call.query, call.url)
    return JSONResponse({"deleted_tickets": [_shown(row) for row in rows], **extra})


def _restore(call: ApiCall, row: Row) -> None:
    """Back to where it was, with the status that it had."""
    key = str(row["id"])
    kept = {name: value for name, value in row.items() if name != "_deleted"}
    call.account.rows("tickets")[key] = kept
    del call.account.rows(TABLE)[key]


def _destroy(call: ApiCall, row: Row) -> None:
    del call.account.rows(TABLE)[str(row["id"])]
    for comment in row["_comments"]:
        remove_files(call.account, comment["attachments"])


def _job(call: ApiCall, rows: list[Row]) -> Response:
    """Delete for good. The job's result says only whether all went well."""

    def work() -> Row:
        for row in rows:
            _destroy(call, row)
        return {"success": True}

    return begin_job(call, "permanently_delete_tickets", None, work)


def _named(call: ApiCall) -> list[Row]:
    keys = named_in(call, "ids")
    check_bulk(len(keys))
    return [_find(call, key) for key in keys]


def _each(action: Callable[[ApiCall, Row], None]) -> Callable[[ApiCall], Response]:
    def handler(call: ApiCall) -> Response:
        for row in [_find(call, call.ids["id"])] if "id" in call.ids else _named(call):
            action(call, row)
        return JSONResponse({})

    return handler


ENDPOINTS = [
    Endpoint("GET", "deleted_tickets", _list),
    Endpoint("PUT", "deleted_tickets/restore_many", _each(_restore)),
    Endpoint("PUT", "deleted_tickets/{id}/restore", _each(_restore)),
    Endpoint("DELETE", "deleted_tickets/destroy_many", lambda call: _job(call, _named(call))),
    Endpoint("DELETE", "deleted_tickets/{id}", lambda call: _job(call, [_find(call, call.ids["id"])])),
]
