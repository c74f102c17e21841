"""Calls to an old tool over HTTP. They only read; the tool's token goes to its own address and nowhere else."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from time import monotonic, sleep
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

import requests
import urllib3

from config.addresses import is_loopback
from migrations.sources.source import SourceFault
from provisioners.session import seconds_to_wait

TIMEOUT = (10.0, 60.0)
PAUSES = (0.5, 1.0, 2.0)
"""Before each further attempt after a cut connection or an error of the tool's own."""
MOST_WAITS = 20
"""So often one call is sent again after a refusal for too many calls."""
LARGEST_ANSWER = 128_000_000
MOST_REDIRECTS = 3
LINK_ENDED = "its link has ended"
_AT_ONCE = 65_536
_SLICE = 0.5
"""Seconds of waiting after which it is asked whether somebody wants an end."""
_BROKEN = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError,
           requests.exceptions.ContentDecodingError, urllib3.exceptions.HTTPError)  # fmt: skip


_next_call: dict[str, float] = {}
"""When the next call to a tool may begin, by its address: each part of it is read by a client of its own."""


class NoAnswer(SourceFault):
    """After several attempts there is no usable answer to this call."""


class NotHad(Exception):
    """A file that could not be downloaded; the message says why, in few words."""


class Stopped(Exception):
    """The person wanted an end while a limit made it wait."""


class _TooLarge(Exception):
    """An answer has more bytes than it may have."""


@dataclass(frozen=True)
class Answer:
    """document: the JSON of an answer with status 200."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    document: Any = None


class _NoKey(requests.auth.AuthBase):
    """Otherwise `requests` would take a name and a password for the host from the user's own files."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


