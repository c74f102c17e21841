"""Permission groups: who may write and publish articles. They belong to the account, not to a brand.

Source: developer.zendesk.com, “Management Permission Groups”: on the smallest plan none can be made or changed, `edit`
is for Enterprise, and the vendor's own cannot be changed. That one in use stays is our reading.
"""

from __future__ import annotations

from starlette.responses import Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.help_center import page
from sandbox.zendesk.refusals import forbidden, invalid, taken
from sandbox.zendesk.resource import Resource, by_id


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if old is not None and old["built_in"]:
        raise forbidden("A built-in permission group cannot be changed.")
    if not call.account.plan_is_at_least("growth"):
        raise forbidden("Permission groups of your own need another plan.")
    if row["edit"] and not call.account.plan_is_at_least("enterprise"):
        raise forbidden("The privilege to edit needs an Enterprise plan.")
    others = [one for one in PERMISSION_GROUPS.table(call).values() if one["id"] != row.get("id")]
    if any(one["name"].lower() == row["name"].lower() for one in others):
        raise taken("name", row["name"])
    for name in ("edit", "publish"):
        for key in row[name]:
            if str(key) not in call.account.rows("user_segments"):
                raise invalid(name, f"{key} is not one of the account's user segments")
        row[name] = [int(key) for key in row[name]]


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    if row["built_in"]:
        raise forbidden("A built-in permission group cannot be deleted.")
    articles = call.account.rows("articles").values()
    if any(one["permission_group_id"] == row["id"] and not one.get("_archived") for one in articles):
        raise invalid("base", f"{row['name']} is in use", "InUse")
    del resource.table(call)[str(row["id"])]


PERMISSION_GROUPS = Resource(
    path="guide/permission_groups",
    one="permission_group",
    many="permission_groups",
    attributes={"name": "text", "edit": "list", "publish": "list"},
    defaults={"edit": [], "publish": [], "built_in": False},
    required=("name",),
    verbs=frozenset({"show", "create", "update", "delete"}),
    warns=False,
    has_url=False,
    prepare=_prepare,
    remove=_remove,
)


def _list(call: ApiCall) -> Response:
    rows = list(PERMISSION_GROUPS.table(call).values())
    return page(call, "permission_groups", rows, by_id, PERMISSION_GROUPS.shown)


def seed_permission_groups(call: ApiCall) -> None:
    """The groups that every account has: administrators only, and everybody who works in it."""
    staff = [row["id"] for row in call.account.rows("user_segments").values() if row["user_type"] == "staff"]
    for name, segments in (("Admins", []), ("Agents and admins", staff)):
        now = call.account.now()
        row: Row = {
            "id": call.account.new_id(),
            "name": name,
            "edit": list(segments),
            "publish": list(segments),
            "built_in": True,
            "created_at": now,
            "updated_at": now,
        }
        PERMISSION_GROUPS.table(call)[str(row["id"])] = row


ENDPOINTS = [Endpoint("GET", "guide/permission_groups", _list)]
