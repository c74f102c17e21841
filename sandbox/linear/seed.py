"""The workspace's start state: what the seed file lists.

Under `linear:` a seed file may say

    workspace: {name, url_key}
    users: [{name, email}]                      the first one is whose key is used
    teams: [{key, name}]
    labels: [{name, color, team: KEY}]          without a team the workspace's own
"""

from __future__ import annotations

from sandbox.linear.workspace import Workspace
from sandbox.seeding import check_lists, check_words
from sandbox.store import Row, Store

LISTS = ("users", "teams", "labels")


def seed(store: Store, data: Row) -> None:
    """Fill an empty workspace. Raises `ValueError` for what the seed cannot mean."""
    check_words("linear", data, ["workspace", *LISTS])
    check_lists("linear", data, LISTS)
    workspace = Workspace(store)
    about = data.get("workspace") or {}
    own = {"id": workspace.new_id(), "name": about.get("name", "Sandbox Company")}
    workspace.table("workspace")[own["id"]] = {**own, "urlKey": str(about.get("url_key") or "sandbox-company")}
    for person in data.get("users") or [{"name": "Workspace Owner", "email": "owner@linear.example"}]:
        row = {"id": workspace.new_id(), "name": person["name"], "email": person["email"]}
        workspace.table("users")[row["id"]] = {**row, "admin": True, "active": True}
    for given in data.get("teams") or []:
        team: Row = {
            "id": workspace.new_id(),
            "key": given["key"],
            "name": given.get("name", given["key"]),
            "issues": 0,
        }
        workspace.table("teams")[team["id"]] = team
    for given in data.get("labels") or []:
        sent = {"name": given["name"], "color": given.get("color")}
        workspace.make_label(sent | ({"teamId": given["team"]} if given.get("team") else {}))
