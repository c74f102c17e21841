"""Tickets: made and changed by agents, deleted softly. What happens around a change is in `ticket_life`."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.actor import acting_user, is_agent
from sandbox.zendesk.customers import copied_in, named_customer
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.paging import offset_page, wants_cursor
from sandbox.zendesk.refusals import blank, forbidden, invalid
from sandbox.zendesk.resource import Resource
from sandbox.zendesk.rule_vocabulary import PRIORITIES, STATUSES, TYPES
from sandbox.zendesk.settings import settings_row
from sandbox.zendesk.ticket_audits import shown_audit
from sandbox.zendesk.ticket_comments import body_of
from sandbox.zendesk.ticket_index import EXTERNAL_ID, note_removed, note_stored, tickets_with
from sandbox.zendesk.ticket_life import actor_of, live_through
from sandbox.zendesk.ticket_metric_sets import shown_metric_set
from sandbox.zendesk.ticket_slas import shown_slas
from sandbox.zendesk.ticket_state import WAITING, check_references, reopen_for_customer, settle
from sandbox.zendesk.uploads import check_tokens
from sandbox.zendesk.users import user_of_address
from sandbox.zendesk.via import API, RULE, shown_via, via, way_of

ONLY_SENT = ("comment", "requester", "email_ccs", "followers", "assignee_email", "metadata")
"""Attributes that a call brings and that no ticket has."""
MOST_COPIED = 48
"""Source: support.zendesk.com, “Understanding CCs and followers”. What becomes of a mail with more is said nowhere."""
SORTED_BY = ("created_at", "updated_at", "status", "subject")
"""Attributes by which the list can be sorted; the vendor knows some more."""


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    for name in ONLY_SENT:
        row.pop(name, None)
    if old is None:
        _begin(call, row, sent)
    elif old["status"] == "closed":
        raise invalid("status", "closed prevents ticket update")
    check_tokens(call, (sent.get("comment") or {}).get("uploads") or [])
    given = settle_people(call, row, sent)
    actor = actor_of(call, sent, old)
    if old is not None and body_of(sent.get("comment")) and not is_agent(actor) and old["status"] in WAITING:
        reopen_for_customer(row)
    settle(call, row, old, given, actor)


def settle_people(call: ApiCall, row: Row, sent: Row) -> set[str]:
    """Check the words and references that were sent, and make whom they name; the names of what was sent. Raises
    `Refused` (422)."""
    given = set(sent) - {"comment"}
    for name, values in (("status", STATUSES), ("priority", PRIORITIES), ("type", TYPES)):
        if row[name] not in values and row[name] is not None:
            raise invalid(name, f"{row[name]} is not a valid value")
    check_references(call, row, given)  # before somebody is made whom a refusal would leave behind
    if sent.get("requester"):
        row["requester_id"] = int(named_customer(call, sent["requester"])["id"])
    row["email_cc_ids"] = copied_in(call, sent.get("email_ccs") or [], row["email_cc_ids"])
    if len(row["email_cc_ids"]) > MOST_COPIED and call.message is None:
        raise invalid("email_ccs", f"a ticket has at most {MOST_COPIED}", "TooMany")
    row["follower_ids"] = copied_in(call, sent.get("followers") or [], row["follower_ids"])
    if sent.get("assignee_email"):
        assignee = user_of_address(call.account, sent["assignee_email"])
        if assignee is None:
            raise invalid("assignee", f"{sent['assignee_email']} is nobody's address")
        row["assignee_id"] = int(assignee["id"])
        given.add("assignee_id")
    return given


def _begin(call: ApiCall, row: Row, sent: Row) -> None:
    """A new ticket's own facts."""
    body = body_of(sent.get("comment"))
    if not body:
        raise blank("description")
    row["description"] = body
    row["subject"] = row["subject"] or body[:60]
    actor = actor_of(call, sent, None)
    row["submitter_id"] = actor["id"]
    if row["requester_id"] is None and not sent.get("requester"):
        row["requester_id"] = actor["id"]
    row["via"] = call.via or said_via(row["via"])
    row.update(_comments=[], _audits=[], is_public=True)


def said_via(said: Any) -> Row:
    """How a new ticket came, as `{channel}` says it; over the API where nothing is said. Raises `Refused` (422)."""
    channel = said.get("channel") if isinstance(said, dict) else None
    if channel is None:
        return via(API)
    way = way_of(channel)
    if way is None or way is RULE:
        raise invalid("via", f"{channel} is not a channel that a ticket can be given")
    return via(way)


