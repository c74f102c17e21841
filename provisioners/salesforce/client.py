"""Calls to Salesforce: simple-salesforce signs in, builds addresses and pages; this gives plain JSON and our errors."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

import requests
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import SalesforceError

from provisioners.errors import FaultCode, SystemFault, remedy
from provisioners.limits import VendorLimits
from provisioners.salesforce.metadata_api import READS, MetadataApi, Refused
from provisioners.salesforce.sign_in import PATH, credentials
from provisioners.session import SIGNED_LATER, CallGuard, GuardedAdapter
from provisioners.system import Connection

Body = dict[str, Any]
Answer = TypeVar("Answer")

TOOLING = "tooling/"
GONE = frozenset({"NOT_FOUND", "ENTITY_IS_DELETED"})
TAKEN = frozenset({"DUPLICATE_DEVELOPER_NAME", "DUPLICATE_VALUE"})
NO_RIGHT = frozenset(
    {
        "INSUFFICIENT_ACCESS",
        "INSUFFICIENT_ACCESS_OR_READONLY",
        "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
        "INVALID_FIELD_FOR_INSERT_UPDATE",
    }
)
REMEDIES = {
    "STRING_TOO_LONG": "Shorten it in these files.",
    "DEPENDENCY_EXISTS": "Take it out of what still names it, in Salesforce's pages, and run the same command again.",
    "DELETE_FAILED": "Something in Salesforce still needs it: settle that there, and run the same command again.",
    "INVALID_CROSS_REFERENCE_KEY": "Correct the name of what it belongs to, as Salesforce's API calls it.",
    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST": "Correct the name, as Salesforce's API calls it.",
    "STORAGE_LIMIT_EXCEEDED": "The organisation is full: make room in it, or buy some.",
}
"""The vendor's codes (developer.salesforce.com, “Core Data Types Used in API Calls”, StatusCode) → what to do."""


RESERVED = (
    "Salesforce keeps this name for itself: give it another key, of which its API name is made, or another name, and "
    "run the same command again."
)
"""The vendor lists such names nowhere, so that its refusal is the first that is known of one."""


METADATA_RIGHT = (
    "For objects the token's user needs the rights “Modify Metadata Through Metadata API Functions” and “Customize "
    "Application”: give it a permission set with them."
)
"""From developer.salesforce.com, “Metadata API Developer Guide”, Metadata API Access for Users."""


def only_reads(method: str, path: str) -> bool:
    """Whether a call only reads. Signing in changes nothing; of SOAP calls the operation says it."""
    return method == "GET" or path == PATH or method in READS


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


@dataclass(frozen=True)
class User:
    """An active person in the organisation."""

    id: str
    email: str
    username: str


@dataclass(frozen=True)
class CallsLeft:
    """The organisation's calls of the last 24 hours, everybody's together: all that it takes, and what is left."""

    total: int
    left: int

    def __str__(self) -> str:
        return f"{self.left:,} of the day's {self.total:,} calls are left"


class SalesforceLimits(VendorLimits):
    """The organisation counts everybody's calls of the last 24 hours, and says it with each answer."""

    _USED = re.compile(r"api-usage=(\d+)/(\d+)")

    def day(self, headers: Mapping[str, str]) -> tuple[int, int] | None:
        said = self._USED.search(headers.get("Sforce-Limit-Info", ""))
        return (max(0, int(said[2]) - int(said[1])), int(said[2])) if said else None


