"""Custom roles: Enterprise only; the vendor's own roles cannot be changed."""

from __future__ import annotations

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.refusals import forbidden, invalid, taken
from sandbox.zendesk.resource import Resource

RESERVED = ("Agent", "Administrator", "Light agent", "Contributor", "Billing admin")


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if old is not None and old["role_type"] != 0:
        raise forbidden("The vendor's own roles cannot be changed.")
    others = [other["name"] for other in CUSTOM_ROLES.table(call).values() if other["id"] != row.get("id")]
    if row["name"].lower() in {name.lower() for name in (*others, *RESERVED)}:
        raise taken("name", row["name"])
    row["configuration"] = {**((old or {}).get("configuration") or {}), **(row["configuration"] or {})}


def _members(call: ApiCall, row: Row) -> int:
    users = call.account.rows("users").values()
    return sum(1 for user in users if user["active"] and user["custom_role_id"] == row["id"])


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    if row["role_type"] != 0:
        raise forbidden("The vendor's own roles cannot be deleted.")
    if _members(call, row):
        raise invalid("base", f"{row['name']} is still the role of agents")
    del resource.table(call)[str(row["id"])]


CUSTOM_ROLES = Resource(
    path="custom_roles",
    one="custom_role",
    many="custom_roles",
    attributes={"name": "text", "description": "text", "configuration": "object"},
    defaults={"description": "", "configuration": {}, "role_type": 0},
    required=("name",),
    least_plan="enterprise",
    paged=False,
    prepare=_prepare,
    remove=_remove,
    present=lambda call, echo: {**echo, "team_member_count": _members(call, echo)},
)


def seed_roles(call: ApiCall) -> None:
    """The roles that an Enterprise account has from the start."""
    for role_type, name in ((1, "Light agent"), (2, "Agent"), (4, "Administrator"), (5, "Billing admin")):
        now = call.account.now()
        row: Row = {
            "id": call.account.new_id(),
            "name": name,
            "description": "",
            "configuration": {},
            "role_type": role_type,
            "created_at": now,
            "updated_at": now,
        }
        call.account.rows("custom_roles")[str(row["id"])] = row
