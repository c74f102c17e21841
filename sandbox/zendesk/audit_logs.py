"""The account's audit log: who changed what and when. Read only, on Enterprise plans.

Source: developer.zendesk.com, “Audit Logs”, and support.zendesk.com, “Viewing the audit log for changes”: business
rules, users (changes only, not that they are made), organizations, ticket settings and apps are in it. Groups,
schedules and SLA policies are not named there, and are not in ours. Of the source types the pages name `rule` and
`user`; the others are our words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.actor import acting_user
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.paging import cursor_page, offset_page, wants_cursor
from sandbox.zendesk.refusals import titled
from sandbox.zendesk.resource import Resource

LEAST_PLAN = "enterprise"
SOURCES = {
    "triggers": "rule",
    "automations": "rule",
    "macros": "rule",
    "views": "rule",
    "users": "user",
    "organizations": "organization",
    "ticket_fields": "ticket_field",
}
"""The path's first word → the source type."""
ACTIONS = {"POST": "create", "PUT": "update", "PATCH": "update", "DELETE": "destroy"}
LABELS = {"create": "Created", "update": "Updated", "destroy": "Deleted"}
FILTERS = ("source_type", "source_id", "actor_id", "ip_address", "action")
"""What a list can be narrowed by here; the vendor's `created_at` is refused."""
_NEVER = ("id", "url", "updated_at", "position")


@dataclass(frozen=True)
class Before:
    """What a call is about to change. row: the object as it is, empty where it is about to be made."""

    table: str
    action: str
    row: Row


def before(call: ApiCall) -> Before | None:
    """What the log will say of a call, None where it says nothing."""
    table, _, key = call.path.partition("/")
    action = ACTIONS.get(call.method, "")
    if table not in SOURCES or not action or not call.account.plan_is_at_least(LEAST_PLAN):
        return None
    if action == "create":
        return Before(table, action, {}) if not key and table != "users" else None
    row = call.account.rows(table).get(key)
    return None if row is None else Before(table, action, dict(row))


def note(call: ApiCall, told: Before, answer: Any) -> None:
    """Write down what a call has changed."""
    made = next((part for part in answer.values() if isinstance(part, dict)), {}) if isinstance(answer, dict) else {}
    row = told.row or made
    now = call.account.rows(told.table).get(str(row.get("id")), {})
    changes = _description(told.row, now) if told.action == "update" else ""
    if told.action == "update" and not changes:
        return
    actor = acting_user(call)
    entry: Row = {
        "id": call.account.new_id(),
        "action": told.action,
        "action_label": LABELS[told.action],
        "actor_id": actor["id"],
        "actor_name": actor["name"],
        "change_description": changes,
        "created_at": call.account.now(),
        "ip_address": "127.0.0.1",
        "source_id": row["id"],
        "source_label": str(row.get("title") or row.get("name") or ""),
        "source_type": SOURCES[told.table],
    }
    call.account.rows("audit_logs")[str(entry["id"])] = entry


def _description(old: Row, new: Row) -> str:
    """`Active changed from true to false`; of what is no plain value only that it has changed."""
    pieces = []
    for name, value in new.items():
        if name in _NEVER or name.startswith("_") or old.get(name) == value:
            continue
        title = name.replace("_", " ").capitalize()
        plain = not isinstance(value, dict | list)
        pieces.append(f"{title} changed from {old.get(name)} to {value}" if plain else f"{title} changed")
    return "\n".join(pieces)


AUDIT_LOGS = Resource(
    path="audit_logs",
    one="audit_log",
    many="audit_logs",
    attributes={},
    verbs=frozenset({"show"}),
    least_plan=LEAST_PLAN,
)


def _oldest_first(row: Row) -> tuple[Any, ...]:
    return (row["created_at"], row["id"])


def _newest_first(row: Row) -> tuple[Any, ...]:
    """Ids grow with time."""
    return (-row["id"],)


def _list(call: ApiCall) -> Response:
    """GET: the newest first, unless `sort=created_at` (by cursor) or `sort_order=asc` (by number) says otherwise."""
    AUDIT_LOGS.check_plan(call)
    rows = list(AUDIT_LOGS.table(call).values())
    for name, value in call.query.items():
        word = name.removeprefix("filter[").removesuffix("]")
        if not name.startswith("filter["):
            continue
        if word not in FILTERS or (word == "source_id" and "filter[source_type]" not in call.query):
            raise titled(400, "Invalid attribute", f"You passed an invalid value for the {name} attribute.")
        rows = [row for row in rows if str(row[word]) == value]
    page = cursor_page if wants_cursor(call.query) else offset_page
    rising = call.query.get("sort") == "created_at" or call.query.get("sort_order") == "asc"
    rows, extra = page(rows, _oldest_first if rising else _newest_first, call.query, call.url)
    return JSONResponse({"audit_logs": [AUDIT_LOGS.shown(call, row) for row in rows], **extra})


ENDPOINTS = [Endpoint("GET", "audit_logs", _list)]
