"""User groups: names and handles are unique, groups are switched off and never deleted."""

from __future__ import annotations

from sandbox.slack.methods import Arguments, Method, flag, ids, needed
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
        "date_delete": group["date_delete"],
        "user_count": len(group["users"]),
    }
    return shown | ({"users": list(group["users"])} if flag(arguments, "include_users") else {})


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
    groups = workspace.table("usergroups").values()
    disabled = flag(arguments, "include_disabled")
    return {
        "usergroups": [
            _document(workspace, group, arguments) for group in groups if disabled or not group["date_delete"]
        ]
    }


def usergroups_create(workspace: Workspace, arguments: Arguments) -> Row:
    name = needed(arguments, "name", "invalid_arguments")
    handle = str(arguments.get("handle") or "")
    _check_free(workspace, name, handle, None)
    group: Row = {
        "id": workspace.new_id("S"),
        "name": name,
        "handle": handle,
        "description": str(arguments.get("description") or ""),
        "users": [],
        "date_delete": 0,
    }
    workspace.table("usergroups")[group["id"]] = group
    return {"usergroup": _document(workspace, group, arguments)}


def usergroups_update(workspace: Workspace, arguments: Arguments) -> Row:
    group = _group(workspace, arguments)
    name = str(arguments.get("name") or group["name"])
    handle = str(arguments.get("handle") or group["handle"])
    _check_free(workspace, name, handle, group["id"])
    group.update(name=name, handle=handle)
    if "description" in arguments:
        group["description"] = str(arguments["description"] or "")
    return {"usergroup": _document(workspace, group, arguments)}


def usergroups_disable(workspace: Workspace, arguments: Arguments) -> Row:
    group = _group(workspace, arguments)
    group["date_delete"] = int(workspace.store.clock())
    return {"usergroup": _document(workspace, group, arguments)}


def usergroups_enable(workspace: Workspace, arguments: Arguments) -> Row:
    group = _group(workspace, arguments)
    group["date_delete"] = 0
    return {"usergroup": _document(workspace, group, arguments)}


def usergroups_users_list(workspace: Workspace, arguments: Arguments) -> Row:
    return {"users": list(_group(workspace, arguments)["users"])}


def usergroups_users_update(workspace: Workspace, arguments: Arguments) -> Row:
    group = _group(workspace, arguments)
    users = ids(arguments.get("users"))
    if not users:
        raise SlackError("no_users_provided")
    if any(user not in workspace.table("users") for user in users):
        raise SlackError("invalid_users")
    group["users"] = users
    return {"usergroup": _document(workspace, group, arguments)}


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