class SalesforceClient:
    """The calls of one run to one organisation. Every method raises SystemFault only. Safe from several threads."""

    def __init__(self, connection: Connection) -> None:
        self.guard = CallGuard.of(connection, only_reads, SalesforceLimits())
        session = requests.Session()
        session.auth = _as_it_is  # otherwise a .netrc file of the machine would replace the token
        adapter = GuardedAdapter(self.guard)
        adapter.credentials = credentials(connection, GuardedAdapter(self.guard))
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        self._credentials = adapter.credentials
        self._salesforce = Salesforce(
            session_id=SIGNED_LATER,
            instance_url=connection.settings.url,
            session=session,
            object_pairs_hook=dict,
        )
        self._users: list[User] | None = None
        self._own_user_id: str | None = None
        self._users_lock = threading.Lock()
        self._metadata: MetadataApi | None = None
        self._metadata_lock = threading.Lock()
        self._held: set[str] | None = None
        self._held_lock = threading.Lock()

    @cached_property
    def sees_all_records(self) -> bool:
        """Whether queries count the records of others, too: they leave out what is not shared with golive's own user.
        Source: developer.salesforce.com, “SOQL and SOSL Reference”: results follow the user's sharing."""
        held = self.select("UserPermissionAccess", "PermissionsViewAllData")
        return bool(held and held[0].get("PermissionsViewAllData"))

    def query(self, soql: str, *, tooling: bool = False) -> list[Body]:
        """All records of a query."""
        return [record for page in self.each_page(soql, tooling=tooling) for record in page]

    def each_page(self, soql: str, *, tooling: bool = False) -> Iterator[list[Body]]:
        """The records of a query, page by page: the next one is asked for when the one before has been gone through."""
        prefix = TOOLING if tooling else ""
        answer = self._call("GET", f"{prefix}query", params={"q": soql})
        while True:
            yield list(answer.get("records", []))
            if answer.get("done", True):
                return
            answer = self._more(answer["nextRecordsUrl"])

    def select(self, record: str, columns: str, condition: str = "", *, tooling: bool = False) -> list[Body]:
        """All records of one object that fulfil a condition, whose values are `quoted`."""
        where = f" WHERE {condition}" if condition else ""
        return self.query(f"SELECT {columns} FROM {record}{where}", tooling=tooling)  # noqa: S608 - see above

    def get(self, path: str) -> Body | None:
        """One object, or None when the vendor itself says that it does not exist. `path`: `sobjects/Account/001…`."""
        try:
            return self._call("GET", path)
        except SystemFault as missing:
            if missing.code == "not_found":
                return None
            raise

    def create(self, path: str, body: Mapping[str, Any]) -> str:
        """Make an object; its 18-character id."""
        answer = self._call("POST", path, json=body)
        identifier = answer.get("id")
        if not isinstance(identifier, str):
            raise _unreachable(f"{self.guard.system} POST {path}", "the answer holds no id", reads=False)
        return long_id(identifier)

    def update(self, path: str, body: Mapping[str, Any]) -> None:
        self._call("PATCH", path, json=body)

    def delete(self, path: str) -> None:
        """Delete an object; one that is no longer there is fine."""
        try:
            self._call("DELETE", path)
        except SystemFault as missing:
            if missing.code != "not_found":
                raise

    def listed(self, kind: str) -> list[Body]:
        """Name and id of all components of a type of the Metadata API."""
        return self._meant(lambda metadata: metadata.list(kind), f"listMetadata {kind}", reads=True)

    def definition(self, kind: str, full_name: str) -> Body | None:
        """A component of the Metadata API with all that it has; None where there is none of that name."""
        what = f"readMetadata {kind} {full_name}"
        return self._meant(lambda metadata: metadata.read(kind, full_name), what, reads=True)

    def define(self, kind: str, definition: Mapping[str, Any]) -> None:
        """Make a component of the Metadata API."""
        what = f"createMetadata {kind} {definition['fullName']}"
        self._meant(lambda metadata: metadata.create(kind, definition), what, reads=False)

    def redefine(self, kind: str, definition: Mapping[str, Any]) -> None:
        """Change a component of the Metadata API to this whole definition."""
        what = f"updateMetadata {kind} {definition['fullName']}"
        self._meant(lambda metadata: metadata.update(kind, definition), what, reads=False)

    def undefine(self, kind: str, full_name: str) -> None:
        """Delete a component of the Metadata API; one that is no longer there is fine."""
        what = f"deleteMetadata {kind} {full_name}"
        self._meant(lambda metadata: metadata.delete(kind, full_name), what, reads=False)

    def _meant(self, call: Callable[[MetadataApi], Answer], what: str, *, reads: bool) -> Answer:
        with self._metadata_lock:
            if self._metadata is None:
                self._metadata = MetadataApi(self.guard, self._credentials, self._salesforce.sf_version)
        try:
            return call(self._metadata)
        except Refused as refused:
            where = f"{self.guard.system} {what}"
            found = fault(where, max(refused.status, 400), refused.errors, reads=reads)
            if NO_RIGHT & {str(each.get("errorCode")) for each in refused.errors}:
                found = replace(found, do=METADATA_RIGHT)
            raise found from None

    def calls_left(self) -> CallsLeft:
        """How many calls the organisation takes in 24 hours, and how many of them are left."""
        said = self._call("GET", "limits")["DailyApiRequests"]
        return CallsLeft(int(said["Max"]), int(said["Remaining"]))

    def user_info(self) -> Body:
        """Who the token belongs to."""
        path = "oauth2/userinfo"
        said = self._understood("GET", path, lambda: self._salesforce.oauth2("userinfo"))
        if not said.get("user_id"):  # of a page in place of an answer the library makes nothing
            raise _unreachable(f"{self.guard.system} GET {path}", "the answer names no user", reads=True)
        return said

    def user(self, email: str) -> User:
        """The active user with that e-mail address; all users are read once per run. Raises SystemFault."""
        found = [user for user in self._active_users() if user.email.lower() == email.lower()]
        named = [user for user in found if user.username.lower() == email.lower()]
        if len(found) == 1 or len(named) == 1:
            return (named or found)[0]
        if found:
            why = f"{len(found)} active users have this address, and none has it as the user name"
        else:
            why = "no active user has this address"
        raise SystemFault(
            "refused",
            f"{email} in {self.guard.system}",
            why,
            "Give the person a Salesforce user with exactly this address, or take the person out of `people`.",
        )

    def user_with_id(self, identifier: str) -> User | None:
        """The active user with that 18-character id; all users are read once per run."""
        return next((user for user in self._active_users() if user.id == identifier), None)

    def own_user_id(self) -> str:
        """The 18-character id of the user that the token belongs to; asked once per run."""
        with self._users_lock:
            if self._own_user_id is None:
                self._own_user_id = long_id(str(self.user_info()["user_id"]))
            return self._own_user_id

    def hold(self, permission_set: str) -> None:
        """See to it that golive's own user holds a permission set; what it holds is asked once per run. Raises
        SystemFault."""
        own = self.own_user_id()
        with self._held_lock:
            if self._held is None:
                of_own = f"AssigneeId = {quoted(own)}"
                rows = self.select("PermissionSetAssignment", "PermissionSetId", of_own)
                self._held = {long_id(row["PermissionSetId"]) for row in rows}
            if long_id(permission_set) in self._held:
                return
            held, self._held = self._held, None  # should the call break off, it is asked again
            assignment = {"PermissionSetId": permission_set, "AssigneeId": own}
            try:
                self.create("sobjects/PermissionSetAssignment", assignment)
            except SystemFault as refused:
                if refused.code != "collision":  # somebody has given it meanwhile
                    raise
            self._held = held | {long_id(permission_set)}

    def _active_users(self) -> list[User]:
        with self._users_lock:
            if self._users is None:
                active = "IsActive = true AND UserType = 'Standard'"
                records = self.select("User", "Id, Email, Username", active)
                self._users = [User(long_id(one["Id"]), one["Email"] or "", one["Username"]) for one in records]
            return self._users

    def _more(self, url: str) -> Body:
        def call() -> Any:
            return self._salesforce.query_more(url, identifier_is_url=True, allow_redirects=False)

        return self._understood("GET", "query", call)

    def _call(self, method: str, path: str, **more: Any) -> Body:
        def call() -> Any:
            return self._salesforce.restful(path, method=method, allow_redirects=False, **more)

        return self._understood(method, path, call)

    def _understood(self, method: str, path: str, call: Any) -> Body:
        what = f"{self.guard.system} {method} {path}"
        reads = only_reads(method, path)
        try:
            answer = call()
        except SalesforceError as refused:
            raise fault(what, refused.status, refused.content, reads=reads) from None
        except requests.RequestException as broken:
            raise _unreachable(what, f"the answer is not JSON ({type(broken).__name__})", reads=reads) from broken
        if answer is None:
            return {}
        if not isinstance(answer, dict):
            raise _unreachable(what, "the answer is not the vendor's JSON", reads=reads)
        return answer


_SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def long_id(identifier: str) -> str:
    """The 18-character form of a record id; what is not a 15-character id comes back unchanged."""
    if len(identifier) != 15 or not identifier.isalnum():
        return identifier
    groups = (identifier[start : start + 5] for start in (0, 5, 10))
    return identifier + "".join(_SUFFIX[sum(1 << i for i, c in enumerate(g) if "A" <= c <= "Z")] for g in groups)


def quoted(text: str) -> str:
    """A text as a literal of the vendor's query language."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def fault(what: str, status: int, content: Any, *, reads: bool) -> SystemFault:
    """The vendor's refusal as golive's own error. `content`: the vendor's list of errors, or anything else."""
    errors = [item for item in content if isinstance(item, Mapping)] if isinstance(content, list) else []
    words = "; ".join(str(item.get("message") or item.get("errorCode")) for item in errors)
    words = words or f"the answer was {status} without a reason"
    codes = {str(item.get("errorCode")) for item in errors}
    if "REQUEST_LIMIT_EXCEEDED" in codes or status == 429:
        quota = "concurrent" not in words.lower()
        do = (
            "The organisation's calls of the day are used up: wait until enough of the last 24 hours' are over, or "
            "look which other tool takes them, then run the same command again."
        )
        return SystemFault("throttled", what, words, do if quota else "Run the same command again.", status=status)
    if status >= 500 or 300 <= status < 400:
        return _unreachable(what, words, reads=reads, status=status)
    code, remedy = _meaning(status, codes, words)
    return SystemFault(code, what, words, remedy, status=status)


def _meaning(status: int, codes: set[str], words: str) -> tuple[FaultCode, str]:
    if status == 401:
        return "credentials", "The access token is wrong or has expired: get a new one and set it."
    if status == 403 or codes & NO_RIGHT:
        return "refused", "The token's user lacks a right for this: see `golive doctor`."
    for code in codes & REMEDIES.keys():
        return "refused", REMEDIES[code]
    if "reserved" in words.lower():
        return "refused", RESERVED
    if codes & GONE:
        return "not_found", ""
    if codes & TAKEN:
        return "collision", "Take the existing one over with `golive adopt`, or choose another name."
    if status == 404:
        return (
            "refused",
            "The organisation does not have this feature, or the address in the environment file is wrong.",
        )
    return "refused", ""


def _unreachable(what: str, why: str, *, reads: bool, status: int | None = None) -> SystemFault:
    return SystemFault(
        "unreachable",
        what,
        why,
        remedy(status),
        status=status,
        took_effect=False if reads else None,
    )
