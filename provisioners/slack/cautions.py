"""What a workspace lacks for what is declared, asked before anything is written."""

from __future__ import annotations

from collections.abc import Iterator

from provisioners.errors import SystemFault
from provisioners.intent import Intent
from provisioners.slack.channel import Channel
from provisioners.slack.client import SlackClient
from provisioners.slack.user_group import UserGroup


def cautions(client: SlackClient, intent: Intent) -> Iterator[str]:
    """A line for each person whom Slack does not know, of what a run would make or change."""
    places: dict[str, list[str]] = {}
    for change in intent.of(Channel.type, UserGroup.type):
        payload = change.will or {}
        sign = "#" if change.type == Channel.type else "the user group "
        for email in payload.get("people") or ():
            places.setdefault(email, []).append(f"{sign}{payload['name']}")
    for email, names in places.items():
        try:
            known = client.person(email) is not None
        except SystemFault as fault:
            yield f"Whether Slack knows the people of {' and '.join(names)} could not be read: {fault.why}"
            return
        if not known:
            yield (
                f"Slack knows nobody with the address {email}, who is to be in {' and '.join(names)}: invite the "
                "person to the Slack workspace first, or correct the address; until then this fails."
            )
