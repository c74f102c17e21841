"""Calls to Jira Cloud's REST API (developer.atlassian.com, version 3); gives plain JSON and our errors."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import requests

from provisioners.errors import FaultCode, SystemFault, remedy
from provisioners.jira.issues import SANDBOX_USER
from provisioners.session import CallGuard, GuardedAdapter
from provisioners.sign_in import Basic
from provisioners.system import SANDBOX_TOKEN, Connection

Body = dict[str, Any]
API = "/rest/api/3/"
PLAIN_TEXT_API = "/rest/api/2/"
"""Where descriptions are plain text, and not documents."""
PAGE = 50
"""Items a page; the vendor gives no more of most lists, whatever is asked for."""


def only_reads(method: str, path: str) -> bool:
    """Whether a call only reads; golive uses no call that reads by another method."""
    return method == "GET"


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def user_of(connection: Connection) -> str:
    """Whose API token it is: basic authentication wants the person's address. Raises SystemFault."""
    settings = connection.settings
    if settings.user:
        return settings.user
    if settings.sandbox and settings.token == SANDBOX_TOKEN:
        return SANDBOX_USER
    raise SystemFault(
        "credentials",
        f"the token of {connection.instance}",
        "Jira takes an API token only together with the address of the person whose it is",
        "Write into the environment file, beside the token:  user: NAME@COMPANY",
    )


class JiraClient:
    """The calls of one run to one site. Every method raises SystemFault only. Safe from several threads."""

    def __init__(self, connection: Connection) -> None:
        self.guard = CallGuard.of(connection, only_reads)
        self._session = requests.Session()
        self._session.auth = _as_it_is  # otherwise a .netrc file of the machine would replace the token
        self._session.headers["Accept"] = "application/json"
        adapter = GuardedAdapter(self.guard)
        adapter.credentials = Basic(user_of(connection), connection.token())
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)
        self._people: dict[str, str | None] = {}
        self._lock = threading.Lock()

    def get(self, path: str, **query: Any) -> Any:
        """What stands at a path below the API. Raises SystemFault with `not_found` where nothing does."""
        return self._call("GET", path, params=query)

    def pages(self, path: str, items: str = "values") -> list[Body]:
        """All items of a list, page after page."""
        found: list[Body] = []
        while True:
            answer = self.get(path, startAt=len(found), maxResults=PAGE)
            listed = answer.get(items) or []
            found += listed
            if not listed or answer.get("isLast", len(found) >= int(answer.get("total") or 0)):
                return found

    def search(self, query: str, fields: str) -> list[Body]:
        """The first issues that a query finds, with their texts as plain text."""
        asked = {"jql": query, "fields": fields, "maxResults": PAGE}
        return list(self._call("GET", "search/jql", api=PLAIN_TEXT_API, params=asked)["issues"])

    def create(self, path: str, body: Mapping[str, Any]) -> Body:
        return self._written("POST", path, body)

    def update(self, path: str, body: Mapping[str, Any]) -> Body:
        return self._written("PUT", path, body)

    def delete(self, path: str) -> None:
        self._call("DELETE", path)

    def person(self, email: str) -> str | None:
        """The account id of the active person with that address, None where the site knows nobody; asked once a run.

        The vendor finds people by a whole address even where they show it to nobody.
        """
        with self._lock:
            if email.lower() not in self._people:
                found = [user for user in self.get("user/search", query=email) if user.get("active")]
                shown = [user for user in found if str(user.get("emailAddress") or email).lower() == email.lower()]
                self._people[email.lower()] = str(shown[0]["accountId"]) if len(shown) == 1 else None
            return self._people[email.lower()]

    def _written(self, method: str, path: str, body: Mapping[str, Any]) -> Body:
        answer = self._call(method, path, json=body)
        if not isinstance(answer, dict) or not answer.get("id"):
            raise self._unreachable(f"{self.guard.system} {method} {path}", "the answer holds no id", reads=False)
        return answer

    def _call(self, method: str, path: str, *, api: str = API, **more: Any) -> Any:
        what = f"{self.guard.system} {method} {path}"
        reads = method == "GET"
        url = f"{self.guard.base_url}{api}{path}"
        response = self._session.request(method, url, allow_redirects=False, **more)
        if response.status_code == 204:
            return None
        try:
            document: Any = response.json()
        except requests.JSONDecodeError:
            document = None
        if response.ok and isinstance(document, dict | list):
            return document
        raise self._refused(what, response.status_code, document, reads=reads)

    def _refused(self, what: str, status: int, document: Any, *, reads: bool) -> SystemFault:
        if status == 429:
            why = "Jira's limit, after all waiting"
            return SystemFault("throttled", what, why, "Run the same command again later.", status=status)
        words = _words(document)
        if status >= 500 or status < 400:
            return self._unreachable(what, words or f"the answer was {status}", reads=reads, status=status)
        code, advice = _meaning(status, words)
        return SystemFault(code, what, words or f"the answer was {status} without a reason", advice, status=status)

    def _unreachable(self, what: str, why: str, *, reads: bool, status: int | None = None) -> SystemFault:
        said = why if reads else f"{why}; it is not known whether the change arrived"
        return SystemFault(
            "unreachable", what, said, remedy(status), status=status, took_effect=False if reads else None
        )


def _words(document: Any) -> str:
    """The vendor's own words: general messages, and one for each field."""
    if not isinstance(document, dict):
        return ""
    messages = [str(each) for each in document.get("errorMessages") or []]
    errors = document.get("errors")
    return "; ".join([*messages, *(str(each) for each in (errors.values() if isinstance(errors, dict) else []))])


def _meaning(status: int, words: str) -> tuple[FaultCode, str]:
    if status == 401:
        return "credentials", (
            "The API token or the address beside it is wrong, or the token has ended: make one under "
            "id.atlassian.com > Security > API tokens, and set it."
        )
    if status == 403:
        return "refused", "The person lacks a right in this project: see `golive doctor`."
    if status == 404:
        return "not_found", ""
    if "already exists" in words:
        return "collision", "Take the existing one over with `golive adopt`, or choose another name."
    return "refused", ""
