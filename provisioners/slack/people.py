"""Who is in a Slack workspace, and in which of the channels and user groups that golive looks after."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from provisioners.people import Belonging, LivePerson
from provisioners.slack.channel import Channel
from provisioners.slack.client import SlackClient
from provisioners.slack.user_group import UserGroup


def people(client: SlackClient, ours: Collection[tuple[str, str]]) -> list[LivePerson]:
    """Everybody but apps and bots; a call for each channel. ours: (type, id) of what golive looks after. Reads only.
    Raises SystemFault."""
    of: dict[str, list[Belonging]] = {}
    for user, belonging in [*_in_channels(client, ours), *_in_groups(client, ours)]:
        of.setdefault(user, []).append(belonging)
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


def _in_channels(client: SlackClient, ours: Collection[tuple[str, str]]) -> Iterator[tuple[str, Belonging]]:
    if not any(type_ == Channel.type for type_, _ in ours):
        return
    for live in Channel(client).list({"name": ""}):
        if (Channel.type, live.id) in ours:
            for user in client.pages("conversations.members", "members", channel=live.id):
                yield str(user), Belonging(Channel.type, live.id, f"#{live.body['name']}")


def _in_groups(client: SlackClient, ours: Collection[tuple[str, str]]) -> Iterator[tuple[str, Belonging]]:
    if not any(type_ == UserGroup.type for type_, _ in ours):
        return
    for live in UserGroup(client).list({}):
        if (UserGroup.type, live.id) in ours and live.active:
            for user in live.body.get("users") or ():
                yield str(user), Belonging(UserGroup.type, live.id, str(live.body["name"]))
