"""The one place where calls to a system pass: allowed host, read-only runs, limits, waiting, counting.

A system's client is built on top of it: `requests`-based clients mount `GuardedAdapter`,
others use `CallGuard.turn` themselves.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies

from config.addresses import is_loopback
from provisioners.errors import SystemFault, remedy
from provisioners.limits import Limiter, VendorLimits
from provisioners.report import Report, nowhere
from provisioners.sign_in import Credentials

if TYPE_CHECKING:
    from provisioners.system import Connection

IsRead = Callable[[str, str], bool]
"""Whether a call (HTTP method or API method name, path) only reads."""

SIGNED_LATER = "signed-by-the-transport"
"""What a vendor's library gets for a token; the transport puts the right one in its place."""
READ_RETRIES = 3
RETRY_PAUSES = (0.5, 1.0, 2.0)
MOST_WAITS = 20
"""So often one call is sent again after a 429."""
DEFAULT_WAIT = 5.0
LONGEST_WAIT = 120.0
TIMEOUT = (10.0, 60.0)


class CallGuard:
    """Rules for all calls to one system in one run.

    base_url: where the system is; nothing else is called. read_only: a write raises `not_allowed`.
    limiter: keeps to every limit. Its ceiling is that of the environment file.
    """

    def __init__(
        self,
        system: str,
        base_url: str,
        is_read: IsRead,
        *,
        read_only: bool = True,
        calls_per_minute: int | None = None,
        limits: VendorLimits | None = None,
        report: Report = nowhere,
        stop: threading.Event | None = None,
    ) -> None:
        self.system = system
        self.base_url = base_url
        self.is_read = is_read
        self.read_only = read_only
        self.report = report
        self.stop = stop or threading.Event()
        self.limits = limits or VendorLimits()
        self.limiter = Limiter(
            system, calls_per_minute, self.limits.speaks, self.stop, self._waits, self.limits.spacing
        )
        self._told: int | None = None
        self._day_told = False

    @classmethod
    def of(cls, connection: Connection, is_read: IsRead, limits: VendorLimits | None = None) -> CallGuard:
        """The guard of one environment's access to a system in one run."""
        return cls(
            connection.instance,
            connection.settings.url.rstrip("/"),
            is_read,
            read_only=connection.read_only,
            calls_per_minute=connection.settings.calls_per_minute,
            limits=limits,
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

    @contextmanager
    def turn(self, method: str, path: str) -> Iterator[Turn]:
        """One attempt at a call, once every limit has room for it. Raises SystemFault."""
        self.check(method, path)
        scopes, account = self.limits.scopes(method, path), self.limits.account(path)
        self.limiter.take(scopes, account)
        attempt = Turn()
        started = time.monotonic()
        try:
            yield attempt
        finally:
            milliseconds = round((time.monotonic() - started) * 1000)
            seen = self.limits.seen(method, path, attempt.headers)
            self.limiter.learn(scopes, seen, account)
            facts = {"system": self.system, "method": method, "path": path, "status": attempt.status}
            self.report("call", {**facts, "ms": milliseconds})
            self._tell_limit()
            self._tell_day(attempt.headers)

    def throttled(self, method: str, path: str, headers: Mapping[str, str]) -> None:
        """The call was refused by a limit: nothing that it counts is sent before the vendor's own time is over."""
        self.limiter.hold(self.limits.refused(method, path, headers), seconds_to_wait(headers))

    def pause(self, seconds: float) -> None:
        """Wait before another attempt. Raises SystemFault when the run is stopped."""
        self.limiter.pause(seconds)

    def _waits(self, why: str, seconds: float) -> None:
        self.report("wait", {"system": self.system, "why": why, "seconds": round(seconds, 1)})

    def _tell_day(self, headers: Mapping[str, str]) -> None:
        """Once: what others take of the day meanwhile decides little."""
        day = None if self._day_told else self.limits.day(headers)
        if day is not None:
            self._day_told = True
            self.report("day", {"system": self.system, "left": day[0], "of": day[1]})

    def _tell_limit(self) -> None:
        if self.limiter.per_minute not in (None, self._told):
            self._told = self.limiter.per_minute
            self.report("limit", {"system": self.system, "per_minute": self._told})


@dataclass
class Turn:
    """What came of one attempt; status 0 while there is no answer."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)


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
        self.credentials: Credentials | None = None
        """What signs every call; None where the call itself asks for them."""
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

    def called(self, request: requests.PreparedRequest) -> tuple[str, str]:
        """Method and path by which the guard tells a call, below the base URL."""
        path = urlsplit(request.url or "").path
        return request.method or "GET", path.removeprefix(self._base.path.rstrip("/"))

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        request.url = self.redirected(request.url or "")
        method, path = self.called(request)
        reads = self.guard.is_read(method, path)
        kwargs["timeout"] = TIMEOUT
        kwargs["proxies"] = self._proxies
        throttled = failed = 0
        renewed = False
        while True:
            header = self.credentials.header() if self.credentials else ""
            if header:
                request.headers["Authorization"] = header
            try:
                with self.guard.turn(method, path) as attempt:
                    response = _without_broken_redirect(super().send(request, *args, **kwargs))
                    _ = response.content  # whatever breaks on the way, breaks here
                    attempt.status, attempt.headers = response.status_code, response.headers
            except _BROKEN as broken:
                never_arrived = isinstance(broken, requests.exceptions.ConnectTimeout)
                if (reads or never_arrived) and failed < READ_RETRIES:
                    self.guard.pause(RETRY_PAUSES[failed])
                    failed += 1
                    continue
                raise SystemFault(
                    "unreachable",
                    f"{self.guard.system} at {self._base.netloc}",
                    "no answer" if reads else "the connection broke, and it is not known whether the change arrived",
                    remedy(None),
                    took_effect=False if reads else None,
                ) from broken
            if response.status_code == 401 and self.credentials and not renewed and self.credentials.renew(header):
                renewed = True  # what was refused for its token has not taken effect
                continue
            refused = 400 <= response.status_code < 500
            if refused and throttled < MOST_WAITS and self.guard.limits.refuses(response.status_code, response.text):
                throttled += 1
                self.guard.throttled(method, path, response.headers)
                continue
            if reads and response.status_code >= 500 and failed < READ_RETRIES:
                self.guard.pause(RETRY_PAUSES[failed])
                failed += 1
                continue
            return response


_BROKEN = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,
    requests.exceptions.ContentDecodingError,
)
"""How a connection breaks: before an answer, or in the middle of one."""


def _without_broken_redirect(response: requests.Response) -> requests.Response:
    """An answer that leads nowhere, without the address: golive follows none, and `requests` would fail over it."""
    try:
        urlsplit(response.headers.get("Location", ""))
    except ValueError:
        del response.headers["Location"]
    return response
