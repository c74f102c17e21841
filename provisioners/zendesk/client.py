"""Calls to Zendesk: zenpy signs in, holds the session and knows the vendor's errors; this gives plain JSON."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast
from urllib.parse import urlsplit

import requests
from zenpy import Zenpy
from zenpy.lib.exception import APIException, ZenpyException

from provisioners.errors import SystemFault
from provisioners.session import SIGNED_LATER, CallGuard
from provisioners.system import Connection
from provisioners.zendesk.limits import ZendeskLimits
from provisioners.zendesk.replies import fault, unreachable
from provisioners.zendesk.session import ZendeskAdapter
from provisioners.zendesk.sign_in import PATH, credentials

PAGE = 100
HELP_CENTER = ("help_center/", "guide/")
"""Paths of which the vendor takes one write after the other: two at once are a conflict (409)."""
_SUBDOMAIN = "golive"
"""zenpy builds `https://<subdomain>.zendesk.com`; the adapter puts the configured address in its place."""


class Reply(NamedTuple):
    """An answer: its JSON (empty for an answer without a body) and its headers."""

    body: dict[str, Any]
    headers: Mapping[str, str]


def only_reads(method: str, path: str) -> bool:
    """Whether a call only reads. Signing in changes nothing; no other of the vendor's calls that golive makes reads by
    another method."""
    return method == "GET" or path == PATH


def as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """For `requests.Session.auth`: nobody else, such as a .netrc file, signs a call."""
    return request


class ZendeskClient:
    """The calls of one run to one account. Paths are relative to `/api/v2/`.

    Every method raises SystemFault and nothing else: the vendor's words in `why`, `unreachable` for an answer
    that is not JSON. Safe from several threads.
    """

    def __init__(self, connection: Connection) -> None:
        self.limits = ZendeskLimits()
        self.guard = CallGuard.of(connection, only_reads, self.limits)
        self.root = connection.root
        self.url = connection.settings.url.rstrip("/")
        self.sandbox = connection.settings.sandbox
        self._snapshot = connection.snapshot
        session = requests.Session()
        session.auth = as_it_is  # otherwise a .netrc file of the machine would replace the token
        adapter = ZendeskAdapter(self.guard)
        adapter.credentials = credentials(connection, ZendeskAdapter(self.guard))
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        self._languages: dict[str, str] = {}
        self._system_fields: dict[str, str] = {}
        self._asking = threading.Lock()
        self._zenpy = Zenpy(subdomain=_SUBDOMAIN, oauth_token=SIGNED_LATER, session=session, disable_cache=True)
        self._session = session
        self._one_by_one = threading.Lock()

    def get(self, path: str, **query: Any) -> Reply:
        return self._call("GET", path, params=query)

    def post(self, path: str, body: Mapping[str, Any]) -> Reply:
        return self._call("POST", path, json=body)

    def upload(self, path: str, field: str, name: str, content: bytes, kind: str, **fields: str) -> Reply:
        """Post a file of the workspace, as a form of several parts. field: the part that it is. kind: its media
        type."""
        return self._call("POST", path, files={field: (name, content, kind)}, data=fields)

    def put(self, path: str, body: Mapping[str, Any]) -> Reply:
        return self._call("PUT", path, json=body)

    def patch(self, path: str, body: Mapping[str, Any]) -> Reply:
        return self._call("PATCH", path, json=body)

    def delete(self, path: str, **query: Any) -> Reply:
        return self._call("DELETE", path, params=query)

    def send(self, path: str, content: bytes, kind: str, **query: Any) -> Reply:
        """Post a body as it is: a file, or much at once. kind: its media type. zenpy is not asked, for it writes every
        body into its log."""
        what = f"{self.guard.system} POST {path}"
        try:
            response = self._session.post(
                _address(path), data=content, params=query, headers={"Content-Type": kind}, allow_redirects=False
            )
        except requests.RequestException as broken:
            raise unreachable(what, f"the answer broke off ({type(broken).__name__})", reads=False) from broken
        return _understood(response, what, reads=False)

    def page(self, url: str) -> requests.Response:
        """What the account's own host answers at an address outside its API, signed in; wherever it leads, it is not
        followed."""
        try:
            return self._session.get(url, allow_redirects=False)
        except requests.RequestException as broken:
            what = f"{self.guard.system} GET {urlsplit(url).netloc}"
            raise unreachable(what, f"the answer broke off ({type(broken).__name__})", reads=True) from broken

    def find(self, path: str, envelope: str) -> dict[str, Any] | None:
        """One object, or None when the vendor itself says that it does not exist."""
        try:
            reply = self.get(path)
        except SystemFault as missing:
            if missing.code == "not_found":
                return None
            raise
        return unwrapped(reply, envelope, f"{self.guard.system} GET {path}")

    def remove(self, path: str) -> None:
        """Delete an object; one that is no longer there is fine."""
        try:
            self.delete(path)
        except SystemFault as missing:
            if missing.code != "not_found":
                raise

    def languages(self) -> dict[str, str]:
        """The code of each language that the vendor speaks, by its id; asked for once."""
        with self._asking:
            if not self._languages:
                listed = self.pages("locales/public", "locales", cursor=False)
                self._languages = {str(each["id"]): str(each["locale"]) for each in listed}
        return self._languages

    def system_fields(self) -> dict[str, str]:
        """The type of each ticket field that is the vendor's own, by its id; asked for once."""
        with self._asking:
            if not self._system_fields:
                listed = self.pages("ticket_fields", "ticket_fields")
                own = (each for each in listed if each.get("removable") is False)
                self._system_fields = {str(each["id"]): str(each["type"]) for each in own}
        return self._system_fields

    def pages(self, path: str, plural: str, *, cursor: bool = True, **query: Any) -> list[dict[str, Any]]:
        """All objects of a list in ⌈n/100⌉ calls: by cursor, or by page number where the vendor has no cursor.

        A list that ignores the cursor's parameters and names a next page is read on by page number.
        """
        if self._snapshot is None:
            return self._pages(path, plural, cursor, query)
        asked = (path, cursor, *sorted(query.items()))
        return list(self._snapshot.once(asked, lambda: self._pages(path, plural, cursor, query)))

    def _pages(self, path: str, plural: str, cursor: bool, query: dict[str, Any]) -> list[dict[str, Any]]:
        return [body for page in self.each_page(path, plural, cursor=cursor, **query) for body in page]

    def each_page(self, path: str, plural: str, *, cursor: bool = True, **query: Any) -> Iterator[list[dict[str, Any]]]:
        """Like `pages`, page by page: the next one is asked for when the one before has been gone through."""
        first = {"page[size]": PAGE} if cursor else {"per_page": PAGE, "page": 1}
        reply = self.get(path, **query, **first)
        number = 1
        while True:
            yield self._listed(reply, path, plural)
            meta = reply.body.get("meta")
            if isinstance(meta, Mapping) and "has_more" in meta:
                if not meta["has_more"]:
                    return
                after = {"page[size]": PAGE, "page[after]": meta["after_cursor"]}
            elif reply.body.get("next_page"):
                number += 1
                after = {"per_page": PAGE, "page": number}
            else:
                return
            reply = self.get(path, **query, **after)

    def _listed(self, reply: Reply, path: str, plural: str) -> list[dict[str, Any]]:
        items = reply.body.get(plural)
        if not isinstance(items, list):
            raise unreachable(f"{self.guard.system} GET {path}", f"the answer holds no {plural}", reads=True)
        return list(items)

    def _call(self, method: str, path: str, **more: Any) -> Reply:
        if method != "GET" and path.startswith(HELP_CENTER):
            with self._one_by_one:
                return self._called(method, path, **more)
        return self._called(method, path, **more)

    def _called(self, method: str, path: str, **more: Any) -> Reply:
        what = f"{self.guard.system} {method} {path}"
        reads = only_reads(method, path)
        url = _address(path)
        send = getattr(self._session, method.lower())
        try:
            response = self._zenpy.users._call_api(send, url, allow_redirects=False, **more)
        except (APIException, requests.HTTPError) as refused:
            response = cast(requests.Response, refused.response)
        except (requests.RequestException, ZenpyException) as broken:
            raise unreachable(what, f"the answer broke off ({type(broken).__name__})", reads=reads) from broken
        except AttributeError as odd:  # zenpy takes every error in JSON for an object
            raise unreachable(what, "the answer is an error in a form of its own", reads=reads) from odd
        return _understood(response, what, reads)


def _address(path: str) -> str:
    return f"https://{_SUBDOMAIN}.zendesk.com/api/v2/{path}"


def _understood(response: requests.Response, what: str, reads: bool) -> Reply:
    status = response.status_code
    body = _json(response)
    if not 200 <= status < 300:
        raise fault(what, status, body, reads=reads)
    if status == 204 or not response.content or body == "":
        return Reply({}, response.headers)  # some reorderings answer with an empty text in JSON
    if not isinstance(body, dict):
        kind = response.headers.get("Content-Type", "no type")
        raise unreachable(what, f"the answer is not the vendor's JSON ({kind})", reads=reads, status=status)
    return Reply(body, response.headers)


def _json(response: requests.Response) -> Any:
    try:
        return response.json()
    except ValueError:
        return None


def unwrapped(reply: Reply, envelope: str, what: str, *, reads: bool = True) -> dict[str, Any]:
    """The object inside the vendor's envelope. Raises SystemFault where the answer holds none."""
    inner = reply.body.get(envelope)
    if not isinstance(inner, dict):
        raise unreachable(what, f"the answer holds no {envelope}", reads=reads)
    return inner
