"""Incremental exports: what was made or changed since a time, up to a thousand at once.

From the vendor's “Incremental Exports” and “Using the Incremental Export API”. Tickets and users come by cursor: a
first call says `start_time` (seconds since 1970, more than a minute ago), each further one the `cursor` of the answer
before; `end_of_stream` says that there is no more. Organizations come by time alone: each further call begins with the
`end_time` of the answer before, so that what was changed in that second comes again. What was changed in the last
minute is left out. Tickets that were deleted come with the status `deleted`, unless `exclude_deleted=true`.

That a page by time is longer than asked for where its last second has more is our reading: without it a caller would
never come past such a second.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk import deleted_tickets
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.organizations import ORGANIZATIONS
from sandbox.zendesk.refusals import plain
from sandbox.zendesk.tickets import TICKETS
from sandbox.zendesk.users import USERS
from sandbox.zendesk.via import shown_via

MOST = 1000
LATEST = 60
"""Seconds that an export leaves out."""


def _changed(row: Row) -> int:
    return int(datetime.strptime(row["updated_at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp())


def _by_cursor(call: ApiCall, many: str, rows: Iterable[Row], shown: Callable[[ApiCall, Row], Row]) -> Response:
    size, now = _size(call), call.account.store.clock()
    after = _after(call, now)
    changed = [one for one in _in_order(rows) if one[:2] > after and one[0] <= now - LATEST]
    page, more = changed[:size], len(changed) > size
    cursor = _written(page[-1][:2] if page else after)
    return JSONResponse(
        {
            many: [shown(call, row) for _, _, row in page],
            "after_cursor": cursor,
            "after_url": f"{call.url}?cursor={cursor}",
            "before_cursor": None,
            "before_url": None,
            "end_of_stream": not more,
        }
    )


def _size(call: ApiCall) -> int:
    """How many a page has. Raises `Refused`."""
    size = call.query.get("per_page", str(MOST))
    if not size.isdigit() or not 1 <= int(size) <= MOST:
        raise plain(422, "InvalidValue", f"per_page must be 1 to {MOST}")
    return int(size)


def _in_order(rows: Iterable[Row]) -> list[tuple[int, int, Row]]:
    """(when it was changed, its id, itself), oldest change first."""
    return sorted(((_changed(row), int(row["id"]), row) for row in rows), key=lambda one: one[:2])


def _tickets(call: ApiCall) -> Response:
    rows = [*TICKETS.table(call).values()]
    if call.query.get("exclude_deleted") != "true":
        gone = call.account.rows(deleted_tickets.TABLE).values()
        rows += [{**row, "status": "deleted", "updated_at": row["_deleted"]["deleted_at"]} for row in gone]
    return _by_cursor(call, "tickets", rows, _shown_ticket)


def _shown_ticket(call: ApiCall, row: Row) -> Row:
    if "_deleted" not in row:
        return TICKETS.shown(call, row)
    plain_row = {name: value for name, value in row.items() if not name.startswith("_")}
    return {**plain_row, "raw_subject": row["subject"], "via": shown_via(row["via"])}


def _organizations(call: ApiCall) -> Response:
    """By time: the page's last second is on it as a whole."""
    size, now = _size(call), call.account.store.clock()
    start = _start(call, now)
    changed = [one for one in _in_order(ORGANIZATIONS.table(call).values()) if start <= one[0] <= now - LATEST]
    last = changed[size - 1][0] if len(changed) >= size else now
    page = [one for one in changed if one[0] <= last]
    end = page[-1][0] if page else start
    return JSONResponse(
        {
            "organizations": [ORGANIZATIONS.shown(call, row) for _, _, row in page],
            "count": len(page),
            "end_time": end,
            "next_page": f"{call.url}?start_time={end}",
            "end_of_stream": len(page) == len(changed),
        }
    )


def _start(call: ApiCall, now: float) -> int:
    """From which second on. Raises `Refused`."""
    start = call.query.get("start_time", "")
    if not start.isdigit():
        raise plain(400, "InvalidValue", "start_time is missing")
    if int(start) > now - LATEST:
        raise plain(422, "InvalidValue", "Too recent start_time. Use a start_time older than 60 seconds")
    return int(start)


def _after(call: ApiCall, now: float) -> tuple[int, int]:
    """Behind which time and ticket the page begins. Raises `Refused`."""
    cursor = call.query.get("cursor")
    if cursor:
        try:
            time, _, number = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
            return int(time), int(number)
        except ValueError as why:
            raise plain(400, "InvalidCursor", "cursor is not one of ours") from why
    return _start(call, now), -1


def _written(place: tuple[int, int]) -> str:
    return base64.urlsafe_b64encode(f"{place[0]}|{place[1]}".encode()).decode()


ENDPOINTS = [
    Endpoint("GET", "incremental/tickets/cursor", _tickets),
    Endpoint(
        "GET",
        "incremental/users/cursor",
        lambda call: _by_cursor(call, "users", USERS.table(call).values(), USERS.shown),
    ),
    Endpoint("GET", "incremental/organizations", _organizations),
]
