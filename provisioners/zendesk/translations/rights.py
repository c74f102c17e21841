"""Rights of roles: our words, the vendor's `configuration` of a custom role, and what the built-in roles have.

Source: developer.zendesk.com, “Custom Agent Roles”, Configuration; support.zendesk.com, “Understanding standard agent
roles”. Rights in products beside Support are none unless said: not every account has these products.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

YES_OR_NO: Mapping[str | bool, Any] = MappingProxyType({False: False, True: True})
_LISTS: dict[str | bool, Any] = {
    "use": "readonly",
    "own": "manage-personal",
    "own_groups": "manage-group",
    "all": "full",
}


@dataclass(frozen=True)
class Right:
    """What the vendor calls a right, its words for our values, and what agents, light agents and admins have."""

    key: str
    agent: str | bool = False
    light_agent: str | bool = False
    admin: str | bool = True
    values: Mapping[str | bool, Any] = field(default_factory=lambda: YES_OR_NO)


def _beside(key: str) -> Right:
    """A right in a product beside Support."""
    return Right(key, admin=False)


RIGHTS: Mapping[str, Right] = {
    "tickets": Right(
        "ticket_access",
        "all",
        "all",
        "all",
        {
            "all": "all",
            "own_groups": "within-groups",
            "own_and_public_groups": "within-groups-and-public-groups",
            "own_organization": "within-organization",
            "own": "assigned-only",
        },
    ),
    "comments": Right(
        "ticket_comment_access", "public", "internal", "public", {"public": "public", "internal": "none"}
    ),
    "edit_tickets": Right("ticket_editing", agent=True),
    "edit_tags": Right("ticket_tag_editing", agent=True),
    "merge_tickets": Right("ticket_merge", agent=True),
    "redact_tickets": Right("ticket_redaction"),
    "delete_tickets": Right("ticket_deletion"),
    "see_deleted_tickets": Right("view_deleted_tickets"),
    "suspended_tickets": Right("manage_suspended_tickets"),
    "assign_to_any_group": Right("assign_tickets_to_any_group", agent=True),
    "assign_to_any_brand": _beside("assign_tickets_to_any_brand"),
    "filter_tickets": _beside("view_filter_tickets"),
    "side_conversations": _beside("side_conversation_create"),
    "approvals": _beside("manage_approval_requests"),
    "customers": Right(
        "end_user_profile_access",
        "add",
        "see",
        "add",
        {"see": "readonly", "edit_own_organization": "edit-within-org", "edit": "edit", "add": "full"},
    ),
    "list_customers": Right("end_user_list_access", True, False, True, {False: "none", True: "full"}),
    "customer_lists": Right("user_view_access", "own", "none", "all", {"none": "none", **_LISTS}),
    "edit_organizations": Right("organization_editing"),
    "macros": Right("macro_access", "own", "use", "all", _LISTS),
    "views": Right("view_access", "own", "use", "all", {"play": "playonly", **_LISTS}),
    "export_views": _beside("export_views"),
    "reports": Right("report_access", "see", "see", "edit", {"none": "none", "see": "readonly", "edit": "full"}),
    "analytics": Right(
        "explore_access",
        "none",
        "none",
        "none",
        {"none": "none", "see": "readonly", "edit": "edit", "manage": "full"},
    ),
    "help_center": Right(
        "forum_access", "read", "read", "read", {"read": "readonly", "topics": "edit-topics", "manage": "full"}
    ),
    "restricted_articles": _beside("forum_access_restricted_content"),
    "calls": _beside("voice_access"),
    "call_dashboard": _beside("voice_dashboard_access"),
    "social_search": _beside("twitter_search_access"),
    "manage_triggers": Right("manage_triggers"),
    "manage_automations": Right("manage_automations"),
    "manage_sla_policies": Right("manage_slas"),
    "manage_schedules": Right("manage_business_rules"),
    "manage_dynamic_content": Right("manage_dynamic_content"),
    "manage_workspaces": Right("manage_contextual_workspaces"),
    "manage_ticket_fields": Right("manage_ticket_fields"),
    "manage_ticket_forms": Right("manage_ticket_forms"),
    "manage_organization_fields": Right("manage_organization_fields"),
    "manage_requester_fields": Right("manage_user_fields"),
    "manage_organizations": Right("manage_organizations"),
    "manage_groups": Right("manage_groups"),
    "manage_memberships": Right("manage_group_memberships"),
    "manage_skills": Right("manage_skills"),
    "manage_channels": Right("manage_extensions_and_channels"),
    "manage_facebook": _beside("manage_facebook"),
    "manage_roles": Right("manage_roles", values={False: "none", True: "all-except-self"}),
    "team": Right(
        "manage_team_members",
        "see",
        "none",
        "manage",
        {"none": "none", "see": "readonly", "manage": "all-with-self-restriction"},
    ),
}
"""Every word of `rights`; a test compares it with the model."""


def configuration(like: str, said: Mapping[str, str | bool]) -> dict[str, Any]:
    """The vendor's configuration of a role: the built-in role's rights, with those that are said in their place."""
    base = {word: getattr(right, like) for word, right in RIGHTS.items()}
    return {RIGHTS[word].key: RIGHTS[word].values[value] for word, value in {**base, **said}.items()}


def declared_rights(live: Mapping[str, Any]) -> dict[str, str | bool] | None:
    """Every right of a configuration in our words; None where one of them has a value without a word."""
    found: dict[str, str | bool] = {}
    for word, right in RIGHTS.items():
        words = {vendor: ours for ours, vendor in right.values.items()}
        if right.key not in live:
            continue
        if live[right.key] not in words:
            return None
        found[word] = words[live[right.key]]
    return found


def nearest_like(rights: Mapping[str, str | bool]) -> tuple[str, dict[str, str | bool]]:
    """The built-in role from which rights differ least, and those that differ."""
    differ = {
        like: {word: value for word, value in rights.items() if value != getattr(RIGHTS[word], like)}
        for like in ("agent", "light_agent", "admin")
    }
    like = min(differ, key=lambda each: len(differ[each]))
    return like, differ[like]
