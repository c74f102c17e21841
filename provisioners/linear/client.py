"""Calls to Linear's GraphQL API (linear.app/developers); gives plain JSON and our errors.

Errors come with status 200, 400 or others, always under `errors`; a limit is a 400 whose code is `RATELIMITED`.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from typing import Any

import requests

from provisioners.errors import FaultCode, SystemFault, remedy
from provisioners.limits import VendorLimits
from provisioners.session import CallGuard, GuardedAdapter
from provisioners.sign_in import Key
from provisioners.system import Connection

Body = dict[str, Any]
PATH = "/graphql"
PAGE = 100
"""Items a page; the vendor allows up to 250, and counts a document's cost by them."""
LIMITED = "RATELIMITED"
_BEGINS = re.compile(r"\s*(?P<sort>query|mutation|subscription)?\s*(?P<name>\w*)")


def only_reads(method: str, path: str) -> bool:
    """Whether a document only reads. All travel as POST, so its first word decides."""
    return method == "query"


class LinearLimits(VendorLimits):
    """Calls and what they cost are counted by the hour, far above what a run needs: nothing is held back before the
    vendor refuses (linear.app/developers, “Rate limiting”)."""

    def refuses(self, status: int, text: str) -> bool:
        return super().refuses(status, text) or (status == 400 and f'"{LIMITED}"' in text)


class _Adapter(GuardedAdapter):
    """Tells calls by their documents: `query` or `mutation`, and the document's name."""

    def called(self, request: requests.PreparedRequest) -> tuple[str, str]:
        document = str(json.loads(request.body or b"{}").get("query", ""))
        found = _BEGINS.match(document)
        sort = (found and found["sort"]) or "query"
        return sort, f"{PATH}/{found['name'] if found else ''}"


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


class LinearClient:
    """The calls of one run to one workspace. Every method raises SystemFault only. Safe from several threads."""

    def __init__(self, connection: Connection) -> None:
        self.guard = CallGuard.of(connection, only_reads, LinearLimits())
        self._session = requests.Session()
        self._session.auth = _as_it_is  # otherwise a .netrc file of the machine would replace the key
        adapter = _Adapter(self.guard)
        adapter.credentials = Key(connection.token())
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)
        self._teams: dict[str, str] | None = None
        self._lock = threading.Lock()

    def query(self, name: str, document: str, **variables: Any) -> Body:
        """What a query answers. document: the text behind `query NAME`."""
        return self._call("query", name, document, variables)

    def pages(self, items: str, attributes: str) -> list[Body]:
        """All items of a list, page after page."""
        document = (
            "($first: Int, $after: String) { "
            f"{items}(first: $first, after: $after) {{ nodes {{ {attributes} }} "
            "pageInfo { hasNextPage endCursor } } }"
        )
        found: list[Body] = []
        after: str | None = None
        while True:
            answer = self.query(items, document, first=PAGE, after=after)[items]
            found += answer["nodes"]
            if not answer["pageInfo"]["hasNextPage"]:
                return found
            after = answer["pageInfo"]["endCursor"]

    def one(self, item: str, attributes: str, identifier: str) -> Body | None:
        """One object by its id; None where the vendor says that it is not there."""
        document = f"($id: String!) {{ {item}(id: $id) {{ {attributes} }} }}"
        try:
            found: Body = self.query(item, document, id=identifier)[item]
        except SystemFault as missing:
            if missing.code == "not_found":
                return None
            raise
        return found

    def team(self, key: str) -> str:
        """The id of the team with that key; all teams are read once per run. Raises SystemFault."""
        with self._lock:
            if self._teams is None:
                self._teams = {str(each["key"]).upper(): str(each["id"]) for each in self.pages("teams", "id key")}
            found = self._teams.get(key.upper())
        if found is None:
            raise SystemFault(
                "refused", f"the team {key} in {self.guard.system}", "there is no team with this key",
                f"Write one of {', '.join(sorted(self._teams))} under `existing` of the project.",
            )  # fmt: skip
        return found

    def mutate(self, name: str, arguments: str, answer: str, **variables: Any) -> Body:
        """What a mutation answers. arguments: their types, such as `$id: String!`; each is handed on by its name."""
        names = re.findall(r"\$(\w+)", arguments)
        handed = ", ".join(f"{each}: ${each}" for each in names)
        document = f"({arguments}) {{ {name}({handed}) {{ success {answer} }} }}"
        result: Body = self._call("mutation", name, document, variables)[name]
        if not result.get("success"):
            raise SystemFault("refused", f"{self.guard.system} {name}", "Linear said that it did not succeed")
        return result

    def _call(self, sort: str, name: str, document: str, variables: Mapping[str, Any]) -> Body:
        what = f"{self.guard.system} {name}"
        reads = sort == "query"
        sent = {"query": f"{sort} {name}{document}", "variables": dict(variables)}
        response = self._session.post(f"{self.guard.base_url}{PATH}", json=sent, allow_redirects=False)
        try:
            answer = response.json()
        except requests.JSONDecodeError:
            answer = None
        errors = answer.get("errors") if isinstance(answer, dict) else None
        if errors:
            raise _refused(what, response.status_code, errors, reads=reads)
        if not isinstance(answer, dict) or not response.ok or not isinstance(answer.get("data"), dict):
            why = f"the answer was {response.status_code} and not the vendor's JSON"
            raise _unreachable(what, why, reads=reads, status=response.status_code)
        found: Body = answer["data"]
        return found


def _refused(what: str, status: int, errors: list[Any], *, reads: bool) -> SystemFault:
    said = [each for each in errors if isinstance(each, dict)]
    extensions = [each.get("extensions") or {} for each in said]
    words = "; ".join(
        str(more.get("userPresentableMessage") or each.get("message"))
        for each, more in zip(said, extensions, strict=True)
    )
    codes = {str(more.get("code")) for more in extensions}
    if LIMITED in codes:
        return SystemFault(
            "throttled", what, "Linear's limit, after all waiting", "Run the same command again later.", status=status
        )
    if status >= 500:
        return _unreachable(what, words, reads=reads, status=status)
    messages = " ".join(str(each.get("message")) for each in said).lower()
    code, advice = _meaning(status, codes, messages)
    return SystemFault(code, what, words or f"the answer was {status}", advice, status=status)


def _meaning(status: int, codes: set[str], messages: str) -> tuple[FaultCode, str]:
    if status == 401 or "AUTHENTICATION_ERROR" in codes:
        return "credentials", (
            "The key is wrong or was revoked: make a personal key in Linear under Settings > Security & access, and "
            "set it."
        )
    if status == 403 or "FORBIDDEN" in codes:
        return "refused", "The key's person lacks a right for this: webhooks need an administrator of the workspace."
    if "entity not found" in messages:
        return "not_found", ""
    if "duplicate" in messages or "not unique" in messages:
        return "collision", "Take the existing one over with `golive adopt`, or choose another name."
    return "refused", ""


def _unreachable(what: str, why: str, *, reads: bool, status: int | None = None) -> SystemFault:
    said = why if reads else f"{why}; it is not known whether the change arrived"
    return SystemFault("unreachable", what, said, remedy(status), status=status, took_effect=False if reads else None)
