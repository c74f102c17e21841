"""The workspace's start state: #general, #random, a bot, and what the seed file lists.

Under `slack:` a seed file may say

    team: {name, id, domain}
    users: [{name, email, deleted}]
    channels: [{name, topic, purpose, private, archived, bot: true, people: [email]}]     bot: whether the bot is in it
    user_groups: [{name, handle, people: [email]}]
"""

from __future__ import annotations

from sandbox.seeding import check_lists, check_words
from sandbox.slack.workspace import GENERAL, Workspace
from sandbox.store import Row, Store

LISTS = ("users", "channels", "user_groups")
"""What a seed file may list."""


def seed(store: Store, data: Row) -> None:
    """Fill an empty workspace. Raises `ValueError` for what the seed cannot mean."""
    check_words("slack", data, ["team", *LISTS])
    check_lists("slack", data, LISTS)
    workspace = Workspace(store)
    about = data.get("team") or {}
    team_id = str(about.get("id") or workspace.new_id("T"))
    workspace.table("team")[team_id] = {
        "id": team_id,
        "name": about.get("name", "Sandbox Company"),
        "domain": about.get("domain", "sandbox-company"),
    }
    owner = workspace.add_user("Workspace Owner", "owner@slack.example")
    bot = workspace.add_user("golive", None, bot=True)
    for person in data.get("users") or []:
        workspace.add_user(person["name"], person["email"], deleted=person.get("deleted", False))
    everybody = [user["id"] for user in workspace.table("users").values() if not user["bot"] and not user["deleted"]]
    for name in (GENERAL, "random"):
        channel = workspace.add_channel(name, owner["id"], general=name == GENERAL)
        channel["members"] = list(everybody)
    for given in data.get("channels") or []:
        _channel(workspace, given, owner["id"], bot["id"])
    for given in data.get("user_groups") or []:
        group = {
            "id": workspace.new_id("S"),
            "name": given["name"],
            "handle": given.get("handle", ""),
            "description": "",
            "users": [_user(workspace, email) for email in given.get("people") or []],
            "date_delete": 0,
        }
        workspace.table("usergroups")[group["id"]] = group


def _channel(workspace: Workspace, given: Row, owner: str, bot: str) -> None:
    channel = workspace.add_channel(given["name"], owner, private=given.get("private", False))
    for name in ("topic", "purpose"):
        if given.get(name):
            channel[name] = {"value": given[name], "creator": owner, "last_set": channel["created"]}
    channel["members"] = [owner, *(_user(workspace, email) for email in given.get("people") or [])]
    if given.get("bot"):
        channel["members"].append(bot)
    channel["archived"] = given.get("archived", False)


def _user(workspace: Workspace, email: str) -> str:
    for user in workspace.table("users").values():
        if user["email"] == email:
            return str(user["id"])
    raise ValueError(f"no user has the address {email}")