class HttpClient:
    """title: what people call the tool. url: of its API. signed: the headers that open it, asked for at each call; they
    may raise SourceFault. pause: how many seconds the headers of a refusal for too many calls ask to wait.

    waited: told how many seconds it waits. stopped: whether somebody wants an end.
    """

    cut: ClassVar[str] = "the connection breaks"
    """What is said of a call without an answer."""
    try_again: ClassVar[str] = "Wait a few minutes, then run the same command again: it goes on from here."
    """What a person can do where there is none after several attempts."""

    def __init__(
        self,
        title: str,
        url: str,
        signed: Callable[[], Mapping[str, str]],
        *,
        pause: Callable[[Mapping[str, str]], float] = seconds_to_wait,
        calls_per_minute: int | None = None,
        waited: Callable[[float], None] = lambda _: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self.url = url.rstrip("/")
        self._title = title
        self._signed = signed
        self._pause = pause
        self._apart = 60 / calls_per_minute if calls_per_minute else 0.0
        self._waited = waited
        self._stopped = stopped
        self._session = requests.Session()
        self._session.auth = _NoKey()
        if is_loopback(self.url):
            self._session.trust_env = False  # no proxy stands between a machine and itself

    @property
    def where(self) -> str:
        """As faults call it."""
        return f"{self._title} at {urlsplit(self.url).netloc}"

    def call(
        self,
        method: str,
        path: str,
        query: Mapping[str, str | int] | None = None,
        body: Any = None,
        *,
        is_repeatable: bool = True,
    ) -> Answer:
        """What the tool answers, whatever its status below 500 but 429. is_repeatable: whether the call may be sent
        again where its answer was lost. Raises NoAnswer, SourceFault, Stopped."""
        asked = _Asked(method, f"{self.url}{path}", query or {}, body, path, LARGEST_ANSWER)
        return self._answer(asked, attempts=len(PAUSES) + 1 if is_repeatable else 1)

    def download(self, address: str, most: int) -> bytes:
        """A file behind a link, asked for without the key, whatever the host: links stand in what customers write, and
        the tool's own are signed by themselves. most: bytes that it may have. Raises NotHad, SourceFault, Stopped."""
        for _ in range(MOST_REDIRECTS + 1):
            if not self._may_call(address):
                raise NotHad("its link does not lead to the web")
            try:
                answer = self._answer(_Asked("GET", address, {}, None, "", most), attempts=len(PAUSES) + 1)
            except NoAnswer as broken:
                raise NotHad(broken.why) from None
            except _TooLarge:
                raise NotHad(f"larger than {most // 1_000_000} MB") from None
            if not 300 <= answer.status < 400:
                break
            address = urljoin(address, answer.headers.get("Location", ""))
        match answer.status:
            case 200:
                return answer.content
            case 403:
                raise NotHad(LINK_ENDED)
            case 404 | 410:
                raise NotHad("it is no longer there")
            case _:
                raise NotHad(f"its host answers with {answer.status}")

    def wait(self, seconds: float, *, tells: bool = True) -> None:
        """tells: whether whoever looks on is told. Raises Stopped."""
        if tells:
            self._waited(seconds)
        while seconds > 0:
            if self._stopped():
                raise Stopped
            sleep(min(seconds, _SLICE))
            seconds -= _SLICE

    def _may_call(self, address: str) -> bool:
        """https anywhere in the open web, or this machine where the tool is here as well."""
        try:
            parts = urlsplit(address)
            known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            return False
        if not known or is_loopback(address) or is_loopback(self.url):
            return known and is_loopback(address) and is_loopback(self.url)
        return parts.scheme == "https" and not _is_inside(parts.hostname or "")

    def _answer(self, asked: _Asked, attempts: int) -> Answer:
        failed = waits = 0
        while True:
            answer, why = self._attempt(asked)
            if answer is None:
                failed += 1
                if failed == attempts:
                    raise NoAnswer(f"{self.where}{asked.path}" if asked.path else "a file's host", why, self.try_again)
                self.wait(PAUSES[failed - 1])
            elif answer.status != 429:
                return answer
            elif waits == MOST_WAITS:
                do = "Other tools may use all of it. Run the same command later: it goes on from here."
                why = "its limit of calls is reached, and waiting does not help"
                raise SourceFault(self.where, why, do) if asked.path else NoAnswer("a file's host", why, do)
            else:
                waits += 1
                self.wait(max(self._pause(answer.headers), PAUSES[0]))

    def _attempt(self, asked: _Asked) -> tuple[Answer | None, str]:
        """What came back; None for nothing that can be used, and why."""
        try:
            answer = self._send(asked)
            if answer.status >= 500:
                return None, f"it has an error of its own ({answer.status})"
            if asked.path and answer.status == 200:
                return replace(answer, document=json.loads(answer.content)), ""
        except _TooLarge:
            if asked.path:
                return None, f"its answer is larger than {asked.most // 1_000_000} MB"
            raise
        except _BROKEN as broken:
            return None, f"{self.cut} ({type(broken).__name__})"
        except (ValueError, RecursionError):
            return None, "its answer is not the JSON that it should be" if asked.path else "its link is none"
        return answer, ""

    def _send(self, asked: _Asked) -> Answer:
        if self._apart:
            self.wait(_next_call.get(self.url, 0.0) - monotonic(), tells=False)
            _next_call[self.url] = monotonic() + self._apart
        headers = self._signed() if asked.path else {}
        with self._session.request(
            asked.method, asked.address, params=dict(asked.query), json=asked.body, headers=dict(headers),
            timeout=TIMEOUT, stream=True, allow_redirects=False,
        ) as response:  # fmt: skip
            said = response.headers.get("Content-Length", "")
            if said.isdigit() and int(said) > asked.most:
                raise _TooLarge
            content = bytearray()
            for piece in response.iter_content(_AT_ONCE):
                content += piece
                if len(content) > asked.most:
                    raise _TooLarge
            return Answer(response.status_code, response.headers, bytes(content))


@dataclass(frozen=True)
class _Asked:
    """One call. path: of the API; empty for a file. most: bytes that the answer may have."""

    method: str
    address: str
    query: Mapping[str, str | int]
    body: Any
    path: str
    most: int


def _is_inside(host: str) -> bool:
    """Whether a host is written as a number that nobody has in the open web."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False
