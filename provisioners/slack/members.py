"""Who is in a Slack workspace, and in which of the channels that golive looks after."""

from __future__ import annotations

from collections.abc import Mapping

from provisioners.people import Belonging, LivePerson
from provisioners.slack.channel import Channel
from provisioners.slack.client import SlackClient


def members(client: SlackClient, channels: Mapping[str, str]) -> list[LivePerson]:
    """Everybody but apps and bots; a call for each channel. channels: id → name. Reads only. Raises SystemFault."""
    of: dict[str, list[Belonging]] = {}
    for identifier, name in channels.items():
        for user in client.pages("conversations.members", "members", channel=identifier):
            of.setdefault(str(user), []).append(Belonging(Channel.type, identifier, f"#{name}"))
    found = []
    for body in client.pages("users.list", "members"):
        if body.get("is_bot") or body.get("id") == "USLACKBOT":
            continue
        profile = body.get("profile") or {}
        role = "owner" if body.get("is_owner") else "admin" if body.get("is_admin") else "member"
        found.append(
            LivePerson(
                str(profile.get("email") or ""),
                str(body.get("real_name") or profile.get("real_name") or body.get("name") or ""),
                body.get("deleted") is not True,
                "guest" if body.get("is_restricted") else role,
                tuple(of.get(str(body["id"]), ())),
            )
        )
    return found
