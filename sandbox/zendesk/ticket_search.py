"""The search for tickets: terms that all must hold. Source: developer.zendesk.com, “Search” and its reference."""

from __future__ import annotations

import operator as op
import re
from collections.abc import Callable
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.account import Account
from sandbox.zendesk.business_hours import seconds_of
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.refusals import plain
from sandbox.zendesk.sla_clock import history_of
from sandbox.zendesk.tickets import TICKETS

EXPORTED = 1000
"""Results on a page of an export."""
STATUS_ORDER = ("new", "open", "pending", "hold", "solved", "closed")
_TERM = re.compile(r'(-)?(?:(\w+)(:|<=|>=|<|>))?("[^"]*"|\S+)')
_NAMES = {
    "tag": "tags",
    "ticket_type": "type",
    "created": "created_at",
    "updated": "updated_at",
    "form": "ticket_form_id",
    "brand": "brand_id",
    "due_date": "due_at",
}
_PEOPLE = {"requester": "requester_id", "assignee": "assignee_id", "submitter": "submitter_id"}
_ORDERED = frozenset({"order_by", "sort", "sort_by", "sort_order"})
_SIGNS: dict[str, Callable[[Any, Any], Any]] = {"<": op.lt, ">": op.gt, "<=": op.le, ">=": op.ge}


def _matches(account: Account, row: Row, name: str, sign: str, wanted: str) -> bool:
    """One term: `status<solved`, `tags:vip`, `requester:ada@example.com`, or words of the ticket (no name)."""
    if not name:
        return wanted.lower() in _all_text(row).lower()
    if name in ("subject", "description"):
        return wanted.rstrip("*").lower() in str(row[name] or "").lower()
    if name in ("comment", "comments"):
        return any(wanted.lower() in str(one["body"]).lower() for one in row["_comments"])
    if name in _PEOPLE:
        return _is_somebody(account, row[_PEOPLE[name]], wanted)
    if name in ("group", "organization"):
        return _is_named(account.rows(f"{name}s"), row[f"{name}_id"], wanted)
    if name == "via":
        return bool({"mail": "email"}.get(wanted, wanted) == row["via"]["channel"])
    if name.startswith("custom_field_"):
        values = {str(each["id"]): each.get("value") for each in row["custom_fields"]}
        held = values.get(name.removeprefix("custom_field_"))
        return held not in (None, "") if wanted == "*" else str(held) == wanted
    if name == "solved":
        solved = history_of(account, row).solved_at()
        return solved is not None and bool(_SIGNS[sign](solved, seconds_of(wanted))) if sign in _SIGNS else False
    own = row.get(_NAMES.get(name, name))
    if isinstance(own, list):
        return wanted in own
    if sign == ":":
        is_time = name in ("created", "updated")
        return str(own or "none").startswith(wanted) if is_time else str(own or "none") == wanted
    if name == "status" and wanted in STATUS_ORDER:
        return bool(_SIGNS[sign](STATUS_ORDER.index(str(own)), STATUS_ORDER.index(wanted)))
    return bool(_SIGNS[sign](str(own or ""), wanted))


def _all_text(row: Row) -> str:
    return "\n".join([str(row["subject"] or ""), *(str(one["body"]) for one in row["_comments"])])


def _is_somebody(account: Account, key: Any, wanted: str) -> bool:
    if key is None or wanted == "none":
        return key is None and wanted == "none"
    who = account.rows("users").get(str(key)) or {}
    return wanted.lower() in (str(key), str(who.get("email") or "").lower(), str(who.get("name") or "").lower())


def _is_named(table: dict[str, Row], key: Any, wanted: str) -> bool:
    if key is None or wanted == "none":
        return key is None and wanted == "none"
    return wanted.lower() in (str(key), str((table.get(str(key)) or {}).get("name") or "").lower())


def _found(call: ApiCall) -> list[Row]:
    """The tickets that fit, as they were made: the vendor sorts by relevance, which nobody can count on."""
    terms = [(bool(minus), name or "", sign, wanted.strip('"')) for minus, name, sign, wanted in _terms(call)]
    return [
        row
        for row in TICKETS.table(call).values()
        if all(_matches(call.account, row, name, sign, wanted) != minus for minus, name, sign, wanted in terms)
    ]


def _terms(call: ApiCall) -> list[tuple[str, str, str, str]]:
    found = _TERM.findall(call.query.get("query", ""))
    return [term for term in found if (term[1], term[3]) != ("type", "ticket") and term[1] not in _ORDERED]


def _search(call: ApiCall) -> Response:
    rows = _found(call)
    results = [{**TICKETS.shown(call, row), "result_type": "ticket"} for row in rows[:100]]
    return JSONResponse({"results": results, "count": len(rows), "next_page": None, "previous_page": None})


def _export(call: ApiCall) -> Response:
    """Results without an end, by cursor, as many on a page as are asked for; only of the type that is named."""
    if call.query.get("filter[type]") != "ticket":
        raise plain(400, "InvalidValue", "filter[type] must be ticket, user, organization or group")
    size = call.query.get("page[size]", "100")
    if not size.isdigit() or not 1 <= int(size) <= EXPORTED:
        raise plain(400, "InvalidPaginationParameter", f"page[size] must be 1 to {EXPORTED}")
    after = call.query.get("page[after]", "")
    rows = [row for row in sorted(_found(call), key=lambda row: row["id"]) if row["id"] > int(after or 0)]
    page, more = rows[: int(size)], len(rows) > int(size)
    cursor = str(page[-1]["id"]) if page else None
    return JSONResponse(
        {
            "results": [{**TICKETS.shown(call, row), "result_type": "ticket"} for row in page],
            "meta": {"has_more": more, "after_cursor": cursor, "before_cursor": None},
            "links": {"prev": None, "next": f"{call.url}?page[after]={cursor}" if more else None},
        }
    )


def _count(call: ApiCall) -> Response:
    return JSONResponse({"count": len(_found(call))})


def _tags_beginning(call: ApiCall) -> Response:
    """Tags in use that begin with a text of two characters at least (developer.zendesk.com, “Tags”, Search Tags)."""
    begins = call.query.get("name", "")
    if len(begins) < 2:
        raise plain(400, "InvalidValue", "name must have at least 2 characters")
    found = sorted({tag for row in TICKETS.table(call).values() for tag in row["tags"] if tag.startswith(begins)})
    return JSONResponse({"count": len(found), "tags": found})


ENDPOINTS = [
    Endpoint("GET", "autocomplete/tags", _tags_beginning),
    Endpoint("GET", "search", _search),
    Endpoint("GET", "search/count", _count),
    Endpoint("GET", "search/export", _export),
]
