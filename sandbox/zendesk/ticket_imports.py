"""Tickets of another tool, taken in with their history: with all their comments and the times of then.

No trigger runs, nobody is told, no SLA policy is looked for. At the next update of a ticket that is not closed all of
that begins. `archive_immediately=true` in the query puts closed tickets into the archive at once.

Source: developer.zendesk.com, “Ticket Import”: only administrators; a ticket's times before 1970 become 1970, a
comment's are refused, and so is one in the future; a comment's text is `value`, `body` or `html_body`. That a ticket
has at most 5,000 comments and a comment 64 kB stands in “Ticket Comments” and on support.zendesk.com. Not in the pages,
and so our reading: that a ticket's own times in the future are refused, too; that a comment without an author is the
importing administrator's, and one without a time of now; that a solved ticket without an assignee becomes the
administrator's, as it does when one solves it. Whether a customer's private comment stays private is said nowhere: the
setting `customers_notes: public` makes it public, as an ordinary comment of a customer is.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.actor import acting_user, is_agent
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.refusals import blank, forbidden, invalid
from sandbox.zendesk.resource import run_job
from sandbox.zendesk.ticket_comments import body_of, named_author, written_comment
from sandbox.zendesk.ticket_index import note_stored
from sandbox.zendesk.ticket_state import settle
from sandbox.zendesk.tickets import ONLY_SENT, TICKETS, said_via, settle_people
from sandbox.zendesk.uploads import check_tokens

MOST_COMMENTS = 5000
LARGEST = 64 * 1024
"""Bytes of a comment's text."""
TIMES = ("created_at", "updated_at", "solved_at")
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_ENDED = ("solved", "closed")


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    for name in (*ONLY_SENT, "comments", "description", *TIMES):
        row.pop(name, None)
    now = datetime.fromtimestamp(call.account.store.clock(), UTC)
    row["_times"] = {name: _moment(name, sent[name], now, rounded=True) for name in TIMES if sent.get(name)}
    actor = acting_user(call)
    row["submitter_id"] = row["submitter_id"] or actor["id"]
    row["via"] = said_via(row["via"])
    given = settle_people(call, row, sent)
    if row["requester_id"] is None:
        row["requester_id"] = actor["id"]
    comments = _comments(call, row, sent, now)
    check_tokens(call, [token for one in comments for token in one.get("uploads") or []])
    row.update(description=body_of(comments[0]), is_public=comments[0]["public"], _said=comments, _comments=[])
    row["subject"] = row["subject"] or row["description"][:60]
    settle(call, row, None, given, actor)


def _comments(call: ApiCall, row: Row, sent: Row, now: datetime) -> list[Row]:
    """What was written, oldest first, checked: `description` is the requester's first comment. Raises `Refused`."""
    said = [{"value": sent["description"], "author_id": row["requester_id"]}] if sent.get("description") else []
    if said and row["_times"].get("created_at"):
        said[0]["created_at"] = row["_times"]["created_at"]
    given = [*said, *(sent.get("comments") or [])]
    if not given:
        raise blank("description")
    if len(given) > MOST_COMMENTS:
        raise invalid("comments", f"a ticket has at most {MOST_COMMENTS}", "TooMany")
    found = [_comment(call, one, now) for one in given]
    return sorted(found, key=lambda one: str(one["created_at"]))


def _comment(call: ApiCall, one: Any, now: datetime) -> Row:
    if not isinstance(one, dict):
        raise invalid("comments", "a comment is an object")
    comment = {**one, "body": one.get("value") or one.get("body") or ""}
    text = str(comment.get("html_body") or comment["body"])
    if not text.strip():
        raise blank("comment")
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise invalid("comment", "is too long (maximum is 65536 bytes)", "TooLong")
    author = named_author(call, comment) or acting_user(call)
    published = not is_agent(author) and call.account.settings.get("customers_notes") == "public"
    comment["public"] = published or one.get("public", True) is not False
    comment["author_id"] = author["id"]
    comment["created_at"] = _moment("created_at", one.get("created_at") or call.account.now(), now, rounded=False)
    return comment


def _moment(name: str, said: Any, now: datetime, *, rounded: bool) -> str:
    """A time in UTC. rounded: one before 1970 becomes 1970. Raises `Refused` (422)."""
    try:
        moment = datetime.fromisoformat(str(said))
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as why:
        raise invalid(name, f"{said} is not a time") from why
    if moment > now:
        raise invalid(name, f"{said} is in the future")
    if moment < EARLIEST and not rounded:
        raise invalid(name, f"{said} is before 1970")
    return max(moment, EARLIEST).strftime("%Y-%m-%dT%H:%M:%SZ")


def _stored(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    """Nothing of what else follows on a new ticket does."""
    times, said = row.pop("_times"), row.pop("_said")
    note_stored(call.account, row, new=True)
    row["created_at"] = times.get("created_at", row["created_at"])
    row["updated_at"] = times.get("updated_at", row["updated_at"])
    solved = times.get("solved_at", row["updated_at"]) if row["status"] in _ENDED else None
    row["_imported"] = {"status": row["status"], "solved_at": solved}
    if row["status"] == "closed" and call.query.get("archive_immediately") == "true":
        row["_archived"] = True
    users = call.account.rows("users")
    row["_comments"] = [_written(call, row, users[str(one["author_id"])], one) for one in said]
    row["_audits"] = []


def _written(call: ApiCall, row: Row, author: Row, one: Row) -> Row:
    """Each comment was an update of its own, with an audit; see `ticket_audits.audits_of`."""
    comment = written_comment(call, one, author, row["via"], one["created_at"])
    return {**comment, "public": one["public"], "audit_id": call.account.new_id()}


IMPORTED = replace(
    TICKETS,
    attributes={**TICKETS.attributes, "comments": "list", "description": "text", **dict.fromkeys(TIMES, "text")},
    verbs=frozenset(),
    bulk=frozenset(),
    prepare=_prepare,
    stored=_stored,
)


def _create(call: ApiCall) -> Response:
    _check_administrator(call)
    row = IMPORTED.create(call, call.envelope("ticket"))
    response = JSONResponse({"ticket": TICKETS.shown(call, row)}, 201)
    response.headers["location"] = f"{call.base}/api/v2/tickets/{row['id']}.json"
    return response


def _create_many(call: ApiCall) -> Response:
    _check_administrator(call)
    items = [item for item in call.listed("tickets") if isinstance(item, dict)]
    return run_job(call, IMPORTED, items, lambda item, where: IMPORTED.create(call, item, where), "import")


def _check_administrator(call: ApiCall) -> None:
    if acting_user(call)["role"] != "admin":
        raise forbidden()


ENDPOINTS = [
    Endpoint("POST", "imports/tickets", _create),
    Endpoint("POST", "imports/tickets/create_many", _create_many),
]
