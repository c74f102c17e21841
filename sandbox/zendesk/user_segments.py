"""User segments: who may read articles. The vendor's own two cannot be changed.

Source: developer.zendesk.com, “User Segments”; support.zendesk.com, “Managing user segments”: only a segment that
nothing uses can be deleted, its user type stays, and there are 200 at most.
"""

from __future__ import annotations

from starlette.responses import Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.help_center import guarded, page
from sandbox.zendesk.refusals import forbidden, invalid, taken
from sandbox.zendesk.resource import Resource, by_id

MOST = 200
USER_TYPES = ("signed_in_users", "staff")
BUILT_IN = (("Signed-in users", "signed_in_users"), ("Agents and admins", "staff"))
REFERENCES = (("group_ids", "groups"), ("organization_ids", "organizations"), ("added_user_ids", "users"))


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if old is not None and old["built_in"]:
        raise forbidden("A built-in user segment cannot be changed.")
    if not call.account.plan_is_at_least("growth"):
        raise forbidden("User segments of your own need another plan.")
    if row["user_type"] not in USER_TYPES:
        raise invalid("user_type", f"{row['user_type']} is not one of {', '.join(USER_TYPES)}")
    others = [one for one in USER_SEGMENTS.table(call).values() if one["id"] != row.get("id")]
    if old is None and len(others) >= MOST:
        raise invalid("base", f"there are {MOST} user segments already", "TooMany")
    if any(one["name"].lower() == row["name"].lower() for one in others):
        raise taken("name", row["name"])
    for name, table in REFERENCES:
        for key in row[name]:
            found = call.account.rows(table).get(str(key))
            if found is None or found.get("deleted"):
                raise invalid(name, f"{key} is not one of the account's {table}")
        row[name] = [int(key) for key in row[name]]
    if row["user_type"] == "staff" and row["organization_ids"]:
        raise invalid("organization_ids", "only signed-in users can be narrowed by organization")
    if row["user_type"] != "staff" and row["group_ids"]:
        raise invalid("group_ids", "only staff can be narrowed by group")


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    if row["built_in"]:
        raise forbidden("A built-in user segment cannot be deleted.")
    articles = call.account.rows("articles").values()
    groups = call.account.rows("permission_groups").values()
    if any(one["user_segment_id"] == row["id"] and not one.get("_archived") for one in articles) or any(
        row["id"] in [*one["edit"], *one["publish"]] for one in groups
    ):
        raise invalid("base", f"{row['name']} is in use", "InUse")
    del resource.table(call)[str(row["id"])]


USER_SEGMENTS = Resource(
    path="help_center/user_segments",
    one="user_segment",
    many="user_segments",
    attributes={
        "name": "text",
        "user_type": "text",
        "group_ids": "list",
        "organization_ids": "list",
        "tags": "list",
        "or_tags": "list",
        "added_user_ids": "list",
    },
    defaults={
        "group_ids": [],
        "organization_ids": [],
        "tags": [],
        "or_tags": [],
        "added_user_ids": [],
        "built_in": False,
    },
    required=("name", "user_type"),
    immutable=frozenset({"user_type"}),
    verbs=frozenset({"show", "create", "update", "delete"}),
    warns=False,
    has_url=False,
    prepare=_prepare,
    remove=_remove,
)


def _list(call: ApiCall) -> Response:
    rows = list(USER_SEGMENTS.table(call).values())
    if "built_in" in call.query:
        rows = [row for row in rows if row["built_in"] == (call.query["built_in"] == "true")]
    return page(call, "user_segments", rows, by_id, USER_SEGMENTS.shown)


def seed_segments(call: ApiCall) -> None:
    """The segments that every account has."""
    for name, user_type in BUILT_IN:
        now = call.account.now()
        row: Row = {
            "id": call.account.new_id(),
            "name": name,
            "user_type": user_type,
            **USER_SEGMENTS.defaults,
            "built_in": True,
            "created_at": now,
            "updated_at": now,
        }
        USER_SEGMENTS.table(call)[str(row["id"])] = row


ENDPOINTS = [
    Endpoint("GET", "help_center/user_segments", guarded(_list)),
    *(Endpoint(one.method, one.template, guarded(one.handler)) for one in USER_SEGMENTS.endpoints()),
]
