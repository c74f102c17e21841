"""The Web API's methods. Each takes the call's arguments and returns what stands beside `ok: true`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.slack.paging import page
from sandbox.slack.workspace import SlackError, Workspace, check_channel_name
from sandbox.store import Row

Arguments = dict[str, Any]
_TEXT_LIMIT = 250


@dataclass(frozen=True)
class Method:
    """A method of the Web API: what it does, which scope it needs, whether it changes anything."""

    call: Callable[[Workspace, Arguments], Row]
    scope: str | None
    writes: bool


def needed(arguments: Arguments, name: str, code: str = "invalid_arguments") -> str:
    value = arguments.get(name)
    if value in (None, ""):
        raise SlackError(code)
    return str(value)


def flag(arguments: Arguments, name: str) -> bool:
    return str(arguments.get(name, "")).lower() in ("1", "true")


def ids(value: Any) -> list[str]:
    """Ids in a list, as text with commas, or as JSON in a form."""
    if isinstance(value, str):
        value = json.loads(value) if value.startswith("[") else value.split(",")
    return [str(item).strip() for item in value or [] if str(item).strip()]


def as_shown(text: str) -> str:
    """A text as the vendor gives it back: three signs as entities, addresses in <>."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"https?://[^\s<>]+", lambda found: f"<{found[0]}>", escaped)


# the workspace and its people


def auth_test(workspace: Workspace, arguments: Arguments) -> Row:
    team, bot = workspace.team(), workspace.bot()
    return {
        "url": f"https://{team['domain']}.slack.com/",
        "team": team["name"],
        "user": bot["name"],
        "team_id": team["id"],
        "user_id": bot["id"],
        "bot_id": f"B{bot['id'][1:]}",
        "is_enterprise_install": False,
    }


def team_info(workspace: Workspace, arguments: Arguments) -> Row:
    team = workspace.team()
    return {"team": {"id": team["id"], "name": team["name"], "domain": team["domain"], "email_domain": ""}}


def users_list(workspace: Workspace, arguments: Arguments) -> Row:
    members = [workspace.user_document(user) for user in workspace.table("users").values()]
    return page(members, "members", arguments)


def users_info(workspace: Workspace, arguments: Arguments) -> Row:
    user = workspace.table("users").get(needed(arguments, "user", "user_not_found"))
    if user is None:
        raise SlackError("user_not_found")
    return {"user": workspace.user_document(user)}


def users_lookup_by_email(workspace: Workspace, arguments: Arguments) -> Row:
    email = needed(arguments, "email").lower()
    for user in workspace.table("users").values():
        if user["email"] and user["email"].lower() == email and not user["deleted"]:
            return {"user": workspace.user_document(user)}
    raise SlackError("users_not_found")


# channels


def conversations_list(workspace: Workspace, arguments: Arguments) -> Row:
    types = {name.strip() for name in str(arguments.get("types") or "public_channel").split(",")}
    if not types <= {"public_channel", "private_channel", "mpim", "im"}:
        raise SlackError("invalid_types")
    without_archived = flag(arguments, "exclude_archived")
    found = [
        workspace.channel_document(channel)
        for channel in workspace.table("channels").values()
        if workspace.visible(channel)
        and ("private_channel" if channel["private"] else "public_channel") in types
        and not (without_archived and channel["archived"])
    ]
    return page(found, "channels", arguments)


def conversations_info(workspace: Workspace, arguments: Arguments) -> Row:
    return {"channel": workspace.channel_document(_channel(workspace, arguments))}


def conversations_members(workspace: Workspace, arguments: Arguments) -> Row:
    return page(list(_channel(workspace, arguments)["members"]), "members", arguments)


def conversations_create(workspace: Workspace, arguments: Arguments) -> Row:
    name = str(arguments.get("name") or "")
    check_channel_name(name)
    if workspace.channel_named(name):
        raise SlackError("name_taken")
    bot = workspace.bot()["id"]
    channel = workspace.add_channel(name, bot, private=flag(arguments, "is_private"))
    channel["members"].append(bot)
    return {"channel": workspace.channel_document(channel)}


