"""Messages to people in a chat, for a watch."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Post:
    """What somebody has posted. id: the vendor's."""

    id: str
    text: str


class Posts(ABC):
    """What a chat needs to tell people something. Every method may raise SystemFault."""

    @abstractmethod
    def ready(self, channel: str) -> str:
        """See that the channel is there and that we may post into it, joining it where that is open to everybody.
        channel: the vendor's id. Returns its name, without the #."""

    @abstractmethod
    def post(self, channel: str, text: str) -> None:
        """Post a text, in the vendor's markup. A fault says by `took_effect` whether it may have arrived."""

    def found(self, channel: str, since: datetime, word: str) -> Post | None:
        """A post with that word in a channel since then; None where there is none."""
        return None

    def take_back(self, channel: str, post: Post) -> str:
        """Delete a post. Returns what was left, in words; empty where nothing was."""
        return "the post stays there"

    @abstractmethod
    def link(self, url: str, text: str) -> str:
        """A link in the vendor's markup."""

    @abstractmethod
    def plain(self, text: str) -> str:
        """A text that nobody must take for markup, or for a mention of somebody."""

    @abstractmethod
    def moment(self, at: datetime) -> str:
        """A time as each reader's own clock shows it."""
