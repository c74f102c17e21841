"""Redirect rules of a help center: where an address leads at which nothing is.

Source: developer.zendesk.com, “Redirect Rules”: set by the address, without an answer; listed by cursor, under
`records`, 30 on a page; ids are texts; 50,000 for each brand; the headline behind an article's number is left out. What
a refusal looks like beside 403, and which fields it names, is our reading.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.actor import acting_user
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.help_center import PER_PAGE, check_on
from sandbox.zendesk.paging import cursor_page
from sandbox.zendesk.refusals import Refused

TABLE = "redirect_rules"
MOST = 50_000
STATUSES = ("301", "302", "303", "307", "308")
RESERVED = "/knowledge/"
"""Addresses below it are Knowledge's own; a rule for one of them never acts."""
_SLUG = re.compile(r"(?<=/)(\d+)-[^/]*$")


def without_slug(path: str) -> str:
    """The path without the headline behind a number."""
    return _SLUG.sub(r"\1", path)


def rule_for(call: ApiCall, path: str) -> Row | None:
    """The called brand's rule for a path at which nothing is. path: decoded; that a rule's is compared so, is our
    reading."""
    if path.startswith(RESERVED):
        return None
    wanted = (path, without_slug(path))
    return next((row for row in _rows(call) if unquote(row["redirect_from"]) in wanted), None)


def _rows(call: ApiCall) -> list[Row]:
    brand = str(check_on(call)["id"])
    return [row for row in call.account.rows(TABLE).values() if row["brand_id"] == brand]


def _check_admin(call: ApiCall) -> None:
    """Raises `Refused` (403) for anybody but an administrator."""
    if acting_user(call)["role"] != "admin":
        raise _refused(403, "Forbidden", "Access to the resource is forbidden")


def _refused(status: int, code: str, title: str) -> Refused:
    return Refused(status, {"errors": [{"code": code, "meta": {}, "status": str(status), "title": title}]})


def _list(call: ApiCall) -> Response:
    _check_admin(call)
    prefix = call.query.get("filter[redirect_from_prefix]", "")
    rows = [row for row in _rows(call) if row["redirect_from"].startswith(prefix)]
    by = call.query.get("sort", "id")
    if by.removeprefix("-") not in ("id", "redirect_from"):
        raise _refused(400, "InvalidParameter", f"sort by {by} is not known")
    rows.sort(key=lambda row: str(row[by.removeprefix("-")]), reverse=by.startswith("-"))
    places = {row["id"]: place for place, row in enumerate(rows)}
    query = {"page[size]": str(PER_PAGE), **call.query}
    page, extra = cursor_page(rows, lambda row: (places[row["id"]],), query, call.url)
    return JSONResponse({"meta": extra["meta"], "records": page})


def _found(call: ApiCall) -> Row:
    row = next((row for row in _rows(call) if row["id"] == call.ids["id"]), None)
    if row is None:
        raise _refused(404, "NotFound", "The resource was not found")
    return row


def _show(call: ApiCall) -> Response:
    _check_admin(call)
    return JSONResponse({"redirect_rule": _found(call)})


def _set(call: ApiCall) -> Response:
    """A rule of the address becomes another one; without one, it is made."""
    _check_admin(call)
    sent = call.envelope("redirect_rule")
    start, to, status = (_text(sent.get(name)) for name in ("redirect_from", "redirect_to", "redirect_status"))
    if not start.startswith("/"):
        raise _refused(422, "InvalidRedirectFrom", "redirect_from must begin with '/'")
    if not to.startswith(("https://", "http://", "/")):
        raise _refused(422, "InvalidRedirectTo", "redirect_to must begin with 'https://', 'http://' or '/'")
    if status not in STATUSES:
        raise _refused(422, "InvalidRedirectStatus", f"redirect_status is one of {', '.join(STATUSES)}")
    rows, now = _rows(call), call.account.now()
    held = next((row for row in rows if row["redirect_from"] == start), None)
    if held is not None:
        held.update(redirect_to=to, redirect_status=status, updated_at=now)
        return Response(status_code=204)
    if len(rows) >= MOST:
        raise _refused(422, "TooManyRedirectRules", f"there are {MOST} redirect rules already")
    row = {
        "id": f"01{call.account.new_id():024}",
        "brand_id": str(check_on(call)["id"]),
        "redirect_from": start,
        "redirect_to": to,
        "redirect_status": status,
        "created_at": now,
        "updated_at": now,
    }
    call.account.rows(TABLE)[row["id"]] = row
    return Response(status_code=204)


def _text(said: Any) -> str:
    return str(said) if isinstance(said, str | int) and not isinstance(said, bool) else ""


def _delete(call: ApiCall) -> Response:
    _check_admin(call)
    del call.account.rows(TABLE)[_found(call)["id"]]
    return Response(status_code=204)


ENDPOINTS = [
    Endpoint("GET", "guide/redirect_rules", _list),
    Endpoint("POST", "guide/redirect_rules", _set),
    Endpoint("GET", "guide/redirect_rules/{id}", _show),
    Endpoint("DELETE", "guide/redirect_rules/{id}", _delete),
]
