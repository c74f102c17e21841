"""Who set a channel's topic or purpose by hand: a channel says of both who did it and when.

Source: docs.slack.dev, “Conversation object”: `topic` and `purpose` hold `creator` (a user's id) and `last_set`
(seconds since 1970). Of nothing else a channel says who changed it; audit logs are for Enterprise organisations, with a
token of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from provisioners.authors import Asked, Author, Authors
from provisioners.slack.client import SlackClient

TEXTS = ("topic", "purpose")
MOST_CHANNELS = 5
"""So many channels at most are asked for one plan, in two calls each."""
ONLY_TEXTS = "Slack tells who it was only of a channel's topic and purpose"


def authors(client: SlackClient, asked: Sequence[Asked], own_user: str) -> Authors:
    """Who set the texts that differ. own_user: the id of golive's bot."""
    found: dict[str, Author] = {}
    told = [each for each in asked if set(each.paths) & set(TEXTS)]
    for each in told[:MOST_CHANNELS]:
        channel = client.call("conversations.info", channel=each.id)["channel"]
        texts = [channel.get(name) or {} for name in TEXTS if name in each.paths]
        last = max(texts, key=lambda text: int(text.get("last_set") or 0))
        who, when = str(last.get("creator") or ""), int(last.get("last_set") or 0)
        at = datetime.fromtimestamp(when, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        if who and who != own_user and at[:19] >= each.since[:19]:
            user = client.call("users.info", user=who)["user"]
            found[each.name] = Author(str(user.get("real_name") or user.get("name") or "somebody"), at)
    return Authors(found, "" if len(told) == len(asked) else ONLY_TEXTS)
