"""How many calls a system takes: learned from the environment file and from what the vendor says with each answer.

One limiter for each client of a system. It lets calls through for as long as every limit that counts them has room, and
then holds them until the vendor counts anew, so that nothing is given away and nothing is refused.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from provisioners.errors import SystemFault

WINDOW = 60.0
"""Seconds after which vendors count anew, where they do not say so themselves."""
MARGIN = 0.5
"""Vendors say whole seconds; so much later is certainly not too early."""
SAME_WINDOW = 3.0
"""Two ends of a window that differ by no more are one."""

TOO_MANY = 429

Scope = Hashable
"""What a limit counts together: `ACCOUNT`, or an endpoint."""
ACCOUNT: Scope = "account"


@dataclass(frozen=True)
class Seen:
    """A limit as an answer shows it. total: calls per window. resets: seconds until the vendor counts anew."""

    scope: Scope
    total: int
    remaining: int
    resets: float


@dataclass
class _Limit:
    """A limit as it is known. left: calls that may still be sent in the window that ends at `end`."""

    total: int
    left: int
    end: float
    flying: int = 0

    def room_at(self, now: float) -> float:
        """When the next call may go."""
        return now if self.left > 0 or now >= self.end else self.end

    def take(self, now: float) -> None:
        if now >= self.end:
            self.left, self.end = self.total, now + WINDOW
        self.left -= 1
        self.flying += 1

    def learn(self, seen: Seen, now: float) -> None:
        """What the vendor says, less what it cannot have counted yet."""
        end = now + seen.resets + MARGIN
        left = max(0, seen.remaining - self.flying)
        if abs(end - self.end) <= SAME_WINDOW:
            self.end = max(end, self.end)
            self.left = min(self.left, left)
        else:
            self.end, self.left = end, left
        self.total = seen.total


@dataclass
class Limiter:
    """calls_per_minute: golive's own ceiling, None for none. speaks: the vendor shows its limit with each answer, so
    that the first call goes alone. on_wait: told what is waited for and for how many seconds."""

    system: str
    calls_per_minute: int | None = None
    speaks: bool = False
    stop: threading.Event = field(default_factory=threading.Event)
    on_wait: Callable[[str, float], None] = lambda why, seconds: None
    spacing: Mapping[Scope, float] = field(default_factory=dict)
    """See `VendorLimits.spacing`."""
    _spaced: dict[Scope, float] = field(default_factory=dict)
    _limits: dict[Scope, _Limit] = field(default_factory=dict)
    _held: dict[Scope, float] = field(default_factory=dict)
    _next_free: float = 0.0
    _first: bool = True
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def take(self, scopes: Iterable[Scope], account: Scope = ACCOUNT) -> None:
        """Wait until a call that these scopes count may go. Raises SystemFault once the run is stopped.

        account: what stands for the account's own limit, where a part of the vendor is counted apart.
        """
        scopes = [account, *scopes]
        told = False
        with self._changed:
            while True:
                self._check()
                now = time.monotonic()
                free, why = self._room(scopes, now)
                if free <= now:
                    break
                if not told and free - now > 1:
                    told = True
                    self.on_wait(why, free - now)
                self._changed.wait(min(free - now, 0.1))
            for scope in scopes:
                if scope in self._limits:
                    self._limits[scope].take(now)
                if scope in self.spacing:
                    self._spaced[scope] = now + self.spacing[scope]
            if self.calls_per_minute:
                self._next_free = now + 60.0 / self.calls_per_minute
            self._first = False

    def learn(self, scopes: Iterable[Scope], seen: Iterable[Seen], account: Scope = ACCOUNT) -> None:
        """The call has ended; what its answer showed."""
        with self._changed:
            now = time.monotonic()
            for scope in (account, *scopes):
                if scope in self._limits and self._limits[scope].flying:
                    self._limits[scope].flying -= 1
            for each in seen:
                if each.scope not in self._limits:
                    self._limits[each.scope] = _Limit(each.total, each.remaining, now + each.resets + MARGIN)
                self._limits[each.scope].learn(each, now)
            self.speaks = False  # whatever it had to say has been heard
            self._changed.notify_all()

    def hold(self, scope: Scope, seconds: float) -> None:
        """After a refusal nothing that the scope counts is sent for so long."""
        with self._changed:
            until = time.monotonic() + seconds
            self._held[scope] = max(self._held.get(scope, 0.0), until)
            self._changed.notify_all()

    def pause(self, seconds: float) -> None:
        """Wait, but not a moment longer than the run lasts. Raises SystemFault when it is stopped."""
        if seconds > 0 and self.stop.wait(seconds):
            self._check()

    @property
    def per_minute(self) -> int | None:
        """Calls a minute, as far as that is known."""
        limit = self._limits.get(ACCOUNT)
        known = [each for each in (self.calls_per_minute, limit.total if limit else None) if each]
        return min(known, default=None)

    @property
    def left(self) -> int | None:
        """Calls that may still be sent before the vendor counts anew, as far as that is known."""
        with self._changed:
            limit = self._limits.get(ACCOUNT)
            return None if limit is None else max(0, limit.left if time.monotonic() < limit.end else limit.total)

    def _room(self, scopes: list[Scope], now: float) -> tuple[float, str]:
        """When a call may go, and what it waits for until then."""
        if self.speaks and not self._first:
            return now + 0.25, "the first answer"  # it tells how many more may follow
        waits = [(self._next_free, f"{self.calls_per_minute} calls a minute, as the environment file says")]
        for scope in scopes:
            if scope in self._limits:
                limit = self._limits[scope]
                waits.append((limit.room_at(now), f"{limit.total} calls a minute{_of(scope)}"))
            waits.append((self._held.get(scope, 0.0), f"the time that the vendor asked for{_of(scope)}"))
            waits.append((self._spaced.get(scope, 0.0), f"the vendor's limit by the second{_of(scope)}"))
        return max(waits, key=lambda each: each[0])

    def _check(self) -> None:
        if self.stop.is_set():
            raise SystemFault("stopped", self.system, "the run was stopped while waiting")


def _of(scope: Scope) -> str:
    return "" if scope == ACCOUNT else f" ({scope})"


class VendorLimits:
    """What a vendor's limits are about, and where its answers show them. This one shows none."""

    speaks: bool = False
    """Each answer shows the account's limit."""
    spacing: Mapping[Scope, float] = MappingProxyType({})
    """Scope → least seconds from one of its calls to the next, where the vendor counts them by the second."""

    def account(self, path: str) -> Scope:
        """What counts all calls of the part of the vendor to which a path belongs."""
        return ACCOUNT

    def scopes(self, method: str, path: str) -> list[Scope]:
        """Limits of their own that count a call, besides the account's."""
        return []

    def seen(self, method: str, path: str, headers: Mapping[str, str]) -> list[Seen]:
        """The limits that an answer shows."""
        return []

    def day(self, headers: Mapping[str, str]) -> tuple[int, int] | None:
        """Of a vendor that counts calls by the day: how many are left after an answer, and of how many."""
        return None

    def refuses(self, status: int, text: str) -> bool:
        """Whether an answer says that a limit is reached, so that nothing was done and the call may be sent again."""
        return status == TOO_MANY

    def refused(self, method: str, path: str, headers: Mapping[str, str]) -> Scope:
        """Which limit such an answer is about."""
        return ACCOUNT
