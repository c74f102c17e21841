"""Custom roles: Enterprise only; the vendor's own roles cannot be changed.

Source: developer.zendesk.com, “Custom Agent Roles”. That a change may hold only what really changes is known from a
client that was refused otherwise.
"""

from __future__ import annotations

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.refusals import forbidden, invalid, taken
from sandbox.zendesk.resource import Resource

DEFAULTS: Row = {
    "assign_tickets_to_any_group": False,
    "end_user_list_access": "none",
    "end_user_profile_access": "readonly",
    "forum_access": "readonly",
    "forum_access_restricted_content": False,
    "macro_access": "readonly",
    "manage_roles": "none",
    "manage_team_members": "readonly",
    "report_access": "none",
    "ticket_access": "within-groups",
    "ticket_comment_access": "none",
    "ticket_deletion": False,
    "ticket_editing": False,
    "ticket_merge": False,
    "ticket_tag_editing": False,
    "user_view_access": "readonly",
    "view_access": "readonly",
}
"""What a role has of which nobody says more, as far as public clients know it."""
VALUES: dict[str, frozenset[str]] = {
    "end_user_list_access": frozenset({"full", "none"}),
    "end_user_profile_access": frozenset({"edit", "edit-within-org", "full", "readonly"}),
    "explore_access": frozenset({"edit", "full", "none", "readonly"}),
    "forum_access": frozenset({"edit-topics", "full", "readonly"}),
    "macro_access": frozenset({"full", "manage-group", "manage-personal", "readonly"}),
    "manage_roles": frozenset({"all-except-self", "none"}),
    "manage_team_members": frozenset({"all-with-self-restriction", "none", "readonly"}),
    "report_access": frozenset({"full", "none", "readonly"}),
    "ticket_access": frozenset(
        {"all", "assigned-only", "within-groups", "within-groups-and-public-groups", "within-organization"}
    ),
    "ticket_comment_access": frozenset({"none", "public"}),
    "user_view_access": frozenset({"full", "manage-group", "manage-personal", "none", "readonly"}),
    "view_access": frozenset({"full", "manage-group", "manage-personal", "playonly", "readonly"}),
}
"""Rights that are words; all others are true or false."""
READ_ONLY = frozenset({"chat_access", "group_access", "light_agent", "moderate_forums", "organization_notes_editing"})

RESERVED = ("Agent", "Administrator", "Light agent", "Contributor", "Billing admin")


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if old is not None and old["role_type"] != 0:
        raise forbidden("The vendor's own roles cannot be changed.")
    others = [other["name"] for other in CUSTOM_ROLES.table(call).values() if other["id"] != row.get("id")]
    if row["name"].lower() in {name.lower() for name in (*others, *RESERVED)}:
        raise taken("name", row["name"])
    before = DEFAULTS if old is None else old["configuration"] or {}
    said = sent.get("configuration") or {}
    for right, value in said.items():
        if right in VALUES and value not in VALUES[right]:
            raise invalid("configuration", f"{value} is not a value of {right}")
        if right in READ_ONLY or (old is not None and before.get(right) == value):
            raise invalid("configuration", f"{right} cannot be changed to {value}")
    row["configuration"] = {**before, **said}


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
