"""Calls to HubSpot's CRM API, version 3 (developers.hubspot.com); gives plain JSON and our errors."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import requests

from provisioners.errors import FaultCode, SystemFault, remedy
from provisioners.hubspot.scopes import HOW
from provisioners.limits import Scope, VendorLimits
from provisioners.session import CallGuard, GuardedAdapter
from provisioners.sign_in import Bearer
from provisioners.system import Connection

Body = dict[str, Any]
API = "/crm/v3/"
DETAILS = "/account-info/v3/details"
TOKEN_INFO = "/oauth/v2/private-apps/get/access-token-info"  # noqa: S105 - a path
PAGE, BATCH, FOUND_PAGE = 100, 100, 200
"""Records on a page of a list, in a batch, and on a page of a search; the vendor gives no more."""
MOST_FOUND = 10_000
"""A search shows no more of what it has found, whatever is asked for."""
NEW_ONE = (
    "The token is wrong or was rotated: copy it in HubSpot under Settings, Integrations, Service Keys (of a private "
    "app: under Development, Legacy apps), and set it."
)
_READING_POSTS = ("/search", "/batch/read", TOKEN_INFO)
_NOT_TOLD = (400, 401, 403, 404)
_SEARCHES: Scope = "searches"


def only_reads(method: str, path: str) -> bool:
    """Whether a call only reads. Searches, reading by ids, and asking whose token it is travel as POST."""
    return method == "GET" or (method == "POST" and path.endswith(_READING_POSTS))


class HubSpotLimits(VendorLimits):
    """Calls are counted by ten seconds and by the day, searches by the second: five of the whole account, of which
    golive takes four (developers.hubspot.com, “API usage guidelines and limits”)."""

    spacing: Mapping[Scope, float] = {_SEARCHES: 0.25}

    def scopes(self, method: str, path: str) -> list[Scope]:
        return [_SEARCHES] if path.endswith("/search") else []

    def day(self, headers: Mapping[str, str]) -> tuple[int, int] | None:
        left, total = headers.get("X-HubSpot-RateLimit-Daily-Remaining"), headers.get("X-HubSpot-RateLimit-Daily")
        return (int(left), int(total)) if left and total and left.isdigit() and total.isdigit() else None

    def refuses(self, status: int, text: str) -> bool:
        """Nobody waits for the next day."""
        return super().refuses(status, text) and '"DAILY"' not in text

    def refused(self, method: str, path: str, headers: Mapping[str, str]) -> Scope:
        return _SEARCHES if path.endswith("/search") else super().refused(method, path, headers)


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


@dataclass(frozen=True)
class Owner:
    """A user of the account, as records name them. active: whether they can sign in."""

    id: str
    email: str
    name: str
    active: bool
    user_id: str


class HubSpotClient:
    """The calls of one run to one account. Every method raises SystemFault only. Safe from several threads."""

    def __init__(self, connection: Connection) -> None:
        self.guard = CallGuard.of(connection, only_reads, HubSpotLimits())
        self._connection = connection
        self._session = requests.Session()
        self._session.auth = _as_it_is  # otherwise a .netrc file of the machine would replace the token
        adapter = GuardedAdapter(self.guard)
        adapter.credentials = Bearer(connection.token())
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)
        self.pipelines_made: set[str] = set()
        """The ids of those that this run has made, and their stages with them."""
        self._owners: list[Owner] | None = None
        self._archived: dict[str, list[Body]] = {}
        self._lock = threading.Lock()

    def details(self) -> Body:
        """The account itself."""
        found: Body = self._call("GET", DETAILS)
        return found

    def token_info(self) -> Body | None:
        """Whose token it is, and its scopes. None where the vendor refuses to say: the call is made for the tokens of
        private apps, and what it answers to a service key is written nowhere. `details` says whether a token works."""
        try:
            found: Body = self._call("POST", TOKEN_INFO, json={"tokenKey": self._connection.token()})
        except SystemFault as refused:
            if refused.status in _NOT_TOLD:
                return None
            raise
        return found

    def get(self, path: str, **query: Any) -> Body | None:
        """One object below the API; None where the vendor itself says that it does not exist."""
        try:
            found: Body = self._call("GET", f"{API}{path}", params=query)
        except SystemFault as missing:
            if missing.code == "not_found":
                return None
            raise
        return found

    def results(self, path: str, **query: Any) -> list[Body]:
        """A list that comes in one piece."""
        found: list[Body] = self._call("GET", f"{API}{path}", params=query)["results"]
        return found

    def create(self, path: str, body: Mapping[str, Any]) -> Body:
        return self._written("POST", path, body)

    def update(self, path: str, body: Mapping[str, Any]) -> Body:
        return self._written("PATCH", path, body)

    def delete(self, path: str, **query: Any) -> None:
        self._call("DELETE", f"{API}{path}", params=query)

    def search(self, owner: str, **body: Any) -> Body:
        """One page of records that are found, with `total`."""
        found: Body = self._call("POST", f"{API}objects/{owner}/search", json=body)
        return found

    def count(self, owner: str, *filters: Mapping[str, str]) -> int:
        """How many records fulfil all filters."""
        groups = [{"filters": list(filters)}] if filters else []
        return int(self.search(owner, filterGroups=groups, properties=["hs_object_id"], limit=1)["total"])

    def each_page(self, path: str, size: int, **query: Any) -> Iterator[list[Body]]:
        """A list page by page: the next one is asked for when the one before has been gone through."""
        after: dict[str, str] = {}
        while True:
            answer: Body = self._call("GET", f"{API}{path}", params={**query, "limit": size, **after})
            yield list(answer.get("results") or ())
            following = ((answer.get("paging") or {}).get("next") or {}).get("after")
            if not following:
                return
            after = {"after": str(following)}

    def read(self, owner: str, ids: Sequence[str], properties: Sequence[str]) -> list[Body]:
        """The records of these ids, as far as they are there."""
        found: list[Body] = []
        for start in range(0, len(ids), BATCH):
            inputs = [{"id": each} for each in ids[start : start + BATCH]]
            body = {"inputs": inputs, "properties": list(properties)}
            found += self._call("POST", f"{API}objects/{owner}/batch/read", json=body)["results"]
        return found

    def archived(self, owner: str) -> list[Body]:
        """An object's archived properties; read once a run, as long as golive archives none."""
        with self._lock:
            if owner not in self._archived:
                self._archived[owner] = self.results(f"properties/{owner}", archived="true")
            return self._archived[owner]

    def archive(self, owner: str, name: str) -> None:
        """Put a property away."""
        self.delete(f"properties/{owner}/{name}")
        with self._lock:
            self._archived.pop(owner, None)

    def owners(self) -> list[Owner]:
        """All users that records can belong to, those too who can no longer sign in; read once a run."""
        with self._lock:
            if self._owners is None:
                self._owners = [
                    _owner(each, active=not archived)
                    for archived in (False, True)
                    for page in self.each_page("owners", 500, archived=str(archived).lower())
                    for each in page
                ]
            return self._owners

    def _written(self, method: str, path: str, body: Mapping[str, Any]) -> Body:
        answer = self._call(method, f"{API}{path}", json=body)
        if not isinstance(answer, dict) or not (answer.get("name") or answer.get("id")):
            what = f"{self.guard.system} {method} {path}"
            raise _unreachable(what, "the answer holds neither a name nor an id", reads=False)
        return answer

    def _call(self, method: str, path: str, **more: Any) -> Any:
        what = f"{self.guard.system} {method} {path}"
        reads = only_reads(method, path)
        response = self._session.request(method, f"{self.guard.base_url}{path}", allow_redirects=False, **more)
        if response.status_code == 204:
            return None
        try:
            document: Any = response.json()
        except requests.JSONDecodeError:
            document = None
        if response.ok and isinstance(document, dict):
            return document
        raise _refused(what, response.status_code, document, reads=reads)


