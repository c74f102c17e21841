"""Skills: attributes (their sorts) with values (the skills), and who has them. Enterprise only.

Source: developer.zendesk.com, “Skill-based Routing”: setting an agent's values replaces all of them; a value is changed
by PATCH. That a name is its attribute's only one of that name is known from a client that checks it.
"""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint, Handler
from sandbox.zendesk.identifiers import uuid
from sandbox.zendesk.paging import cursor_page
from sandbox.zendesk.refusals import not_found, taken, titled
from sandbox.zendesk.resource import Resource
from sandbox.zendesk.rules import conditions, definitions

LEAST_PLAN = "enterprise"
AT_ONCE = 100
INSTANCES = "instance_values"
"""Whose skills → the ids of the values: `agents/<id>` → `{"value_ids": […]}`."""


def _created(row: Row) -> tuple[str, str]:
    return (row["created_at"], row["id"])


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    others = [one for one in ATTRIBUTES.table(call).values() if one["id"] != row.get("id")]
    if any(one["name"].lower() == row["name"].lower() for one in others):
        raise taken("name", row["name"])


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    for value in [one for one in VALUES.table(call).values() if one["attribute_id"] == row["id"]]:
        _remove_value(call, VALUES, value)
    del resource.table(call)[row["id"]]


ATTRIBUTES = Resource(
    path="routing/attributes",
    one="attribute",
    many="attributes",
    attributes={"name": "text"},
    required=("name",),
    least_plan=LEAST_PLAN,
    verbs=frozenset({"show", "create", "update", "delete"}),
    new_id=lambda call: uuid(call.account.store, "zendesk attributes"),
    sort=_created,
    prepare=_prepare,
    remove=_remove,
)


def _list(call: ApiCall) -> Response:
    """GET: all of them, with their values beside them where the call asks for `include=attribute_values`."""
    ATTRIBUTES.check_plan(call)
    rows = sorted(ATTRIBUTES.table(call).values(), key=_created)
    body: Row = {"attributes": [ATTRIBUTES.shown(call, row) for row in rows], "count": len(rows)}
    if call.query.get("include") == "attribute_values":
        body["attribute_values"] = [VALUES.shown(call, row) for row in VALUES.table(call).values()]
    return JSONResponse({**body, "next_page": None, "previous_page": None})


def _prepare_value(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    row["attribute_id"] = row["_parent"]
    if row["_parent"] not in ATTRIBUTES.table(call):
        raise not_found()
    others = [one for one in VALUES.table(call).values() if one["_parent"] == row["_parent"]]
    if any(one["name"].lower() == row["name"].lower() and one["id"] != row.get("id") for one in others):
        raise taken("name", row["name"])
    if row["conditions"] is not None and "conditions" in sent:
        row["conditions"] = conditions(call, "skill", row["conditions"])


def _remove_value(call: ApiCall, resource: Resource, row: Row) -> None:
    del resource.table(call)[row["id"]]
    for instance in call.account.rows(INSTANCES).values():
        instance["value_ids"] = [key for key in instance["value_ids"] if key != row["id"]]


VALUES = Resource(
    path="routing/attributes/{parent}/values",
    one="attribute_value",
    many="attribute_values",
    attributes={"name": "text", "conditions": "object"},
    defaults={"conditions": None},
    required=("name",),
    update_methods=("PATCH",),
    least_plan=LEAST_PLAN,
    new_id=lambda call: uuid(call.account.store, "zendesk attribute values"),
    sort=_created,
    paged=False,
    prepare=_prepare_value,
    remove=_remove_value,
)


def _key(call: ApiCall, table: str) -> str:
    found = call.account.rows(table).get(call.ids["id"])
    if found is None or (table == "users" and (not found["active"] or found["role"] == "end-user")):
        raise not_found()
    return call.ids["id"]


def _shown(call: ApiCall, key: str) -> Response:
    held = call.account.rows(INSTANCES).get(key, {"value_ids": []})["value_ids"]
    rows = [VALUES.shown(call, row) for row in VALUES.table(call).values() if row["id"] in held]
    return JSONResponse({"attribute_values": rows})


def _of(path: str, table: str) -> tuple[Handler, Handler]:
    """GET and POST of the skills that an agent has or a ticket asks for."""

    def show(call: ApiCall) -> Response:
        VALUES.check_plan(call)
        return _shown(call, f"{path}/{_key(call, table)}")

    def write(call: ApiCall) -> Response:
        VALUES.check_plan(call)
        key = f"{path}/{_key(call, table)}"
        known = [str(one) for one in call.listed("attribute_value_ids") if str(one) in VALUES.table(call)]
        call.account.rows(INSTANCES)[key] = {"value_ids": list(dict.fromkeys(known))}
        return _shown(call, key)

    return show, write


def _endpoints(path: str, table: str) -> list[Endpoint]:
    show, write = _of(path, table)
    where = f"routing/{path}/{{id}}/instance_values"
    return [Endpoint("GET", where, show), Endpoint("POST", where, write)]


def _of_many(call: ApiCall) -> Response:
    """GET: who of up to a hundred agents has which skills."""
    VALUES.check_plan(call)
    asked = [key.strip() for key in call.query.get("filter[agent_ids]", "").split(",") if key.strip()]
    if not asked:
        words = "You passed an invalid value for the filter attribute. Invalid parameter: filter must be present"
        raise titled(400, "Invalid attribute", words)
    if len(asked) > AT_ONCE:
        raise titled(400, "Invalid attribute", f"At most {AT_ONCE} agents in one call")
    values = VALUES.table(call)
    rows = [
        {
            "id": f"{values[key]['id'][:-12]}{int(agent) % 10**12:012d}",
            "agent_id": int(agent),
            "agent_skill_priority": "NORMAL",
            "attribute_id": values[key]["attribute_id"],
            "attribute_value_id": key,
            "name": values[key]["name"],
        }
        for agent in asked
        for key in call.account.rows(INSTANCES).get(f"agents/{agent}", {"value_ids": []})["value_ids"]
        if key in values
    ]
    page, extra = cursor_page(rows, lambda row: (row["id"],), call.query, call.url)
    return JSONResponse({"instance_values": page, **extra})


def _definitions(call: ApiCall) -> Response:
    ATTRIBUTES.check_plan(call)
    return definitions("skill")(call)


ENDPOINTS = [
    Endpoint("GET", "routing/attributes", _list),
    Endpoint("GET", "routing/attributes/definitions", _definitions),
    Endpoint("GET", "routing/agents/instance_values", _of_many),
    *_endpoints("agents", "users"),
    *_endpoints("tickets", "tickets"),
]
