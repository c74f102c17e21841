"""Who is in which group. There is no update; one membership per agent is the default."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.refusals import invalid, not_found, taken
from sandbox.zendesk.resource import Resource


def _of_user(call: ApiCall, user_id: int) -> list[Row]:
    return [row for row in call.account.rows("group_memberships").values() if row["user_id"] == user_id]


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    user = call.account.rows("users").get(str(row["user_id"]))
    group = call.account.rows("groups").get(str(row["group_id"]))
    if user is None or not user["active"] or user["role"] == "end-user":
        raise invalid("user", "must be an agent")
    if group is None or group["deleted"]:
        raise invalid("group", "does not exist")
    others = _of_user(call, row["user_id"])
    if any(other["group_id"] == row["group_id"] for other in others):
        raise taken("user_id", row["user_id"])
    row["default"] = not others


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    del resource.table(call)[str(row["id"])]
    left = _of_user(call, row["user_id"])
    if row["default"] and left:
        left[0]["default"] = True


GROUP_MEMBERSHIPS = Resource(
    path="group_memberships",
    one="group_membership",
    many="group_memberships",
    attributes={"user_id": "id", "group_id": "id"},
    required=("user_id", "group_id"),
    verbs=frozenset({"list", "show", "create", "delete"}),
    bulk=frozenset({"create_many", "destroy_many"}),
    prepare=_prepare,
    remove=_remove,
)


def _listed(call: ApiCall) -> Response:
    for name, column in (("user_id", "user_id"), ("group_id", "group_id")):
        if name in call.ids:
            rows = [row for row in GROUP_MEMBERSHIPS.table(call).values() if str(row[column]) == call.ids[name]]
    return GROUP_MEMBERSHIPS.page(call, rows)


def _make_default(call: ApiCall) -> Response:
    chosen = GROUP_MEMBERSHIPS.find(call, call.ids["id"])
    if str(chosen["user_id"]) != call.ids["user_id"]:
        raise not_found()
    rows = _of_user(call, chosen["user_id"])
    for row in rows:
        row["default"] = row is chosen
    return JSONResponse({"group_memberships": [GROUP_MEMBERSHIPS.shown(call, row) for row in rows]})


ENDPOINTS = [
    Endpoint("GET", "users/{user_id}/group_memberships", _listed),
    Endpoint("GET", "groups/{group_id}/memberships", _listed),
    Endpoint("GET", "groups/{group_id}/group_memberships", _listed),
    Endpoint("PUT", "users/{user_id}/group_memberships/{id}/make_default", _make_default),
    Endpoint("DELETE", "users/{user_id}/group_memberships/{id}", GROUP_MEMBERSHIPS.on_delete),
]
