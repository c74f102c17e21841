"""Requests: tickets as customers see and make them, also without signing in.

Source: developer.zendesk.com, “Requests” and “Creating and managing requests”. A ticket made here came over the API
(`via.channel` is `api`), as answers of real accounts show. That agents may read any request, while the list has only
their own, is not said there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.actor import acting_user, is_agent
from sandbox.zendesk.customers import named_customer
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.paging import cursor_page, offset_page, wants_cursor
from sandbox.zendesk.refusals import blank, forbidden, not_found
from sandbox.zendesk.ticket_comments import body_of, comments_page
from sandbox.zendesk.ticket_state import SOLVED
from sandbox.zendesk.tickets import TICKETS
from sandbox.zendesk.via import shown_via

PLAIN = ("subject", "comment", "recipient", "email_ccs", "ticket_form_id", "due_at", "custom_fields")
IF_EDITABLE = {"priority": "priority", "type": "tickettype"}
"""What a customer may set where the account lets customers edit the system field."""
TOLD = (
    *("id", "status", "priority", "type", "subject", "description", "organization_id", "requester_id", "recipient"),
    *("email_cc_ids", "is_public", "due_at", "assignee_id", "group_id", "ticket_form_id", "created_at", "updated_at"),
)


def _shown(call: ApiCall, row: Row) -> Row:
    fields = _fields(call, "visible_in_portal")
    values = [one for one in row["custom_fields"] if str(one["id"]) in fields]
    echo: Row = {name: row[name] for name in TOLD}
    return {
        "url": f"{call.base}/api/v2/requests/{row['id']}.json",
        **echo,
        "via": shown_via(row["via"]),
        "custom_fields": values,
        "fields": values,
        "collaborator_ids": row["email_cc_ids"],
        "can_be_solved_by_me": _can_be_solved(row),
        "followup_source_id": None,
    }


def _can_be_solved(row: Row) -> bool:
    """Customers solve what an agent works on."""
    return row["assignee_id"] is not None and row["status"] not in SOLVED


def _fields(call: ApiCall, flag: str) -> set[str]:
    """Custom fields that customers see, or may fill in."""
    fields = call.account.rows("ticket_fields").items()
    return {key for key, field in fields if field["removable"] and field["active"] and field[flag]}


def _mine(call: ApiCall, row: Row) -> bool:
    me = acting_user(call)
    return me["id"] == row["requester_id"] or me["id"] in row["email_cc_ids"]


def _find(call: ApiCall) -> Row:
    row = TICKETS.table(call).get(call.ids["id"])
    if row is None or not (_mine(call, row) or is_agent(acting_user(call))):
        raise not_found()
    if not row["is_public"]:
        raise not_found()
    return row


def _admitted(call: ApiCall, sent: Row) -> Row:
    """What of a request a customer may say; the rest is noted for the warning header."""
    kept: Row = {name: sent[name] for name in PLAIN if name in sent}
    editable = {field["type"] for field in call.account.rows("ticket_fields").values() if field["editable_in_portal"]}
    kept |= {name: sent[name] for name, type_ in IF_EDITABLE.items() if name in sent and type_ in editable}
    if isinstance(kept.get("custom_fields"), list):
        may = _fields(call, "editable_in_portal")
        kept["custom_fields"] = [
            one for one in kept["custom_fields"] if isinstance(one, dict) and str(one.get("id")) in may
        ]
    call.unpermitted += [f"request.{name}" for name in sorted(set(sent) - set(kept) - {"requester", "solved"})]
    if "comment" in kept:
        kept["comment"] = {**_object(kept["comment"]), "public": True, "author_id": None}
    return kept


def _object(found: Any) -> Row:
    return found if isinstance(found, dict) else {}


def _create(call: ApiCall) -> Response:
    """POST: 201 and the request. Who is not signed in says who asks."""
    sent = call.envelope("request")
    if not str(sent.get("subject") or "").strip():
        raise blank("subject")
    if not body_of(sent.get("comment")):
        raise blank("description")
    row = TICKETS.create(replace(call, author=_asker(call, sent)), _admitted(call, sent), "request")
    response = JSONResponse({"request": _shown(call, row)}, 201)
    response.headers["location"] = f"{call.base}/api/v2/requests/{row['id']}.json"
    return response


def _asker(call: ApiCall, sent: Row) -> Row:
    if call.signed_in:
        return acting_user(call)
    requester = _object(sent.get("requester"))
    for name in ("name", "email"):
        if not str(requester.get(name) or "").strip():
            raise blank("requester")
    return named_customer(call, requester)


def _update(call: ApiCall) -> Response:
    """PUT: a comment of the customer's, or that it is solved."""
    row, sent = _find(call), call.envelope("request")
    if not _mine(call, row):
        raise forbidden()
    kept = {name: value for name, value in _admitted(call, sent).items() if name in ("comment", "email_ccs")}
    if sent.get("solved") is True and _can_be_solved(row):
        kept["status"] = "solved"
    return JSONResponse({"request": _shown(call, TICKETS.update(call, row, kept, "request"))})


def _page(call: ApiCall, rows: Iterable[Row]) -> Response:
    page = cursor_page if wants_cursor(call.query) else offset_page
    found, extra = page(list(rows), lambda row: (row["id"],), call.query, call.url)
    return JSONResponse({"requests": [_shown(call, row) for row in found], **extra})


def _list(call: ApiCall) -> Response:
    own = [row for row in TICKETS.table(call).values() if row["is_public"] and _mine(call, row)]
    statuses = call.query.get("status")
    return _page(call, [row for row in own if statuses is None or row["status"] in statuses.split(",")])


def _show(call: ApiCall) -> Response:
    return JSONResponse({"request": _shown(call, _find(call))})


def _comments(call: ApiCall) -> Response:
    """Public ones only."""
    return comments_page(call, [one for one in _find(call)["_comments"] if one["public"]])


ENDPOINTS = [
    Endpoint("GET", "requests", _list),
    Endpoint("POST", "requests", _create),
    Endpoint("GET", "requests/{id}", _show),
    Endpoint("PUT", "requests/{id}", _update),
    Endpoint("GET", "requests/{id}/comments", _comments),
]
