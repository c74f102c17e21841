"""Queues: which groups get tickets, and in which order. Written with ids of groups, read with the groups.

Source: developer.zendesk.com, “Omnichannel Routing Queues”: an order names every queue, or is answered with 400;
support.zendesk.com, “Creating custom omnichannel routing queues”: 199 at most, priorities from 1 to 100, and (an older
edition) Professional plans. A queue that has been deleted is no longer listed, nor one that is off; nothing in the API
switches one off, so that here all are on.
"""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.identifiers import ulid
from sandbox.zendesk.refusals import blank, invalid, listed, taken
from sandbox.zendesk.resource import Resource
from sandbox.zendesk.rules import conditions, definitions

MOST = 199
GROUPS = ("primary_groups", "secondary_groups")


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    table = QUEUES.table(call)
    others = [one for one in table.values() if one["id"] != row.get("id")]
    if any(one["name"].lower() == row["name"].lower() for one in others):
        raise taken("name", row["name"])
    if old is None and len(table) >= MOST:
        raise invalid("base", f"there are {MOST} queues already", "TooMany")
    if not isinstance(row["priority"], int) or not 1 <= row["priority"] <= 100:
        raise invalid("priority", "must be 1 to 100")
    if "definition" in sent or old is None:
        row["definition"] = conditions(call, "queue", row["definition"], "definition")
        if not row["definition"]["all"] and not row["definition"]["any"]:
            raise blank("definition")
    for name in GROUPS:
        given = row.pop(f"{name}_id", None)
        if given is not None:
            row[f"_{name}"] = [_group(call, name, key) for key in given]
    if not row["_primary_groups"]:
        raise blank("primary_groups_id")
    if set(row["_primary_groups"]) & set(row["_secondary_groups"]):
        raise invalid("secondary_groups_id", "a group is primary or secondary, not both")
    if row["order"] is None:
        row["order"] = max((int(one["order"]) for one in others), default=0) + 1


def _group(call: ApiCall, name: str, key: Any) -> int:
    group = call.account.rows("groups").get(str(key))
    if group is None or group["deleted"]:
        raise invalid(f"{name}_id", f"{key} is not one of the account's groups")
    return int(key)


def _present(call: ApiCall, echo: Row) -> Row:
    row = QUEUES.table(call)[echo["id"]]
    groups = call.account.rows("groups")
    for name in GROUPS:
        found = [{"id": key, "name": groups[str(key)]["name"]} for key in row[f"_{name}"] if str(key) in groups]
        echo[name] = {"count": len(found), "groups": found}
    return echo


def _by_order(row: Row) -> tuple[Any, ...]:
    return (row["order"], row["id"])


QUEUES = Resource(
    path="queues",
    one="queue",
    many="queues",
    attributes={
        "name": "text",
        "description": "text",
        "definition": "object",
        "priority": "number",
        "order": "number",
        "primary_groups_id": "list",
        "secondary_groups_id": "list",
    },
    defaults={
        "description": "",
        "definition": {},
        "priority": 1,
        "order": None,
        "_primary_groups": [],
        "_secondary_groups": [],
    },
    required=("name",),
    least_plan="professional",
    new_id=lambda call: ulid(call.account.store, "zendesk queues"),
    sort=_by_order,
    paged=False,
    prepare=_prepare,
    present=_present,
)


def _reorder(call: ApiCall) -> Response:
    """PATCH: every id, in the new order."""
    QUEUES.check_plan(call)
    table = QUEUES.table(call)
    keys = [str(key) for key in call.listed("queue_ids")]
    if sorted(keys) != sorted(table):
        raise listed(400, "BadRequest", "Bad Request", "queue_ids must hold the id of every queue")
    for place, key in enumerate(keys, start=1):
        table[key]["order"] = place
    return Response(status_code=204)


def _definitions(call: ApiCall) -> Response:
    QUEUES.check_plan(call)
    return definitions("queue")(call)


ENDPOINTS = [Endpoint("PATCH", "queues/order", _reorder), Endpoint("GET", "queues/definitions", _definitions)]