def _owner(body: Body, *, active: bool) -> Owner:
    name = " ".join(each for each in (body.get("firstName"), body.get("lastName")) if each)
    return Owner(str(body["id"]), str(body.get("email") or ""), name, active, str(body.get("userId") or ""))


def _refused(what: str, status: int, document: Any, *, reads: bool) -> SystemFault:
    said = document if isinstance(document, dict) else {}
    words = _words(said)
    if status == 429:
        daily = said.get("policyName") == "DAILY"
        why = "the account's calls of this day are used up" if daily else "HubSpot's limit, after all waiting"
        do = "Run the same command again tomorrow." if daily else "Run the same command again later."
        return SystemFault("throttled", what, why, do, status=status)
    if status >= 500 or status < 400 or not said:
        return _unreachable(
            what, words or f"the answer was {status} and not HubSpot's JSON", reads=reads, status=status
        )
    code, why, advice = _meaning(status, str(said.get("category") or ""), words, said)
    return SystemFault(code, what, why or f"the answer was {status} without a reason", advice, status=status)


def _meaning(status: int, category: str, words: str, said: Body) -> tuple[FaultCode, str, str]:
    if status == 401:
        return "credentials", words, NEW_ONE
    if category == "MISSING_SCOPES":
        named = ", ".join(_scopes(said))
        return "refused", f"the token lacks {f'one of the scopes {named}' if named else 'a scope for this'}", HOW
    if status == 403:
        return "refused", words, "The token may not do this: see `golive doctor`."
    if status == 404:
        return "not_found", words, ""
    if status == 409:
        return "collision", words, "Take the existing one over with `golive adopt`, or choose another name."
    return "refused", words, ""


def _scopes(said: Body) -> list[str]:
    """The scopes of which a refused call needs one."""
    contexts = [each.get("context") or {} for each in said.get("errors") or () if isinstance(each, dict)]
    return [
        str(scope)
        for context in contexts
        for scope in (context.get("requiredGranularScopes") or context.get("requiredScopes") or ())
    ]


def _words(said: Body) -> str:
    """The vendor's own words: the message, and what else its errors say."""
    errors = [str(each.get("message")) for each in said.get("errors") or () if isinstance(each, dict)]
    message = str(said.get("message") or "")
    return "; ".join(dict.fromkeys(each for each in (message, *errors) if each))


def _unreachable(what: str, why: str, *, reads: bool, status: int | None = None) -> SystemFault:
    said = why if reads else f"{why}; it is not known whether the change arrived"
    return SystemFault("unreachable", what, said, remedy(status), status=status, took_effect=False if reads else None)
