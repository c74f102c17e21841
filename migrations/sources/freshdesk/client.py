"""Calls to Freshdesk. They only read; the key goes to the account's own address and nowhere else.

Sources: developers.freshdesk.com/api, “Authentication”, “Rate Limit”, “Errors”, “Pagination”.
"""

from __future__ import annotations

import base64
import ipaddress
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
import urllib3

from config.addresses import is_loopback
from migrations.sources.source import SourceFault
from provisioners.session import seconds_to_wait

TIMEOUT = (10.0, 60.0)
PAUSES = (0.5, 1.0, 2.0)
"""Before each further attempt after a cut connection or an error of the vendor's own."""
MOST_WAITS = 20
"""So often one call is sent again after a refusal for too many calls."""
IN_PAGE = 100
"""Objects of a list at once; the vendor gives no more."""
LARGEST_ANSWER = 128_000_000
MOST_REDIRECTS = 3
LINK_ENDED = "its link has ended"
_AT_ONCE = 65_536
_SLICE = 0.5
"""Seconds of waiting after which it is asked whether somebody wants an end."""
_BROKEN = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError,
           requests.exceptions.ContentDecodingError, urllib3.exceptions.HTTPError)  # fmt: skip


_next_call: dict[str, float] = {}
"""When the next call to an account may begin, by its address: each part of it is read by a client of its own."""


class NotThere(Exception):
    """A 404: there is nothing at this path."""


class NotAllowed(Exception):
    """A 403. code: the vendor's word; why: its sentence."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code
        self.why = why


class NoAnswer(SourceFault):
    """After several attempts there is no usable answer to this call."""


class NotHad(Exception):
    """A file that could not be downloaded; the message says why, in few words."""


class Stopped(Exception):
    """The person wanted an end while a limit made it wait."""


@dataclass(frozen=True)
class Reply:
    """document: the JSON. has_next: whether the list has another page."""

    document: Any
    has_next: bool = False

    @property
    def rows(self) -> list[Any]:
        """The document of a list."""
        return self.document if isinstance(self.document, list) else []


@dataclass(frozen=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    content: bytes
    document: Any = None


class TooLarge(Exception):
    """An answer has more bytes than it may have."""


class _NoKey(requests.auth.AuthBase):
    """Otherwise `requests` would take a name and a password for the host from the user's own files."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


