"""Incremental exports of tickets: what was made or changed since a time, by cursor, up to a thousand at once.

From the vendor's “Incremental Exports” and “Using the Incremental Export API”: a first call says `start_time` (seconds
since 1970, more than a minute ago), each further one the `cursor` of the answer before; `end_of_stream` says that there
is no more. What was changed in the last minute is left out.
"""

from __future__ import annotations

import base64
from datetime import UTC, datetime

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.refusals import plain
from sandbox.zendesk.tickets import TICKETS

MOST = 1000
LATEST = 60
"""Seconds that an export leaves out."""


def _changed(row: Row) -> int:
    return int(datetime.strptime(row["updated_at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp())


def _export(call: ApiCall) -> Response:
    size = call.query.get("per_page", str(MOST))
    if not size.isdigit() or not 1 <= int(size) <= MOST:
        raise plain(422, "InvalidValue", f"per_page must be 1 to {MOST}")
    now = call.account.store.clock()
    after = _after(call, now)
    known = sorted(((_changed(row), row["id"], row) for row in TICKETS.table(call).values()), key=lambda one: one[:2])
    rows = [one for one in known if one[:2] > after and one[0] <= now - LATEST]
    page, more = rows[: int(size)], len(rows) > int(size)
    cursor = _written(page[-1][:2] if page else after)
    return JSONResponse(
        {
            "tickets": [TICKETS.shown(call, row) for _, _, row in page],
            "after_cursor": cursor,
            "after_url": f"{call.url}?cursor={cursor}",
            "before_cursor": None,
            "before_url": None,
            "end_of_stream": not more,
        }
    )


def _after(call: ApiCall, now: float) -> tuple[int, int]:
    """Behind which time and ticket the page begins. Raises `Refused`."""
    cursor, start = call.query.get("cursor"), call.query.get("start_time", "")
    if cursor:
        try:
            time, _, number = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
            return int(time), int(number)
        except ValueError as why:
            raise plain(400, "InvalidCursor", "cursor is not one of ours") from why
    if not start.isdigit():
        raise plain(400, "InvalidValue", "start_time is missing")
    if int(start) > now - LATEST:
        raise plain(422, "InvalidValue", "Too recent start_time. Use a start_time older than 60 seconds")
    return int(start), -1


def _written(place: tuple[int, int]) -> str:
    return base64.urlsafe_b64encode(f"{place[0]}|{place[1]}".encode()).decode()


ENDPOINTS = [Endpoint("GET", "incremental/tickets/cursor", _export)]
