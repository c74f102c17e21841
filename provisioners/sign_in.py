"""Signing in: a token that is there already, or one that the vendor grants for a while and that is renewed in time."""

from __future__ import annotations

import base64
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

EARLY_SECONDS = 60.0
"""So long before its end a token is renewed."""


_granted: set[str] = set()


def granted_tokens() -> list[str]:
    """Every token that a vendor has granted to this process: none of them may be in a text."""
    return list(_granted)


class Credentials(ABC):
    """What stands in the `Authorization` header. Safe from several threads; every method may raise SystemFault."""

    @abstractmethod
    def header(self) -> str:
        """The header's value, now."""

    def renew(self, used: str) -> bool:
        """After a 401 for `used`: whether there is another header to try."""
        return False


@dataclass(frozen=True)
class Bearer(Credentials):
    """A token that somebody has made by hand."""

    token: str

    def header(self) -> str:
        return f"Bearer {self.token}"


@dataclass(frozen=True)
class Key(Credentials):
    """A key that is the whole header."""

    key: str

    def header(self) -> str:
        return self.key


@dataclass(frozen=True)
class Basic(Credentials):
    """A name and a secret with every call."""

    user: str
    secret: str

    def header(self) -> str:
        return "Basic " + base64.b64encode(f"{self.user}:{self.secret}".encode()).decode()


@dataclass(frozen=True)
class Grant:
    """A token that the vendor has granted. seconds: how long it is good for, None where the vendor does not say."""

    token: str
    seconds: float | None = None


class Granted(Credentials):
    """Asks for a token when one is needed, before the one at hand ends, and when that is refused. Threads that need
    one at the same time share one.

    grant: asks the vendor; it gets the token that was refused, empty where none was.
    """

    def __init__(self, grant: Callable[[str], Grant]) -> None:
        self._grant = grant
        self._token = ""
        self._ends: float | None = None
        self._lock = threading.Lock()

    def header(self) -> str:
        with self._lock:
            if not self._token or (self._ends is not None and time.monotonic() > self._ends - EARLY_SECONDS):
                self._ask("")
            return f"Bearer {self._token}"

    def renew(self, used: str) -> bool:
        with self._lock:
            refused = used.removeprefix("Bearer ")
            if self._token == refused:
                self._ask(refused)
            return self._token != refused

    def _ask(self, refused: str) -> None:
        grant = self._grant(refused)
        _granted.add(grant.token)
        self._token = grant.token
        self._ends = None if grant.seconds is None else time.monotonic() + grant.seconds
