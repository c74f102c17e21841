"""Merging tickets: several become part of one, and are closed.

Source: developer.zendesk.com, “Merge Tickets into Target Ticket”: a background job; comments for both sides, private
unless `target_comment_is_public` or `source_comment_is_public` says otherwise; files of the merged go along with the
target's comment. support.zendesk.com, “Merging tickets”: the merged ticket is closed and gets the tag
`closed_by_merge`; the target cannot be closed. The wording that the agents' own page proposes for the comments is not
put in here: the API writes what it is sent. That `via` says `merge` of both comments, and names the merged tickets in
the target's, is our reading of the “Via object reference”.
"""

from __future__ import annotations

from starlette.responses import Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.jobs import begin_job
from sandbox.zendesk.refusals import invalid
from sandbox.zendesk.ticket_comments import found_ticket
from sandbox.zendesk.tickets import TICKETS
from sandbox.zendesk.via import WEB_FORM, via

MOST = 5
TAG = "closed_by_merge"


def _merge(call: ApiCall) -> Response:
    target = found_ticket(call, call.ids["id"])
    document = call.document if isinstance(call.document, dict) else {}
    ids = [str(each) for each in document.get("ids") or []]
    if not 1 <= len(ids) <= MOST or call.ids["id"] in ids:
        raise invalid("ids", f"names 1 to {MOST} other tickets")
    sources = [found_ticket(call, each) for each in ids]
    if any(each["status"] == "closed" for each in (target, *sources)):
        raise invalid("base", "a closed ticket cannot be merged")

    def work() -> list[Row]:
        files = [file for each in sources for one in each["_comments"] for file in one["attachments"]]
        for each in sources:
            closed = {"status": "closed", "tags": [*each["tags"], TAG]}
            _change(call, each, {**_said(document, "source"), **closed}, via(WEB_FORM, rel="merge"))
        origin = via(WEB_FORM, {"ticket_ids": [each["id"] for each in sources]}, rel="merge")
        said = _said(document, "target")
        if said:
            _change(call, target, said, origin)["_comments"][-1]["attachments"] += files
        results = [{"id": each["id"], "action": "update", "success": True, "status": "Closed"} for each in sources]
        return [*results, {"id": target["id"], "action": "update", "success": True, "status": "Updated"}]

    return begin_job(call, "merge_tickets", len(sources) + 1, work)


def _said(document: Row, side: str) -> Row:
    """The comment for one side; nothing where none was sent."""
    body = document.get(f"{side}_comment")
    public = document.get(f"{side}_comment_is_public") is True
    return {"comment": {"body": str(body), "public": public}} if body else {}


def _change(call: ApiCall, ticket: Row, sent: Row, came: Row) -> Row:
    inner = ApiCall(call.account, "PUT", call.path, base=call.base, user=call.user, via=came)
    return TICKETS.update(inner, ticket, sent)


ENDPOINTS = [Endpoint("POST", "tickets/{id}/merge", _merge)]
