"""Posting into Slack channels, and finding what was posted.

Source: docs.slack.dev, “chat.postMessage”, “conversations.history”, “chat.delete”, “Formatting message text”.
"""

from __future__ import annotations

from datetime import UTC, datetime

from provisioners.errors import SystemFault
from provisioners.posts import Post, Posts
from provisioners.slack.channel import plain
from provisioners.slack.client import SlackClient


class SlackPosts(Posts):
    def __init__(self, client: SlackClient) -> None:
        self.client = client

    def ready(self, channel: str) -> str:
        body = self.client.call("conversations.info", channel=channel)["channel"]
        name = str(body["name"])
        if body.get("is_archived"):
            raise SystemFault("refused", f"Slack channel #{name}", "it is archived",
                              "A person opens the channel in Slack and chooses Unarchive.")  # fmt: skip
        if not body.get("is_member"):
            if body.get("is_private"):
                raise SystemFault("refused", f"Slack channel #{name}", "the bot is not in this private channel",
                                  "A person of the channel invites the bot there.")  # fmt: skip
            self.client.call("conversations.join", channel=channel)
        return name

    def post(self, channel: str, text: str) -> None:
        self.client.call("chat.postMessage", channel=channel, text=text, unfurl_links=False, unfurl_media=False)

    def found(self, channel: str, since: datetime, word: str) -> Post | None:
        """The newest hundred messages are looked through."""
        answer = self.client.call("conversations.history", channel=channel, oldest=str(int(since.timestamp()) - 1))
        for message in answer.get("messages") or ():
            if plain(word) in plain(message.get("text") or ""):
                return Post(str(message["ts"]), plain(message["text"]))
        return None

    def take_back(self, channel: str, post: Post) -> str:
        try:
            self.client.call("chat.delete", channel=channel, ts=post.id)
        except SystemFault as refused:
            return f"the post stays in the channel ({refused.why})"
        return ""

    def link(self, url: str, text: str) -> str:
        return f"<{url}|{self.plain(text)}>"

    def plain(self, text: str) -> str:
        """The three signs by which Slack knows markup and mentions, as entities."""
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    def moment(self, at: datetime) -> str:
        """Slack puts each reader's time into it; programs that cannot show the words behind the bar."""
        return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{at.astimezone(UTC):%d %b %H:%M} UTC>"
