"""Who is in a Zendesk account's team, with role and groups: lists alone, whatever the number of people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from provisioners.people import Belonging, LivePerson
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.collections.group import Group, GroupMembership
from provisioners.zendesk.seats import TEAM

_ROLES = {"admin": "admin", "agent": "agent"}


def team(client: ZendeskClient, url: str) -> list[LivePerson]:
    """Agents, light ones among them, and admins. Reads only. Raises SystemFault."""
    bodies = [body for role in TEAM for body in client.pages("users", "users", role=role)]
    bodies = [body for body in bodies if body.get("active") is not False]
    groups = {str(each["id"]): str(each["name"]) for each in client.pages("groups", "groups")}
    of: dict[str, list[Belonging]] = {}
    for each in client.pages("group_memberships", "group_memberships"):
        group = str(each["group_id"])
        if group in groups:
            membership = (GroupMembership.type, str(each["id"]))
            belonging = Belonging(Group.type, group, groups[group], membership)
            of.setdefault(str(each["user_id"]), []).append(belonging)
    own = _own_roles(client) if any(body.get("custom_role_id") for body in bodies) else {}
    return list(_people(bodies, of, own, url.rstrip("/")))


def _own_roles(client: ZendeskClient) -> dict[str, str]:
    """Name of each role of the account's own, the vendor's light agents among them, by its id."""
    roles = client.pages("custom_roles", "custom_roles", cursor=False)
    return {str(each["id"]): str(each["name"]) for each in roles}


def _people(
    bodies: list[dict[str, Any]], of: Mapping[str, list[Belonging]], own: Mapping[str, str], url: str
) -> Iterator[LivePerson]:
    for body in bodies:
        identifier = str(body["id"])
        role = own.get(str(body.get("custom_role_id"))) or _ROLES.get(str(body.get("role")), str(body.get("role")))
        yield LivePerson(
            str(body.get("email") or ""),
            str(body.get("name") or ""),
            body.get("suspended") is not True,
            role,
            tuple(of.get(identifier, ())),
            f"{url}/agent/users/{identifier}",
        )