def conversations_rename(workspace: Workspace, arguments: Arguments) -> Row:
    channel = _open_channel(workspace, arguments, joined=True)
    name = str(arguments.get("name") or "")
    check_channel_name(name)
    other = workspace.channel_named(name)
    if other is not None and other is not channel:
        raise SlackError("name_taken")
    if channel["creator"] != workspace.bot()["id"]:
        raise SlackError("not_authorized")
    if channel["name"] != name:
        channel["previous_names"].insert(0, channel["name"])
        channel["name"] = name
    return {"channel": workspace.channel_document(channel)}


def conversations_archive(workspace: Workspace, arguments: Arguments) -> Row:
    channel = _channel(workspace, arguments)
    if channel["general"]:
        raise SlackError("cant_archive_general")
    if channel["archived"]:
        raise SlackError("already_archived")
    _check_joined(workspace, channel)
    channel["archived"] = True
    channel["members"] = [user for user in channel["members"] if user != workspace.bot()["id"]]
    return {}


def conversations_unarchive(workspace: Workspace, arguments: Arguments) -> Row:
    """A bot leaves a channel that is archived and cannot join it again, so it can never unarchive one."""
    channel = _channel(workspace, arguments)
    if not channel["archived"]:
        raise SlackError("not_archived")
    raise SlackError("not_in_channel")


def conversations_set_topic(workspace: Workspace, arguments: Arguments) -> Row:
    return _set_text(workspace, arguments, "topic")


def conversations_set_purpose(workspace: Workspace, arguments: Arguments) -> Row:
    return _set_text(workspace, arguments, "purpose")


def _set_text(workspace: Workspace, arguments: Arguments, name: str) -> Row:
    channel = _open_channel(workspace, arguments, joined=True)
    text = str(arguments.get(name) or "")
    if len(text) > _TEXT_LIMIT:
        raise SlackError("too_long")
    channel[name] = {
        "value": as_shown(text),
        "creator": workspace.bot()["id"],
        "last_set": int(workspace.store.clock()),
    }
    return {name: as_shown(text), "channel": workspace.channel_document(channel)}


def conversations_invite(workspace: Workspace, arguments: Arguments) -> Row:
    channel = _open_channel(workspace, arguments, joined=True)
    users = ids(arguments.get("users"))
    if not users:
        raise SlackError("no_user")
    errors: list[Row] = []
    fit: list[str] = []
    for user in users:
        known = workspace.table("users").get(user)
        if known is None or known["deleted"]:
            errors.append({"user": user, "ok": False, "error": "user_not_found"})
        elif user == workspace.bot()["id"]:
            errors.append({"user": user, "ok": False, "error": "cant_invite_self"})
        elif user in channel["members"]:
            errors.append({"user": user, "ok": False, "error": "already_in_channel"})
        else:
            fit.append(user)
    if errors and not (flag(arguments, "force") and fit):
        raise SlackError(str(errors[0]["error"]), errors=errors)
    channel["members"].extend(fit)
    answer: Row = {"channel": workspace.channel_document(channel)}
    return answer | ({"errors": errors} if errors else {})


def conversations_kick(workspace: Workspace, arguments: Arguments) -> Row:
    channel = _open_channel(workspace, arguments, joined=True)
    user = needed(arguments, "user", "user_not_found")
    if user == workspace.bot()["id"]:
        raise SlackError("cant_kick_self")
    if channel["general"]:
        raise SlackError("cant_kick_from_general")
    if user not in channel["members"]:
        raise SlackError("not_in_channel")
    channel["members"].remove(user)
    return {"errors": {}}


def conversations_join(workspace: Workspace, arguments: Arguments) -> Row:
    channel = _open_channel(workspace, arguments)
    if channel["private"]:
        raise SlackError("method_not_supported_for_channel_type")
    bot = workspace.bot()["id"]
    answer: Row = {}
    if bot in channel["members"]:
        answer = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    else:
        channel["members"].append(bot)
    return {"channel": workspace.channel_document(channel), **answer}


def _channel(workspace: Workspace, arguments: Arguments) -> Row:
    return workspace.channel(needed(arguments, "channel", "channel_not_found"))