class Client:
    """url: of the account; empty where there is only its export. key: as the settings name it.

    waited: told how many seconds it waits. stopped: whether somebody wants an end.
    """

    def __init__(
        self,
        url: str,
        key: str = "",
        *,
        calls_per_minute: int | None = None,
        waited: Callable[[float], None] = lambda _: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self.url = url.rstrip("/")
        self._key = key
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
        return f"Freshdesk at {urlsplit(self.url).netloc}"

    def get(self, path: str, **query: str | int) -> Reply:
        """What stands at a path below `/api/v2`. Raises NotThere, NotAllowed, NoAnswer, SourceFault, Stopped."""
        answer = self._answer(f"{self.url}/api/v2{path}", path, query)
        if answer.status == 404:
            raise NotThere(path)
        if answer.status == 403:
            raise NotAllowed(*_said(answer))
        if answer.status == 401:
            do = f"Check that the variable {self._named} holds the API key of an active agent."
            raise SourceFault(self.where, "it does not take the key", do)
        if 300 <= answer.status < 400:
            raise SourceFault(
                self.where, "it sends callers on to another address",
                "Write the account's own address as url: https://client.freshdesk.com.",
            )  # fmt: skip
        if answer.status >= 400:
            said = _said(answer)[1]
            raise SourceFault(
                f"{self.where}{path}", f"it refuses the call: {said}", "Please report it: golive asked wrongly."
            )
        return Reply(answer.document, 'rel="next"' in answer.headers.get("Link", ""))

    def every(self, path: str) -> Iterator[Mapping[str, Any]]:
        """The objects of a short list, of whatever page. Raises what `get` raises."""
        number, has_next = 1, True
        while has_next:
            reply = self.get(path, page=number, per_page=IN_PAGE)
            yield from (each for each in reply.rows if isinstance(each, Mapping))
            number, has_next = number + 1, reply.has_next

    def answers(self) -> bool:
        """Whether the account as a whole can be read just now."""
        try:
            self.get("/agents/me")
        except NoAnswer:
            return False
        return True

    def download(self, address: str, most: int) -> bytes:
        """A file behind a link. most: bytes that it may have. Raises NotHad, SourceFault, Stopped."""
        for _ in range(MOST_REDIRECTS + 1):
            if not self._may_call(address):
                raise NotHad("its link does not lead to the web")
            try:
                answer = self._answer(address, "", {}, most)
            except NoAnswer as broken:
                raise NotHad(broken.why) from None
            except TooLarge:
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

    def _may_call(self, address: str) -> bool:
        """https anywhere in the open web, or this machine where the account is here as well."""
        try:
            parts = urlsplit(address)
            known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            return False
        if not known or is_loopback(address) or is_loopback(self.url):
            return known and is_loopback(address) and is_loopback(self.url)
        return parts.scheme == "https" and not _is_inside(parts.hostname or "")

    def _answer(self, address: str, path: str, query: Mapping[str, str | int], most: int = LARGEST_ANSWER) -> _Answer:
        """path: of the API; empty for a file. Raises NoAnswer, SourceFault, Stopped."""
        failed = waits = 0
        while True:
            answer, why = self._attempt(address, query, most, reads_json=bool(path))
            if answer is None:
                if failed == len(PAUSES):
                    do = "Check the address and that Freshdesk is up, then run this again: it goes on from here."
                    raise NoAnswer(f"{self.where}{path}" if path else "a file's host", why, do)
                self._wait(PAUSES[failed])
                failed += 1
            elif answer.status != 429:
                return answer
            elif waits == MOST_WAITS:
                do = "Other tools may use all of it. Run the same command later: it goes on from here."
                where = self.where if path else "a file's host"
                raise NoAnswer(where, "its limit of calls is reached, and waiting does not help", do)
            else:
                waits += 1
                self._wait(max(seconds_to_wait(answer.headers), PAUSES[0]))

    def _attempt(
        self, address: str, query: Mapping[str, str | int], most: int, *, reads_json: bool
    ) -> tuple[_Answer | None, str]:
        """What came back; None for nothing that can be used, and why."""
        try:
            answer = self._send(address, query, most)
            if answer.status >= 500:
                return None, f"it has an error of its own ({answer.status})"
            if reads_json and answer.status == 200:
                return replace(answer, document=json.loads(answer.content)), ""
        except TooLarge:
            if reads_json:
                return None, f"its answer is larger than {most // 1_000_000} MB"
            raise
        except _BROKEN as broken:
            return None, f"there is no connection, or it breaks off ({type(broken).__name__})"
        except ValueError:
            return None, "its answer is not the JSON that it should be" if reads_json else "its link is none"
        return answer, ""

    def _send(self, address: str, query: Mapping[str, str | int], most: int) -> _Answer:
        if self._apart:
            self._wait(_next_call.get(self.url, 0.0) - time.monotonic(), tells=False)
            _next_call[self.url] = time.monotonic() + self._apart
        headers = self._signed() if self.url and _origin(address) == _origin(self.url) else {}
        with self._session.get(
            address, params=dict(query), headers=headers, timeout=TIMEOUT, stream=True, allow_redirects=False
        ) as response:
            said = response.headers.get("Content-Length", "")
            if said.isdigit() and int(said) > most:
                raise TooLarge
            content = bytearray()
            for piece in response.iter_content(_AT_ONCE):
                content += piece
                if len(content) > most:
                    raise TooLarge
            return _Answer(response.status_code, response.headers, bytes(content))

    def _signed(self) -> dict[str, str]:
        """The key, read only now. Raises SourceFault."""
        if not self._key:
            return {}
        key = os.environ.get(self._named, "") if self._key.startswith("env:") else self._key
        if not key.strip():
            raise SourceFault(
                self.where, f"the variable {self._named} is empty", "Put the API key of an agent into it."
            )
        return {"Authorization": "Basic " + base64.b64encode(f"{key.strip()}:X".encode()).decode()}

    @property
    def _named(self) -> str:
        return self._key.removeprefix("env:")

    def _wait(self, seconds: float, *, tells: bool = True) -> None:
        if tells:
            self._waited(seconds)
        while seconds > 0:
            if self._stopped():
                raise Stopped
            time.sleep(min(seconds, _SLICE))
            seconds -= _SLICE


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc.lower()


def _is_inside(host: str) -> bool:
    """Whether a host is written as a number that nobody has in the open web."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def _said(answer: _Answer) -> tuple[str, str]:
    """The vendor's code and sentence; of several faults, the first with its field."""
    try:
        document = json.loads(answer.content)
    except ValueError:
        document = {}
    document = document if isinstance(document, dict) else {}
    errors = document.get("errors")
    if isinstance(errors, list) and errors and isinstance(errors[0], dict):
        first = errors[0]
        return str(first.get("code", "")), f"{first.get('field')}: {first.get('message')}"[:300]
    said = document.get("message") or document.get("description") or f"status {answer.status}"
    return str(document.get("code", "")), str(said)[:300]
