"""What a workspace lacks for what is declared, asked before anything is written."""

from __future__ import annotations

from collections.abc import Iterator

from config.posting import channels_posted_to, channels_told
from provisioners.errors import SystemFault
from provisioners.intent import Intent
from provisioners.slack.channel import Channel
from provisioners.slack.client import SlackClient
from provisioners.slack.user_group import UserGroup


def cautions(client: SlackClient, intent: Intent) -> Iterator[str]:
    """Who and what keeps a run, or the alerts after it, from arriving."""
    yield from _unknown_people(client, intent)
    yield from _without_the_bot(client, intent)


def _without_the_bot(client: SlackClient, intent: Intent) -> Iterator[str]:
    """A line for each channel that is only looked up and posted into, and in which the bot is not: Slack would refuse
    every post, and the helpdesk would take that for success. One call for each such channel."""
    told = {*channels_posted_to(intent.declared), *channels_told(intent.declared)}
    for resource in intent.resources:
        channel = intent.declared.get("slack_channels", resource.source.key)
        identifier = intent.ids.get(resource.name)
        if resource.type != Channel.type or resource.mode != "found" or not identifier:
            continue
        if channel is None or channel.key not in told or channel.value.incoming_webhook:
            continue
        name = f"#{resource.payload['name']}"
        try:
            live = Channel(client).get(identifier, resource.payload)
        except SystemFault as fault:
            yield f"Whether the bot is in {name} could not be read: {fault.why}"
            continue
        if live is not None and not live.body.get("is_member"):
            yield (
                f"The bot is not in {name}, so that Slack refuses what rules post there, and the helpdesk takes that "
                "for success: a person invites the bot, or the channel gets an `incoming_webhook`."
            )


def _unknown_people(client: SlackClient, intent: Intent) -> Iterator[str]:
    """One line on everybody whom Slack does not know, of what a run would make or change."""
    places: dict[str, list[str]] = {}
    for change in intent.of(Channel.type, UserGroup.type):
        payload = change.will or {}
        sign = "#" if change.type == Channel.type else "the user group "
        for email in payload.get("people") or ():
            places.setdefault(email, []).append(f"{sign}{payload['name']}")
    unknown: dict[str, list[str]] = {}
    for email, names in places.items():
        try:
            if client.person(email) is None:
                unknown[email] = names
        except SystemFault as fault:
            yield f"Whether Slack knows the people of {' and '.join(names)} could not be read: {fault.why}"
            break
    if len(unknown) == 1:
        [(email, names)] = unknown.items()
        yield (
            f"Slack knows nobody with the address {email}, who is to be in {' and '.join(names)}: invite the person to "
            "the Slack workspace first, or correct the address; until then this fails."
        )
    elif unknown:
        channels = " and ".join(dict.fromkeys(name for names in unknown.values() for name in names))
        yield (
            f"Slack knows nobody with the addresses {', '.join(unknown)}, who are to be in {channels}: invite these "
            "people to the Slack workspace first, or correct the addresses; until then this fails."
        )
