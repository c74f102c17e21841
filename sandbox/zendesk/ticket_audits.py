"""Audits: what happened in each update of a ticket, event by event.

Source: developer.zendesk.com, “Ticket Audits” and “Ticket Audit events reference”. What a rule does to a ticket is a
Change event with the rule in its `via`, also while the ticket is being made.
"""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.paging import cursor_page, offset_page, wants_cursor
from sandbox.zendesk.refusals import not_found
from sandbox.zendesk.ticket_comments import found_ticket
from sandbox.zendesk.ticket_update import TicketUpdate, told_value
from sandbox.zendesk.via import shown_via


def written_audit(update: TicketUpdate, custom: Row | None = None) -> Row:
    """The audit of an update that is over, kept with the ticket. custom: `metadata` that the caller sent."""
    audit: Row = {
        "id": update.account.new_id(),
        "ticket_id": update.row["id"],
        "created_at": update.account.now(),
        "author_id": update.actor["id"],
        "metadata": {"system": {"client": "golive sandbox", "ip_address": "127.0.0.1"}, "custom": custom or {}},
        "events": update.events,
        "via": update.via,
    }
    for comment in update.row["_comments"]:
        if comment["audit_id"] is None:
            comment["audit_id"] = audit["id"]
    update.row["_audits"] = [*update.row["_audits"], audit]
    return audit


def only_net_changes(update: TicketUpdate, before: Row) -> None:
    """Leave out what rules did to an attribute that in the end is as it was before they ran (`before`)."""
    values = {str(one["id"]): one["value"] for one in before["custom_fields"]}
    now = {str(one["id"]): one["value"] for one in update.row["custom_fields"]}

    def is_net(event: Row) -> bool:
        name = event.get("field_name", "")
        if event["type"] != "Change" or "via" not in event:
            return True
        if name in values or name in now:
            return bool(values.get(name) != now.get(name))
        return bool(told_value(before, name) != told_value(update.row, name))

    update.events = [event for event in update.events if is_net(event)]


def shown_audit(ticket: Row, audit: Row) -> Row:
    """An audit as the API echoes it. A comment is kept once, with the ticket, and stands in the audit in full."""
    comments = {one["id"]: one for one in ticket["_comments"]}
    events = [_with_comment(event, comments) for event in audit["events"]]
    return {**audit, "events": events, "via": shown_via(audit["via"])}


def _with_comment(event: Row, comments: dict[Any, Row]) -> Row:
    if event["type"] != "Comment":
        return event
    told = ("author_id", "body", "html_body", "plain_body", "public", "attachments", "audit_id")
    return {**event, **{name: comments[event["id"]][name] for name in told}}


def audits_of(ticket: Row) -> list[Row]:
    """A ticket's audits. Those of imported comments are made up when they are asked for: many tickets have no other."""
    kept = {audit["id"] for audit in ticket["_audits"]}
    imported = [_of_comment(ticket, one) for one in ticket["_comments"] if one["audit_id"] not in kept]
    return [*imported, *ticket["_audits"]]


def _of_comment(ticket: Row, comment: Row) -> Row:
    return {
        "id": comment["audit_id"],
        "ticket_id": ticket["id"],
        "created_at": comment["created_at"],
        "author_id": comment["author_id"],
        "metadata": {"system": {}, "custom": {}},
        "events": [{"id": comment["id"], "type": "Comment"}],
        "via": comment["via"],
    }


def _oldest_first(row: Row) -> tuple[Any, ...]:
    return (row["id"],)


def _list(call: ApiCall) -> Response:
    page = cursor_page if wants_cursor(call.query) else offset_page
    ticket = found_ticket(call, call.ids["id"])
    rows, extra = page(audits_of(ticket), _oldest_first, call.query, call.url)
    return JSONResponse({"audits": [shown_audit(ticket, row) for row in rows], **extra})


def _show(call: ApiCall) -> Response:
    ticket = found_ticket(call, call.ids["id"])
    for audit in audits_of(ticket):
        if str(audit["id"]) == call.ids["audit"]:
            return JSONResponse({"audit": shown_audit(ticket, audit)})
    raise not_found()


ENDPOINTS = [
    Endpoint("GET", "tickets/{id}/audits", _list),
    Endpoint("GET", "tickets/{id}/audits/{audit}", _show),
]
