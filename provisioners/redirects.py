"""Redirects of a help centre: where its articles can be read, and where addresses lead at which nothing is any more.

Ids are the vendor's, as text. Every method raises SystemFault.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class LiveArticle:
    """An article in one language. url: where it is read; published: whether anybody can."""

    url: str
    published: bool


@dataclass(frozen=True)
class LiveRule:
    """start: the path from which it leads. to: an address, or a path of the same host. status: HTTP's."""

    id: str
    start: str
    to: str
    status: int


class Redirects(ABC):
    """What a helpdesk offers for it."""

    most: ClassVar[int]
    """Rules that the vendor takes."""

    @abstractmethod
    def hosts(self) -> frozenset[str]:
        """The help centre's own hosts. Reads only."""

    @abstractmethod
    def articles(self) -> Mapping[str, Mapping[str, LiveArticle]]:
        """Id → language, such as `en-us` → where the article is read, the help centre's own language first. Reads
        only."""

    @abstractmethod
    def start(self, path: str, query: str) -> str:
        """The path as a rule names it; empty where no rule can act on it. path and query: encoded. Makes no call."""

    @abstractmethod
    def rules(self) -> list[LiveRule]:
        """Every rule of the help centre. Reads only."""

    @abstractmethod
    def set(self, start: str, to: str) -> None:
        """Let a path lead somewhere for good (301); a rule that is there for it becomes this one."""

    @abstractmethod
    def remove(self, identifier: str) -> None:
        """Take a rule away; one that is no longer there is fine."""

    def asked_at(self, url: str) -> str:
        """Where a page of the help centre is asked for: at its address, or at the stand-in's. Makes no call."""
        return url
