"""The account itself: its name and its settings, which are written in part.

Source: developer.zendesk.com, “Account Settings”. That the auto-routing tag cannot be emptied, and that languages are
a list that is replaced whole, is known from a client that lives with both. That English stays is our reading. A sandbox
begins with four languages; a new account of the vendor's has its own only.
"""

from __future__ import annotations

import copy
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.locale_names import LOCALES
from sandbox.zendesk.refusals import blank, invalid

DEFAULTS: Row = {
    "branding": {"header_color": "03363D", "page_background_color": "333333", "tab_background_color": "7FA239"},
    "tickets": {
        "agent_ticket_deletion": False,
        "allow_group_reset": True,
        "assign_default_organization": True,
        "assign_tickets_upon_solve": True,
        "auto_updated_ccs_followers_rules": True,
        "collaboration": True,
        "comments_public_by_default": True,
        "custom_statuses_enabled": True,
        "emoji_autocompletion": True,
        "is_first_comment_private_enabled": True,
        "light_agent_email_ccs_allowed": False,
        "list_empty_views": True,
        "list_newest_comments_first": True,
        "maximum_personal_views_to_list": 8,
        "private_attachments": False,
        "status_hold": False,
        "tagging": True,
        "using_skill_based_routing": False,
    },
    "user": {
        "agent_created_welcome_emails": True,
        "end_user_phone_number_validation": False,
        "have_gravatars_enabled": True,
        "language_selection": True,
        "multiple_organizations": False,
        "tagging": False,
        "time_zone_selection": True,
    },
    "side_conversations": {
        "email_channel": False,
        "msteams_channel": False,
        "show_in_context_panel": False,
        "slack_channel": False,
        "tickets_channel": False,
    },
    "rule": {"macro_most_used": True, "macro_order": "alphabetical", "skill_based_filtered_views": []},
    "routing": {"autorouting_tag": "", "enabled": False, "max_email_capacity": 0, "max_messaging_capacity": 0},
    "localization": {"locale_ids": [1, 2, 8, 16]},
    "agents": {"agent_home": False, "agent_workspace": True},
    "brands": {"default_brand_id": None, "require_brand_on_new_tickets": False},
    "email": {"accept_wildcard_emails": True, "personalized_replies": False, "send_gmail_messages_via_gmail": False},
    "statistics": {"forum": True, "rule_usage": True, "search": True},
    "limits": {"attachment_size": 52428800},
    "active_features": {
        "business_hours": True,
        "customer_satisfaction": False,
        "custom_statuses_enabled": True,
        "dynamic_contents": True,
        "on_hold_status": False,
        "sandbox": False,
        "suspended_ticket_notification": False,
        "ticket_forms": True,
        "user_tagging": False,
    },
}
READ_ONLY = frozenset(
    {"limits", "statistics"}
    | {f"active_features.{name}" for name in ("business_hours", "custom_statuses_enabled", "dynamic_contents")}
    | {f"active_features.{name}" for name in ("sandbox", "suspended_ticket_notification", "ticket_forms")}
)
"""Sections, and keys in them, that a write cannot change. The vendor names none, so that the keys are our guess."""


def settings_row(call: ApiCall) -> Row:
    """The account's settings, made on first use."""
    rows = call.account.rows("account_settings")
    if "1" not in rows:
        rows["1"] = copy.deepcopy(DEFAULTS)
        brands = call.account.rows("brands").values()
        rows["1"]["brands"]["default_brand_id"] = next((one["id"] for one in brands if one["default"]), None)
    return rows["1"]


def _show(call: ApiCall) -> Response:
    return JSONResponse({"settings": settings_row(call)})


def _same_sort(old: Any, new: Any) -> bool:
    return old is None or isinstance(new, type(old))


def _update(call: ApiCall) -> Response:
    write_settings(call, call.envelope("settings"))
    return JSONResponse({"settings": settings_row(call)})


def write_settings(call: ApiCall, sent: Row) -> None:
    """Only what is sent changes; lists are replaced whole; unknown and read-only keys are left out."""
    row = settings_row(call)
    for section, values in sent.items():
        if section not in row or section in READ_ONLY or not isinstance(values, dict):
            call.unpermitted.append(f"settings.{section}")
            continue
        for name, value in values.items():
            if name not in row[section] or f"{section}.{name}" in READ_ONLY:
                call.unpermitted.append(f"settings.{section}.{name}")
            elif not _same_sort(row[section][name], value):
                call.misfits.append(f"settings.{section}.{name}")
            else:
                _check(call, section, name, row[section][name], value)
                row[section][name] = value
    row["active_features"]["custom_statuses_enabled"] = row["tickets"]["custom_statuses_enabled"]


def _check(call: ApiCall, section: str, name: str, old: Any, value: Any) -> None:
    """Raises `Refused` (422) for a value that the account cannot have."""
    if (section, name) == ("routing", "autorouting_tag") and old and not value:
        raise blank("autorouting_tag")
    if (section, name) == ("localization", "locale_ids"):
        unknown = [one for one in value if not isinstance(one, int) or one not in LOCALES]
        if unknown or 1 not in value:
            raise invalid("locale_ids", f"{unknown[0] if unknown else value} is not a list of languages with English")
    if (section, name) == ("brands", "default_brand_id") and str(value) not in call.account.rows("brands"):
        raise invalid("default_brand_id", f"{value} is not a brand")


def _account(call: ApiCall) -> Response:
    account = call.account
    return JSONResponse(
        {
            "account": {
                "url": f"{call.base}/api/v2/account.json",
                "id": account.settings.get("account_id", 1),
                "name": account.settings.get("name", "Sandbox"),
                "subdomain": account.subdomain,
                "plan_name": account.plan,
                "time_zone": account.settings.get("time_zone", "London"),
                "sandbox": True,
            }
        }
    )


def _token(call: ApiCall) -> Response:
    scopes = ["read"] if call.reads_only else ["read", "write"]
    return JSONResponse({"token": {"id": 1, "scopes": scopes, "expires_at": None}})


ENDPOINTS = [
    Endpoint("GET", "account/settings", _show),
    Endpoint("PUT", "account/settings", _update),
    Endpoint("GET", "account", _account),
    Endpoint("GET", "oauth/tokens/current", _token),
]
