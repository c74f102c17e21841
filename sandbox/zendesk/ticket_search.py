"""Tickets, as far as configuration needs them: made, read, changed, counted."""

from __future__ import annotations

import re

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.refusals import blank, invalid
from sandbox.zendesk.resource import Resource
from sandbox.zendesk.rule_vocabulary import PRIORITIES, STATUSES, TYPES
from sandbox.zendesk.users import USERS

STATUS_ORDER = ("new", "open", "pending", "hold", "solved", "closed")


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    comment, requester = row.pop("comment", None), row.pop("requester", None)
    if old is None:
        body = (comment or {}).get("body") or (comment or {}).get("html_body")
        if not body:
            raise blank("description")
        row["description"] = body
        row["subject"] = row["subject"] or str(body)[:60]
    elif old["status"] == "closed":
        raise invalid("status", "closed prevents ticket update")
    for name, values in (("status", STATUSES), ("priority", PRIORITIES), ("type", TYPES)):
        if row[name] not in values and row[name] is not None:
            raise invalid(name, f"{row[name]} is not a valid value")
    if requester:
        row["requester_id"] = _requester(call, requester)
    row["tags"] = sorted({str(tag) for tag in row["tags"]})
    row["custom_fields"] = _values(call, row)


def _requester(call: ApiCall, requester: Row) -> int:
    email = str(requester.get("email") or "").lower()
    users = call.account.rows("users")
    for user in users.values():
        if user["active"] and email and user["email"] == email:
            return int(user["id"])
    made = USERS.create(call, {"name": requester.get("name") or email, "email": email, "verified": True})
    return int(made["id"])


def _values(call: ApiCall, row: Row) -> list[Row]:
    """Values of all custom fields; an option's value becomes a tag."""
    given = {str(one.get("id")): one.get("value") for one in row["custom_fields"] if isinstance(one, dict)}
    values: list[Row] = []
    for key, field in call.account.rows("ticket_fields").items():
        if field["removable"]:
            value = given.get(key)
            values.append({"id": field["id"], "value": value})
            if field["type"] == "tagger" and value and value not in row["tags"]:
                row["tags"].append(value)
    return values


TICKETS = Resource(
    path="tickets",
    one="ticket",
    many="tickets",
    attributes={
        "subject": "text",
        "comment": "object",
        "requester": "object",
        "requester_id": "id",
        "assignee_id": "id",
        "group_id": "id",
        "organization_id": "id",
        "brand_id": "id",
        "ticket_form_id": "id",
        "status": "text",
        "priority": "text",
        "type": "text",
        "tags": "list",
        "custom_fields": "list",
        "external_id": "text",
    },
    defaults={
        "subject": None,
        "requester_id": None,
        "assignee_id": None,
        "group_id": None,
        "organization_id": None,
        "brand_id": None,
        "ticket_form_id": None,
        "status": "new",
        "priority": None,
        "type": None,
        "tags": [],
        "custom_fields": [],
        "external_id": None,
    },
    new_id=lambda call: call.account.store.next_id("zendesk tickets"),
    prepare=_prepare,
)


def _matches(row: Row, term: str) -> bool:
    """One term of a search: `status<solved`, `tags:vip`, `-tags:vip`, or a word of the subject."""
    negative = term.startswith("-")
    match = re.fullmatch(r"-?(\w+)(:|<=|>=|<|>)(.+)", term)
    if match is None:
        return term.lower() in str(row["subject"]).lower()
    name, operator, wanted = match.groups()
    name = {"tag": "tags", "ticket_type": "type"}.get(name, name)
    own = row.get(name)
    if name.startswith("custom_field_"):
        values = {str(each["id"]): each.get("value") for each in row["custom_fields"]}
        held = values.get(name.removeprefix("custom_field_"))
        return (held not in (None, "") if wanted == "*" else str(held) == wanted) != negative
    if isinstance(own, list):
        found = wanted in own
    elif operator == ":":
        found = str(own or "none") == wanted
    elif name == "status" and wanted in STATUS_ORDER:
        left, right = STATUS_ORDER.index(str(own)), STATUS_ORDER.index(wanted)
        found = {"<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right}[operator]
    else:
        left_text, right_text = str(own or ""), wanted
        found = left_text < right_text if operator.startswith("<") else left_text > right_text
    return found != negative


def _found(call: ApiCall) -> list[Row]:
    terms = [term for term in call.query.get("query", "").split() if term != "type:ticket"]
    return [row for row in TICKETS.table(call).values() if all(_matches(row, term) for term in terms)]


def _search(call: ApiCall) -> Response:
    rows = _found(call)
    results = [{**TICKETS.shown(call, row), "result_type": "ticket"} for row in rows[:100]]
    return JSONResponse({"results": results, "count": len(rows), "next_page": None, "previous_page": None})


def _count(call: ApiCall) -> Response:
    return JSONResponse({"count": len(_found(call))})


ENDPOINTS = [Endpoint("GET", "search", _search), Endpoint("GET", "search/count", _count)]
