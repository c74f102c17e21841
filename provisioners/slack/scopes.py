"""Which scopes the bot's token needs for what is declared.

Source: docs.slack.dev, the page of each method. Listing channels asks for both sorts, so that it needs both scopes.
"""

from __future__ import annotations

from config.declaration import Declaration, Declared
from config.posting import channels_posted_to, channels_told

HOW = (
    "Open the app at https://api.slack.com/apps, add it under OAuth & Permissions, Bot Token Scopes, install the app "
    "again, and set the new token."
)
"""Where a person adds a scope."""
_CHANNELS, _POSTS, _TESTS = "channels", "posts", "seeing posts in `golive alerts test`"


def needed(declared: Declaration) -> dict[str, str]:
    """Scope → what it is for, in words."""
    channels = [item for item in declared.of("slack_channels").values() if not item.value.by_hand]
    groups = [item for item in declared.of("slack_user_groups").values() if not item.value.by_hand]
    found: dict[str, str] = {}
    if channels:
        found |= dict.fromkeys(("channels:read", "groups:read", "users:read"), _CHANNELS)
    ours = [item for item in channels if not item.value.existing]
    if any(not item.value.private for item in ours):
        found |= {"channels:manage": "public channels", "channels:join": "public channels"}
    if any(item.value.private for item in ours):
        found["groups:write"] = "private channels"
    if groups:
        found |= dict.fromkeys(("usergroups:read", "usergroups:write"), "user groups")
        found.setdefault("users:read", "user groups")
    if any(_names_people(item) for item in (*ours, *groups)):
        found["users:read.email"] = "finding people by their address"
    through_bot = {key for key in channels_posted_to(declared) if not _has_own_way(declared, key)}
    if through_bot or set(channels_told(declared)):
        found["chat:write"] = _POSTS
    return found


def useful(declared: Declaration) -> dict[str, str]:
    """Scopes without which everything is set up all the same, and what they are for."""
    told = [declared.get("slack_channels", alert.value.to) for alert in declared.of("alerts").values()]
    private = {bool(item.value.private) for item in told if item is not None}
    names = {False: "channels:history", True: "groups:history"}
    return {names[each]: _TESTS for each in sorted(private)}


def _names_people(item: Declared) -> bool:
    return not item.value.existing and bool(item.value.people or item.value.groups)


def _has_own_way(declared: Declaration, key: str) -> bool:
    channel = declared.get("slack_channels", key)
    return channel is not None and channel.value.incoming_webhook is not None
