"""User groups: names and handles are unique, groups are switched off and never deleted; paid plans only.

Source: docs.slack.dev, “usergroups.create”, “usergroups.users.update”, “usergroups.list”. Which of two words a free
workspace answers with, the pages say only of users.update (`plan_upgrade_required`); of the others people report
`paid_teams_only`. Whether a bot may change groups is a setting of the workspace (`permission_denied`).
"""

from __future__ import annotations

import re
from typing import Any

from sandbox.slack.methods import Arguments, Method, as_shown, flag, ids, needed
from sandbox.slack.workspace import SlackError, Workspace
from sandbox.store import Row


def _document(workspace: Workspace, group: Row, arguments: Arguments) -> Row:
    shown: Row = {
        "id": group["id"],
        "team_id": workspace.team()["id"],
        "is_usergroup": True,
        "name": group["name"],
        "handle": group["handle"],
        "description": group["description"],
        "is_external": False,
        "date_create": group.get("date_create"),
        "date_update": group.get("date_update"),
        "date_delete": group["date_delete"],
        "auto_type": None,
        "created_by": group.get("created_by"),
        "updated_by": group.get("updated_by"),
        "deleted_by": group.get("deleted_by"),
        "user_count": len(group["users"]),
    }
    return shown | ({"users": list(group["users"])} if flag(arguments, "include_users") else {})


def new_group(workspace: Workspace, name: str, handle: str, by: str, description: str = "") -> Row:
    """A group without members, in the workspace."""
    now = int(workspace.store.clock())
    group: Row = {
        "id": workspace.new_id("S"),
        "name": name,
        "handle": handle,
        "description": description,
        "users": [],
        "date_create": now,
        "date_update": now,
        "date_delete": 0,
        "created_by": by,
        "updated_by": by,
        "deleted_by": None,
    }
    workspace.table("usergroups")[group["id"]] = group
    return group


def _touch(workspace: Workspace, group: Row, **changes: Any) -> None:
    group.update(changes, date_update=int(workspace.store.clock()), updated_by=workspace.bot()["id"])


def check_allowed(workspace: Workspace, *, writes: bool, word: str = "paid_teams_only") -> None:
    """Raises SlackError where the workspace is free, or lets no bot change its groups."""
    if workspace.settings.get("plan", workspace.settings.get("usual_plan")) == "free":
        raise SlackError(word)
    if writes and workspace.settings.get("user_groups_by") == "admins":
        raise SlackError("permission_denied")


def _group(workspace: Workspace, arguments: Arguments) -> Row:
    group = workspace.table("usergroups").get(needed(arguments, "usergroup", "no_such_subteam"))
    if group is None:
        raise SlackError("no_such_subteam")
    return group


def _check_free(workspace: Workspace, name: str, handle: str, own: str | None) -> None:
    for other in workspace.table("usergroups").values():
        if other["id"] != own and other["name"].lower() == name.lower():
            raise SlackError("name_already_exists")
        if other["id"] != own and handle and other["handle"] == handle:
            raise SlackError("handle_already_exists")
    if handle and (
        workspace.channel_named(handle) or any(user["name"] == handle for user in workspace.table("users").values())
    ):
        raise SlackError("handle_already_exists")


def usergroups_list(workspace: Workspace, arguments: Arguments) -> Row:
    check_allowed(workspace, writes=False)
    groups = workspace.table("usergroups").values()
    disabled = flag(arguments, "include_disabled")
    return {
        "usergroups": [
            _document(workspace, group, arguments) for group in groups if disabled or not group["date_delete"]
        ]
    }


def usergroups_create(workspace: Workspace, arguments: Arguments) -> Row:
    """Without a handle, one is made of the name."""
    check_allowed(workspace, writes=True)
    name = needed(arguments, "name", "invalid_arguments")
    handle = str(arguments.get("handle") or re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-"))
    _check_free(workspace, name, handle, None)
    description = as_shown(str(arguments.get("description") or ""))
    group = new_group(workspace, name, handle, workspace.bot()["id"], description)
    return {"usergroup": _document(workspace, group, arguments)}


def usergroups_update(workspace: Workspace, arguments: Arguments) -> Row:
    check_allowed(workspace, writes=True)
    group = _group(workspace, arguments)
    name = str(arguments.get("name") or group["name"])
    handle = str(arguments.get("handle") or group["handle"])
    _check_free(workspace, name, handle, group["id"])
    _touch(workspace, group, name=name, handle=handle)
    if "description" in arguments:
        group["description"] = as_shown(str(arguments["description"] or ""))
    return {"usergroup": _document(workspace, group, arguments)}


def usergroups_disable(workspace: Workspace, arguments: Arguments) -> Row:
    check_allowed(workspace, writes=True)
    group = _group(workspace, arguments)
    _touch(workspace, group, date_delete=int(workspace.store.clock()), deleted_by=workspace.bot()["id"])
    return {"usergroup": _document(workspace, group, arguments)}


def usergroups_enable(workspace: Workspace, arguments: Arguments) -> Row:
    check_allowed(workspace, writes=True)
    group = _group(workspace, arguments)
    _touch(workspace, group, date_delete=0, deleted_by=None)
    return {"usergroup": _document(workspace, group, arguments)}


def usergroups_users_list(workspace: Workspace, arguments: Arguments) -> Row:
    check_allowed(workspace, writes=False)
    return {"users": list(_group(workspace, arguments)["users"])}


def usergroups_users_update(workspace: Workspace, arguments: Arguments) -> Row:
    """All members at once; there is no way to leave nobody, and bots cannot be in one."""
    check_allowed(workspace, writes=True, word="plan_upgrade_required")
    group = _group(workspace, arguments)
    users = ids(arguments.get("users"))
    if not users:
        raise SlackError("no_users_provided")
    known = workspace.table("users")
    if any(user not in known or known[user]["deleted"] for user in users):
        raise SlackError("invalid_users")
    if any(known[user]["bot"] for user in users):
        raise SlackError("invalid_user")
    _touch(workspace, group, users=users)
    return {"usergroup": {**_document(workspace, group, arguments), "users": users}}


_READ, _WRITE = "usergroups:read", "usergroups:write"

METHODS: dict[str, Method] = {
    "usergroups.list": Method(usergroups_list, _READ, writes=False),
    "usergroups.users.list": Method(usergroups_users_list, _READ, writes=False),
    "usergroups.create": Method(usergroups_create, _WRITE, writes=True),
    "usergroups.update": Method(usergroups_update, _WRITE, writes=True),
    "usergroups.disable": Method(usergroups_disable, _WRITE, writes=True),
    "usergroups.enable": Method(usergroups_enable, _WRITE, writes=True),
    "usergroups.users.update": Method(usergroups_users_update, _WRITE, writes=True),
}
