"""Groups: one is the account's default; deleting is soft."""

from __future__ import annotations

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.refusals import invalid
from sandbox.zendesk.resource import Resource


def default_group(call: ApiCall) -> Row | None:
    """The group that new agents join."""
    return next((row for row in call.account.rows("groups").values() if row["default"]), None)


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    if row["default"]:
        raise invalid("base", "The default group cannot be deleted", "CannotDeleteDefaultGroup")
    row["deleted"] = True
    memberships = call.account.rows("group_memberships")
    for key in [key for key, one in memberships.items() if one["group_id"] == row["id"]]:
        del memberships[key]


GROUPS = Resource(
    path="groups",
    one="group",
    many="groups",
    attributes={"name": "text", "description": "text", "is_public": "flag"},
    defaults={"description": "", "is_public": True, "default": False, "deleted": False},
    required=("name",),
    listed=lambda call, row: not row["deleted"],
    remove=_remove,
)
