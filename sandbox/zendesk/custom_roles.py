"""Custom roles: Enterprise only; the vendor's own roles cannot be changed.

Source: developer.zendesk.com, “Custom Agent Roles”: types of roles, and what a role may. That an update which repeats
what is there already is refused with 422 is known from a client that sends only what changes.
"""

from __future__ import annotations

from typing import Any

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.refusals import forbidden, invalid, taken
from sandbox.zendesk.resource import Resource

RESERVED = ("Agent", "Administrator", "Light agent", "Contributor", "Billing admin")
CHOICES: dict[str, tuple[str, ...]] = {
    "end_user_list_access": ("full", "none"),
    "end_user_profile_access": ("edit", "edit-within-org", "full", "readonly"),
    "explore_access": ("edit", "full", "none", "readonly"),
    "forum_access": ("edit-topics", "full", "readonly"),
    "macro_access": ("full", "manage-group", "manage-personal", "readonly"),
    "manage_roles": ("all-except-self", "none"),
    "manage_team_members": ("all-with-self-restriction", "readonly", "none"),
    "report_access": ("full", "none", "readonly"),
    "ticket_access": (
        "all",
        "assigned-only",
        "within-groups",
        "within-groups-and-public-groups",
        "within-organization",
    ),
    "ticket_comment_access": ("public", "none"),
    "user_view_access": ("full", "manage-group", "manage-personal", "none", "readonly"),
    "view_access": ("full", "manage-group", "manage-personal", "playonly", "readonly"),
}
"""Attributes of a role that take one of some words."""
DEFAULTS: Row = {
    "assign_tickets_to_any_brand": False,
    "assign_tickets_to_any_group": False,
    "custom_objects": {},
    "end_user_list_access": "none",
    "end_user_profile_access": "readonly",
    "export_views": False,
    "explore_access": "none",
    "forum_access": "readonly",
    "forum_access_restricted_content": False,
    "macro_access": "readonly",
    "manage_approval_requests": False,
    "manage_automations": False,
    "manage_business_rules": False,
    "manage_contextual_workspaces": False,
    "manage_deletion_schedules": "none",
    "manage_dynamic_content": False,
    "manage_extensions_and_channels": False,
    "manage_facebook": False,
    "manage_group_memberships": False,
    "manage_groups": False,
    "manage_macro_content_suggestions": False,
    "manage_organization_fields": False,
    "manage_organizations": False,
    "manage_roles": "none",
    "manage_skills": False,
    "manage_slas": False,
    "manage_suspended_tickets": False,
    "manage_team_members": "readonly",
    "manage_ticket_fields": False,
    "manage_ticket_forms": False,
    "manage_triggers": False,
    "manage_user_fields": False,
    "organization_editing": False,
    "report_access": "none",
    "side_conversation_create": True,
    "ticket_access": "within-groups",
    "ticket_comment_access": "none",
    "ticket_deletion": False,
    "ticket_editing": False,
    "ticket_merge": False,
    "ticket_redaction": False,
    "ticket_tag_editing": False,
    "twitter_search_access": False,
    "user_view_access": "readonly",
    "view_access": "readonly",
    "view_deleted_tickets": False,
    "view_filter_tickets": False,
    "voice_access": True,
    "voice_dashboard_access": False,
}
"""What a new role may unless it says otherwise. The names are the vendor's, the values our guess."""
READ_ONLY: Row = {
    "chat_access": False,
    "group_access": False,
    "light_agent": False,
    "moderate_forums": False,
    "organization_notes_editing": False,
}
"""What no client sets, and who tries is refused."""


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if old is not None and old["role_type"] != 0:
        raise forbidden("The vendor's own roles cannot be changed.")
    others = [other["name"] for other in CUSTOM_ROLES.table(call).values() if other["id"] != row.get("id")]
    if row["name"].lower() in {name.lower() for name in (*others, *RESERVED)}:
        raise taken("name", row["name"])
    given = sent.get("configuration") or {}
    before = (old or {}).get("configuration") or {}
    if old is not None:
        same = [name for name in ("name", "description") if name in sent and sent[name] == old[name]]
        same += [name for name, value in given.items() if name in before and before[name] == value]
        if same:
            raise invalid("base", f"{', '.join(same)} would not change", "Unchanged")
    row["configuration"] = {**DEFAULTS, **READ_ONLY, **before}
    for name, value in given.items():
        _set(call, row["configuration"], name, value)


def _set(call: ApiCall, configuration: Row, name: str, value: Any) -> None:
    default = DEFAULTS.get(name)
    where = f"custom_role.configuration.{name}"
    if name in READ_ONLY:
        raise invalid("configuration", f"{name} cannot be changed")
    if name not in DEFAULTS:
        call.unpermitted.append(where)
    elif name in CHOICES and value not in CHOICES[name]:
        raise invalid("configuration", f"{name} is one of {', '.join(CHOICES[name])}, not {value}")
    elif type(value) is not type(default):
        call.misfits.append(where)
    else:
        configuration[name] = value


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
            "configuration": {**DEFAULTS, **READ_ONLY, "light_agent": role_type == 1},
            "role_type": role_type,
            "created_at": now,
            "updated_at": now,
        }
        call.account.rows("custom_roles")[str(row["id"])] = row
