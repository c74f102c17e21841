"""One Slack workspace in the store: people, channels, user groups, messages, and how the vendor shows them."""

from __future__ import annotations

import re
from typing import Any

from sandbox.store import Row, Store, Table

SYSTEM = "slack"
GENERAL = "general"
LONGEST_NAME = 80
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class SlackError(Exception):
    """An answer with `ok: false`: the vendor's code and what goes with it."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


class Workspace:
    """Reads and plain writes over the tables `users`, `channels`, `usergroups`, `messages`."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def table(self, name: str) -> Table:
        return self.store.table(SYSTEM, name)

    @property
    def settings(self) -> Row:
        """What `POST /sandbox/settings` and the seed say; see CONTRIBUTING.md."""
        return self.store.settings(SYSTEM)

    def new_id(self, prefix: str) -> str:
        """An id of eleven characters in the vendor's style."""
        number = self.store.next_id(f"{SYSTEM}:{prefix}") * 7919 + 36**8
        digits = ""
        while number:
            number, digit = divmod(number, len(_DIGITS))
            digits = _DIGITS[digit] + digits
        return f"{prefix}0{digits.rjust(9, '0')}"

    def team(self) -> Row:
        return next(iter(self.table("team").values()))

    def bot(self) -> Row:
        """The user that the bot token belongs to."""
        return next(user for user in self.table("users").values() if user["bot"])

    # people

    def add_user(self, name: str, email: str | None, bot: bool = False, deleted: bool = False) -> Row:
        handle = re.sub(r"[^a-z0-9._-]", "", (email or name).split("@")[0].lower())
        row: Row = {
            "id": self.new_id("U"),
            "name": handle,
            "real_name": name,
            "email": email,
            "bot": bot,
            "deleted": deleted,
        }
        self.table("users")[row["id"]] = row
        return row

    def user_document(self, user: Row) -> Row:
        profile: Row = {"real_name": user["real_name"], "display_name": user["name"]}
        if user["email"]:
            profile["email"] = user["email"]
        return {
            "id": user["id"],
            "team_id": self.team()["id"],
            "name": user["name"],
            "real_name": user["real_name"],
            "deleted": user["deleted"],
            "is_bot": user["bot"],
            "is_app_user": False,
            "profile": profile,
        }

    # channels

    def add_channel(self, name: str, creator: str, private: bool = False, general: bool = False) -> Row:
        row: Row = {
            "id": self.new_id("C"),
            "name": name,
            "private": private,
            "archived": False,
            "general": general,
            "creator": creator,
            "created": int(self.store.clock()),
            "topic": {"value": "", "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
            "members": [],
            "previous_names": [],
        }
        self.table("channels")[row["id"]] = row
        return row

    def add_message(self, channel: str, text: str, **more: str) -> Row:
        """A message as the vendor shows it; its time stamp is its id."""
        stamp = f"{int(self.store.clock())}.{self.store.next_id('slack:message'):06d}"
        message: Row = {"type": "message", **more, "text": text, "ts": stamp}
        self.table("messages")[stamp] = {"channel": channel, **message}
        return message

    def channel_named(self, name: str) -> Row | None:
        """The channel that holds a name; archived and private ones hold theirs, too."""
        return next((row for row in self.table("channels").values() if row["name"] == name), None)

    def channel(self, identifier: str) -> Row:
        """A channel that the bot can see. Raises SlackError: others are as if they were not there."""
        row = self.table("channels").get(identifier)
        if row is None or not self.visible(row):
            raise SlackError("channel_not_found")
        return row

    def visible(self, channel: Row) -> bool:
        return not channel["private"] or self.bot()["id"] in channel["members"]

    def channel_document(self, channel: Row) -> Row:
        return {
            "id": channel["id"],
            "name": channel["name"],
            "name_normalized": channel["name"],
            "is_channel": not channel["private"],
            "is_group": False,
            "is_im": False,
            "is_mpim": False,
            "is_private": channel["private"],
            "is_archived": channel["archived"],
            "is_general": channel["general"],
            "is_member": self.bot()["id"] in channel["members"],
            "is_shared": False,
            "created": channel["created"],
            "creator": channel["creator"],
            "topic": channel["topic"],
            "purpose": channel["purpose"],
            "previous_names": channel["previous_names"],
            "num_members": len(channel["members"]),
        }


def check_channel_name(name: str) -> None:
    """Raises SlackError for a name that a channel cannot have."""
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > LONGEST_NAME:
        raise SlackError("invalid_name_maxlength")
    if not re.search(r"\w", name):
        raise SlackError("invalid_name_punctuation")
    if name != name.lower() or not re.fullmatch(r"[\w-]+", name):
        raise SlackError("invalid_name_specials")
