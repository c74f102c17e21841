"""The one place where calls to a system pass: allowed host, read-only runs, limits, waiting, counting.

A system's client is built on top of it: `requests`-based clients mount `GuardedAdapter`,
others call `CallGuard.around` themselves.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies

from config.addresses import is_loopback
from provisioners.errors import SystemFault, remedy
from provisioners.report import Report, nowhere

if TYPE_CHECKING:
    from provisioners.system import Connection

IsRead = Callable[[str, str], bool]
"""Whether a call (HTTP method or API method name, path) only reads."""

READ_RETRIES = 3
RETRY_PAUSES = (0.5, 1.0, 2.0)
DEFAULT_WAIT = 5.0
LONGEST_WAIT = 120.0
TIMEOUT = (10.0, 60.0)


@dataclass
class CallGuard:
    """Rules for all calls to one system in one run.

    base_url: where the system is; nothing else is called. read_only: a write raises `not_allowed`.
    calls_per_minute: golive's own ceiling, None for none.
    """

    system: str
    base_url: str
    is_read: IsRead
    read_only: bool = True
    calls_per_minute: int | None = None
    report: Report = nowhere
    stop: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _next_free: float = field(default=0.0, repr=False)
    _held_until: float = field(default=0.0, repr=False)

    @classmethod
    def of(cls, connection: Connection, is_read: IsRead) -> CallGuard:
        """The guard of one environment's access to a system in one run."""
        return cls(
            system=connection.instance,
            base_url=connection.settings.url.rstrip("/"),
            is_read=is_read,
            read_only=connection.read_only,
            calls_per_minute=connection.settings.calls_per_minute,
            report=connection.report,
            stop=connection.stop,
        )

    def check(self, method: str, path: str) -> None:
        """Refuse what this run must not do. Raises SystemFault."""
        if self.stop.is_set():
            raise SystemFault("stopped", f"{self.system} {method} {path}", "the run was stopped")
        if self.read_only and not self.is_read(method, path):
            raise SystemFault(
                "not_allowed",
                f"{self.system} {method} {path}",
                "this run only reads, and the call would write",
                "This is a fault of golive: please report it.",
            )

    def wait_for_turn(self) -> None:
        """Keep to calls_per_minute, evenly spread over all threads; and to the vendor's own time after a 429, which
        another thread may have been told while this one was waiting."""
        pause = 60.0 / self.calls_per_minute if self.calls_per_minute else 0.0
        while True:
            with self._lock:
                now = time.monotonic()
                turn = max(now, self._next_free, self._held_until)
                self._next_free = turn + pause
            self.wait(turn - now)
            if time.monotonic() >= self._held_until:
                return

    def wait(self, seconds: float) -> None:
        """Wait, but not a moment longer than the run lasts. Raises SystemFault when it is stopped."""
        if seconds > 0 and self.stop.wait(seconds):
            raise SystemFault("stopped", self.system, "the run was stopped while waiting")

    def hold_all(self, seconds: float) -> None:
        """After a 429 nobody calls before the vendor's own time is over."""
        with self._lock:
            self._held_until = max(self._held_until, time.monotonic() + seconds)

    def called(self, method: str, path: str, status: int, milliseconds: int) -> None:
        self.report(
            "call",
            {"system": self.system, "method": method, "path": path, "status": status, "ms": milliseconds},
        )


def seconds_to_wait(headers: Mapping[str, str]) -> float:
    """The vendor's `Retry-After`, in seconds or as a date; `DEFAULT_WAIT` where it says nothing usable."""
    said = headers.get("Retry-After", "").strip()
    if said.replace(".", "", 1).isdigit():
        return min(float(said), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(said)
    except (TypeError, ValueError):
        return DEFAULT_WAIT
    return min(max(0.0, until.timestamp() - time.time()), LONGEST_WAIT)


class GuardedAdapter(HTTPAdapter):
    """A transport for `requests` that sends every call to the configured base URL, under a guard.

    Vendor libraries insist on `https://<their host>`; their scheme and host are replaced by those of
    `base_url`, whose path is put before theirs. Retries only what cannot have taken effect.
    """

    def __init__(self, guard: CallGuard) -> None:
        super().__init__(max_retries=0)
        self.guard = guard
        self._base = urlsplit(guard.base_url)
        # `requests` chose a proxy for the host that the library asked for, not for the one that is called.
        self._proxies = {} if is_loopback(guard.base_url) else get_environ_proxies(guard.base_url)

    def redirected(self, url: str) -> str:
        asked = urlsplit(url)
        path = asked.path
        prefix = self._base.path.rstrip("/")
        if not (prefix and path.startswith(prefix + "/") and asked.netloc == self._base.netloc):
            path = prefix + path
        return urlunsplit((self._base.scheme, self._base.netloc, path, asked.query, ""))

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        method = request.method or "GET"
        request.url = self.redirected(request.url or "")
        path = urlsplit(request.url).path.removeprefix(self._base.path.rstrip("/"))
        reads = self.guard.is_read(method, path)
        kwargs["timeout"] = TIMEOUT
        kwargs["proxies"] = self._proxies
        throttled = failed = 0
        while True:
            self.guard.check(method, path)
            self.guard.wait_for_turn()
            started = time.monotonic()
            try:
                response = super().send(request, *args, **kwargs)
                status = response.status_code
            except (requests.ConnectionError, requests.Timeout) as broken:
                never_arrived = isinstance(broken, requests.exceptions.ConnectTimeout)
                self.guard.called(method, path, 0, round((time.monotonic() - started) * 1000))
                if (reads or never_arrived) and failed < READ_RETRIES:
                    self.guard.wait(RETRY_PAUSES[failed])
                    failed += 1
                    continue
                raise SystemFault(
                    "unreachable",
                    f"{self.guard.system} at {self._base.netloc}",
                    "no answer" if reads else "the connection broke, and it is not known whether the change arrived",
                    remedy(None),
                    took_effect=False if reads else None,
                ) from broken
            self.guard.called(method, path, status, round((time.monotonic() - started) * 1000))
            if status == 429 and throttled < 20:
                throttled += 1
                pause = seconds_to_wait(response.headers)
                self.guard.report("wait", {"system": self.guard.system, "seconds": pause})
                self.guard.hold_all(pause)
                self.guard.wait(pause)
                continue
            if reads and status >= 500 and failed < READ_RETRIES:
                self.guard.wait(RETRY_PAUSES[failed])
                failed += 1
                continue
            return response
