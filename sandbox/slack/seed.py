"""The workspace's start state: #general, #random, a bot, and what the seed file lists.

Under `slack:` a seed file may say

    team: {name, id, domain}
    users: [{name, email, deleted}]
    channels: [{name, topic, purpose, private, archived, bot: true, people: [email]}]     bot: whether the bot is in it
    user_groups: [{name, handle, people: [email], off: true}]                              off: somebody has disabled it
    incoming_webhooks: [{channel: name, address: T0…/B0…/…}]
    plan: free | pro | …          a free workspace has no user groups
    scopes: [channels:read, …]    those of the token; all of them unless said
    user_groups_by: admins        no bot may change user groups
"""

from __future__ import annotations

from sandbox.seeding import check_lists, check_words
from sandbox.slack.incoming_webhooks import TABLE
from sandbox.slack.user_groups import new_group
from sandbox.slack.workspace import GENERAL, Workspace
from sandbox.store import Row, Store

SETTINGS = ("plan", "scopes", "user_groups_by")
LISTS = ("users", "channels", "user_groups", "incoming_webhooks")
"""What a seed file may list."""


def seed(store: Store, data: Row) -> None:
    """Fill an empty workspace. Raises `ValueError` for what the seed cannot mean."""
    check_words("slack", data, ["team", *LISTS, *SETTINGS])
    check_lists("slack", data, LISTS)
    workspace = Workspace(store)
    workspace.settings.update({name: data[name] for name in SETTINGS if name in data})
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
        group = new_group(workspace, given["name"], given.get("handle", ""), owner["id"])
        group["users"] = [_user(workspace, email) for email in given.get("people") or []]
        if given.get("off"):
            group.update(date_delete=group["date_create"], deleted_by=owner["id"])
    for given in data.get("incoming_webhooks") or []:
        row = {"id": given["address"], "channel": given["channel"]}
        workspace.table(TABLE)[given["address"]] = row


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
