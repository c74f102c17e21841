"""Messages to people in a chat, for a watch."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime


class Posts(ABC):
    """What a chat needs to tell people something. Every method may raise SystemFault."""

    @abstractmethod
    def ready(self, channel: str) -> str:
        """See that the channel is there and that we may post into it, joining it where that is open to everybody.
        channel: the vendor's id. Returns its name, without the #."""

    @abstractmethod
    def post(self, channel: str, text: str) -> None:
        """Post a text, in the vendor's markup. A fault says by `took_effect` whether it may have arrived."""

    @abstractmethod
    def link(self, url: str, text: str) -> str:
        """A link in the vendor's markup."""

    @abstractmethod
    def plain(self, text: str) -> str:
        """A text that nobody must take for markup, or for a mention of somebody."""

    @abstractmethod
    def moment(self, at: datetime) -> str:
        """A time as each reader's own clock shows it."""