def _open_channel(workspace: Workspace, arguments: Arguments, joined: bool = False) -> Row:
    channel = _channel(workspace, arguments)
    if channel["archived"]:
        raise SlackError("is_archived")
    if joined:
        _check_joined(workspace, channel)
    return channel


def _check_joined(workspace: Workspace, channel: Row) -> None:
    if workspace.bot()["id"] not in channel["members"]:
        raise SlackError("not_in_channel")


# messages


def chat_post_message(workspace: Workspace, arguments: Arguments) -> Row:
    wanted = needed(arguments, "channel", "channel_not_found")
    named = workspace.channel_named(wanted.removeprefix("#"))
    channel = workspace.channel(named["id"] if named else wanted)
    if channel["archived"]:
        raise SlackError("is_archived")
    _check_joined(workspace, channel)
    text = str(arguments.get("text") or "")
    if not text and not arguments.get("blocks") and not arguments.get("attachments"):
        raise SlackError("no_text")
    message = workspace.add_message(channel["id"], text, user=workspace.bot()["id"])
    return {"channel": channel["id"], "ts": message["ts"], "message": message}


def conversations_history(workspace: Workspace, arguments: Arguments) -> Row:
    """The newest first; a bot reads only where it is."""
    channel = _channel(workspace, arguments)
    _check_joined(workspace, channel)
    oldest, latest = str(arguments.get("oldest") or ""), str(arguments.get("latest") or "")
    inclusive = flag(arguments, "inclusive")
    found = []
    for row in workspace.table("messages").values():
        at = float(row["ts"])
        young = not oldest or at > float(oldest) or (inclusive and row["ts"] == oldest)
        old = not latest or at < float(latest) or (inclusive and row["ts"] == latest)
        if row["channel"] == channel["id"] and young and old:
            found.append({name: value for name, value in row.items() if name != "channel"})
    return page(found[::-1], "messages", arguments)


def chat_delete(workspace: Workspace, arguments: Arguments) -> Row:
    """A bot deletes what it has posted itself."""
    channel = _channel(workspace, arguments)
    row = workspace.table("messages").get(needed(arguments, "ts", "message_not_found"))
    if row is None or row["channel"] != channel["id"]:
        raise SlackError("message_not_found")
    if row.get("user") != workspace.bot()["id"]:
        raise SlackError("cant_delete_message")
    del workspace.table("messages")[row["ts"]]
    return {"channel": channel["id"], "ts": row["ts"]}


_CHANNELS, _PEOPLE = "channels:read", "users:read"
_MANAGE = "channels:manage"

METHODS: dict[str, Method] = {
    "auth.test": Method(auth_test, None, writes=False),
    "team.info": Method(team_info, "team:read", writes=False),
    "users.list": Method(users_list, _PEOPLE, writes=False),
    "users.info": Method(users_info, _PEOPLE, writes=False),
    "users.lookupByEmail": Method(users_lookup_by_email, "users:read.email", writes=False),
    "conversations.list": Method(conversations_list, _CHANNELS, writes=False),
    "conversations.info": Method(conversations_info, _CHANNELS, writes=False),
    "conversations.members": Method(conversations_members, _CHANNELS, writes=False),
    "conversations.create": Method(conversations_create, _MANAGE, writes=True),
    "conversations.rename": Method(conversations_rename, _MANAGE, writes=True),
    "conversations.archive": Method(conversations_archive, _MANAGE, writes=True),
    "conversations.unarchive": Method(conversations_unarchive, _MANAGE, writes=True),
    "conversations.setTopic": Method(conversations_set_topic, _MANAGE, writes=True),
    "conversations.setPurpose": Method(conversations_set_purpose, _MANAGE, writes=True),
    "conversations.invite": Method(conversations_invite, _MANAGE, writes=True),
    "conversations.kick": Method(conversations_kick, _MANAGE, writes=True),
    "conversations.join": Method(conversations_join, "channels:join", writes=True),
    "chat.postMessage": Method(chat_post_message, "chat:write", writes=True),
    "chat.delete": Method(chat_delete, "chat:write", writes=True),
    "conversations.history": Method(conversations_history, "channels:history", writes=False),
}