def _stored(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    note_stored(call.account, row, new=old is None)
    live_through(call, row, old, sent)


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    """Deleted tickets can be brought back for 30 days."""
    tickets, key = resource.table(call), str(row["id"])
    actor = acting_user(call)
    if actor["role"] != "admin" and not settings_row(call)["tickets"]["agent_ticket_deletion"]:
        raise forbidden()
    deleted = {
        "actor": {"id": actor["id"], "name": actor["name"]},
        "deleted_at": call.account.now(),
        "previous_state": row["status"],
    }
    call.account.rows("deleted_tickets")[key] = {**row, "_deleted": deleted}
    del tickets[key]
    note_removed(call.account)


def _present(call: ApiCall, echo: Row) -> Row:
    included, row = call.query.get("include", "").split(","), TICKETS.table(call)[str(echo["id"])]
    if "slas" in included:
        echo["slas"] = shown_slas(call.account, row)
    if "metric_sets" in included:
        echo["metric_set"] = shown_metric_set(row)
    if "comment_count" in included:
        echo["comment_count"] = len(row["_comments"])
    return {
        **echo,
        "raw_subject": echo["subject"],
        "via": shown_via(echo["via"]),
        "fields": echo["custom_fields"],
        "collaborator_ids": sorted({*echo["email_cc_ids"], *echo["follower_ids"]}),
        "satisfaction_rating": echo["satisfaction_rating"] or {"score": "unoffered"},
        "has_incidents": False,
        "forum_topic_id": None,
        "sharing_agreement_ids": [],
        "followup_ids": [],
        "allow_channelback": False,
        "allow_attachments": True,
        "from_messaging_channel": False,
    }


def _is_listed(call: ApiCall, row: Row) -> bool:
    """Archived tickets are in no list; they are shown by id, and found by the search."""
    return not row.get("_archived")


TICKETS = Resource(
    path="tickets",
    one="ticket",
    many="tickets",
    attributes={
        "subject": "text",
        "comment": "object",
        "requester": "object",
        "requester_id": "id",
        "submitter_id": "id",
        "assignee_id": "id",
        "assignee_email": "text",
        "group_id": "id",
        "organization_id": "id",
        "brand_id": "id",
        "ticket_form_id": "id",
        "status": "text",
        "custom_status_id": "id",
        "priority": "text",
        "type": "text",
        "tags": "list",
        "custom_fields": "list",
        "external_id": "text",
        "recipient": "text",
        "email_ccs": "list",
        "followers": "list",
        "problem_id": "id",
        "due_at": "text",
        "via": "object",
        "metadata": "object",
    },
    defaults={
        "subject": None,
        "requester_id": None,
        "submitter_id": None,
        "assignee_id": None,
        "group_id": None,
        "organization_id": None,
        "brand_id": None,
        "ticket_form_id": None,
        "status": "new",
        "custom_status_id": None,
        "priority": None,
        "type": None,
        "tags": [],
        "custom_fields": [],
        "external_id": None,
        "recipient": None,
        "email_cc_ids": [],
        "follower_ids": [],
        "problem_id": None,
        "due_at": None,
        "via": None,
        "is_public": True,
        "satisfaction_rating": None,
        "_schedule_id": None,
    },
    immutable=frozenset({"via", "submitter_id"}),
    bulk=frozenset({"show_many", "create_many", "update_many", "destroy_many"}),
    new_id=lambda call: call.account.store.next_id("zendesk tickets"),
    prepare=_prepare,
    stored=_stored,
    present=_present,
    listed=_is_listed,
    remove=_remove,
)


def _answer(call: ApiCall, row: Row, status: int = 200) -> Response:
    """A written ticket comes back with the audit of what was done to it."""
    body: Row = {"ticket": TICKETS.shown(call, row), "audit": shown_audit(row, row["_audits"][-1])}
    return JSONResponse(body, status)


def _create(call: ApiCall) -> Response:
    row = TICKETS.create(call, call.envelope("ticket"))
    response = _answer(call, row, 201)
    response.headers["location"] = f"{call.base}/api/v2/tickets/{row['id']}.json"
    return response


def _update(call: ApiCall) -> Response:
    row = TICKETS.update(call, TICKETS.find(call, call.ids["id"]), call.envelope("ticket"))
    return _answer(call, row)


def _list(call: ApiCall) -> Response:
    """All tickets, in the order that is asked for. With a cursor the vendor takes no order and says nothing of it."""
    if "external_id" in call.query:
        found = tickets_with(call.account, EXTERNAL_ID, call.query["external_id"])
        return TICKETS.page(call, [row for row in found if _is_listed(call, row)])
    name = call.query.get("sort_by", "")
    if name not in SORTED_BY or wants_cursor(call.query):
        return TICKETS.on_list(call)
    rows = [row for row in TICKETS.table(call).values() if _is_listed(call, row)]
    rows.sort(key=lambda row: (str(row[name] or ""), row["id"]), reverse=call.query.get("sort_order") == "desc")
    places = {row["id"]: place for place, row in enumerate(rows)}
    page, extra = offset_page(rows, lambda row: (places[row["id"]],), call.query, call.url)
    return JSONResponse({"tickets": [TICKETS.shown(call, row) for row in page], **extra})


def _of(name: str) -> Any:
    """The tickets of a user or organization, by an attribute."""

    def handler(call: ApiCall) -> Response:
        rows = TICKETS.table(call).values()
        return TICKETS.page(call, [row for row in rows if str(row[name]) == call.ids["owner"]])

    return handler


ENDPOINTS = [
    Endpoint("GET", "tickets", _list),
    Endpoint("POST", "tickets", _create),
    Endpoint("PUT", "tickets/{id}", _update),
    Endpoint("GET", "users/{owner}/tickets/requested", _of("requester_id")),
    Endpoint("GET", "users/{owner}/tickets/assigned", _of("assignee_id")),
    Endpoint("GET", "organizations/{owner}/tickets", _of("organization_id")),
]
